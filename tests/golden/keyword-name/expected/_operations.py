# Generated from specs/keyword-name/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

import datetime

from counterfoil_core.api import Operation, Parameter

from . import models

PARCELS_LIST: Operation[models.Parcel] = Operation(
    name="parcels.list",
    operation_id="listParcels",
    method="GET",
    path="/parcels",
    retry="safe",
    parameters=(Parameter(name="from_", wire="from", location="query", type=datetime.date),),
    responses={200: models.Parcel},
)
