# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, ErrorResponse, Operation, Pagination

from . import models

INVOICES_LIST: Operation[models.InvoicesFound] = Operation(
    name="invoices.list",
    operation_id="commerce.invoices.find",
    method="POST",
    path="/api/v6/commerce.invoices.find",
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
    security=(("key",),),
)
INVOICES_LIST_PAGES: Pagination[models.InvoicesFound, models.Invoice] = Pagination(
    style="keyset",
    cursor=("conditions", "after"),
    items=("invoices",),
    item=models.Invoice,
    next=("id",),
    order=("order", ["id"]),
    select=("fields", "id"),
    size=("limit",),
    end="empty-page",
    model=models.InvoiceConditions,
)
INVOICES_GET: Operation[models.Invoice | None] = Operation(
    name="invoices.get",
    operation_id="commerce.invoices.get",
    method="POST",
    path="/api/v6/commerce.invoices.get",
    retry="safe",
    body=Body(type=models.GetInvoice),
    responses={200: models.InvoiceAnswer | models.ErrorAnswer},
    result=("invoice",),
    nullable=True,
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
    security=(("key",),),
)
INVOICES_COUNT: Operation[int] = Operation(
    name="invoices.count",
    operation_id="commerce.invoices.count",
    method="POST",
    path="/api/v6/commerce.invoices.count",
    retry="safe",
    body=Body(type=models.CountInvoices),
    responses={200: models.InvoiceCount | models.ErrorAnswer},
    result=("count",),
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
    security=(("key",),),
)
INVOICES_CREATE: Operation[int] = Operation(
    name="invoices.create",
    operation_id="commerce.invoices.create",
    method="POST",
    path="/api/v6/commerce.invoices.create",
    retry="never",
    body=Body(type=models.CreateInvoice),
    responses={200: models.InvoiceCreated | models.ErrorAnswer},
    result=("id",),
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
    security=(("key",),),
)
INVOICES_UPDATE: Operation[models.InvoiceUpdated] = Operation(
    name="invoices.update",
    operation_id="commerce.invoices.update",
    method="POST",
    path="/api/v6/commerce.invoices.update",
    retry="keyed",
    body=Body(type=models.UpdateInvoice),
    responses={200: models.InvoiceUpdated | models.ErrorAnswer},
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
    security=(("key",),),
)
INVOICES_DELETE: Operation[models.InvoicesDeleted] = Operation(
    name="invoices.delete",
    operation_id="commerce.invoices.delete",
    method="POST",
    path="/api/v6/commerce.invoices.delete",
    retry="keyed",
    body=Body(type=models.DeleteInvoices),
    responses={200: models.InvoicesDeleted | models.ErrorAnswer},
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
    security=(("key",),),
)
