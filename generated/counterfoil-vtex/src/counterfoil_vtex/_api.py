# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from collections.abc import Mapping

from counterfoil_core.api import Api, ModelConstraints, SecurityScheme, ServerVariable


def import_constraints() -> Mapping[str, ModelConstraints]:
    """Return the constraints of models, which are imported when a request is checked."""
    from ._constraints import CONSTRAINTS

    return CONSTRAINTS


API = Api(
    name="vtex",
    distribution="counterfoil-vtex",
    version="0.1.0",
    api_version="v1",
    server="https://{account}.{environment}.com.br",
    variables=(
        ServerVariable(name="account", wire="account"),
        ServerVariable(
            name="environment",
            wire="environment",
            default="vtexcommercestable",
            enum=("vtexcommercestable",),
        ),
    ),
    security=(
        SecurityScheme(name="app_key", kind="header", header="X-VTEX-API-AppKey"),
        SecurityScheme(name="app_token", kind="header", header="X-VTEX-API-AppToken"),
        SecurityScheme(name="user_token", kind="header", header="VtexIdclientAutCookie"),
    ),
    credentials=(("app_key", "app_token"), ("user_token",)),
    constraints=import_constraints,
    safe_headers=("X-VTEX-Error-Message",),
)
