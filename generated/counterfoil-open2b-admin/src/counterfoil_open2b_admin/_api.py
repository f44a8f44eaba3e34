# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from collections.abc import Mapping

from counterfoil_core.api import Api, ModelConstraints, RateLimit, SecurityScheme, ServerVariable


def import_constraints() -> Mapping[str, ModelConstraints]:
    """Return the constraints of models, which are imported when a request is checked."""
    from ._constraints import CONSTRAINTS

    return CONSTRAINTS


API = Api(
    name="open2b-admin",
    distribution="counterfoil-open2b-admin",
    version="0.1.0",
    api_version="v6",
    server="https://{store}",
    variables=(ServerVariable(name="store", wire="store"),),
    security=(
        SecurityScheme(
            name="key", kind="header", header="X-Key", headers=("X-Key", "X-Secret-Key")
        ),
    ),
    credentials=(("key",),),
    statuses={403: "AuthenticationFailed"},
    rate_limit=RateLimit(requests=1000, per=300, burst=1000, scope="account"),
    constraints=import_constraints,
)
