# Generated from specs/empty-enum-value/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Operation

from . import models

PARCELS_LIST: Operation[models.Parcel] = Operation(
    name="parcels.list",
    operation_id="listParcels",
    method="GET",
    path="/parcels",
    retry="safe",
    responses={200: models.Parcel},
)
