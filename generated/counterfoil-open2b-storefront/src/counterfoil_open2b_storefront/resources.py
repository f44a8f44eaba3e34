# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What can be called, resource by resource: sync and async, and both again returning a `Response`."""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator, Iterator

from counterfoil_core import UNSET, AsyncClient, Client, Page, Response, UnsetType
from counterfoil_core.types import Secret
from counterfoil_core.types import hide as _hide

from . import _operations, models


class Invoices:
    """The operations on invoices: `client.invoices`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
    ) -> models.InvoicesFound:
        """List the customer's invoices.

        Returns the invoices of the customer whose key is given, those that meet the given conditions, with
        all of their fields or the selected ones.

        - The header `X-Customer-Key` is required: there are no invoices without a customer.
        - `count` is the number of all invoices that meet the conditions, however many are returned.
        - The order of the invoices is not documented and cannot be chosen. Pages are counted by position
          with `first`; an invoice made meanwhile can move the others, so that one comes twice or not at
          all.
        - Identifiers that no invoice of this customer bears are passed over. Not verified: that they are no
          error.
        - The documentation lists no errors of its own; any common kind of error may come.

        Not verified: the default and the maximum of `limit`, and whether stores from 7.8 on demand the
        public key as well.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            first: Position of the first invoice to return among all that meet the conditions, counting from
                0.

        Returns: The customer's invoices that meet the conditions of a request.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `storefront.invoices`, POST /api/v10/storefront.invoices
        Source: https://open2b.dev/storefront/invoices
        """
        return self._client.call(
            _operations.INVOICES_LIST,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
                "first": first,
            },
        )

    def iterate(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
    ) -> Iterator[models.Invoice]:
        """Yield every item over all pages of `list`, fetching a page when it is needed. Sets `first` by
        itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.iterate(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
            },
            max_pages=max_pages,
        )

    def pages(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
    ) -> Iterator[Page[models.Invoice]]:
        """Yield the pages of `list`, each with its items and a `cursor` to store and go on from. Sets `first`
        by itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            cursor: Where to go on: the `cursor` of a page read before.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.pages(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
        )


class AsyncInvoices:
    """The operations on invoices: `client.invoices`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
    ) -> models.InvoicesFound:
        """List the customer's invoices.

        Returns the invoices of the customer whose key is given, those that meet the given conditions, with
        all of their fields or the selected ones.

        - The header `X-Customer-Key` is required: there are no invoices without a customer.
        - `count` is the number of all invoices that meet the conditions, however many are returned.
        - The order of the invoices is not documented and cannot be chosen. Pages are counted by position
          with `first`; an invoice made meanwhile can move the others, so that one comes twice or not at
          all.
        - Identifiers that no invoice of this customer bears are passed over. Not verified: that they are no
          error.
        - The documentation lists no errors of its own; any common kind of error may come.

        Not verified: the default and the maximum of `limit`, and whether stores from 7.8 on demand the
        public key as well.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            first: Position of the first invoice to return among all that meet the conditions, counting from
                0.

        Returns: The customer's invoices that meet the conditions of a request.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `storefront.invoices`, POST /api/v10/storefront.invoices
        Source: https://open2b.dev/storefront/invoices
        """
        return await self._client.call(
            _operations.INVOICES_LIST,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
                "first": first,
            },
        )

    def iterate(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
    ) -> AsyncIterator[models.Invoice]:
        """Yield every item over all pages of `list`, fetching a page when it is needed. Sets `first` by
        itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.iterate(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
            },
            max_pages=max_pages,
        )

    def pages(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
    ) -> AsyncIterator[Page[models.Invoice]]:
        """Yield the pages of `list`, each with its items and a `cursor` to store and go on from. Sets `first`
        by itself.

        Args:
            conditions: What an invoice must meet. Left out, every invoice of the customer does.
            fields: Fields of each invoice to return. Left out, all are returned.
            limit: Most invoices to return, 1 or more. Default and maximum are not documented.
            cursor: Where to go on: the `cursor` of a page read before.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.pages(
            _operations.INVOICES_LIST,
            _operations.INVOICES_LIST_PAGES,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
        )


class InvoicesWithResponse:
    """`Invoices`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
    ) -> Response[models.InvoicesFound]:
        """Do as `Invoices.list`, and return the answer's status and headers with the value."""
        return self._client.call_with_response(
            _operations.INVOICES_LIST,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
                "first": first,
            },
        )


class AsyncInvoicesWithResponse:
    """`AsyncInvoices`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        conditions: models.InvoiceConditions | UnsetType = UNSET,
        fields: builtins.list[models.InvoiceField] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        first: int | UnsetType = UNSET,
    ) -> Response[models.InvoicesFound]:
        """Do as `AsyncInvoices.list`, and return the answer's status and headers with the value."""
        return await self._client.call_with_response(
            _operations.INVOICES_LIST,
            {
                "conditions": conditions,
                "fields": fields,
                "limit": limit,
                "first": first,
            },
        )


class Session:
    """The operations on session: `client.session`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def login(self, *, email: str, password: str) -> Secret:
        """Log a customer in.

        Logs a customer in with email address and password, and returns a customer key.

        - **The key is not in the body.** It comes in the header `X-Customer-Key` of the answer; the method
          returns it.
        - Repeating it only logs the customer in again.

        Not verified: how long the key is valid, whether an earlier one stays valid, and whether stores from
        7.8 on demand the public key here.

        Beyond the documents that this package follows.

        Args:
            email: Email address of the customer, 3 to 120 characters.
            password: Password of the customer, 4 to 16 characters.

        Returns: the header X-Customer-Key of the answer, which its repr does not show.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Documented reasons for refusing it (field, type: message):

        - email, InvalidCombination: email or password is incorrect
        - email, InvalidValue: '<email>' is not a well formed email address

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `storefront.login`, POST /api/v10/storefront.login
        Source: https://open2b.dev/storefront/login
        """
        password = _hide(password)
        return self._client.call(
            _operations.SESSION_LOGIN,
            {
                "email": email,
                "password": password,
            },
        )


class AsyncSession:
    """The operations on session: `client.session`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def login(self, *, email: str, password: str) -> Secret:
        """Log a customer in.

        Logs a customer in with email address and password, and returns a customer key.

        - **The key is not in the body.** It comes in the header `X-Customer-Key` of the answer; the method
          returns it.
        - Repeating it only logs the customer in again.

        Not verified: how long the key is valid, whether an earlier one stays valid, and whether stores from
        7.8 on demand the public key here.

        Beyond the documents that this package follows.

        Args:
            email: Email address of the customer, 3 to 120 characters.
            password: Password of the customer, 4 to 16 characters.

        Returns: the header X-Customer-Key of the answer, which its repr does not show.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Documented reasons for refusing it (field, type: message):

        - email, InvalidCombination: email or password is incorrect
        - email, InvalidValue: '<email>' is not a well formed email address

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `storefront.login`, POST /api/v10/storefront.login
        Source: https://open2b.dev/storefront/login
        """
        password = _hide(password)
        return await self._client.call(
            _operations.SESSION_LOGIN,
            {
                "email": email,
                "password": password,
            },
        )


class SessionWithResponse:
    """`Session`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def login(self, *, email: str, password: str) -> Response[Secret]:
        """Do as `Session.login`, and return the answer's status and headers with the value."""
        password = _hide(password)
        return self._client.call_with_response(
            _operations.SESSION_LOGIN,
            {
                "email": email,
                "password": password,
            },
        )


class AsyncSessionWithResponse:
    """`AsyncSession`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def login(self, *, email: str, password: str) -> Response[Secret]:
        """Do as `AsyncSession.login`, and return the answer's status and headers with the value."""
        password = _hide(password)
        return await self._client.call_with_response(
            _operations.SESSION_LOGIN,
            {
                "email": email,
                "password": password,
            },
        )
