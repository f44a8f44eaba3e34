# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import Api

API = Api(
    name="minimal",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://parcels.example",
)
