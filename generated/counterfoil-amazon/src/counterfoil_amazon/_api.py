# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from collections.abc import Mapping

from counterfoil_core.api import (
    Api,
    ModelConstraints,
    SecurityScheme,
    ServerVariable,
    TokenExchange,
)


def import_constraints() -> Mapping[str, ModelConstraints]:
    """Return the constraints of models, which are imported when a request is checked."""
    from ._constraints import CONSTRAINTS

    return CONSTRAINTS


API = Api(
    name="amazon",
    distribution="counterfoil-amazon",
    version="0.1.0",
    api_version="v1",
    server="https://{endpoint}-{region}.amazon.com",
    variables=(
        ServerVariable(name="region", wire="region", default="eu", enum=("eu", "na", "fe")),
        ServerVariable(
            name="endpoint",
            wire="endpoint",
            default="sellingpartnerapi",
            enum=("sellingpartnerapi", "sandbox.sellingpartnerapi"),
        ),
    ),
    security=(
        SecurityScheme(
            name="restricted_data_token",
            kind="header",
            header="x-amz-access-token",
            exchanges=(
                TokenExchange(
                    operation="counterfoil_amazon._operations:RESTRICTED_DATA_TOKENS_CREATE",
                    body={"restrictedResources": [{"method": "{method}", "path": "{path}"}]},
                    token=("restricted_data_token",),
                    lifetime=("expires_in",),
                ),
            ),
        ),
        SecurityScheme(
            name="access_token",
            kind="header",
            header="x-amz-access-token",
            exchanges=(
                TokenExchange(
                    operation="counterfoil_amazon._operations:ACCESS_TOKENS_CREATE",
                    body={
                        "grant_type": "refresh_token",
                        "refresh_token": "{refresh_token}",
                        "client_id": "{client_id}",
                        "client_secret": "{client_secret}",
                    },
                    credentials=("refresh_token", "client_id", "client_secret"),
                    token=("access_token",),
                    lifetime=("expires_in",),
                ),
            ),
        ),
    ),
    credentials=(("restricted_data_token",), (), ("access_token",)),
    constraints=import_constraints,
    request_id_headers=("x-amzn-RequestId",),
    safe_headers=("x-amzn-ErrorType",),
    rate_limit_header="x-amzn-RateLimit-Limit",
)
