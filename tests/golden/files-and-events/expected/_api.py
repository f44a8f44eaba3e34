# Generated from specs/files-and-events/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import Api, SecurityScheme, TokenExchange

API = Api(
    name="files-and-events",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://parcels.example",
    security=(
        SecurityScheme(name="key", kind="query", header="api_key"),
        SecurityScheme(
            name="oauth",
            kind="bearer",
            exchanges=(
                TokenExchange(
                    operation="https://login.parcels.example/token",
                    body={"grant_type": "refresh_token", "refresh_token": "{refresh_token}"},
                    credentials=("client_id", "refresh_token"),
                    optional=("scope",),
                    basic=("client_id", "client_secret"),
                    token=("access_token",),
                    lifetime=("expires_in",),
                    renewed=("refresh_token",),
                    renews="refresh_token",
                ),
                TokenExchange(
                    operation="https://login.parcels.example/token",
                    body={"grant_type": "client_credentials"},
                    credentials=("client_id", "client_secret"),
                    optional=("scope",),
                    basic=("client_id", "client_secret"),
                    token=("access_token",),
                    lifetime=("expires_in",),
                ),
            ),
        ),
    ),
    credentials=(("oauth",), ("key",)),
)
