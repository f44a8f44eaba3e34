# Generated from specs/bearer-token/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import Api, SecurityScheme

API = Api(
    name="bearer-token",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://parcels.example",
    security=(SecurityScheme(name="access_token", kind="bearer"),),
    credentials=(("access_token",),),
)
