# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resources and their methods, sync and async."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, List, Unpack

from counterfoil_core import UNSET, AsyncClient, Client, Page, RequestOptions, UnsetType
from counterfoil_core.types import SequenceNotStr
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method

from . import _operations, models

if TYPE_CHECKING:
    from . import dicts


class ConsumerInvoices:
    """The operations on consumer invoices: `client.consumer_invoices`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        sort: models.ConsumerInvoiceSortInput | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> List[models.ConsumerInvoice]:
        """List consumer invoices.

        Lists the consumer invoices of an organization, one page at a time. A consumer invoice
        covers the items of one order, either the full order or a partial fulfilment.

        - A page holds up to 100 invoices, 25 unless `limit` says otherwise. There is no total:
          the list ends with an empty page. One that holds fewer than asked for need not be the
          last.
        - The newest come first unless `sort` says otherwise, so that an invoice made meanwhile
          moves the others one place on, and one may come twice. To go through all of them, sort
          by `created_at`, the oldest first.
        - Filters may be combined; the page then holds the invoices that meet all of them. Not
          verified: that all, not one, must be met.
        - An empty list is an ordinary answer.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Invoices with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: The invoice with this key, which is the caller's own identifier. Any character
                is allowed.
            order_number: Invoices of the order with this number. There are several when it was
                fulfilled in parts.
            limit: Most invoices that one page may hold, 1 to 100. Left out, it is 25.
            offset: How many invoices to skip before the first one returned, 0 or more. Left
                out, it is 0.
            sort: What the invoices are sorted by. Left out, it is -created_at, the newest
                first.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoices of this page; the whole answer is the array.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `get`, GET /{organization}/consumer/invoices
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CONSUMER_INVOICES_LIST,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[models.ConsumerInvoice]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Invoices with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: The invoice with this key, which is the caller's own identifier. Any character
                is allowed.
            order_number: Invoices of the order with this number. There are several when it was
                fulfilled in parts.
            limit: Most invoices that one page may hold, 1 to 100. Left out, it is 25.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.CONSUMER_INVOICES_LIST,
            _operations.CONSUMER_INVOICES_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[Page[models.ConsumerInvoice]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Invoices with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: The invoice with this key, which is the caller's own identifier. Any character
                is allowed.
            order_number: Invoices of the order with this number. There are several when it was
                fulfilled in parts.
            limit: Most invoices that one page may hold, 1 to 100. Left out, it is 25.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.CONSUMER_INVOICES_LIST,
            _operations.CONSUMER_INVOICES_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    def export(
        self,
        form: models.InvoiceExportForm | dicts.InvoiceExportFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoiceExport:
        """Start an export of consumer invoices.

        Has Flow write the consumer invoices of a period into a file, and returns the identifier
        of that export.

        - Either date may be left out. Not verified: whether both days belong to the period, and
          which dates of the invoices are meant.
        - The answer holds an identifier only, neither a state nor a link. Not verified: that
          the export is then found at `/{organization}/exports/{id}`, which is beyond these
          documents.
        - **Repeating this request starts another export.**

        Args:
            form: The period whose invoices are to be exported. An empty form is allowed.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An export that was started.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `postExports`, POST /{organization}/consumer/invoices/exports
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CONSUMER_INVOICES_EXPORT,
            {"form": form, "organization": organization},
            request_options,
        )

    def replace_for_order(
        self,
        number: str,
        form: models.ConsumerInvoiceFormByOrder | dicts.ConsumerInvoiceFormByOrderDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> List[models.ConsumerInvoice]:
        """Create or replace the invoices of an order.

        Has Flow issue the consumer invoices of an order, and returns them all.

        - The answer is a list, for an order that is fulfilled in parts has an invoice for each
          part.
        - 201 says that invoices were created, 200 that they were there already.
        - Repeating this request has the same effect.

        The documentation lists no 404 here. Not verified: how an unknown order number is
        answered.

        Args:
            number: Number of the order whose consumer invoices are requested. Any character is
                allowed.
            form: What may be said when the invoices of an order are to be issued. An empty form
                is allowed.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoices of the order; the whole answer is the array.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putOrderByNumber`, PUT /{organization}/consumer/invoices/order/{number}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CONSUMER_INVOICES_REPLACE_FOR_ORDER,
            {"number": number, "form": form, "organization": organization},
            request_options,
        )

    def get(
        self,
        key: str,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.ConsumerInvoice:
        """Get a consumer invoice.

        Returns the consumer invoice with the given key.

        The links to its documents lead to a consumer's personal data.

        Args:
            key: Key of the invoice, the caller's own identifier. Any character is allowed; a
                slash is percent-encoded.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An invoice for a set of items of one order: the full order, or a partial
        fulfilment of it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getByKey`, GET /{organization}/consumer/invoices/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CONSUMER_INVOICES_GET,
            {"key": key, "organization": organization},
            request_options,
        )

    def replace(
        self,
        key: str,
        form: models.ConsumerInvoiceForm | dicts.ConsumerInvoiceFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.ConsumerInvoice:
        """Create or replace a consumer invoice.

        Has Flow issue a consumer invoice for an order under a key of the caller's choice.

        - **Deprecated** by Flow in favour of putting by order number (`putOrderByNumber`).
        - 201 says that the invoice was created, 200 that it was there already.
        - Repeating this request has the same effect.

        The documentation lists no 404 here. Not verified: how an unknown order number is
        answered.

        Args:
            key: Key of the invoice, the caller's own identifier. Any character is allowed; a
                slash is percent-encoded.
            form: What is needed to have an invoice issued under a key. Flow has deprecated its
                use.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An invoice for a set of items of one order: the full order, or a partial
        fulfilment of it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putByKey`, PUT /{organization}/consumer/invoices/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        warnings.warn(
            "replace is deprecated: use consumer_invoices.replace_for_order",
            DeprecationWarning,
            stacklevel=2,
        )
        return self._client.call(
            _operations.CONSUMER_INVOICES_REPLACE,
            {"key": key, "form": form, "organization": organization},
            request_options,
        )

    def delete(
        self,
        key: str,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Delete a consumer invoice.

        Deletes the consumer invoice with the given key.

        When the request has to be sent a second time, a 404 means that the first one was
        carried out. Not verified: which invoices may be deleted, and what becomes of their
        credit memos.

        Args:
            key: Key of the invoice, the caller's own identifier. Any character is allowed; a
                slash is percent-encoded.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `deleteByKey`, DELETE /{organization}/consumer/invoices/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CONSUMER_INVOICES_DELETE,
            {"key": key, "organization": organization},
            request_options,
        )


class ConsumerInvoicesWithResponse:
    """The methods of `ConsumerInvoices`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = ConsumerInvoices(wrap_client(client))
        self.list = wrap_method(resource.list)
        self.export = wrap_method(resource.export)
        self.replace_for_order = wrap_method(resource.replace_for_order)
        self.get = wrap_method(resource.get)
        self.replace = wrap_method(resource.replace)
        self.delete = wrap_method(resource.delete)


class AsyncConsumerInvoices:
    """The operations on consumer invoices: `client.consumer_invoices`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        sort: models.ConsumerInvoiceSortInput | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> List[models.ConsumerInvoice]:
        """List consumer invoices.

        Lists the consumer invoices of an organization, one page at a time. A consumer invoice
        covers the items of one order, either the full order or a partial fulfilment.

        - A page holds up to 100 invoices, 25 unless `limit` says otherwise. There is no total:
          the list ends with an empty page. One that holds fewer than asked for need not be the
          last.
        - The newest come first unless `sort` says otherwise, so that an invoice made meanwhile
          moves the others one place on, and one may come twice. To go through all of them, sort
          by `created_at`, the oldest first.
        - Filters may be combined; the page then holds the invoices that meet all of them. Not
          verified: that all, not one, must be met.
        - An empty list is an ordinary answer.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Invoices with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: The invoice with this key, which is the caller's own identifier. Any character
                is allowed.
            order_number: Invoices of the order with this number. There are several when it was
                fulfilled in parts.
            limit: Most invoices that one page may hold, 1 to 100. Left out, it is 25.
            offset: How many invoices to skip before the first one returned, 0 or more. Left
                out, it is 0.
            sort: What the invoices are sorted by. Left out, it is -created_at, the newest
                first.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoices of this page; the whole answer is the array.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `get`, GET /{organization}/consumer/invoices
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CONSUMER_INVOICES_LIST,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[models.ConsumerInvoice]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Invoices with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: The invoice with this key, which is the caller's own identifier. Any character
                is allowed.
            order_number: Invoices of the order with this number. There are several when it was
                fulfilled in parts.
            limit: Most invoices that one page may hold, 1 to 100. Left out, it is 25.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.CONSUMER_INVOICES_LIST,
            _operations.CONSUMER_INVOICES_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[Page[models.ConsumerInvoice]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Invoices with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: The invoice with this key, which is the caller's own identifier. Any character
                is allowed.
            order_number: Invoices of the order with this number. There are several when it was
                fulfilled in parts.
            limit: Most invoices that one page may hold, 1 to 100. Left out, it is 25.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.CONSUMER_INVOICES_LIST,
            _operations.CONSUMER_INVOICES_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    async def export(
        self,
        form: models.InvoiceExportForm | dicts.InvoiceExportFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoiceExport:
        """Start an export of consumer invoices.

        Has Flow write the consumer invoices of a period into a file, and returns the identifier
        of that export.

        - Either date may be left out. Not verified: whether both days belong to the period, and
          which dates of the invoices are meant.
        - The answer holds an identifier only, neither a state nor a link. Not verified: that
          the export is then found at `/{organization}/exports/{id}`, which is beyond these
          documents.
        - **Repeating this request starts another export.**

        Args:
            form: The period whose invoices are to be exported. An empty form is allowed.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An export that was started.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `postExports`, POST /{organization}/consumer/invoices/exports
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CONSUMER_INVOICES_EXPORT,
            {"form": form, "organization": organization},
            request_options,
        )

    async def replace_for_order(
        self,
        number: str,
        form: models.ConsumerInvoiceFormByOrder | dicts.ConsumerInvoiceFormByOrderDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> List[models.ConsumerInvoice]:
        """Create or replace the invoices of an order.

        Has Flow issue the consumer invoices of an order, and returns them all.

        - The answer is a list, for an order that is fulfilled in parts has an invoice for each
          part.
        - 201 says that invoices were created, 200 that they were there already.
        - Repeating this request has the same effect.

        The documentation lists no 404 here. Not verified: how an unknown order number is
        answered.

        Args:
            number: Number of the order whose consumer invoices are requested. Any character is
                allowed.
            form: What may be said when the invoices of an order are to be issued. An empty form
                is allowed.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoices of the order; the whole answer is the array.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putOrderByNumber`, PUT /{organization}/consumer/invoices/order/{number}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CONSUMER_INVOICES_REPLACE_FOR_ORDER,
            {"number": number, "form": form, "organization": organization},
            request_options,
        )

    async def get(
        self,
        key: str,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.ConsumerInvoice:
        """Get a consumer invoice.

        Returns the consumer invoice with the given key.

        The links to its documents lead to a consumer's personal data.

        Args:
            key: Key of the invoice, the caller's own identifier. Any character is allowed; a
                slash is percent-encoded.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An invoice for a set of items of one order: the full order, or a partial
        fulfilment of it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getByKey`, GET /{organization}/consumer/invoices/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CONSUMER_INVOICES_GET,
            {"key": key, "organization": organization},
            request_options,
        )

    async def replace(
        self,
        key: str,
        form: models.ConsumerInvoiceForm | dicts.ConsumerInvoiceFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.ConsumerInvoice:
        """Create or replace a consumer invoice.

        Has Flow issue a consumer invoice for an order under a key of the caller's choice.

        - **Deprecated** by Flow in favour of putting by order number (`putOrderByNumber`).
        - 201 says that the invoice was created, 200 that it was there already.
        - Repeating this request has the same effect.

        The documentation lists no 404 here. Not verified: how an unknown order number is
        answered.

        Args:
            key: Key of the invoice, the caller's own identifier. Any character is allowed; a
                slash is percent-encoded.
            form: What is needed to have an invoice issued under a key. Flow has deprecated its
                use.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An invoice for a set of items of one order: the full order, or a partial
        fulfilment of it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putByKey`, PUT /{organization}/consumer/invoices/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        warnings.warn(
            "replace is deprecated: use consumer_invoices.replace_for_order",
            DeprecationWarning,
            stacklevel=2,
        )
        return await self._client.call(
            _operations.CONSUMER_INVOICES_REPLACE,
            {"key": key, "form": form, "organization": organization},
            request_options,
        )

    async def delete(
        self,
        key: str,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Delete a consumer invoice.

        Deletes the consumer invoice with the given key.

        When the request has to be sent a second time, a 404 means that the first one was
        carried out. Not verified: which invoices may be deleted, and what becomes of their
        credit memos.

        Args:
            key: Key of the invoice, the caller's own identifier. Any character is allowed; a
                slash is percent-encoded.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `deleteByKey`, DELETE /{organization}/consumer/invoices/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CONSUMER_INVOICES_DELETE,
            {"key": key, "organization": organization},
            request_options,
        )


class AsyncConsumerInvoicesWithResponse:
    """The methods of `AsyncConsumerInvoices`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncConsumerInvoices(wrap_client(client))
        self.list = wrap_async_method(resource.list)
        self.export = wrap_async_method(resource.export)
        self.replace_for_order = wrap_async_method(resource.replace_for_order)
        self.get = wrap_async_method(resource.get)
        self.replace = wrap_async_method(resource.replace)
        self.delete = wrap_async_method(resource.delete)


class CreditMemos:
    """The operations on credit memos: `client.credit_memos`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        sort: models.ConsumerInvoiceSortInput | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> List[models.CreditMemo]:
        """List credit memos.

        Lists the credit memos of an organization, against whichever invoices, one page at a
        time.

        - A page holds up to 100 memos, 25 unless `limit` says otherwise. There is no total: the
          list ends with an empty page.
        - The newest come first unless `sort` says otherwise. To go through all of them, sort by
          `created_at`, the oldest first.
        - Filters may be combined. Not verified: that a memo must meet all of them.
        - An empty list is an ordinary answer.

        Beyond the documents that this package follows.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Credit memos with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: Credit memos with this key. Any character is allowed.
            order_number: Credit memos against the invoices of the order with this number.
            limit: Most credit memos that one page may hold, 1 to 100. Left out, it is 25.
            offset: How many credit memos to skip before the first one returned, 0 or more. Left
                out, it is 0.
            sort: What the credit memos are sorted by. Left out, it is -created_at, the newest
                first.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The credit memos of this page; the whole answer is the array.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getCreditMemos`, GET /{organization}/credit/memos
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CREDIT_MEMOS_LIST,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[models.CreditMemo]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Credit memos with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: Credit memos with this key. Any character is allowed.
            order_number: Credit memos against the invoices of the order with this number.
            limit: Most credit memos that one page may hold, 1 to 100. Left out, it is 25.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.CREDIT_MEMOS_LIST,
            _operations.CREDIT_MEMOS_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[Page[models.CreditMemo]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Credit memos with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: Credit memos with this key. Any character is allowed.
            order_number: Credit memos against the invoices of the order with this number.
            limit: Most credit memos that one page may hold, 1 to 100. Left out, it is 25.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.CREDIT_MEMOS_LIST,
            _operations.CREDIT_MEMOS_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    def create(
        self,
        invoice_key: str,
        form: models.CreditMemoForm | dicts.CreditMemoFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.CreditMemo:
        """Create a credit memo.

        Creates a credit memo against an invoice, for a refund that was issued, under a key that
        Flow chooses.

        - **The refund must be identified**, by its `refund_id`, its `refund_key` or its
          `refund_identifier`. Not verified: whether more than one may be given.
        - Discounts are negative: the price of a discount line, `unit_discount` and the
          `discount` of shipping.
        - The memo is pending until Flow has checked it, for instance until the refund is
          confirmed; it may turn out invalid.
        - **Repeating this request creates a second memo.** To be able to repeat it, put the
          memo under a key of your own instead.

        The documentation lists no 404 here. Not verified: how an unknown invoice key is
        answered.

        Args:
            invoice_key: Key of the invoice that the credit memo is issued against. Any
                character is allowed; a slash is percent-encoded.
            form: What is needed to issue a credit memo. The refund that was issued must be
                identified: by id, by key or by identifier.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A credit memo, which says what was refunded of an invoice, and why.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `postCreditAndMemosByInvoiceKey`, POST /{organization}/consumer/invoices/{invoice_key}/credit/memos
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CREDIT_MEMOS_CREATE,
            {"invoice_key": invoice_key, "form": form, "organization": organization},
            request_options,
        )

    def replace(
        self,
        invoice_key: str,
        key: str,
        form: models.CreditMemoForm | dicts.CreditMemoFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.CreditMemo:
        """Create or replace a credit memo.

        Creates a credit memo against an invoice under a key of the caller's choice, or replaces
        the one that has it.

        - **The refund must be identified**, by its `refund_id`, its `refund_key` or its
          `refund_identifier`. Not verified: whether more than one may be given.
        - Discounts are negative: the price of a discount line, `unit_discount` and the
          `discount` of shipping.
        - 201 says that the memo was created, 200 that it was there already.
        - Repeating this request has the same effect.

        The documentation lists no 404 here. Not verified: how an unknown invoice key is
        answered.

        Args:
            invoice_key: Key of the invoice that the credit memo is issued against. Any
                character is allowed; a slash is percent-encoded.
            key: Key of the credit memo, the caller's own identifier. Any character is allowed;
                a slash is percent-encoded.
            form: What is needed to issue a credit memo. The refund that was issued must be
                identified: by id, by key or by identifier.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A credit memo, which says what was refunded of an invoice, and why.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putCreditAndMemosByInvoiceKeyAndKey`, PUT /{organization}/consumer/invoices/{invoice_key}/credit/memos/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CREDIT_MEMOS_REPLACE,
            {"invoice_key": invoice_key, "key": key, "form": form, "organization": organization},
            request_options,
        )

    def delete(
        self,
        invoice_key: str,
        key: str,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Delete a credit memo.

        Deletes the credit memo with the given key from an invoice.

        When the request has to be sent a second time, a 404 means that the first one was
        carried out. Not verified: which memos may be deleted.

        Args:
            invoice_key: Key of the invoice that the credit memo is issued against. Any
                character is allowed; a slash is percent-encoded.
            key: Key of the credit memo, the caller's own identifier. Any character is allowed;
                a slash is percent-encoded.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `deleteCreditAndMemosByInvoiceKeyAndKey`, DELETE /{organization}/consumer/invoices/{invoice_key}/credit/memos/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return self._client.call(
            _operations.CREDIT_MEMOS_DELETE,
            {"invoice_key": invoice_key, "key": key, "organization": organization},
            request_options,
        )


class CreditMemosWithResponse:
    """The methods of `CreditMemos`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = CreditMemos(wrap_client(client))
        self.list = wrap_method(resource.list)
        self.create = wrap_method(resource.create)
        self.replace = wrap_method(resource.replace)
        self.delete = wrap_method(resource.delete)


class AsyncCreditMemos:
    """The operations on credit memos: `client.credit_memos`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        sort: models.ConsumerInvoiceSortInput | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> List[models.CreditMemo]:
        """List credit memos.

        Lists the credit memos of an organization, against whichever invoices, one page at a
        time.

        - A page holds up to 100 memos, 25 unless `limit` says otherwise. There is no total: the
          list ends with an empty page.
        - The newest come first unless `sort` says otherwise. To go through all of them, sort by
          `created_at`, the oldest first.
        - Filters may be combined. Not verified: that a memo must meet all of them.
        - An empty list is an ordinary answer.

        Beyond the documents that this package follows.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Credit memos with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: Credit memos with this key. Any character is allowed.
            order_number: Credit memos against the invoices of the order with this number.
            limit: Most credit memos that one page may hold, 1 to 100. Left out, it is 25.
            offset: How many credit memos to skip before the first one returned, 0 or more. Left
                out, it is 0.
            sort: What the credit memos are sorted by. Left out, it is -created_at, the newest
                first.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The credit memos of this page; the whole answer is the array.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getCreditMemos`, GET /{organization}/credit/memos
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CREDIT_MEMOS_LIST,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[models.CreditMemo]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Credit memos with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: Credit memos with this key. Any character is allowed.
            order_number: Credit memos against the invoices of the order with this number.
            limit: Most credit memos that one page may hold, 1 to 100. Left out, it is 25.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.CREDIT_MEMOS_LIST,
            _operations.CREDIT_MEMOS_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        organization: str | UnsetType = UNSET,
        id: SequenceNotStr[str] | UnsetType = UNSET,
        key: str | UnsetType = UNSET,
        order_number: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[Page[models.CreditMemo]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `offset` and `sort` itself.

        Args:
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            id: Credit memos with one of these identifiers, 100 at most. Sent as a repeated
                parameter.
            key: Credit memos with this key. Any character is allowed.
            order_number: Credit memos against the invoices of the order with this number.
            limit: Most credit memos that one page may hold, 1 to 100. Left out, it is 25.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.CREDIT_MEMOS_LIST,
            _operations.CREDIT_MEMOS_LIST_PAGES,
            {
                "organization": organization,
                "id": id,
                "key": key,
                "order_number": order_number,
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    async def create(
        self,
        invoice_key: str,
        form: models.CreditMemoForm | dicts.CreditMemoFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.CreditMemo:
        """Create a credit memo.

        Creates a credit memo against an invoice, for a refund that was issued, under a key that
        Flow chooses.

        - **The refund must be identified**, by its `refund_id`, its `refund_key` or its
          `refund_identifier`. Not verified: whether more than one may be given.
        - Discounts are negative: the price of a discount line, `unit_discount` and the
          `discount` of shipping.
        - The memo is pending until Flow has checked it, for instance until the refund is
          confirmed; it may turn out invalid.
        - **Repeating this request creates a second memo.** To be able to repeat it, put the
          memo under a key of your own instead.

        The documentation lists no 404 here. Not verified: how an unknown invoice key is
        answered.

        Args:
            invoice_key: Key of the invoice that the credit memo is issued against. Any
                character is allowed; a slash is percent-encoded.
            form: What is needed to issue a credit memo. The refund that was issued must be
                identified: by id, by key or by identifier.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A credit memo, which says what was refunded of an invoice, and why.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `postCreditAndMemosByInvoiceKey`, POST /{organization}/consumer/invoices/{invoice_key}/credit/memos
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CREDIT_MEMOS_CREATE,
            {"invoice_key": invoice_key, "form": form, "organization": organization},
            request_options,
        )

    async def replace(
        self,
        invoice_key: str,
        key: str,
        form: models.CreditMemoForm | dicts.CreditMemoFormDict,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.CreditMemo:
        """Create or replace a credit memo.

        Creates a credit memo against an invoice under a key of the caller's choice, or replaces
        the one that has it.

        - **The refund must be identified**, by its `refund_id`, its `refund_key` or its
          `refund_identifier`. Not verified: whether more than one may be given.
        - Discounts are negative: the price of a discount line, `unit_discount` and the
          `discount` of shipping.
        - 201 says that the memo was created, 200 that it was there already.
        - Repeating this request has the same effect.

        The documentation lists no 404 here. Not verified: how an unknown invoice key is
        answered.

        Args:
            invoice_key: Key of the invoice that the credit memo is issued against. Any
                character is allowed; a slash is percent-encoded.
            key: Key of the credit memo, the caller's own identifier. Any character is allowed;
                a slash is percent-encoded.
            form: What is needed to issue a credit memo. The refund that was issued must be
                identified: by id, by key or by identifier.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A credit memo, which says what was refunded of an invoice, and why.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putCreditAndMemosByInvoiceKeyAndKey`, PUT /{organization}/consumer/invoices/{invoice_key}/credit/memos/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CREDIT_MEMOS_REPLACE,
            {"invoice_key": invoice_key, "key": key, "form": form, "organization": organization},
            request_options,
        )

    async def delete(
        self,
        invoice_key: str,
        key: str,
        *,
        organization: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Delete a credit memo.

        Deletes the credit memo with the given key from an invoice.

        When the request has to be sent a second time, a 404 means that the first one was
        carried out. Not verified: which memos may be deleted.

        Args:
            invoice_key: Key of the invoice that the credit memo is issued against. Any
                character is allowed; a slash is percent-encoded.
            key: Key of the credit memo, the caller's own identifier. Any character is allowed;
                a slash is percent-encoded.
            organization: The organization's account identifier at Flow, such as the name of a
                shop. Left out, it is the client's.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `deleteCreditAndMemosByInvoiceKeyAndKey`, DELETE /{organization}/consumer/invoices/{invoice_key}/credit/memos/{key}
        Source: https://github.com/flowcommerce/node-sdk/blob/00cbbc70003ddbca90a70ca5c8673560ece2ae46/docs/consumerInvoices.md
        """
        return await self._client.call(
            _operations.CREDIT_MEMOS_DELETE,
            {"invoice_key": invoice_key, "key": key, "organization": organization},
            request_options,
        )


class AsyncCreditMemosWithResponse:
    """The methods of `AsyncCreditMemos`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncCreditMemos(wrap_client(client))
        self.list = wrap_async_method(resource.list)
        self.create = wrap_async_method(resource.create)
        self.replace = wrap_async_method(resource.replace)
        self.delete = wrap_async_method(resource.delete)
