# Generated from specs/token-exchange/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import Api, SecurityScheme, ServerVariable, TokenExchange

API = Api(
    name="token-exchange",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://{city}.parcels.example",
    variables=(ServerVariable(name="city", wire="city", default="parma"),),
    security=(
        SecurityScheme(
            name="ticket",
            kind="header",
            header="X-Ticket",
            exchanges=(
                TokenExchange(
                    operation="counterfoil_parcels._operations:TICKETS_BUY",
                    body={"opens": ["{method}", "{path}"]},
                    token=("text",),
                    lifetime=("seconds",),
                ),
            ),
        ),
        SecurityScheme(
            name="session",
            kind="header",
            header="X-Session-Key",
            exchanges=(
                TokenExchange(
                    operation="counterfoil_parcels._operations:SESSION_LOGIN",
                    body={"password": "{password}"},
                    credentials=("password",),
                ),
            ),
        ),
    ),
    credentials=(("ticket",), (), ("session",)),
    secret_headers=("X-Session-Key",),
)
