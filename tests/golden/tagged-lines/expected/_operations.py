# Generated from specs/tagged-lines/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Constraints, Operation, Pagination, Parameter

from . import models

PARCELS_LIST: Operation[list[models.Parcel]] = Operation(
    name="parcels.list",
    operation_id="listParcels",
    method="GET",
    path="/parcels",
    retry="safe",
    parameters=(
        Parameter(name="shop", wire="shop", location="query", type=str, required=True),
        Parameter(
            name="offset",
            wire="offset",
            location="query",
            type=int,
            constraints=Constraints(minimum=0),
        ),
        Parameter(
            name="limit",
            wire="limit",
            location="query",
            type=int,
            constraints=Constraints(minimum=1),
        ),
    ),
    responses={200: list[models.Parcel]},
)
PARCELS_LIST_PAGES: Pagination[list[models.Parcel], models.Parcel] = Pagination(
    style="offset",
    cursor=("offset",),
    item=models.Parcel,
    size=("limit",),
    key=("id",),
    end="empty-page",
)
