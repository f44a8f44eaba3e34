# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from collections.abc import Mapping

from counterfoil_core.api import (
    Api,
    ModelConstraints,
    RateLimit,
    SecurityScheme,
    ServerVariable,
    TokenExchange,
)


def import_constraints() -> Mapping[str, ModelConstraints]:
    """Return the constraints of models, which are imported when a request is checked."""
    from ._constraints import CONSTRAINTS

    return CONSTRAINTS


API = Api(
    name="open2b-storefront",
    distribution="counterfoil-open2b-storefront",
    version="0.1.0",
    api_version="v10",
    server="https://{store}",
    variables=(ServerVariable(name="store", wire="store"),),
    security=(
        SecurityScheme(
            name="customer_key",
            kind="header",
            header="X-Customer-Key",
            exchanges=(
                TokenExchange(
                    operation="counterfoil_open2b_storefront._operations:SESSION_LOGIN",
                    body={"email": "{email}", "password": "{password}"},
                    credentials=("email", "password"),
                ),
            ),
        ),
        SecurityScheme(name="public_key", kind="header", header="X-Public-Key"),
    ),
    credentials=(("customer_key", "public_key"), ("customer_key",), ("public_key",), ()),
    statuses={403: "AuthenticationFailed"},
    rate_limit=RateLimit(requests=1000, per=300, burst=1000, scope="account"),
    constraints=import_constraints,
    secret_headers=("X-Customer-Key",),
)
