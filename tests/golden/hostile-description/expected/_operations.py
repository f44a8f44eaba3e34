# Generated from specs/hostile-description/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Constraints, Operation, Parameter

from . import models

PARCELS_LIST: Operation[models.Parcel] = Operation(
    name="parcels.list",
    operation_id="listParcels",
    method="GET",
    path="/parcels",
    retry="safe",
    parameters=(
        Parameter(
            name="filter",
            wire="filter",
            location="query",
            type=str,
            constraints=Constraints(pattern="^[\"'\\\\{}]+$"),
        ),
    ),
    responses={200: models.Parcel},
)
