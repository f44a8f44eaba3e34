# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

import datetime

from counterfoil_core.api import (
    Body,
    Constraints,
    Operation,
    Pagination,
    Parameter,
    RateLimit,
    Window,
)

from . import models

CUSTOMER_INVOICES_LIST: Operation[models.CustomerInvoiceList] = Operation(
    name="customer_invoices.list",
    operation_id="getCustomerInvoices",
    method="GET",
    path="/vendor/directFulfillment/shipping/v1/customerInvoices",
    retry="safe",
    parameters=(
        Parameter(
            name="created_after",
            wire="createdAfter",
            location="query",
            type=datetime.datetime,
            required=True,
        ),
        Parameter(
            name="created_before",
            wire="createdBefore",
            location="query",
            type=datetime.datetime,
            required=True,
        ),
        Parameter(name="ship_from_party_id", wire="shipFromPartyId", location="query", type=str),
        Parameter(
            name="limit",
            wire="limit",
            location="query",
            type=int,
            constraints=Constraints(minimum=1, maximum=100),
        ),
        Parameter(name="sort_order", wire="sortOrder", location="query", type=models.SortOrder),
        Parameter(name="next_token", wire="nextToken", location="query", type=str),
    ),
    responses={200: models.CustomerInvoicesAnswer},
    errors=lambda: {
        400: models.ErrorAnswer,
        403: models.ErrorAnswer,
        404: models.ErrorAnswer,
        415: models.ErrorAnswer,
        429: models.ErrorAnswer,
        500: models.ErrorAnswer,
        503: models.ErrorAnswer,
    },
    result=("payload",),
    security=(("restricted_data_token",),),
    rate_limit=RateLimit(requests=10, per=1, burst=10, scope="operation"),
    window=Window(start="created_after", end="created_before", longest=604800, history=16070400),
)
CUSTOMER_INVOICES_LIST_PAGES: Pagination[models.CustomerInvoiceList, models.CustomerInvoice] = (
    Pagination(
        style="token",
        cursor=("next_token",),
        items=("customer_invoices",),
        item=models.CustomerInvoice,
        next=("pagination", "next_token"),
        size=("limit",),
        end="no-next",
    )
)
CUSTOMER_INVOICES_GET: Operation[models.CustomerInvoice] = Operation(
    name="customer_invoices.get",
    operation_id="getCustomerInvoice",
    method="GET",
    path="/vendor/directFulfillment/shipping/v1/customerInvoices/{purchaseOrderNumber}",
    retry="safe",
    parameters=(
        Parameter(
            name="purchase_order_number",
            wire="purchaseOrderNumber",
            location="path",
            type=str,
            constraints=Constraints(pattern="^[a-zA-Z0-9]+$"),
            required=True,
        ),
    ),
    responses={200: models.CustomerInvoiceAnswer},
    errors=lambda: {
        400: models.ErrorAnswer,
        401: models.ErrorAnswer,
        403: models.ErrorAnswer,
        404: models.ErrorAnswer,
        415: models.ErrorAnswer,
        429: models.ErrorAnswer,
        500: models.ErrorAnswer,
        503: models.ErrorAnswer,
    },
    result=("payload",),
    security=(("restricted_data_token",),),
    rate_limit=RateLimit(requests=10, per=1, burst=10, scope="operation"),
)
ACCESS_TOKENS_CREATE: Operation[models.AccessToken] = Operation(
    name="access_tokens.create",
    operation_id="createAccessToken",
    method="POST",
    path="/auth/o2/token",
    retry="safe",
    body=Body(type=models.CreateAccessToken, media_type="application/x-www-form-urlencoded"),
    responses={200: models.AccessToken},
    errors=lambda: {
        400: models.LoginError,
        401: models.LoginError,
        500: models.LoginError,
        503: models.LoginError,
    },
    server="https://api.amazon.com",
)
RESTRICTED_DATA_TOKENS_CREATE: Operation[models.RestrictedDataToken] = Operation(
    name="restricted_data_tokens.create",
    operation_id="createRestrictedDataToken",
    method="POST",
    path="/tokens/2021-03-01/restrictedDataToken",
    retry="safe",
    body=Body(type=models.CreateRestrictedDataToken),
    responses={200: models.RestrictedDataToken},
    errors=lambda: {
        400: models.ErrorAnswer,
        401: models.ErrorAnswer,
        403: models.ErrorAnswer,
        404: models.ErrorAnswer,
        415: models.ErrorAnswer,
        429: models.ErrorAnswer,
        500: models.ErrorAnswer,
        503: models.ErrorAnswer,
    },
    security=(("access_token",),),
    server="https://sellingpartnerapi-{region}.amazon.com",
    rate_limit=RateLimit(requests=1, per=1, burst=10, scope="operation"),
)
