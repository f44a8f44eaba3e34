# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as the runtime needs to know it. No model is imported: a client is ready without them."""

from counterfoil_core.operation import Api, Limits

LIMITS: dict[str, Limits] = {}

API = Api(
    name="minimal",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://parcels.example",
    limits=LIMITS,
)
