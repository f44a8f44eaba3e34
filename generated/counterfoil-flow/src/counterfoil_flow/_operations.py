# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, Constraints, Operation, Pagination, Parameter

from . import models

CONSUMER_INVOICES_LIST: Operation[list[models.ConsumerInvoice]] = Operation(
    name="consumer_invoices.list",
    operation_id="get",
    method="GET",
    path="/{organization}/consumer/invoices",
    retry="safe",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(
            name="id",
            wire="id",
            location="query",
            type=list[str],
            constraints=Constraints(max_items=100),
        ),
        Parameter(name="key", wire="key", location="query", type=str),
        Parameter(name="order_number", wire="order_number", location="query", type=str),
        Parameter(
            name="limit",
            wire="limit",
            location="query",
            type=int,
            constraints=Constraints(minimum=1, maximum=100),
        ),
        Parameter(
            name="offset",
            wire="offset",
            location="query",
            type=int,
            constraints=Constraints(minimum=0),
        ),
        Parameter(name="sort", wire="sort", location="query", type=models.ConsumerInvoiceSort),
    ),
    responses={200: list[models.ConsumerInvoice]},
    security=(("token",),),
)
CONSUMER_INVOICES_LIST_PAGES: Pagination[list[models.ConsumerInvoice], models.ConsumerInvoice] = (
    Pagination(
        style="offset",
        cursor=("offset",),
        item=models.ConsumerInvoice,
        order=("sort", "created_at"),
        size=("limit",),
        key=("id",),
        end="empty-page",
    )
)
CONSUMER_INVOICES_EXPORT: Operation[models.InvoiceExport] = Operation(
    name="consumer_invoices.export",
    operation_id="postExports",
    method="POST",
    path="/{organization}/consumer/invoices/exports",
    retry="never",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
    ),
    body=Body(type=models.InvoiceExportForm, argument="form"),
    responses={201: models.InvoiceExport},
    errors=lambda: {422: models.GenericError},
    security=(("token",),),
)
CONSUMER_INVOICES_REPLACE_FOR_ORDER: Operation[list[models.ConsumerInvoice]] = Operation(
    name="consumer_invoices.replace_for_order",
    operation_id="putOrderByNumber",
    method="PUT",
    path="/{organization}/consumer/invoices/order/{number}",
    retry="keyed",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(name="number", wire="number", location="path", type=str, required=True),
    ),
    body=Body(type=models.ConsumerInvoiceFormByOrder, argument="form"),
    responses={200: list[models.ConsumerInvoice], 201: list[models.ConsumerInvoice]},
    errors=lambda: {422: models.GenericError},
    security=(("token",),),
)
CONSUMER_INVOICES_GET: Operation[models.ConsumerInvoice] = Operation(
    name="consumer_invoices.get",
    operation_id="getByKey",
    method="GET",
    path="/{organization}/consumer/invoices/{key}",
    retry="safe",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(name="key", wire="key", location="path", type=str, required=True),
    ),
    responses={200: models.ConsumerInvoice},
    security=(("token",),),
)
CONSUMER_INVOICES_REPLACE: Operation[models.ConsumerInvoice] = Operation(
    name="consumer_invoices.replace",
    operation_id="putByKey",
    method="PUT",
    path="/{organization}/consumer/invoices/{key}",
    retry="keyed",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(name="key", wire="key", location="path", type=str, required=True),
    ),
    body=Body(type=models.ConsumerInvoiceForm, argument="form"),
    responses={200: models.ConsumerInvoice, 201: models.ConsumerInvoice},
    errors=lambda: {422: models.GenericError},
    security=(("token",),),
    successor="consumer_invoices.replace_for_order",
)
CONSUMER_INVOICES_DELETE: Operation[None] = Operation(
    name="consumer_invoices.delete",
    operation_id="deleteByKey",
    method="DELETE",
    path="/{organization}/consumer/invoices/{key}",
    retry="keyed",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(name="key", wire="key", location="path", type=str, required=True),
    ),
    responses={204: None},
    errors=lambda: {422: models.GenericError},
    security=(("token",),),
)
CREDIT_MEMOS_LIST: Operation[list[models.CreditMemo]] = Operation(
    name="credit_memos.list",
    operation_id="getCreditMemos",
    method="GET",
    path="/{organization}/credit/memos",
    retry="safe",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(
            name="id",
            wire="id",
            location="query",
            type=list[str],
            constraints=Constraints(max_items=100),
        ),
        Parameter(name="key", wire="key", location="query", type=str),
        Parameter(name="order_number", wire="order_number", location="query", type=str),
        Parameter(
            name="limit",
            wire="limit",
            location="query",
            type=int,
            constraints=Constraints(minimum=1, maximum=100),
        ),
        Parameter(
            name="offset",
            wire="offset",
            location="query",
            type=int,
            constraints=Constraints(minimum=0),
        ),
        Parameter(name="sort", wire="sort", location="query", type=models.ConsumerInvoiceSort),
    ),
    responses={200: list[models.CreditMemo]},
    security=(("token",),),
)
CREDIT_MEMOS_LIST_PAGES: Pagination[list[models.CreditMemo], models.CreditMemo] = Pagination(
    style="offset",
    cursor=("offset",),
    item=models.CreditMemo,
    order=("sort", "created_at"),
    size=("limit",),
    key=("id",),
    end="empty-page",
)
CREDIT_MEMOS_CREATE: Operation[models.CreditMemo] = Operation(
    name="credit_memos.create",
    operation_id="postCreditAndMemosByInvoiceKey",
    method="POST",
    path="/{organization}/consumer/invoices/{invoice_key}/credit/memos",
    retry="never",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(name="invoice_key", wire="invoice_key", location="path", type=str, required=True),
    ),
    body=Body(type=models.CreditMemoForm, argument="form"),
    responses={201: models.CreditMemo},
    errors=lambda: {422: models.GenericError},
    security=(("token",),),
)
CREDIT_MEMOS_REPLACE: Operation[models.CreditMemo] = Operation(
    name="credit_memos.replace",
    operation_id="putCreditAndMemosByInvoiceKeyAndKey",
    method="PUT",
    path="/{organization}/consumer/invoices/{invoice_key}/credit/memos/{key}",
    retry="keyed",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(name="invoice_key", wire="invoice_key", location="path", type=str, required=True),
        Parameter(name="key", wire="key", location="path", type=str, required=True),
    ),
    body=Body(type=models.CreditMemoForm, argument="form"),
    responses={200: models.CreditMemo, 201: models.CreditMemo},
    errors=lambda: {422: models.GenericError},
    security=(("token",),),
)
CREDIT_MEMOS_DELETE: Operation[None] = Operation(
    name="credit_memos.delete",
    operation_id="deleteCreditAndMemosByInvoiceKeyAndKey",
    method="DELETE",
    path="/{organization}/consumer/invoices/{invoice_key}/credit/memos/{key}",
    retry="keyed",
    parameters=(
        Parameter(
            name="organization", wire="organization", location="path", type=str, required=True
        ),
        Parameter(name="invoice_key", wire="invoice_key", location="path", type=str, required=True),
        Parameter(name="key", wire="key", location="path", type=str, required=True),
    ),
    responses={204: None},
    errors=lambda: {422: models.GenericError},
    security=(("token",),),
)
