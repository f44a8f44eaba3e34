# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, Constraints, Operation, Pagination, Parameter

from . import models

INVOICES_NOTIFY: Operation[models.InvoiceReceipt] = Operation(
    name="invoices.notify",
    operation_id="invoiceNotification",
    method="POST",
    path="/api/oms/pvt/orders/{orderId}/invoice",
    retry="never",
    parameters=(
        Parameter(name="order_id", wire="orderId", location="path", type=str, required=True),
    ),
    body=Body(type=models.InvoiceNotification),
    responses={200: models.InvoiceReceipt},
    errors=lambda: {
        400: models.ErrorAnswer,
        401: models.ErrorAnswer,
        403: models.ErrorAnswer,
        404: models.ErrorAnswer,
        500: models.ErrorAnswer,
    },
    security=(("app_key", "app_token"), ("user_token",)),
)
INVOICES_ADD_TRACKING: Operation[models.TrackingReceipt] = Operation(
    name="invoices.add_tracking",
    operation_id="updatepartialinvoiceSendTrackingNumber",
    method="PATCH",
    path="/api/oms/pvt/orders/{orderId}/invoice/{invoiceNumber}",
    retry="keyed",
    parameters=(
        Parameter(name="order_id", wire="orderId", location="path", type=str, required=True),
        Parameter(
            name="invoice_number", wire="invoiceNumber", location="path", type=str, required=True
        ),
    ),
    body=Body(type=models.InvoiceTracking),
    responses={200: models.TrackingReceipt},
    errors=lambda: {
        400: models.ErrorAnswer,
        401: models.ErrorAnswer,
        403: models.ErrorAnswer,
        404: models.ErrorAnswer,
        500: models.ErrorAnswer,
    },
    security=(("app_key", "app_token"), ("user_token",)),
)
ORDERS_LIST: Operation[models.OrderList] = Operation(
    name="orders.list",
    operation_id="ListOrders",
    method="GET",
    path="/api/oms/pvt/orders",
    retry="safe",
    parameters=(
        Parameter(
            name="page",
            wire="page",
            location="query",
            type=int,
            constraints=Constraints(minimum=1, maximum=30),
        ),
        Parameter(
            name="per_page",
            wire="per_page",
            location="query",
            type=int,
            constraints=Constraints(minimum=1, maximum=100),
        ),
        Parameter(name="order_by", wire="orderBy", location="query", type=str),
        Parameter(name="f_creation_date", wire="f_creationDate", location="query", type=str),
        Parameter(name="f_invoiced_date", wire="f_invoicedDate", location="query", type=str),
        Parameter(name="f_authorized_date", wire="f_authorizedDate", location="query", type=str),
        Parameter(name="f_status", wire="f_status", location="query", type=str),
        Parameter(
            name="f_has_input_invoice", wire="f_hasInputInvoice", location="query", type=bool
        ),
        Parameter(name="q", wire="q", location="query", type=str),
        Parameter(
            name="f_shipping_estimate", wire="f_shippingEstimate", location="query", type=str
        ),
        Parameter(name="f_utm_source", wire="f_UtmSource", location="query", type=str),
        Parameter(name="f_seller_names", wire="f_sellerNames", location="query", type=str),
        Parameter(
            name="f_call_center_operator_name",
            wire="f_callCenterOperatorName",
            location="query",
            type=str,
        ),
        Parameter(name="f_sales_channel", wire="f_salesChannel", location="query", type=str),
        Parameter(name="sales_channel_id", wire="salesChannelId", location="query", type=str),
        Parameter(name="f_affiliate_id", wire="f_affiliateId", location="query", type=str),
        Parameter(name="incomplete_orders", wire="incompleteOrders", location="query", type=bool),
        Parameter(name="f_payment_names", wire="f_paymentNames", location="query", type=str),
        Parameter(name="f_rn_b", wire="f_RnB", location="query", type=str),
        Parameter(name="search_field", wire="searchField", location="query", type=str),
        Parameter(name="f_is_instore", wire="f_isInstore", location="query", type=bool),
    ),
    responses={200: models.OrderList},
    errors=lambda: {
        400: models.ErrorAnswer,
        401: models.ErrorAnswer,
        403: models.ErrorAnswer,
        500: models.ErrorAnswer,
    },
    security=(("app_key", "app_token"), ("user_token",)),
)
ORDERS_LIST_PAGES: Pagination[models.OrderList, models.OrderSummary] = Pagination(
    style="page",
    cursor=("page",),
    items=("list",),
    item=models.OrderSummary,
    size=("per_page",),
    total=("paging", "total"),
    key=("order_id",),
    max_pages=30,
    end="total",
)
ORDERS_GET: Operation[models.Order] = Operation(
    name="orders.get",
    operation_id="GetOrder",
    method="GET",
    path="/api/oms/pvt/orders/{orderId}",
    retry="safe",
    parameters=(
        Parameter(name="order_id", wire="orderId", location="path", type=str, required=True),
    ),
    responses={200: models.Order},
    errors=lambda: {
        401: models.ErrorAnswer,
        403: models.ErrorAnswer,
        404: models.ErrorAnswer,
        500: models.ErrorAnswer,
    },
    security=(("app_key", "app_token"), ("user_token",)),
)
