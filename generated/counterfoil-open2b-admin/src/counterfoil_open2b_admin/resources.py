# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resource and its methods, sync and async."""

from __future__ import annotations

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

    def list(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        order: SequenceNotStr[models.InvoiceOrderInput] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoicesFound:
        """Find invoices.

        Returns the invoices that meet the given conditions, with all of their fields or the
        selected ones.

        - There is no total and no mark of the last page: the end is reached when a page comes
          back empty.
        - To go through many invoices, sort by `id` and ask each time for those `after` the last
          one seen. `first`, which counts positions, skips or repeats invoices when others are
          created or deleted meanwhile.
        - A request with no conditions returns invoices of every kind.

        Not verified: the default and the maximum of `limit`, and the order when none is asked
        for.

        Args:
            conditions: What an invoice must meet. Left out, every invoice does.
            fields: Fields of each invoice to return. Left out, all are returned.
            order: How the invoices are sorted, the first name counting most. The default is not
                documented.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            first: Position of the first invoice to return among all that meet the conditions,
                counting from 0.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoices that meet the conditions of a request.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `commerce.invoices.find`, POST /api/v6/commerce.invoices.find
        Source: https://developers.open2b.com/commerce/invoices
        """
        return self._client.call(
            _operations.INVOICES_LIST,
            {
                "conditions": conditions,
                "fields": fields,
                "order": order,
                "limit": limit,
                "first": first,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[models.Invoice]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `first` and `order` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {"conditions": conditions, "fields": fields, "limit": limit},
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[Page[models.Invoice]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `first` and `order` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {"conditions": conditions, "fields": fields, "limit": limit},
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    def get(
        self,
        id: int,
        *,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.Invoice | None:
        """Get an invoice.

        Returns the invoice with the given identifier, with all of its fields or the selected
        ones.

        An identifier that no invoice bears is no error: the answer is ok, and its invoice null.

        Args:
            id: Identifier of the invoice, 1 or more.
            fields: Fields of the invoice to return. Left out, all are returned.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoice, with the fields asked for; None if the vendor sends null.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `commerce.invoices.get`, POST /api/v6/commerce.invoices.get
        Source: https://developers.open2b.com/commerce/invoices
        """
        return self._client.call(
            _operations.INVOICES_GET, {"id": id, "fields": fields}, request_options
        )

    def count(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> int:
        """Count invoices.

        Returns how many invoices meet the given conditions.

        Not verified: the path. Open2b's page repeats the call of `commerce.invoices.find` here;
        this path follows the pattern of all the other methods.

        Args:
            conditions: What an invoice must meet to be counted. Left out, every invoice does.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: Number of invoices, 0 or more.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `commerce.invoices.count`, POST /api/v6/commerce.invoices.count
        Source: https://developers.open2b.com/commerce/invoices
        """
        return self._client.call(
            _operations.INVOICES_COUNT, {"conditions": conditions}, request_options
        )

    def create(
        self,
        invoice: models.InvoiceForm | dicts.InvoiceFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> int:
        """Create an invoice.

        Creates an invoice and returns its identifier.

        - The billing address is required, and in it first and last name, street, city, postal
          code, country and email address.
        - Totals and taxes are worked out by the store, from the lines' tax classes and the tax
          area of the country.
        - A ShippingInvoice must have `shippingTime`, `numberOfPackages`, `goodsAppearance`,
          `trackingNumber` and `transportReason`, and may have `porto`. Every other type must
          have none of the six.
        - At most 5 discounts. A percentage is greater than 0 and at most 100, an amount greater
          than 0; no amount can be taken off a subtotal of zero.
        - A shipping cost requires a shipping method, a payment cost a payment method, a payment
          method on delivery a shipping method, and a `stateProv` in the seller's address a
          country. No payment method can be used when the total is zero or negative.
        - A cost of null is calculated by the shipping or payment method.
        - The creation time must not be in the future.
        - **Repeating this request creates a second invoice**: a request takes no key of its
          own. After a failure without an answer, look for the invoice by its number or
          reference first.

        Any common kind of error may come besides the errors listed. Not verified: what fields
        that are left out default to.

        Args:
            invoice: The invoice to create.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: Identifier of the new invoice, 1 or more.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Documented reasons for rejecting it (field, type: message):

        - country, InvalidValue: No tax areas for country '<country>'
        - country, MissingCombination: Country of seller address is required if 'stateProv' is provided
        - creationTime, InvalidValue: Creation time '<creationTime>' is in the future
        - customer, NotFound: Customer <customer> does not exist
        - discounts, InvalidValue: Amount off discount can not be applied to a zero subtotal
        - discounts, Malformed: There can be no more than 5 discounts
        - goodsAppearance, InvalidValue: Goods appearance can be defined only for shipping invoices
        - goodsAppearance, InvalidValue: Goods appearance must be defined for shipping invoices
        - invoiceRecipient, Malformed: '<invoiceRecipient>' is not a recipient code or email address
        - locale, Malformed: '<locale>' is not a valid locale code
        - numberOfPackages, InvalidValue: Number of packages can be defined only for shipping invoices
        - numberOfPackages, InvalidValue: Number of packages must be defined for shipping invoices
        - paymentMethod, InvalidCombination: Payment method is required if payment cost is provided
        - paymentMethod, InvalidValue: No payment methods can be used if total is zero or negative
        - paymentMethod, InvalidValue: Payment method <paymentMethod> can not be used in combination with shipping method <shippingMethod>
        - paymentMethod, InvalidValue: Payment method <paymentMethod> is not suitable for this invoice
        - paymentMethod, NotFound: Payment method <paymentMethod> does not exist
        - porto, InvalidValue: Porto can be defined only for shipping invoices
        - shippingMethod, InvalidCombination: Shipping method is required if shipping cost is provided
        - shippingMethod, InvalidValue: Shipping method <shippingMethod> is not suitable for this invoice
        - shippingMethod, MissingCombination: Shipping method is required because the payment method is on delivery
        - shippingMethod, NotFound: Shipping method <shippingMethod> does not exist
        - shippingTime, InvalidValue: Shipping time can be defined only for shipping invoices
        - shippingTime, InvalidValue: Shipping time must be defined for shipping invoices
        - taxClass, NotFound: Tax class <taxClass> does not exist
        - trackingNumber, InvalidValue: Tracking number can be defined only for type "ShippingInvoice"
        - trackingNumber, InvalidValue: Tracking number must be defined for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason can be defined only for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason must be defined for type "ShippingInvoice"

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `commerce.invoices.create`, POST /api/v6/commerce.invoices.create
        Source: https://developers.open2b.com/commerce/invoices
        """
        return self._client.call(_operations.INVOICES_CREATE, {"invoice": invoice}, request_options)

    def update(
        self,
        *,
        id: int,
        invoice: models.InvoiceUpdateForm | dicts.InvoiceUpdateFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoiceUpdated:
        """Update an invoice.

        Changes the given fields of an invoice. Fields left out of the request remain unchanged.

        - Null is not the same as leaving a field out: it takes the value away, or has a cost
          calculated.
        - The type of an invoice cannot be changed.
        - A billing or shipping address that is given must be complete.
        - A ShippingInvoice must have `shippingTime`, `numberOfPackages`, `goodsAppearance`,
          `trackingNumber` and `transportReason`, and may have `porto`. Every other type must
          have none of the six.
        - At most 5 discounts. A percentage is greater than 0 and at most 100, an amount greater
          than 0; no amount can be taken off a subtotal of zero.
        - A shipping cost can be set only if the invoice has a shipping method, a payment cost
          only if it has a payment method. A payment method on delivery requires a shipping
          method, and a `stateProv` in the seller's address a country. No payment method can be
          used when the total is zero or negative.
        - A cost of null is calculated by the shipping or payment method.
        - The creation time must not be in the future.
        - Repeating this request has the same effect.

        Any common kind of error may come besides the errors listed. Two of them speak of
        identifiers of lines, which no field of a request or an answer shows; the spec has none,
        because a field that a method does not know is refused. Not verified: whether the given
        lines replace all lines.

        Args:
            id: Identifier of the invoice to change, 1 or more.
            invoice: The fields to change. What is left out stays as it is.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: News that an invoice was changed.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Documented reasons for rejecting it (field, type: message):

        - country, InvalidValue: No tax areas for country '<country>'
        - country, MissingCombination: Country of seller address is required if 'stateProv' is provided
        - creationTime, InvalidValue: Creation time '<creationTime>' is in the future
        - customer, NotFound: Customer <customer> does not exist
        - discounts, InvalidValue: Amount off discount can not be applied to a zero subtotal
        - discounts, Malformed: There can be no more than 5 discounts
        - goodsAppearance, InvalidValue: Goods appearance can be defined only for shipping invoices
        - goodsAppearance, InvalidValue: Goods appearance must be defined for shipping invoices
        - id, NotFound: Invoice <id> does not exist
        - invoiceRecipient, Malformed: '<invoiceRecipient>' is not a recipient code or email address
        - items, Malformed: An item id is repeated
        - items, NotFound: Invoice <id> does not have item <id>
        - locale, Malformed: '<locale>' is not a valid locale code
        - numberOfPackages, InvalidValue: Number of packages can be defined only for shipping invoices
        - numberOfPackages, InvalidValue: Number of packages must be defined for shipping invoices
        - paymentCost, InvalidValue: Invoice <id> has not a payment method
        - paymentMethod, InvalidValue: No payment methods can be used if total is zero or negative
        - paymentMethod, InvalidValue: Payment method <paymentMethod> can not be used in combination with shipping method <shippingMethod>
        - paymentMethod, InvalidValue: Payment method <paymentMethod> is not suitable for this invoice
        - paymentMethod, NotFound: Payment method <paymentMethod> does not exist
        - porto, InvalidValue: Porto can be defined only for shipping invoices
        - shippingCost, InvalidValue: Invoice <id> has not a shipping method
        - shippingMethod, InvalidValue: Shipping method <shippingMethod> is not suitable for this invoice
        - shippingMethod, MissingCombination: Shipping method is required because the payment method is on delivery
        - shippingMethod, NotFound: Shipping method <shippingMethod> does not exist
        - shippingTime, InvalidValue: Shipping time can be defined only for shipping invoices
        - shippingTime, InvalidValue: Shipping time must be defined for shipping invoices
        - taxClass, NotFound: Tax class <taxClass> does not exist
        - trackingNumber, InvalidValue: Tracking number can be defined only for type "ShippingInvoice"
        - trackingNumber, InvalidValue: Tracking number must be defined for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason can be defined only for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason must be defined for type "ShippingInvoice"

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `commerce.invoices.update`, POST /api/v6/commerce.invoices.update
        Source: https://developers.open2b.com/commerce/invoices
        """
        return self._client.call(
            _operations.INVOICES_UPDATE, {"id": id, "invoice": invoice}, request_options
        )

    def delete(
        self, ids: SequenceNotStr[int], **request_options: Unpack[RequestOptions]
    ) -> models.InvoicesDeleted:
        """Delete invoices.

        Deletes one or more invoices.

        Repeating this request deletes nothing more. The reference lists no errors; any common
        kind may come. Not verified: what happens when an identifier is not that of an invoice,
        whether all or none of several invoices are deleted when one cannot be, and how many
        identifiers a request may hold.

        Args:
            ids: Identifiers of the invoices to delete, each 1 or more.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: News that invoices were deleted.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `commerce.invoices.delete`, POST /api/v6/commerce.invoices.delete
        Source: https://developers.open2b.com/commerce/invoices
        """
        return self._client.call(_operations.INVOICES_DELETE, {"ids": ids}, request_options)


class InvoicesWithResponse:
    """The methods of `Invoices`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Invoices(wrap_client(client))
        self.list = wrap_method(resource.list)
        self.get = wrap_method(resource.get)
        self.count = wrap_method(resource.count)
        self.create = wrap_method(resource.create)
        self.update = wrap_method(resource.update)
        self.delete = wrap_method(resource.delete)


class AsyncInvoices:
    """The operations on invoices: `client.invoices`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        order: SequenceNotStr[models.InvoiceOrderInput] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoicesFound:
        """Find invoices.

        Returns the invoices that meet the given conditions, with all of their fields or the
        selected ones.

        - There is no total and no mark of the last page: the end is reached when a page comes
          back empty.
        - To go through many invoices, sort by `id` and ask each time for those `after` the last
          one seen. `first`, which counts positions, skips or repeats invoices when others are
          created or deleted meanwhile.
        - A request with no conditions returns invoices of every kind.

        Not verified: the default and the maximum of `limit`, and the order when none is asked
        for.

        Args:
            conditions: What an invoice must meet. Left out, every invoice does.
            fields: Fields of each invoice to return. Left out, all are returned.
            order: How the invoices are sorted, the first name counting most. The default is not
                documented.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            first: Position of the first invoice to return among all that meet the conditions,
                counting from 0.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoices that meet the conditions of a request.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `commerce.invoices.find`, POST /api/v6/commerce.invoices.find
        Source: https://developers.open2b.com/commerce/invoices
        """
        return await self._client.call(
            _operations.INVOICES_LIST,
            {
                "conditions": conditions,
                "fields": fields,
                "order": order,
                "limit": limit,
                "first": first,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[models.Invoice]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `first` and `order` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {"conditions": conditions, "fields": fields, "limit": limit},
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[Page[models.Invoice]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `first` and `order` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {"conditions": conditions, "fields": fields, "limit": limit},
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    async def get(
        self,
        id: int,
        *,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.Invoice | None:
        """Get an invoice.

        Returns the invoice with the given identifier, with all of its fields or the selected
        ones.

        An identifier that no invoice bears is no error: the answer is ok, and its invoice null.

        Args:
            id: Identifier of the invoice, 1 or more.
            fields: Fields of the invoice to return. Left out, all are returned.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoice, with the fields asked for; None if the vendor sends null.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `commerce.invoices.get`, POST /api/v6/commerce.invoices.get
        Source: https://developers.open2b.com/commerce/invoices
        """
        return await self._client.call(
            _operations.INVOICES_GET, {"id": id, "fields": fields}, request_options
        )

    async def count(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> int:
        """Count invoices.

        Returns how many invoices meet the given conditions.

        Not verified: the path. Open2b's page repeats the call of `commerce.invoices.find` here;
        this path follows the pattern of all the other methods.

        Args:
            conditions: What an invoice must meet to be counted. Left out, every invoice does.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: Number of invoices, 0 or more.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `commerce.invoices.count`, POST /api/v6/commerce.invoices.count
        Source: https://developers.open2b.com/commerce/invoices
        """
        return await self._client.call(
            _operations.INVOICES_COUNT, {"conditions": conditions}, request_options
        )

    async def create(
        self,
        invoice: models.InvoiceForm | dicts.InvoiceFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> int:
        """Create an invoice.

        Creates an invoice and returns its identifier.

        - The billing address is required, and in it first and last name, street, city, postal
          code, country and email address.
        - Totals and taxes are worked out by the store, from the lines' tax classes and the tax
          area of the country.
        - A ShippingInvoice must have `shippingTime`, `numberOfPackages`, `goodsAppearance`,
          `trackingNumber` and `transportReason`, and may have `porto`. Every other type must
          have none of the six.
        - At most 5 discounts. A percentage is greater than 0 and at most 100, an amount greater
          than 0; no amount can be taken off a subtotal of zero.
        - A shipping cost requires a shipping method, a payment cost a payment method, a payment
          method on delivery a shipping method, and a `stateProv` in the seller's address a
          country. No payment method can be used when the total is zero or negative.
        - A cost of null is calculated by the shipping or payment method.
        - The creation time must not be in the future.
        - **Repeating this request creates a second invoice**: a request takes no key of its
          own. After a failure without an answer, look for the invoice by its number or
          reference first.

        Any common kind of error may come besides the errors listed. Not verified: what fields
        that are left out default to.

        Args:
            invoice: The invoice to create.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: Identifier of the new invoice, 1 or more.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Documented reasons for rejecting it (field, type: message):

        - country, InvalidValue: No tax areas for country '<country>'
        - country, MissingCombination: Country of seller address is required if 'stateProv' is provided
        - creationTime, InvalidValue: Creation time '<creationTime>' is in the future
        - customer, NotFound: Customer <customer> does not exist
        - discounts, InvalidValue: Amount off discount can not be applied to a zero subtotal
        - discounts, Malformed: There can be no more than 5 discounts
        - goodsAppearance, InvalidValue: Goods appearance can be defined only for shipping invoices
        - goodsAppearance, InvalidValue: Goods appearance must be defined for shipping invoices
        - invoiceRecipient, Malformed: '<invoiceRecipient>' is not a recipient code or email address
        - locale, Malformed: '<locale>' is not a valid locale code
        - numberOfPackages, InvalidValue: Number of packages can be defined only for shipping invoices
        - numberOfPackages, InvalidValue: Number of packages must be defined for shipping invoices
        - paymentMethod, InvalidCombination: Payment method is required if payment cost is provided
        - paymentMethod, InvalidValue: No payment methods can be used if total is zero or negative
        - paymentMethod, InvalidValue: Payment method <paymentMethod> can not be used in combination with shipping method <shippingMethod>
        - paymentMethod, InvalidValue: Payment method <paymentMethod> is not suitable for this invoice
        - paymentMethod, NotFound: Payment method <paymentMethod> does not exist
        - porto, InvalidValue: Porto can be defined only for shipping invoices
        - shippingMethod, InvalidCombination: Shipping method is required if shipping cost is provided
        - shippingMethod, InvalidValue: Shipping method <shippingMethod> is not suitable for this invoice
        - shippingMethod, MissingCombination: Shipping method is required because the payment method is on delivery
        - shippingMethod, NotFound: Shipping method <shippingMethod> does not exist
        - shippingTime, InvalidValue: Shipping time can be defined only for shipping invoices
        - shippingTime, InvalidValue: Shipping time must be defined for shipping invoices
        - taxClass, NotFound: Tax class <taxClass> does not exist
        - trackingNumber, InvalidValue: Tracking number can be defined only for type "ShippingInvoice"
        - trackingNumber, InvalidValue: Tracking number must be defined for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason can be defined only for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason must be defined for type "ShippingInvoice"

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `commerce.invoices.create`, POST /api/v6/commerce.invoices.create
        Source: https://developers.open2b.com/commerce/invoices
        """
        return await self._client.call(
            _operations.INVOICES_CREATE, {"invoice": invoice}, request_options
        )

    async def update(
        self,
        *,
        id: int,
        invoice: models.InvoiceUpdateForm | dicts.InvoiceUpdateFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoiceUpdated:
        """Update an invoice.

        Changes the given fields of an invoice. Fields left out of the request remain unchanged.

        - Null is not the same as leaving a field out: it takes the value away, or has a cost
          calculated.
        - The type of an invoice cannot be changed.
        - A billing or shipping address that is given must be complete.
        - A ShippingInvoice must have `shippingTime`, `numberOfPackages`, `goodsAppearance`,
          `trackingNumber` and `transportReason`, and may have `porto`. Every other type must
          have none of the six.
        - At most 5 discounts. A percentage is greater than 0 and at most 100, an amount greater
          than 0; no amount can be taken off a subtotal of zero.
        - A shipping cost can be set only if the invoice has a shipping method, a payment cost
          only if it has a payment method. A payment method on delivery requires a shipping
          method, and a `stateProv` in the seller's address a country. No payment method can be
          used when the total is zero or negative.
        - A cost of null is calculated by the shipping or payment method.
        - The creation time must not be in the future.
        - Repeating this request has the same effect.

        Any common kind of error may come besides the errors listed. Two of them speak of
        identifiers of lines, which no field of a request or an answer shows; the spec has none,
        because a field that a method does not know is refused. Not verified: whether the given
        lines replace all lines.

        Args:
            id: Identifier of the invoice to change, 1 or more.
            invoice: The fields to change. What is left out stays as it is.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: News that an invoice was changed.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Documented reasons for rejecting it (field, type: message):

        - country, InvalidValue: No tax areas for country '<country>'
        - country, MissingCombination: Country of seller address is required if 'stateProv' is provided
        - creationTime, InvalidValue: Creation time '<creationTime>' is in the future
        - customer, NotFound: Customer <customer> does not exist
        - discounts, InvalidValue: Amount off discount can not be applied to a zero subtotal
        - discounts, Malformed: There can be no more than 5 discounts
        - goodsAppearance, InvalidValue: Goods appearance can be defined only for shipping invoices
        - goodsAppearance, InvalidValue: Goods appearance must be defined for shipping invoices
        - id, NotFound: Invoice <id> does not exist
        - invoiceRecipient, Malformed: '<invoiceRecipient>' is not a recipient code or email address
        - items, Malformed: An item id is repeated
        - items, NotFound: Invoice <id> does not have item <id>
        - locale, Malformed: '<locale>' is not a valid locale code
        - numberOfPackages, InvalidValue: Number of packages can be defined only for shipping invoices
        - numberOfPackages, InvalidValue: Number of packages must be defined for shipping invoices
        - paymentCost, InvalidValue: Invoice <id> has not a payment method
        - paymentMethod, InvalidValue: No payment methods can be used if total is zero or negative
        - paymentMethod, InvalidValue: Payment method <paymentMethod> can not be used in combination with shipping method <shippingMethod>
        - paymentMethod, InvalidValue: Payment method <paymentMethod> is not suitable for this invoice
        - paymentMethod, NotFound: Payment method <paymentMethod> does not exist
        - porto, InvalidValue: Porto can be defined only for shipping invoices
        - shippingCost, InvalidValue: Invoice <id> has not a shipping method
        - shippingMethod, InvalidValue: Shipping method <shippingMethod> is not suitable for this invoice
        - shippingMethod, MissingCombination: Shipping method is required because the payment method is on delivery
        - shippingMethod, NotFound: Shipping method <shippingMethod> does not exist
        - shippingTime, InvalidValue: Shipping time can be defined only for shipping invoices
        - shippingTime, InvalidValue: Shipping time must be defined for shipping invoices
        - taxClass, NotFound: Tax class <taxClass> does not exist
        - trackingNumber, InvalidValue: Tracking number can be defined only for type "ShippingInvoice"
        - trackingNumber, InvalidValue: Tracking number must be defined for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason can be defined only for type "ShippingInvoice"
        - transportReason, InvalidValue: Transport reason must be defined for type "ShippingInvoice"

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `commerce.invoices.update`, POST /api/v6/commerce.invoices.update
        Source: https://developers.open2b.com/commerce/invoices
        """
        return await self._client.call(
            _operations.INVOICES_UPDATE, {"id": id, "invoice": invoice}, request_options
        )

    async def delete(
        self, ids: SequenceNotStr[int], **request_options: Unpack[RequestOptions]
    ) -> models.InvoicesDeleted:
        """Delete invoices.

        Deletes one or more invoices.

        Repeating this request deletes nothing more. The reference lists no errors; any common
        kind may come. Not verified: what happens when an identifier is not that of an invoice,
        whether all or none of several invoices are deleted when one cannot be, and how many
        identifiers a request may hold.

        Args:
            ids: Identifiers of the invoices to delete, each 1 or more.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: News that invoices were deleted.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `commerce.invoices.delete`, POST /api/v6/commerce.invoices.delete
        Source: https://developers.open2b.com/commerce/invoices
        """
        return await self._client.call(_operations.INVOICES_DELETE, {"ids": ids}, request_options)


class AsyncInvoicesWithResponse:
    """The methods of `AsyncInvoices`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncInvoices(wrap_client(client))
        self.list = wrap_async_method(resource.list)
        self.get = wrap_async_method(resource.get)
        self.count = wrap_async_method(resource.count)
        self.create = wrap_async_method(resource.create)
        self.update = wrap_async_method(resource.update)
        self.delete = wrap_async_method(resource.delete)
