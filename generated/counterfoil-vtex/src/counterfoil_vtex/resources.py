# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resources and their methods, sync and async."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Unpack

from counterfoil_core import UNSET, AsyncClient, Client, Page, RequestOptions, UnsetType
from counterfoil_core.types import SequenceNotStr
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method

from . import _operations, models

if TYPE_CHECKING:
    from . import dicts


class Invoices:
    """The operations on invoices: `client.invoices`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def notify(
        self,
        order_id: str,
        *,
        type: models.InvoiceTypeInput,
        issuance_date: datetime.datetime,
        invoice_number: str | None,
        invoice_value: str,
        items: SequenceNotStr[models.InvoicedItem | dicts.InvoicedItemDict],
        invoice_key: str | None | UnsetType = UNSET,
        invoice_url: str | None | UnsetType = UNSET,
        embedded_invoice: str | None | UnsetType = UNSET,
        courier: str | None | UnsetType = UNSET,
        tracking_number: str | None | UnsetType = UNSET,
        tracking_url: str | None | UnsetType = UNSET,
        dispatched_date: datetime.datetime | None | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoiceReceipt:
        """Notify VTEX of an invoice.

        Enters an invoice in an order. It is the step that the order's status needs to become
        Invoiced, the sign that the order was completed.

        - **It cannot be undone.** Once the system reads an order as invoiced, that status
          cannot be changed.
        - **The order's total changes.** It is updated after the invoice was entered, even by a
          partial invoice, and VTEX's Payment Gateway settles the updated value. An order with a
          partial invoice cannot be cancelled any more.
        - **Refunds are automatic.** The shopper is reimbursed without a further call.
        - **Always send the `items`** that are invoiced; it avoids rounding errors.
        - **Returns.** When items come back, send an invoice with the `type` Input. A refund
          follows only if the order had been invoiced in full.
        - **One number, one request.** The same `invoice_number` must not be used in more than
          one request of this kind. Newer pages of VTEX say that a second one only makes a new
          receipt. Not verified: which of both holds. After a failure without an answer, read
          the order's packages before sending again.
        - **Marketplaces.** Once the order is invoiced, the seller sends the invoice to the
          marketplace by this request first, and the tracking in a separate moment, when there
          is any: leave `tracking_number` and `tracking_url` out until then.
        - The License Manager resource `Notify invoice` is needed. It is part of `OMS - Full
          access` and `IntegrationProfile - Fulfillment Oms`, among other default roles; without
          it the answer is 403.
        - The key and the token of the application go together.

        Not verified: what comes for an invoice that is refused; VTEX documents no other answer
        than 200.

        Args:
            order_id: Identifier of the order that the invoice belongs to, such as
                1172452900788-01.
            type: Output for a sale, Input for a return.
            issuance_date: Moment the merchant issued the invoice, which may differ from the
                moment VTEX takes the order as invoiced. It is sent as the same moment in UTC, which
                may be another day.
            invoice_number: Number of the invoice, not to be used in a second request. Leading
                zeros count. Null is allowed. Not verified: what a null does.
            invoice_value: Total of the invoice in cents, as a string of digits without a
                separator or leading zeros, such as 10000 for 100.00. It must be greater than zero.
            items: The items that are invoiced. Always send them, for otherwise amounts may be
                rounded wrongly. Not verified: whether the list may be empty.
            invoice_key: Fiscal key of the invoice, such as the access key of a Brazilian NF-e.
                Null or left out when there is none.
            invoice_url: Link to the invoice, perhaps as XML. Null or left out when there is
                none.
            embedded_invoice: The invoice itself as XML text, which marketplaces outside of VTEX
                may need. Null or left out when there is none.
            courier: Carrier of the parcel. Null or left out while there is none. Leave it out
                rather than send null.
            tracking_number: The carrier's tracking number. Null or left out while the order is
                only invoiced; sent in a separate moment.
            tracking_url: Link to the carrier's tracking. Null or left out while the order is
                only invoiced; sent in a separate moment.
            dispatched_date: Moment the parcel was handed over for transport, sent in UTC. Null
                or left out while it was not.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: What VTEX answers when it has taken an invoice in.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `invoiceNotification`, POST /api/oms/pvt/orders/{orderId}/invoice
        Source: https://developers.vtex.com/docs/api-reference/orders-api#post-/api/oms/pvt/orders/-orderId-/invoice
        """
        return self._client.call(
            _operations.INVOICES_NOTIFY,
            {
                "order_id": order_id,
                "type": type,
                "issuance_date": issuance_date,
                "invoice_number": invoice_number,
                "invoice_value": invoice_value,
                "items": items,
                "invoice_key": invoice_key,
                "invoice_url": invoice_url,
                "embedded_invoice": embedded_invoice,
                "courier": courier,
                "tracking_number": tracking_number,
                "tracking_url": tracking_url,
                "dispatched_date": dispatched_date,
            },
            request_options,
        )

    def add_tracking(
        self,
        order_id: str,
        invoice_number: str,
        *,
        tracking_number: str,
        tracking_url: str | None,
        courier: str | None,
        dispatched_date: datetime.datetime | None,
        **request_options: Unpack[RequestOptions],
    ) -> models.TrackingReceipt:
        """Add tracking to an invoice.

        Adds a tracking number to a partial invoice of an order.

        - All four fields must be sent; three of them may be null.
        - Tracking events, such as the parcel's arrival in a city, come from another call,
          VTEX's "Update order tracking status", once the number is there.
        - Repeating this request has the same effect.
        - The License Manager resource `Notify invoice` is needed. It is part of `OMS - Full
          access` and `IntegrationProfile - Fulfillment Oms`, among other default roles; without
          it the answer is 403.
        - The key and the token of the application go together.

        Not verified: how an unknown invoice number is answered; VTEX documents no other answer
        than 200.

        Args:
            order_id: Identifier of the order that the invoice belongs to, such as
                1172452900788-01.
            invoice_number: Number of the invoice, exactly as it was notified: leading zeros
                count, 000030711 is not 30711. A slash is percent-encoded.
            tracking_number: The carrier's tracking number. It must not be null.
            tracking_url: Link to the carrier's tracking. Null when there is none.
            courier: Carrier of the parcel. Null when it is not known.
            dispatched_date: Moment the parcel was handed over for transport. Null when it is
                not known.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: What VTEX answers when it has added tracking to an invoice.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `updatepartialinvoiceSendTrackingNumber`, PATCH /api/oms/pvt/orders/{orderId}/invoice/{invoiceNumber}
        Source: https://developers.vtex.com/docs/api-reference/orders-api#patch-/api/oms/pvt/orders/-orderId-/invoice/-invoiceNumber-
        """
        return self._client.call(
            _operations.INVOICES_ADD_TRACKING,
            {
                "order_id": order_id,
                "invoice_number": invoice_number,
                "tracking_number": tracking_number,
                "tracking_url": tracking_url,
                "courier": courier,
                "dispatched_date": dispatched_date,
            },
            request_options,
        )


class InvoicesWithResponse:
    """The methods of `Invoices`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Invoices(wrap_client(client))
        self.notify = wrap_method(resource.notify)
        self.add_tracking = wrap_method(resource.add_tracking)


class AsyncInvoices:
    """The operations on invoices: `client.invoices`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def notify(
        self,
        order_id: str,
        *,
        type: models.InvoiceTypeInput,
        issuance_date: datetime.datetime,
        invoice_number: str | None,
        invoice_value: str,
        items: SequenceNotStr[models.InvoicedItem | dicts.InvoicedItemDict],
        invoice_key: str | None | UnsetType = UNSET,
        invoice_url: str | None | UnsetType = UNSET,
        embedded_invoice: str | None | UnsetType = UNSET,
        courier: str | None | UnsetType = UNSET,
        tracking_number: str | None | UnsetType = UNSET,
        tracking_url: str | None | UnsetType = UNSET,
        dispatched_date: datetime.datetime | None | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoiceReceipt:
        """Notify VTEX of an invoice.

        Enters an invoice in an order. It is the step that the order's status needs to become
        Invoiced, the sign that the order was completed.

        - **It cannot be undone.** Once the system reads an order as invoiced, that status
          cannot be changed.
        - **The order's total changes.** It is updated after the invoice was entered, even by a
          partial invoice, and VTEX's Payment Gateway settles the updated value. An order with a
          partial invoice cannot be cancelled any more.
        - **Refunds are automatic.** The shopper is reimbursed without a further call.
        - **Always send the `items`** that are invoiced; it avoids rounding errors.
        - **Returns.** When items come back, send an invoice with the `type` Input. A refund
          follows only if the order had been invoiced in full.
        - **One number, one request.** The same `invoice_number` must not be used in more than
          one request of this kind. Newer pages of VTEX say that a second one only makes a new
          receipt. Not verified: which of both holds. After a failure without an answer, read
          the order's packages before sending again.
        - **Marketplaces.** Once the order is invoiced, the seller sends the invoice to the
          marketplace by this request first, and the tracking in a separate moment, when there
          is any: leave `tracking_number` and `tracking_url` out until then.
        - The License Manager resource `Notify invoice` is needed. It is part of `OMS - Full
          access` and `IntegrationProfile - Fulfillment Oms`, among other default roles; without
          it the answer is 403.
        - The key and the token of the application go together.

        Not verified: what comes for an invoice that is refused; VTEX documents no other answer
        than 200.

        Args:
            order_id: Identifier of the order that the invoice belongs to, such as
                1172452900788-01.
            type: Output for a sale, Input for a return.
            issuance_date: Moment the merchant issued the invoice, which may differ from the
                moment VTEX takes the order as invoiced. It is sent as the same moment in UTC, which
                may be another day.
            invoice_number: Number of the invoice, not to be used in a second request. Leading
                zeros count. Null is allowed. Not verified: what a null does.
            invoice_value: Total of the invoice in cents, as a string of digits without a
                separator or leading zeros, such as 10000 for 100.00. It must be greater than zero.
            items: The items that are invoiced. Always send them, for otherwise amounts may be
                rounded wrongly. Not verified: whether the list may be empty.
            invoice_key: Fiscal key of the invoice, such as the access key of a Brazilian NF-e.
                Null or left out when there is none.
            invoice_url: Link to the invoice, perhaps as XML. Null or left out when there is
                none.
            embedded_invoice: The invoice itself as XML text, which marketplaces outside of VTEX
                may need. Null or left out when there is none.
            courier: Carrier of the parcel. Null or left out while there is none. Leave it out
                rather than send null.
            tracking_number: The carrier's tracking number. Null or left out while the order is
                only invoiced; sent in a separate moment.
            tracking_url: Link to the carrier's tracking. Null or left out while the order is
                only invoiced; sent in a separate moment.
            dispatched_date: Moment the parcel was handed over for transport, sent in UTC. Null
                or left out while it was not.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: What VTEX answers when it has taken an invoice in.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `invoiceNotification`, POST /api/oms/pvt/orders/{orderId}/invoice
        Source: https://developers.vtex.com/docs/api-reference/orders-api#post-/api/oms/pvt/orders/-orderId-/invoice
        """
        return await self._client.call(
            _operations.INVOICES_NOTIFY,
            {
                "order_id": order_id,
                "type": type,
                "issuance_date": issuance_date,
                "invoice_number": invoice_number,
                "invoice_value": invoice_value,
                "items": items,
                "invoice_key": invoice_key,
                "invoice_url": invoice_url,
                "embedded_invoice": embedded_invoice,
                "courier": courier,
                "tracking_number": tracking_number,
                "tracking_url": tracking_url,
                "dispatched_date": dispatched_date,
            },
            request_options,
        )

    async def add_tracking(
        self,
        order_id: str,
        invoice_number: str,
        *,
        tracking_number: str,
        tracking_url: str | None,
        courier: str | None,
        dispatched_date: datetime.datetime | None,
        **request_options: Unpack[RequestOptions],
    ) -> models.TrackingReceipt:
        """Add tracking to an invoice.

        Adds a tracking number to a partial invoice of an order.

        - All four fields must be sent; three of them may be null.
        - Tracking events, such as the parcel's arrival in a city, come from another call,
          VTEX's "Update order tracking status", once the number is there.
        - Repeating this request has the same effect.
        - The License Manager resource `Notify invoice` is needed. It is part of `OMS - Full
          access` and `IntegrationProfile - Fulfillment Oms`, among other default roles; without
          it the answer is 403.
        - The key and the token of the application go together.

        Not verified: how an unknown invoice number is answered; VTEX documents no other answer
        than 200.

        Args:
            order_id: Identifier of the order that the invoice belongs to, such as
                1172452900788-01.
            invoice_number: Number of the invoice, exactly as it was notified: leading zeros
                count, 000030711 is not 30711. A slash is percent-encoded.
            tracking_number: The carrier's tracking number. It must not be null.
            tracking_url: Link to the carrier's tracking. Null when there is none.
            courier: Carrier of the parcel. Null when it is not known.
            dispatched_date: Moment the parcel was handed over for transport. Null when it is
                not known.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: What VTEX answers when it has added tracking to an invoice.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `updatepartialinvoiceSendTrackingNumber`, PATCH /api/oms/pvt/orders/{orderId}/invoice/{invoiceNumber}
        Source: https://developers.vtex.com/docs/api-reference/orders-api#patch-/api/oms/pvt/orders/-orderId-/invoice/-invoiceNumber-
        """
        return await self._client.call(
            _operations.INVOICES_ADD_TRACKING,
            {
                "order_id": order_id,
                "invoice_number": invoice_number,
                "tracking_number": tracking_number,
                "tracking_url": tracking_url,
                "courier": courier,
                "dispatched_date": dispatched_date,
            },
            request_options,
        )


class AsyncInvoicesWithResponse:
    """The methods of `AsyncInvoices`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncInvoices(wrap_client(client))
        self.notify = wrap_async_method(resource.notify)
        self.add_tracking = wrap_async_method(resource.add_tracking)


class Orders:
    """The operations on orders: `client.orders`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        page: int | UnsetType = UNSET,
        per_page: int | UnsetType = UNSET,
        order_by: str | UnsetType = UNSET,
        f_creation_date: str | UnsetType = UNSET,
        f_invoiced_date: str | UnsetType = UNSET,
        f_authorized_date: str | UnsetType = UNSET,
        f_status: str | UnsetType = UNSET,
        f_has_input_invoice: bool | UnsetType = UNSET,
        q: str | UnsetType = UNSET,
        f_shipping_estimate: str | UnsetType = UNSET,
        f_utm_source: str | UnsetType = UNSET,
        f_seller_names: str | UnsetType = UNSET,
        f_call_center_operator_name: str | UnsetType = UNSET,
        f_sales_channel: str | UnsetType = UNSET,
        sales_channel_id: str | UnsetType = UNSET,
        f_affiliate_id: str | UnsetType = UNSET,
        incomplete_orders: bool | UnsetType = UNSET,
        f_payment_names: str | UnsetType = UNSET,
        f_rn_b: str | UnsetType = UNSET,
        search_field: str | UnsetType = UNSET,
        f_is_instore: bool | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.OrderList:
        """List orders.

        Lists orders in short, one page at a time, for instance to find those that were
        invoiced. The invoices themselves are in the order, not in the list.

        - A page holds up to 100 orders, 15 unless `per_page` says otherwise, and there are at
          most 30 pages: 3,000 orders for one request. To reach more, narrow the span of time in
          `f_creation_date` or `f_invoiced_date` and ask again.
        - Only orders of the last two years are listed, and a change takes about four minutes to
          show.
        - An order that is placed meanwhile moves the others; sort by `creationDate,asc` for a
          list that stays in place.
        - VTEX advises integrations that follow orders to use its Feed or Hook instead.
        - Filters may be combined. An empty list is an ordinary answer. Facets and statistics,
          which come with every page, are not described here.

        Beyond the documents that this package follows.

        Args:
            page: Number of the page, counting from 1, at most 30.
            per_page: Most orders that one page may hold, 1 to 100. Left out, it is 15.
            order_by: What the orders are sorted by and in which direction, such as
                creationDate,asc. The fields are creationDate, orderId, items, totalValue and
                origin; the directions asc and desc.
            f_creation_date: Orders placed in a span of time, in the form
                creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_invoiced_date: Orders invoiced in a span of time, in the form
                invoicedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_authorized_date: Orders whose payment was approved in a span of time, in the form
                authorizedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z]. Not verified,
                because VTEX's example has creationDate in that place.
            f_status: Orders with this status, such as invoiced or ready-for-handling.
            f_has_input_invoice: Orders that have an Input invoice, hence a return, or that have
                none.
            q: Orders in which this is found, an order's identifier or a customer's email
                address, document or name.
            f_shipping_estimate: Orders to be shipped within so many days, such as 0.days for
                today.
            f_utm_source: Orders that came through this campaign, by its UTM source.
            f_seller_names: Orders with this seller, by name.
            f_call_center_operator_name: Orders that this call center operator took, by name.
            f_sales_channel: Orders of this sales channel (trade policy), by name.
            sales_channel_id: Orders of this sales channel (trade policy), by identifier.
            f_affiliate_id: Orders of this affiliate, such as a marketplace, by identifier.
            incomplete_orders: Whether orders that were not completed are listed.
            f_payment_names: Orders paid in this way, by name.
            f_rn_b: Orders with this rate or benefit, such as a promotion, by name.
            search_field: Orders in which this is found, such as the identifier of an SKU, a
                gift list or a transaction. Not verified, how it goes together with `q`.
            f_is_instore: Orders placed in a physical shop, or those placed elsewhere.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A page of orders in short.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `ListOrders`, GET /api/oms/pvt/orders
        Source: https://developers.vtex.com/docs/api-reference/orders-api#get-/api/oms/pvt/orders
        """
        return self._client.call(
            _operations.ORDERS_LIST,
            {
                "page": page,
                "per_page": per_page,
                "order_by": order_by,
                "f_creation_date": f_creation_date,
                "f_invoiced_date": f_invoiced_date,
                "f_authorized_date": f_authorized_date,
                "f_status": f_status,
                "f_has_input_invoice": f_has_input_invoice,
                "q": q,
                "f_shipping_estimate": f_shipping_estimate,
                "f_utm_source": f_utm_source,
                "f_seller_names": f_seller_names,
                "f_call_center_operator_name": f_call_center_operator_name,
                "f_sales_channel": f_sales_channel,
                "sales_channel_id": sales_channel_id,
                "f_affiliate_id": f_affiliate_id,
                "incomplete_orders": incomplete_orders,
                "f_payment_names": f_payment_names,
                "f_rn_b": f_rn_b,
                "search_field": search_field,
                "f_is_instore": f_is_instore,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        per_page: int | UnsetType = UNSET,
        order_by: str | UnsetType = UNSET,
        f_creation_date: str | UnsetType = UNSET,
        f_invoiced_date: str | UnsetType = UNSET,
        f_authorized_date: str | UnsetType = UNSET,
        f_status: str | UnsetType = UNSET,
        f_has_input_invoice: bool | UnsetType = UNSET,
        q: str | UnsetType = UNSET,
        f_shipping_estimate: str | UnsetType = UNSET,
        f_utm_source: str | UnsetType = UNSET,
        f_seller_names: str | UnsetType = UNSET,
        f_call_center_operator_name: str | UnsetType = UNSET,
        f_sales_channel: str | UnsetType = UNSET,
        sales_channel_id: str | UnsetType = UNSET,
        f_affiliate_id: str | UnsetType = UNSET,
        incomplete_orders: bool | UnsetType = UNSET,
        f_payment_names: str | UnsetType = UNSET,
        f_rn_b: str | UnsetType = UNSET,
        search_field: str | UnsetType = UNSET,
        f_is_instore: bool | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[models.OrderSummary]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `page` itself.

        Args:
            per_page: Most orders that one page may hold, 1 to 100. Left out, it is 15.
            order_by: What the orders are sorted by and in which direction, such as
                creationDate,asc. The fields are creationDate, orderId, items, totalValue and
                origin; the directions asc and desc.
            f_creation_date: Orders placed in a span of time, in the form
                creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_invoiced_date: Orders invoiced in a span of time, in the form
                invoicedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_authorized_date: Orders whose payment was approved in a span of time, in the form
                authorizedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z]. Not verified,
                because VTEX's example has creationDate in that place.
            f_status: Orders with this status, such as invoiced or ready-for-handling.
            f_has_input_invoice: Orders that have an Input invoice, hence a return, or that have
                none.
            q: Orders in which this is found, an order's identifier or a customer's email
                address, document or name.
            f_shipping_estimate: Orders to be shipped within so many days, such as 0.days for
                today.
            f_utm_source: Orders that came through this campaign, by its UTM source.
            f_seller_names: Orders with this seller, by name.
            f_call_center_operator_name: Orders that this call center operator took, by name.
            f_sales_channel: Orders of this sales channel (trade policy), by name.
            sales_channel_id: Orders of this sales channel (trade policy), by identifier.
            f_affiliate_id: Orders of this affiliate, such as a marketplace, by identifier.
            incomplete_orders: Whether orders that were not completed are listed.
            f_payment_names: Orders paid in this way, by name.
            f_rn_b: Orders with this rate or benefit, such as a promotion, by name.
            search_field: Orders in which this is found, such as the identifier of an SKU, a
                gift list or a transaction. Not verified, how it goes together with `q`.
            f_is_instore: Orders placed in a physical shop, or those placed elsewhere.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.ORDERS_LIST,
            _operations.ORDERS_LIST_PAGES,
            {
                "per_page": per_page,
                "order_by": order_by,
                "f_creation_date": f_creation_date,
                "f_invoiced_date": f_invoiced_date,
                "f_authorized_date": f_authorized_date,
                "f_status": f_status,
                "f_has_input_invoice": f_has_input_invoice,
                "q": q,
                "f_shipping_estimate": f_shipping_estimate,
                "f_utm_source": f_utm_source,
                "f_seller_names": f_seller_names,
                "f_call_center_operator_name": f_call_center_operator_name,
                "f_sales_channel": f_sales_channel,
                "sales_channel_id": sales_channel_id,
                "f_affiliate_id": f_affiliate_id,
                "incomplete_orders": incomplete_orders,
                "f_payment_names": f_payment_names,
                "f_rn_b": f_rn_b,
                "search_field": search_field,
                "f_is_instore": f_is_instore,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        per_page: int | UnsetType = UNSET,
        order_by: str | UnsetType = UNSET,
        f_creation_date: str | UnsetType = UNSET,
        f_invoiced_date: str | UnsetType = UNSET,
        f_authorized_date: str | UnsetType = UNSET,
        f_status: str | UnsetType = UNSET,
        f_has_input_invoice: bool | UnsetType = UNSET,
        q: str | UnsetType = UNSET,
        f_shipping_estimate: str | UnsetType = UNSET,
        f_utm_source: str | UnsetType = UNSET,
        f_seller_names: str | UnsetType = UNSET,
        f_call_center_operator_name: str | UnsetType = UNSET,
        f_sales_channel: str | UnsetType = UNSET,
        sales_channel_id: str | UnsetType = UNSET,
        f_affiliate_id: str | UnsetType = UNSET,
        incomplete_orders: bool | UnsetType = UNSET,
        f_payment_names: str | UnsetType = UNSET,
        f_rn_b: str | UnsetType = UNSET,
        search_field: str | UnsetType = UNSET,
        f_is_instore: bool | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[Page[models.OrderSummary]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `page` itself.

        Args:
            per_page: Most orders that one page may hold, 1 to 100. Left out, it is 15.
            order_by: What the orders are sorted by and in which direction, such as
                creationDate,asc. The fields are creationDate, orderId, items, totalValue and
                origin; the directions asc and desc.
            f_creation_date: Orders placed in a span of time, in the form
                creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_invoiced_date: Orders invoiced in a span of time, in the form
                invoicedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_authorized_date: Orders whose payment was approved in a span of time, in the form
                authorizedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z]. Not verified,
                because VTEX's example has creationDate in that place.
            f_status: Orders with this status, such as invoiced or ready-for-handling.
            f_has_input_invoice: Orders that have an Input invoice, hence a return, or that have
                none.
            q: Orders in which this is found, an order's identifier or a customer's email
                address, document or name.
            f_shipping_estimate: Orders to be shipped within so many days, such as 0.days for
                today.
            f_utm_source: Orders that came through this campaign, by its UTM source.
            f_seller_names: Orders with this seller, by name.
            f_call_center_operator_name: Orders that this call center operator took, by name.
            f_sales_channel: Orders of this sales channel (trade policy), by name.
            sales_channel_id: Orders of this sales channel (trade policy), by identifier.
            f_affiliate_id: Orders of this affiliate, such as a marketplace, by identifier.
            incomplete_orders: Whether orders that were not completed are listed.
            f_payment_names: Orders paid in this way, by name.
            f_rn_b: Orders with this rate or benefit, such as a promotion, by name.
            search_field: Orders in which this is found, such as the identifier of an SKU, a
                gift list or a transaction. Not verified, how it goes together with `q`.
            f_is_instore: Orders placed in a physical shop, or those placed elsewhere.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.ORDERS_LIST,
            _operations.ORDERS_LIST_PAGES,
            {
                "per_page": per_page,
                "order_by": order_by,
                "f_creation_date": f_creation_date,
                "f_invoiced_date": f_invoiced_date,
                "f_authorized_date": f_authorized_date,
                "f_status": f_status,
                "f_has_input_invoice": f_has_input_invoice,
                "q": q,
                "f_shipping_estimate": f_shipping_estimate,
                "f_utm_source": f_utm_source,
                "f_seller_names": f_seller_names,
                "f_call_center_operator_name": f_call_center_operator_name,
                "f_sales_channel": f_sales_channel,
                "sales_channel_id": sales_channel_id,
                "f_affiliate_id": f_affiliate_id,
                "incomplete_orders": incomplete_orders,
                "f_payment_names": f_payment_names,
                "f_rn_b": f_rn_b,
                "search_field": search_field,
                "f_is_instore": f_is_instore,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    def get(self, order_id: str, **request_options: Unpack[RequestOptions]) -> models.Order:
        """Get an order with its invoices.

        Returns an order. Its invoices are the packages of `packageAttachment`, which is null
        until the first one was notified.

        - A package names the items it holds by their position in the order's `items`, not by
          their SKU.
        - The value of an invoice is an integer of cents here, and a string when it is notified.
        - An order has more fields than are described here; they are passed over.
        - The answer holds personal data of the shopper.

        Beyond the documents that this package follows.

        Args:
            order_id: Identifier of the order, such as 1172452900788-01, or its sequence with
                the letters seq before it, such as seq501456.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An order as VTEX returns it, as far as it bears on invoices.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `GetOrder`, GET /api/oms/pvt/orders/{orderId}
        Source: https://developers.vtex.com/docs/api-reference/orders-api#get-/api/oms/pvt/orders/-orderId-
        """
        return self._client.call(_operations.ORDERS_GET, {"order_id": order_id}, request_options)


class OrdersWithResponse:
    """The methods of `Orders`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Orders(wrap_client(client))
        self.list = wrap_method(resource.list)
        self.get = wrap_method(resource.get)


class AsyncOrders:
    """The operations on orders: `client.orders`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        page: int | UnsetType = UNSET,
        per_page: int | UnsetType = UNSET,
        order_by: str | UnsetType = UNSET,
        f_creation_date: str | UnsetType = UNSET,
        f_invoiced_date: str | UnsetType = UNSET,
        f_authorized_date: str | UnsetType = UNSET,
        f_status: str | UnsetType = UNSET,
        f_has_input_invoice: bool | UnsetType = UNSET,
        q: str | UnsetType = UNSET,
        f_shipping_estimate: str | UnsetType = UNSET,
        f_utm_source: str | UnsetType = UNSET,
        f_seller_names: str | UnsetType = UNSET,
        f_call_center_operator_name: str | UnsetType = UNSET,
        f_sales_channel: str | UnsetType = UNSET,
        sales_channel_id: str | UnsetType = UNSET,
        f_affiliate_id: str | UnsetType = UNSET,
        incomplete_orders: bool | UnsetType = UNSET,
        f_payment_names: str | UnsetType = UNSET,
        f_rn_b: str | UnsetType = UNSET,
        search_field: str | UnsetType = UNSET,
        f_is_instore: bool | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.OrderList:
        """List orders.

        Lists orders in short, one page at a time, for instance to find those that were
        invoiced. The invoices themselves are in the order, not in the list.

        - A page holds up to 100 orders, 15 unless `per_page` says otherwise, and there are at
          most 30 pages: 3,000 orders for one request. To reach more, narrow the span of time in
          `f_creation_date` or `f_invoiced_date` and ask again.
        - Only orders of the last two years are listed, and a change takes about four minutes to
          show.
        - An order that is placed meanwhile moves the others; sort by `creationDate,asc` for a
          list that stays in place.
        - VTEX advises integrations that follow orders to use its Feed or Hook instead.
        - Filters may be combined. An empty list is an ordinary answer. Facets and statistics,
          which come with every page, are not described here.

        Beyond the documents that this package follows.

        Args:
            page: Number of the page, counting from 1, at most 30.
            per_page: Most orders that one page may hold, 1 to 100. Left out, it is 15.
            order_by: What the orders are sorted by and in which direction, such as
                creationDate,asc. The fields are creationDate, orderId, items, totalValue and
                origin; the directions asc and desc.
            f_creation_date: Orders placed in a span of time, in the form
                creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_invoiced_date: Orders invoiced in a span of time, in the form
                invoicedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_authorized_date: Orders whose payment was approved in a span of time, in the form
                authorizedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z]. Not verified,
                because VTEX's example has creationDate in that place.
            f_status: Orders with this status, such as invoiced or ready-for-handling.
            f_has_input_invoice: Orders that have an Input invoice, hence a return, or that have
                none.
            q: Orders in which this is found, an order's identifier or a customer's email
                address, document or name.
            f_shipping_estimate: Orders to be shipped within so many days, such as 0.days for
                today.
            f_utm_source: Orders that came through this campaign, by its UTM source.
            f_seller_names: Orders with this seller, by name.
            f_call_center_operator_name: Orders that this call center operator took, by name.
            f_sales_channel: Orders of this sales channel (trade policy), by name.
            sales_channel_id: Orders of this sales channel (trade policy), by identifier.
            f_affiliate_id: Orders of this affiliate, such as a marketplace, by identifier.
            incomplete_orders: Whether orders that were not completed are listed.
            f_payment_names: Orders paid in this way, by name.
            f_rn_b: Orders with this rate or benefit, such as a promotion, by name.
            search_field: Orders in which this is found, such as the identifier of an SKU, a
                gift list or a transaction. Not verified, how it goes together with `q`.
            f_is_instore: Orders placed in a physical shop, or those placed elsewhere.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A page of orders in short.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `ListOrders`, GET /api/oms/pvt/orders
        Source: https://developers.vtex.com/docs/api-reference/orders-api#get-/api/oms/pvt/orders
        """
        return await self._client.call(
            _operations.ORDERS_LIST,
            {
                "page": page,
                "per_page": per_page,
                "order_by": order_by,
                "f_creation_date": f_creation_date,
                "f_invoiced_date": f_invoiced_date,
                "f_authorized_date": f_authorized_date,
                "f_status": f_status,
                "f_has_input_invoice": f_has_input_invoice,
                "q": q,
                "f_shipping_estimate": f_shipping_estimate,
                "f_utm_source": f_utm_source,
                "f_seller_names": f_seller_names,
                "f_call_center_operator_name": f_call_center_operator_name,
                "f_sales_channel": f_sales_channel,
                "sales_channel_id": sales_channel_id,
                "f_affiliate_id": f_affiliate_id,
                "incomplete_orders": incomplete_orders,
                "f_payment_names": f_payment_names,
                "f_rn_b": f_rn_b,
                "search_field": search_field,
                "f_is_instore": f_is_instore,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        per_page: int | UnsetType = UNSET,
        order_by: str | UnsetType = UNSET,
        f_creation_date: str | UnsetType = UNSET,
        f_invoiced_date: str | UnsetType = UNSET,
        f_authorized_date: str | UnsetType = UNSET,
        f_status: str | UnsetType = UNSET,
        f_has_input_invoice: bool | UnsetType = UNSET,
        q: str | UnsetType = UNSET,
        f_shipping_estimate: str | UnsetType = UNSET,
        f_utm_source: str | UnsetType = UNSET,
        f_seller_names: str | UnsetType = UNSET,
        f_call_center_operator_name: str | UnsetType = UNSET,
        f_sales_channel: str | UnsetType = UNSET,
        sales_channel_id: str | UnsetType = UNSET,
        f_affiliate_id: str | UnsetType = UNSET,
        incomplete_orders: bool | UnsetType = UNSET,
        f_payment_names: str | UnsetType = UNSET,
        f_rn_b: str | UnsetType = UNSET,
        search_field: str | UnsetType = UNSET,
        f_is_instore: bool | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[models.OrderSummary]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `page` itself.

        Args:
            per_page: Most orders that one page may hold, 1 to 100. Left out, it is 15.
            order_by: What the orders are sorted by and in which direction, such as
                creationDate,asc. The fields are creationDate, orderId, items, totalValue and
                origin; the directions asc and desc.
            f_creation_date: Orders placed in a span of time, in the form
                creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_invoiced_date: Orders invoiced in a span of time, in the form
                invoicedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_authorized_date: Orders whose payment was approved in a span of time, in the form
                authorizedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z]. Not verified,
                because VTEX's example has creationDate in that place.
            f_status: Orders with this status, such as invoiced or ready-for-handling.
            f_has_input_invoice: Orders that have an Input invoice, hence a return, or that have
                none.
            q: Orders in which this is found, an order's identifier or a customer's email
                address, document or name.
            f_shipping_estimate: Orders to be shipped within so many days, such as 0.days for
                today.
            f_utm_source: Orders that came through this campaign, by its UTM source.
            f_seller_names: Orders with this seller, by name.
            f_call_center_operator_name: Orders that this call center operator took, by name.
            f_sales_channel: Orders of this sales channel (trade policy), by name.
            sales_channel_id: Orders of this sales channel (trade policy), by identifier.
            f_affiliate_id: Orders of this affiliate, such as a marketplace, by identifier.
            incomplete_orders: Whether orders that were not completed are listed.
            f_payment_names: Orders paid in this way, by name.
            f_rn_b: Orders with this rate or benefit, such as a promotion, by name.
            search_field: Orders in which this is found, such as the identifier of an SKU, a
                gift list or a transaction. Not verified, how it goes together with `q`.
            f_is_instore: Orders placed in a physical shop, or those placed elsewhere.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.ORDERS_LIST,
            _operations.ORDERS_LIST_PAGES,
            {
                "per_page": per_page,
                "order_by": order_by,
                "f_creation_date": f_creation_date,
                "f_invoiced_date": f_invoiced_date,
                "f_authorized_date": f_authorized_date,
                "f_status": f_status,
                "f_has_input_invoice": f_has_input_invoice,
                "q": q,
                "f_shipping_estimate": f_shipping_estimate,
                "f_utm_source": f_utm_source,
                "f_seller_names": f_seller_names,
                "f_call_center_operator_name": f_call_center_operator_name,
                "f_sales_channel": f_sales_channel,
                "sales_channel_id": sales_channel_id,
                "f_affiliate_id": f_affiliate_id,
                "incomplete_orders": incomplete_orders,
                "f_payment_names": f_payment_names,
                "f_rn_b": f_rn_b,
                "search_field": search_field,
                "f_is_instore": f_is_instore,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        per_page: int | UnsetType = UNSET,
        order_by: str | UnsetType = UNSET,
        f_creation_date: str | UnsetType = UNSET,
        f_invoiced_date: str | UnsetType = UNSET,
        f_authorized_date: str | UnsetType = UNSET,
        f_status: str | UnsetType = UNSET,
        f_has_input_invoice: bool | UnsetType = UNSET,
        q: str | UnsetType = UNSET,
        f_shipping_estimate: str | UnsetType = UNSET,
        f_utm_source: str | UnsetType = UNSET,
        f_seller_names: str | UnsetType = UNSET,
        f_call_center_operator_name: str | UnsetType = UNSET,
        f_sales_channel: str | UnsetType = UNSET,
        sales_channel_id: str | UnsetType = UNSET,
        f_affiliate_id: str | UnsetType = UNSET,
        incomplete_orders: bool | UnsetType = UNSET,
        f_payment_names: str | UnsetType = UNSET,
        f_rn_b: str | UnsetType = UNSET,
        search_field: str | UnsetType = UNSET,
        f_is_instore: bool | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[Page[models.OrderSummary]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `page` itself.

        Args:
            per_page: Most orders that one page may hold, 1 to 100. Left out, it is 15.
            order_by: What the orders are sorted by and in which direction, such as
                creationDate,asc. The fields are creationDate, orderId, items, totalValue and
                origin; the directions asc and desc.
            f_creation_date: Orders placed in a span of time, in the form
                creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_invoiced_date: Orders invoiced in a span of time, in the form
                invoicedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z].
            f_authorized_date: Orders whose payment was approved in a span of time, in the form
                authorizedDate:[2026-10-01T00:00:00.000Z TO 2026-10-31T23:59:59.999Z]. Not verified,
                because VTEX's example has creationDate in that place.
            f_status: Orders with this status, such as invoiced or ready-for-handling.
            f_has_input_invoice: Orders that have an Input invoice, hence a return, or that have
                none.
            q: Orders in which this is found, an order's identifier or a customer's email
                address, document or name.
            f_shipping_estimate: Orders to be shipped within so many days, such as 0.days for
                today.
            f_utm_source: Orders that came through this campaign, by its UTM source.
            f_seller_names: Orders with this seller, by name.
            f_call_center_operator_name: Orders that this call center operator took, by name.
            f_sales_channel: Orders of this sales channel (trade policy), by name.
            sales_channel_id: Orders of this sales channel (trade policy), by identifier.
            f_affiliate_id: Orders of this affiliate, such as a marketplace, by identifier.
            incomplete_orders: Whether orders that were not completed are listed.
            f_payment_names: Orders paid in this way, by name.
            f_rn_b: Orders with this rate or benefit, such as a promotion, by name.
            search_field: Orders in which this is found, such as the identifier of an SKU, a
                gift list or a transaction. Not verified, how it goes together with `q`.
            f_is_instore: Orders placed in a physical shop, or those placed elsewhere.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.ORDERS_LIST,
            _operations.ORDERS_LIST_PAGES,
            {
                "per_page": per_page,
                "order_by": order_by,
                "f_creation_date": f_creation_date,
                "f_invoiced_date": f_invoiced_date,
                "f_authorized_date": f_authorized_date,
                "f_status": f_status,
                "f_has_input_invoice": f_has_input_invoice,
                "q": q,
                "f_shipping_estimate": f_shipping_estimate,
                "f_utm_source": f_utm_source,
                "f_seller_names": f_seller_names,
                "f_call_center_operator_name": f_call_center_operator_name,
                "f_sales_channel": f_sales_channel,
                "sales_channel_id": sales_channel_id,
                "f_affiliate_id": f_affiliate_id,
                "incomplete_orders": incomplete_orders,
                "f_payment_names": f_payment_names,
                "f_rn_b": f_rn_b,
                "search_field": search_field,
                "f_is_instore": f_is_instore,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    async def get(self, order_id: str, **request_options: Unpack[RequestOptions]) -> models.Order:
        """Get an order with its invoices.

        Returns an order. Its invoices are the packages of `packageAttachment`, which is null
        until the first one was notified.

        - A package names the items it holds by their position in the order's `items`, not by
          their SKU.
        - The value of an invoice is an integer of cents here, and a string when it is notified.
        - An order has more fields than are described here; they are passed over.
        - The answer holds personal data of the shopper.

        Beyond the documents that this package follows.

        Args:
            order_id: Identifier of the order, such as 1172452900788-01, or its sequence with
                the letters seq before it, such as seq501456.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An order as VTEX returns it, as far as it bears on invoices.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `GetOrder`, GET /api/oms/pvt/orders/{orderId}
        Source: https://developers.vtex.com/docs/api-reference/orders-api#get-/api/oms/pvt/orders/-orderId-
        """
        return await self._client.call(
            _operations.ORDERS_GET, {"order_id": order_id}, request_options
        )


class AsyncOrdersWithResponse:
    """The methods of `AsyncOrders`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncOrders(wrap_client(client))
        self.list = wrap_async_method(resource.list)
        self.get = wrap_async_method(resource.get)
