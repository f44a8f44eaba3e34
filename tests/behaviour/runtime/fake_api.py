"""An invented API of parcel invoices, with an operation for each feature of operations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from counterfoil_core import UNSET, UnsetType
from counterfoil_core.api import (
    Api,
    Body,
    Constraints,
    DependentConstraints,
    ErrorResponse,
    ModelConstraints,
    Operation,
    Pagination,
    Parameter,
    RateLimit,
    SecurityScheme,
    ServerVariable,
    Window,
)
from counterfoil_core.types import NaiveDateTime, OpenStrEnum
from msgspec import Struct, field


class ParcelStatus(OpenStrEnum):
    OPEN = "Open"
    PAID = "Paid"


class Discount(Struct, kw_only=True, omit_defaults=True):
    type: Literal["PercentOff", "AmountOff"] = "AmountOff"
    value: Decimal | UnsetType = UNSET


class ParcelInvoice(Struct, kw_only=True):
    id: int
    total: Decimal
    number: str | UnsetType | None = UNSET
    status: ParcelStatus | UnsetType = UNSET
    created: NaiveDateTime | UnsetType = UNSET


class ParcelForm(Struct, kw_only=True, omit_defaults=True):
    total: Decimal
    number: str | UnsetType = UNSET
    note: str | UnsetType | None = UNSET
    issued_at: dt.datetime | UnsetType = field(name="issuedAt", default=UNSET)
    created: NaiveDateTime | UnsetType = UNSET
    due: dt.date | UnsetType = UNSET
    status: ParcelStatus | UnsetType = UNSET
    discounts: list[Discount] | UnsetType = UNSET


class CreateBody(Struct, kw_only=True, omit_defaults=True):
    invoice: ParcelForm
    notify: bool | UnsetType = UNSET


class Created(Struct, tag_field="status", tag="ok"):
    id: int


class Failure(Struct):
    type: str
    description: str
    field: str | None = None


class Refused(Struct, tag_field="status", tag="error"):
    error: Failure


class Conditions(Struct, kw_only=True, omit_defaults=True):
    after: int | UnsetType = UNSET
    status: ParcelStatus | UnsetType = UNSET


class FindBody(Struct, kw_only=True, omit_defaults=True):
    conditions: Conditions | UnsetType = UNSET
    order: list[str] | UnsetType = UNSET
    fields: list[str] | UnsetType = UNSET
    limit: int | UnsetType = UNSET


class Found(Struct, kw_only=True):
    invoices: list[ParcelInvoice] | UnsetType = UNSET


class Marker(Struct, kw_only=True):
    next_token: str | UnsetType | None = field(name="nextToken", default=UNSET)


class Payload(Struct, kw_only=True):
    pagination: Marker | UnsetType = UNSET
    invoices: list[ParcelInvoice] | UnsetType = UNSET


class Listed(Struct, kw_only=True):
    payload: Payload | UnsetType = UNSET


class Wrapped(Struct, kw_only=True):
    invoice: ParcelInvoice | UnsetType | None = UNSET


class TokenForm(Struct, kw_only=True):
    grant_type: str
    refresh_token: str


API = Api(
    name="parcel-post",
    distribution="counterfoil-parcel-post",
    version="0.3.0",
    api_version="v6",
    server="https://{shop}.{region}.example",
    variables=(
        ServerVariable(name="shop", wire="shop"),
        ServerVariable(name="region", wire="region", default="eu", enum=("eu", "na")),
    ),
    security=(
        SecurityScheme(
            name="key", kind="header", header="X-Key", headers=("X-Key", "X-Secret-Key")
        ),
        SecurityScheme(name="token", kind="basic"),
    ),
    defaults=("organization",),
    statuses={418: "AuthenticationFailed"},
    constraints=lambda: {
        "ParcelForm": ModelConstraints(
            fields={
                "number": Constraints(max_length=5, pattern="^[A-Z0-9]*$"),
                "total": Constraints(minimum=0, digits=6, places=2),
                "discounts": Constraints(max_items=2),
            }
        ),
        "Discount": ModelConstraints(
            fields={"value": Constraints(exclusive_minimum=0)},
            dependent=(
                DependentConstraints(
                    field="type",
                    equals="PercentOff",
                    constraints={"value": Constraints(maximum=100)},
                ),
            ),
        ),
    },
    secret_headers=("X-Session",),
    request_id_headers=("X-Parcel-Request", "X-Parcel-Trace"),
    safe_headers=("X-Parcel-Error", "X-Session"),
    rate_limit_header="X-Parcel-Rate",
)

GET = Operation[ParcelInvoice](
    name="invoices.get",
    operation_id="getInvoice",
    method="GET",
    path="/{org}/invoices/{id}",
    retry="safe",
    parameters=(
        Parameter(name="organization", wire="org", location="path", type=str, required=True),
        Parameter(name="id", wire="id", location="path", type=str, required=True),
        Parameter(name="expand", wire="expand", location="query", type=list[str] | UnsetType),
        Parameter(name="full", wire="full", location="query", type=bool | UnsetType),
        Parameter(name="since", wire="since", location="query", type=dt.datetime | UnsetType),
        Parameter(name="day", wire="day", location="query", type=dt.date | UnsetType),
        Parameter(name="language", wire="X-Language", location="header", type=str | UnsetType),
    ),
    responses={200: ParcelInvoice},
    security=(("key",), ("token",)),
)
FETCH = Operation[ParcelInvoice | None](
    name="invoices.fetch",
    operation_id="fetch",
    method="POST",
    path="/fetch",
    retry="safe",
    responses={200: Wrapped},
    result=("invoice",),
    nullable=True,
    security=(("key",),),
)
CREATE = Operation[Created](
    name="invoices.create",
    operation_id="createInvoice",
    method="POST",
    path="/invoices",
    retry="never",
    body=Body(type=CreateBody),
    responses={200: Created | Refused},
    error=ErrorResponse(
        type=Refused,
        code=("error", "type"),
        message=("error", "description"),
        field=("error", "field"),
        raises={
            "NotFound": "NotFound",
            "AccessDenied": "PermissionDenied",
            "default": "InvalidRequest",
        },
    ),
    security=(("key",),),
)
REPLACE = Operation[None](
    name="invoices.replace",
    operation_id="replace",
    method="PUT",
    path="/invoices",
    retry="keyed",
    body=Body(type=ParcelForm, argument="form"),
    responses={204: None},
    security=(("key",),),
)
TRADE = Operation[str](
    name="tokens.trade",
    operation_id="trade",
    method="POST",
    path="/auth",
    retry="safe",
    body=Body(type=TokenForm, media_type="application/x-www-form-urlencoded"),
    responses={200: str},
    server="https://login.example",
)
FIND = Operation[Found](
    name="invoices.find",
    operation_id="find",
    method="POST",
    path="/find",
    retry="safe",
    body=Body(type=FindBody),
    responses={200: Found},
    security=(("key",),),
)
FIND_PAGES = Pagination[Found, ParcelInvoice](
    style="keyset",
    cursor=("conditions", "after"),
    next=("id",),
    items=("invoices",),
    item=ParcelInvoice,
    order=("order", ["id"]),
    select=("fields", "id"),
    size=("limit",),
    end="empty-page",
    model=Conditions,
)
LIST = Operation[Listed](
    name="invoices.list",
    operation_id="list",
    method="GET",
    path="/list",
    retry="safe",
    parameters=(
        Parameter(
            name="created_after",
            wire="createdAfter",
            location="query",
            type=dt.datetime,
            required=True,
        ),
        Parameter(
            name="created_before",
            wire="createdBefore",
            location="query",
            type=dt.datetime | UnsetType,
        ),
        Parameter(
            name="limit",
            wire="limit",
            location="query",
            type=int | UnsetType,
            constraints=Constraints(minimum=1, maximum=9),
        ),
        Parameter(name="offset", wire="offset", location="query", type=int | UnsetType),
        Parameter(name="next_token", wire="nextToken", location="query", type=str | UnsetType),
    ),
    responses={200: Listed},
    security=(("key",),),
    window=Window(start="created_after", end="created_before", longest=7 * 86_400),
    rate_limit=RateLimit(requests=10, per=1, burst=10),
)
LIST_PAGES = Pagination[Listed, ParcelInvoice](
    style="token",
    cursor=("next_token",),
    next=("payload", "pagination", "next_token"),
    items=("payload", "invoices"),
    item=ParcelInvoice,
)
LIST_OFFSETS = Pagination[Listed, ParcelInvoice](
    style="offset",
    cursor=("offset",),
    items=("payload", "invoices"),
    item=ParcelInvoice,
    size=("limit",),
    key=("id",),
    end="empty-page",
    max_pages=3,
)
NOON = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
INVOICE = b'{"id": 7, "total": 10.50}'
