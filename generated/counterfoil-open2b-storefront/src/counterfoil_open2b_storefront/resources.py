# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resources and their methods, sync and async."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Unpack

from counterfoil_core import UNSET, AsyncClient, Client, Page, RequestOptions, UnsetType
from counterfoil_core.types import Secret, SequenceNotStr
from counterfoil_core.types import hide as _hide
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
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoicesFound:
        """List the customer's invoices.

        Returns the invoices of the customer whose key is given, those that meet the given
        conditions, with all of their fields or the selected ones.

        - The header `X-Customer-Key` is required: there are no invoices without a customer.
        - `count` is the number of all invoices that meet the conditions, however many are
          returned.
        - The order of the invoices is not documented and cannot be chosen. Pages are counted by
          position with `first`; an invoice made meanwhile can move the others, so that one
          comes twice or not at all.
        - Identifiers that no invoice of this customer bears are passed over. Not verified: that
          they are no error.
        - The documentation lists no errors of its own; any common kind of error may come.

        Not verified: the default and the maximum of `limit`, and whether stores from 7.8 on
        demand the public key as well.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            first: Position of the first invoice to return among all that meet the conditions,
                counting from 0.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The customer's invoices that meet the conditions of a request.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `storefront.invoices`, POST /api/v10/storefront.invoices
        Source: https://open2b.dev/storefront/invoices
        """
        return self._client.call(
            _operations.INVOICES_LIST,
            {"conditions": conditions, "fields": fields, "limit": limit, "first": first},
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
        `first` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
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
        continue later. It sets `first` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
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


class InvoicesWithResponse:
    """The methods of `Invoices`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Invoices(wrap_client(client))
        self.list = wrap_method(resource.list)


class AsyncInvoices:
    """The operations on invoices: `client.invoices`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        conditions: models.InvoiceConditions | dicts.InvoiceConditionsDict | UnsetType = UNSET,
        fields: SequenceNotStr[models.InvoiceFieldInput] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.InvoicesFound:
        """List the customer's invoices.

        Returns the invoices of the customer whose key is given, those that meet the given
        conditions, with all of their fields or the selected ones.

        - The header `X-Customer-Key` is required: there are no invoices without a customer.
        - `count` is the number of all invoices that meet the conditions, however many are
          returned.
        - The order of the invoices is not documented and cannot be chosen. Pages are counted by
          position with `first`; an invoice made meanwhile can move the others, so that one
          comes twice or not at all.
        - Identifiers that no invoice of this customer bears are passed over. Not verified: that
          they are no error.
        - The documentation lists no errors of its own; any common kind of error may come.

        Not verified: the default and the maximum of `limit`, and whether stores from 7.8 on
        demand the public key as well.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            first: Position of the first invoice to return among all that meet the conditions,
                counting from 0.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The customer's invoices that meet the conditions of a request.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `storefront.invoices`, POST /api/v10/storefront.invoices
        Source: https://open2b.dev/storefront/invoices
        """
        return await self._client.call(
            _operations.INVOICES_LIST,
            {"conditions": conditions, "fields": fields, "limit": limit, "first": first},
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
        `first` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
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
        continue later. It sets `first` itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
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


class AsyncInvoicesWithResponse:
    """The methods of `AsyncInvoices`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncInvoices(wrap_client(client))
        self.list = wrap_async_method(resource.list)


class Session:
    """The operations on session: `client.session`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def login(
        self, *, email: str, password: str, **request_options: Unpack[RequestOptions]
    ) -> Secret:
        """Log a customer in.

        Logs a customer in with email address and password, and returns a customer key.

        - **The key is not in the body.** It comes in the header `X-Customer-Key` of the answer;
          the method returns it.
        - Repeating it only logs the customer in again.

        Not verified: how long the key is valid, whether an earlier one stays valid, and whether
        stores from 7.8 on demand the public key here.

        Beyond the documents that this package follows.

        Args:
            email: Email address of the customer, 3 to 120 characters.
            password: Password of the customer, 4 to 16 characters.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: the header X-Customer-Key of the response; its repr does not show it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Documented reasons for rejecting it (field, type: message):

        - email, InvalidCombination: email or password is incorrect
        - email, InvalidValue: '<email>' is not a well formed email address

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `storefront.login`, POST /api/v10/storefront.login
        Source: https://open2b.dev/storefront/login
        """
        password = _hide(password)
        return self._client.call(
            _operations.SESSION_LOGIN, {"email": email, "password": password}, request_options
        )


class SessionWithResponse:
    """The methods of `Session`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Session(wrap_client(client))
        self.login = wrap_method(resource.login)


class AsyncSession:
    """The operations on session: `client.session`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def login(
        self, *, email: str, password: str, **request_options: Unpack[RequestOptions]
    ) -> Secret:
        """Log a customer in.

        Logs a customer in with email address and password, and returns a customer key.

        - **The key is not in the body.** It comes in the header `X-Customer-Key` of the answer;
          the method returns it.
        - Repeating it only logs the customer in again.

        Not verified: how long the key is valid, whether an earlier one stays valid, and whether
        stores from 7.8 on demand the public key here.

        Beyond the documents that this package follows.

        Args:
            email: Email address of the customer, 3 to 120 characters.
            password: Password of the customer, 4 to 16 characters.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: the header X-Customer-Key of the response; its repr does not show it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Documented reasons for rejecting it (field, type: message):

        - email, InvalidCombination: email or password is incorrect
        - email, InvalidValue: '<email>' is not a well formed email address

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `storefront.login`, POST /api/v10/storefront.login
        Source: https://open2b.dev/storefront/login
        """
        password = _hide(password)
        return await self._client.call(
            _operations.SESSION_LOGIN, {"email": email, "password": password}, request_options
        )


class AsyncSessionWithResponse:
    """The methods of `AsyncSession`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncSession(wrap_client(client))
        self.login = wrap_async_method(resource.login)
