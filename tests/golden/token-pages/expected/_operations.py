# Generated from specs/token-pages/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Constraints, Operation, Pagination, Parameter, RateLimit

from . import models

PARCELS_LIST: Operation[models.ParcelPage] = Operation(
    name="parcels.list",
    operation_id="listParcels",
    method="GET",
    path="/parcels",
    retry="safe",
    parameters=(
        Parameter(name="page_token", wire="pageToken", location="query", type=str),
        Parameter(
            name="limit",
            wire="limit",
            location="query",
            type=int,
            constraints=Constraints(minimum=1, maximum=50),
        ),
    ),
    responses={200: models.ParcelPage},
    rate_limit=RateLimit(requests=10, per=1, burst=10),
)
PARCELS_LIST_PAGES: Pagination[models.ParcelPage, models.Parcel] = Pagination(
    style="token",
    cursor=("page_token",),
    items=("parcels",),
    item=models.Parcel,
    next=("next_token",),
    size=("limit",),
    end="no-next",
)
