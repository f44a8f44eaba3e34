# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import (
    Api,
    Constraints,
    ModelConstraints,
    RateLimit,
    SecurityScheme,
    ServerVariable,
    TokenExchange,
)

CONSTRAINTS = {
    "FindInvoices": ModelConstraints(
        fields={
            "limit": Constraints(minimum=1, maximum=2147483647),
            "first": Constraints(minimum=0, maximum=2147483647),
        }
    ),
    "InvoiceConditions": ModelConstraints(
        fields={
            "ids": Constraints(items=Constraints(minimum=1, maximum=2147483647)),
            "after": Constraints(minimum=0, maximum=2147483647),
        }
    ),
    "Login": ModelConstraints(
        fields={
            "email": Constraints(min_length=3, max_length=120),
            "password": Constraints(min_length=4, max_length=16),
        }
    ),
}

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
    constraints=CONSTRAINTS,
    secret_headers=("X-Customer-Key",),
)
