# Generated from specs/read-and-sent/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, Operation

from . import models

PARCELS_REPLACE: Operation[models.Parcel] = Operation(
    name="parcels.replace",
    operation_id="replaceParcel",
    method="PUT",
    path="/parcels",
    retry="keyed",
    body=Body(type=models.ParcelInput, argument="parcel"),
    responses={200: models.Parcel},
)
