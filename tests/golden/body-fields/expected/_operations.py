# Generated from specs/body-fields/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, Operation

from . import models

PARCELS_CREATE: Operation[models.Parcel] = Operation(
    name="parcels.create",
    operation_id="createParcel",
    method="POST",
    path="/parcels",
    retry="never",
    body=Body(type=models.CreateParcel),
    responses={200: models.Parcel},
)
