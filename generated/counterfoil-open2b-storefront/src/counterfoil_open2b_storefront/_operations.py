# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, ErrorResponse, Operation, Pagination
from counterfoil_core.types import Secret

from . import models

INVOICES_LIST: Operation[models.InvoicesFound] = Operation(
    name="invoices.list",
    operation_id="storefront.invoices",
    method="POST",
    path="/api/v10/storefront.invoices",
    retry="safe",
    body=Body(type=models.FindInvoices),
    responses={200: models.InvoicesFound | models.ErrorAnswer},
    error=ErrorResponse(
        type=models.ErrorAnswer,
        code=("error", "type"),
        message=("error", "description"),
        field=("error", "field_"),
        raises={
            "NotFound": "NotFound",
            "AccessDenied": "PermissionDenied",
            "default": "InvalidRequest",
        },
    ),
    security=(("customer_key", "public_key"), ("customer_key",)),
)
INVOICES_LIST_PAGES: Pagination[models.InvoicesFound, models.Invoice] = Pagination(
    style="offset",
    cursor=("first",),
    items=("invoices",),
    item=models.Invoice,
    select=("fields", "id"),
    size=("limit",),
    total=("count",),
    key=("id",),
    end="total",
)
SESSION_LOGIN: Operation[Secret] = Operation(
    name="session.login",
    operation_id="storefront.login",
    method="POST",
    path="/api/v10/storefront.login",
    retry="safe",
    body=Body(type=models.Login),
    responses={200: models.LoggedIn | models.ErrorAnswer},
    result_header="X-Customer-Key",
    error=ErrorResponse(
        type=models.ErrorAnswer,
        code=("error", "type"),
        message=("error", "description"),
        field=("error", "field_"),
        raises={
            "NotFound": "NotFound",
            "AccessDenied": "PermissionDenied",
            "default": "InvalidRequest",
        },
    ),
    security=(("public_key",), ()),
)
