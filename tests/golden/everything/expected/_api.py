# Generated from specs/everything/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from collections.abc import Mapping

from counterfoil_core.api import Api, ModelConstraints, RateLimit, SecurityScheme, ServerVariable


def import_constraints() -> Mapping[str, ModelConstraints]:
    """Return the constraints of models, which are imported when a request is checked."""
    from ._constraints import CONSTRAINTS

    return CONSTRAINTS


API = Api(
    name="everything",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://{host}.parcels.example",
    variables=(
        ServerVariable(name="host", wire="host", default="shop", enum=("shop", "test")),
        ServerVariable(name="region", wire="region"),
    ),
    security=(
        SecurityScheme(name="key", kind="header", header="X-Key", headers=("X-Key", "X-Other")),
        SecurityScheme(name="name", kind="basic"),
    ),
    credentials=(("key",), ("name",), ()),
    defaults=("shop",),
    statuses={403: "AuthenticationFailed"},
    rate_limit=RateLimit(requests=10, per=1, burst=10),
    constraints=import_constraints,
    tags={"Fee": ("toll", "tax"), "FeeInput": ("toll", "tax")},
    secret_headers=("X-Secret",),
    request_id_headers=("X-Parcel-Request",),
    safe_headers=("X-Parcel-Error",),
    rate_limit_header="X-Left",
)
