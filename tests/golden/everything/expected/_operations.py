# Generated from specs/everything/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

import datetime

from counterfoil_core.api import (
    Body,
    Constraints,
    ErrorResponse,
    Operation,
    Pagination,
    Parameter,
    RateLimit,
    Window,
)
from counterfoil_core.types import Secret

from . import models

PARCELS_LIST: Operation[list[models.Parcel]] = Operation(
    name="parcels.list",
    operation_id="listParcels",
    method="GET",
    path="/{shop}/parcels",
    retry="safe",
    parameters=(
        Parameter(name="shop", wire="shop", location="path", type=str, required=True),
        Parameter(name="token", wire="token", location="query", type=str),
        Parameter(
            name="limit",
            wire="limit",
            location="query",
            type=int,
            constraints=Constraints(minimum=1),
        ),
        Parameter(name="sort", wire="sort", location="query", type=models.Sort),
        Parameter(name="since", wire="since", location="query", type=datetime.datetime),
        Parameter(name="until", wire="until", location="query", type=datetime.datetime),
    ),
    responses={200: models.ParcelPage},
    errors=lambda: {404: models.Refused},
    result=("parcels",),
    security=(("key",),),
    rate_limit=RateLimit(requests=5, per=60, burst=2, scope="account"),
    window=Window(start="since", end="until", longest=604800, history=16070400),
)
PARCELS_LIST_PAGES: Pagination[list[models.Parcel], models.Parcel] = Pagination(
    style="token",
    cursor=("token",),
    item=models.Parcel,
    next=("next",),
    order=("sort", "id"),
    size=("limit",),
    max_pages=3,
    end="no-next",
)
PARCELS_REPLACE: Operation[Secret] = Operation(
    name="parcels.replace",
    operation_id="replaceParcel",
    method="PUT",
    path="/{shop}/parcels",
    retry="keyed",
    parameters=(Parameter(name="shop", wire="shop", location="path", type=str, required=True),),
    body=Body(type=models.ParcelInput, argument="form"),
    responses={204: None},
    result_header="X-Secret",
    security=(("name",), ()),
    server="https://other.example",
)
PARCELS_CREATE: Operation[models.Created] = Operation(
    name="parcels.create",
    operation_id="createParcel",
    method="POST",
    path="/{shop}/parcels",
    retry="never",
    parameters=(Parameter(name="shop", wire="shop", location="path", type=str, required=True),),
    body=Body(type=models.ParcelInput),
    responses={200: models.Created | models.Refused},
    error=ErrorResponse(
        type=models.Refused,
        code=("code",),
        message=("message",),
        field=("field_",),
        raises={"Taken": "Conflict", "default": "InvalidRequest"},
    ),
    security=(("key",),),
    successor="parcels.replace",
)
