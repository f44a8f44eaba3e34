# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as the runtime needs to know it. No model is imported: a client is ready without them."""

from counterfoil_core.operation import Api, Bound, Limits, SecurityScheme, ServerVariable

LIMITS = {
    "CreateRestrictedDataToken": Limits(fields={"restricted_resources": Bound(max_items=50)}),
}

API = Api(
    name="amazon",
    distribution="counterfoil-amazon",
    version="0.1.0",
    api_version="v1",
    server="https://{host}",
    variables=(
        ServerVariable(
            name="host",
            wire="host",
            default="sellingpartnerapi-eu.amazon.com",
            enum=(
                "sellingpartnerapi-eu.amazon.com",
                "sellingpartnerapi-na.amazon.com",
                "sellingpartnerapi-fe.amazon.com",
                "sandbox.sellingpartnerapi-eu.amazon.com",
                "sandbox.sellingpartnerapi-na.amazon.com",
                "sandbox.sellingpartnerapi-fe.amazon.com",
            ),
        ),
    ),
    security=(SecurityScheme(name="access_token", kind="header", header="x-amz-access-token"),),
    limits=LIMITS,
)
