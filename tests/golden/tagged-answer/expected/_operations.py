# Generated from specs/tagged-answer/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import ErrorResponse, Operation

from . import models

PARCELS_LIST: Operation[models.Parcel | None] = Operation(
    name="parcels.list",
    operation_id="listParcels",
    method="GET",
    path="/parcels",
    retry="safe",
    responses={200: models.Found | models.Refused},
    result=("parcel",),
    nullable=True,
    error=ErrorResponse(
        type=models.Refused,
        code=("code",),
        message=("text",),
        raises={"NotFound": "NotFound", "default": "InvalidRequest"},
    ),
)
