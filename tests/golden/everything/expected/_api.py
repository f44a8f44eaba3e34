# Generated from specs/everything/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import (
    Api,
    Constraints,
    DependentConstraints,
    ModelConstraints,
    RateLimit,
    SecurityScheme,
    ServerVariable,
)

CONSTRAINTS = {
    "ParcelInput": ModelConstraints(
        fields={
            "id": Constraints(minimum=1),
            "code": Constraints(max_length=5, pattern="^[a-z]+$"),
        },
        dependent=(
            DependentConstraints(
                field="code", equals="x", constraints={"weight": Constraints(maximum=100)}
            ),
        ),
        one_of=("code", "day"),
    ),
}

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
    constraints=CONSTRAINTS,
    tags={"Fee": ("toll", "tax"), "FeeInput": ("toll", "tax")},
    secret_headers=("X-Secret",),
    request_id_headers=("X-Parcel-Request",),
    safe_headers=("X-Parcel-Error",),
    rate_limit_header="X-Left",
)
