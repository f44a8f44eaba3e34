# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resources and their methods, sync and async."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Unpack

from counterfoil_core import UNSET, AsyncClient, Client, Page, RequestOptions, UnsetType
from counterfoil_core.types import SequenceNotStr
from counterfoil_core.types import hide as _hide
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method

from . import _operations, models

if TYPE_CHECKING:
    from . import dicts


class CustomerInvoices:
    """The operations on customer invoices: `client.customer_invoices`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        created_after: datetime.datetime,
        created_before: datetime.datetime,
        ship_from_party_id: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        sort_order: models.SortOrderInput | UnsetType = UNSET,
        next_token: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.CustomerInvoiceList:
        """List the customer invoices of a period.

        Lists the customer invoices whose orders became available between two moments, one page
        at a time.

        - Both `created_after` and `created_before` are required, and at most 7 days may lie
          between them.
        - Only the last six months can be reached; the limit moves with the clock.
        - A page holds up to 100 invoices. It is the last one when it comes without a
          `next_token`.
        - Amazon recommends asking at least once an hour.
        - The default plan allows 10 requests a second and 10 at once; some selling partners
          have another. The rate in force comes in the header `x-amzn-RateLimit-Limit`, when it
          comes at all: never on 403, 415, 429, 500 and 503.
        - India only; role Direct-to-Consumer Shipping (Restricted); a Restricted Data Token is
          needed.
        - An empty list is an ordinary answer.

        Not verified: whether other parameters may or must accompany `next_token`. Since two of
        them are required, all are sent again with it. Not verified: whether the plan counts for
        each pair of account and application, and how long a `next_token` stays valid.

        Args:
            created_after: Start of the period: orders that became available after this moment.
                Sent in UTC, such as 2026-11-10T00:00:00Z; an offset whose plus sign is not
                percent-encoded is refused. At most six months ago.
            created_before: End of the period: orders that became available before this moment.
                Sent in UTC, and at most 7 days after `created_after`.
            ship_from_party_id: Vendor's warehouse the orders are shipped from. Left out, the
                orders of all warehouses are searched.
            limit: Most invoices that one page may hold, 1 to 100. The default is not
                documented.
            sort_order: Direction in which the invoices are sorted, by the date their order was
                created. The default is not documented.
            next_token: Token of the page to fetch, taken from the answer before. Left out, the
                first page is fetched. It may contain `+`, `/` and `=`, which must be
                percent-encoded.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The page of invoices.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getCustomerInvoices`, GET /vendor/directFulfillment/shipping/v1/customerInvoices
        Source: https://developer-docs.amazon.com/sp-api/docs/get-customer-invoices
        """
        return self._client.call(
            _operations.CUSTOMER_INVOICES_LIST,
            {
                "created_after": created_after,
                "created_before": created_before,
                "ship_from_party_id": ship_from_party_id,
                "limit": limit,
                "sort_order": sort_order,
                "next_token": next_token,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        created_after: datetime.datetime,
        created_before: datetime.datetime,
        ship_from_party_id: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        sort_order: models.SortOrderInput | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[models.CustomerInvoice]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `next_token` itself.

        Args:
            created_after: Start of the period: orders that became available after this moment.
                Sent in UTC, such as 2026-11-10T00:00:00Z; an offset whose plus sign is not
                percent-encoded is refused. At most six months ago.
            created_before: End of the period: orders that became available before this moment.
                Sent in UTC, and at most 7 days after `created_after`.
            ship_from_party_id: Vendor's warehouse the orders are shipped from. Left out, the
                orders of all warehouses are searched.
            limit: Most invoices that one page may hold, 1 to 100. The default is not
                documented.
            sort_order: Direction in which the invoices are sorted, by the date their order was
                created. The default is not documented.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.CUSTOMER_INVOICES_LIST,
            _operations.CUSTOMER_INVOICES_LIST_PAGES,
            {
                "created_after": created_after,
                "created_before": created_before,
                "ship_from_party_id": ship_from_party_id,
                "limit": limit,
                "sort_order": sort_order,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        created_after: datetime.datetime,
        created_before: datetime.datetime,
        ship_from_party_id: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        sort_order: models.SortOrderInput | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[Page[models.CustomerInvoice]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `next_token` itself.

        Args:
            created_after: Start of the period: orders that became available after this moment.
                Sent in UTC, such as 2026-11-10T00:00:00Z; an offset whose plus sign is not
                percent-encoded is refused. At most six months ago.
            created_before: End of the period: orders that became available before this moment.
                Sent in UTC, and at most 7 days after `created_after`.
            ship_from_party_id: Vendor's warehouse the orders are shipped from. Left out, the
                orders of all warehouses are searched.
            limit: Most invoices that one page may hold, 1 to 100. The default is not
                documented.
            sort_order: Direction in which the invoices are sorted, by the date their order was
                created. The default is not documented.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.CUSTOMER_INVOICES_LIST,
            _operations.CUSTOMER_INVOICES_LIST_PAGES,
            {
                "created_after": created_after,
                "created_before": created_before,
                "ship_from_party_id": ship_from_party_id,
                "limit": limit,
                "sort_order": sort_order,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    def get(
        self, purchase_order_number: str, **request_options: Unpack[RequestOptions]
    ) -> models.CustomerInvoice:
        """Get the customer invoice of a purchase order.

        Returns the customer invoice that belongs to one purchase order.

        - The default plan allows 10 requests a second and 10 at once; some selling partners
          have another. The rate in force comes in the header `x-amzn-RateLimit-Limit`, when it
          comes at all: never on 401, 403, 415, 429, 500 and 503.
        - India only; role Direct-to-Consumer Shipping (Restricted); a Restricted Data Token is
          needed.

        Not verified: whether the plan counts for each pair of account and application.

        Args:
            purchase_order_number: Purchase order number of the shipment whose invoice is
                wanted. ASCII letters and digits only.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoice.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getCustomerInvoice`, GET /vendor/directFulfillment/shipping/v1/customerInvoices/{purchaseOrderNumber}
        Source: https://developer-docs.amazon.com/sp-api/docs/get-customer-invoice
        """
        return self._client.call(
            _operations.CUSTOMER_INVOICES_GET,
            {"purchase_order_number": purchase_order_number},
            request_options,
        )


class CustomerInvoicesWithResponse:
    """The methods of `CustomerInvoices`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = CustomerInvoices(wrap_client(client))
        self.list = wrap_method(resource.list)
        self.get = wrap_method(resource.get)


class AsyncCustomerInvoices:
    """The operations on customer invoices: `client.customer_invoices`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        created_after: datetime.datetime,
        created_before: datetime.datetime,
        ship_from_party_id: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        sort_order: models.SortOrderInput | UnsetType = UNSET,
        next_token: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.CustomerInvoiceList:
        """List the customer invoices of a period.

        Lists the customer invoices whose orders became available between two moments, one page
        at a time.

        - Both `created_after` and `created_before` are required, and at most 7 days may lie
          between them.
        - Only the last six months can be reached; the limit moves with the clock.
        - A page holds up to 100 invoices. It is the last one when it comes without a
          `next_token`.
        - Amazon recommends asking at least once an hour.
        - The default plan allows 10 requests a second and 10 at once; some selling partners
          have another. The rate in force comes in the header `x-amzn-RateLimit-Limit`, when it
          comes at all: never on 403, 415, 429, 500 and 503.
        - India only; role Direct-to-Consumer Shipping (Restricted); a Restricted Data Token is
          needed.
        - An empty list is an ordinary answer.

        Not verified: whether other parameters may or must accompany `next_token`. Since two of
        them are required, all are sent again with it. Not verified: whether the plan counts for
        each pair of account and application, and how long a `next_token` stays valid.

        Args:
            created_after: Start of the period: orders that became available after this moment.
                Sent in UTC, such as 2026-11-10T00:00:00Z; an offset whose plus sign is not
                percent-encoded is refused. At most six months ago.
            created_before: End of the period: orders that became available before this moment.
                Sent in UTC, and at most 7 days after `created_after`.
            ship_from_party_id: Vendor's warehouse the orders are shipped from. Left out, the
                orders of all warehouses are searched.
            limit: Most invoices that one page may hold, 1 to 100. The default is not
                documented.
            sort_order: Direction in which the invoices are sorted, by the date their order was
                created. The default is not documented.
            next_token: Token of the page to fetch, taken from the answer before. Left out, the
                first page is fetched. It may contain `+`, `/` and `=`, which must be
                percent-encoded.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The page of invoices.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getCustomerInvoices`, GET /vendor/directFulfillment/shipping/v1/customerInvoices
        Source: https://developer-docs.amazon.com/sp-api/docs/get-customer-invoices
        """
        return await self._client.call(
            _operations.CUSTOMER_INVOICES_LIST,
            {
                "created_after": created_after,
                "created_before": created_before,
                "ship_from_party_id": ship_from_party_id,
                "limit": limit,
                "sort_order": sort_order,
                "next_token": next_token,
            },
            request_options,
        )

    def iterate(
        self,
        *,
        created_after: datetime.datetime,
        created_before: datetime.datetime,
        ship_from_party_id: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        sort_order: models.SortOrderInput | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[models.CustomerInvoice]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `next_token` itself.

        Args:
            created_after: Start of the period: orders that became available after this moment.
                Sent in UTC, such as 2026-11-10T00:00:00Z; an offset whose plus sign is not
                percent-encoded is refused. At most six months ago.
            created_before: End of the period: orders that became available before this moment.
                Sent in UTC, and at most 7 days after `created_after`.
            ship_from_party_id: Vendor's warehouse the orders are shipped from. Left out, the
                orders of all warehouses are searched.
            limit: Most invoices that one page may hold, 1 to 100. The default is not
                documented.
            sort_order: Direction in which the invoices are sorted, by the date their order was
                created. The default is not documented.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.CUSTOMER_INVOICES_LIST,
            _operations.CUSTOMER_INVOICES_LIST_PAGES,
            {
                "created_after": created_after,
                "created_before": created_before,
                "ship_from_party_id": ship_from_party_id,
                "limit": limit,
                "sort_order": sort_order,
            },
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        created_after: datetime.datetime,
        created_before: datetime.datetime,
        ship_from_party_id: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        sort_order: models.SortOrderInput | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[Page[models.CustomerInvoice]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `next_token` itself.

        Args:
            created_after: Start of the period: orders that became available after this moment.
                Sent in UTC, such as 2026-11-10T00:00:00Z; an offset whose plus sign is not
                percent-encoded is refused. At most six months ago.
            created_before: End of the period: orders that became available before this moment.
                Sent in UTC, and at most 7 days after `created_after`.
            ship_from_party_id: Vendor's warehouse the orders are shipped from. Left out, the
                orders of all warehouses are searched.
            limit: Most invoices that one page may hold, 1 to 100. The default is not
                documented.
            sort_order: Direction in which the invoices are sorted, by the date their order was
                created. The default is not documented.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.CUSTOMER_INVOICES_LIST,
            _operations.CUSTOMER_INVOICES_LIST_PAGES,
            {
                "created_after": created_after,
                "created_before": created_before,
                "ship_from_party_id": ship_from_party_id,
                "limit": limit,
                "sort_order": sort_order,
            },
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )

    async def get(
        self, purchase_order_number: str, **request_options: Unpack[RequestOptions]
    ) -> models.CustomerInvoice:
        """Get the customer invoice of a purchase order.

        Returns the customer invoice that belongs to one purchase order.

        - The default plan allows 10 requests a second and 10 at once; some selling partners
          have another. The rate in force comes in the header `x-amzn-RateLimit-Limit`, when it
          comes at all: never on 401, 403, 415, 429, 500 and 503.
        - India only; role Direct-to-Consumer Shipping (Restricted); a Restricted Data Token is
          needed.

        Not verified: whether the plan counts for each pair of account and application.

        Args:
            purchase_order_number: Purchase order number of the shipment whose invoice is
                wanted. ASCII letters and digits only.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The invoice.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `getCustomerInvoice`, GET /vendor/directFulfillment/shipping/v1/customerInvoices/{purchaseOrderNumber}
        Source: https://developer-docs.amazon.com/sp-api/docs/get-customer-invoice
        """
        return await self._client.call(
            _operations.CUSTOMER_INVOICES_GET,
            {"purchase_order_number": purchase_order_number},
            request_options,
        )


class AsyncCustomerInvoicesWithResponse:
    """The methods of `AsyncCustomerInvoices`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncCustomerInvoices(wrap_client(client))
        self.list = wrap_async_method(resource.list)
        self.get = wrap_async_method(resource.get)


class AccessTokens:
    """The operations on access tokens: `client.access_tokens`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def create(
        self,
        *,
        grant_type: models.GrantTypeInput,
        client_id: str,
        client_secret: str,
        refresh_token: str | UnsetType = UNSET,
        scope: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.AccessToken:
        """Trade a refresh token for an access token.

        Logs in with Amazon: trades a refresh token for an access token that is valid for an
        hour.

        The token opens operations that are not restricted, among them the one that issues
        Restricted Data Tokens. The invoice operations refuse it.

        Not verified: which status goes with which error code, and how often the endpoint may be
        called.

        Beyond the documents that this package follows.

        Args:
            grant_type: What is traded for the access token.
            client_id: The application's client identifier from login with Amazon.
            client_secret: The application's client secret from login with Amazon.
            refresh_token: Long-lived token from the selling partner's authorisation. Required
                when `grant_type` is refresh_token.
            scope: What the token shall open. Required when `grant_type` is client_credentials,
                and not used by the invoice operations.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An access token from login with Amazon.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `createAccessToken`, POST /auth/o2/token
        Source: https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api
        """
        client_secret = _hide(client_secret)
        refresh_token = _hide(refresh_token)
        return self._client.call(
            _operations.ACCESS_TOKENS_CREATE,
            {
                "grant_type": grant_type,
                "client_id": client_id,
                "client_secret": client_secret,
                "refresh_token": refresh_token,
                "scope": scope,
            },
            request_options,
        )


class AccessTokensWithResponse:
    """The methods of `AccessTokens`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = AccessTokens(wrap_client(client))
        self.create = wrap_method(resource.create)


class AsyncAccessTokens:
    """The operations on access tokens: `client.access_tokens`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def create(
        self,
        *,
        grant_type: models.GrantTypeInput,
        client_id: str,
        client_secret: str,
        refresh_token: str | UnsetType = UNSET,
        scope: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.AccessToken:
        """Trade a refresh token for an access token.

        Logs in with Amazon: trades a refresh token for an access token that is valid for an
        hour.

        The token opens operations that are not restricted, among them the one that issues
        Restricted Data Tokens. The invoice operations refuse it.

        Not verified: which status goes with which error code, and how often the endpoint may be
        called.

        Beyond the documents that this package follows.

        Args:
            grant_type: What is traded for the access token.
            client_id: The application's client identifier from login with Amazon.
            client_secret: The application's client secret from login with Amazon.
            refresh_token: Long-lived token from the selling partner's authorisation. Required
                when `grant_type` is refresh_token.
            scope: What the token shall open. Required when `grant_type` is client_credentials,
                and not used by the invoice operations.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: An access token from login with Amazon.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `createAccessToken`, POST /auth/o2/token
        Source: https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api
        """
        client_secret = _hide(client_secret)
        refresh_token = _hide(refresh_token)
        return await self._client.call(
            _operations.ACCESS_TOKENS_CREATE,
            {
                "grant_type": grant_type,
                "client_id": client_id,
                "client_secret": client_secret,
                "refresh_token": refresh_token,
                "scope": scope,
            },
            request_options,
        )


class AsyncAccessTokensWithResponse:
    """The methods of `AsyncAccessTokens`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncAccessTokens(wrap_client(client))
        self.create = wrap_async_method(resource.create)


class RestrictedDataTokens:
    """The operations on restricted data tokens: `client.restricted_data_tokens`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def create(
        self,
        restricted_resources: SequenceNotStr[
            models.RestrictedResource | dicts.RestrictedResourceDict
        ],
        *,
        target_application: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.RestrictedDataToken:
        """Create a Restricted Data Token.

        Creates the short-lived token that restricted operations demand in place of an access
        token.

        - It is asked for with an access token from login with Amazon, and names up to 50
          resources it shall open.
        - It is valid for an hour.
        - The plan allows 1 request a second and 10 at once: keep the token and use it again.
        - A token for the sandbox is created on the production host.

        Not verified: whether the invoice operations' paths are accepted in the form shown here,
        which follows the form that Amazon documents for other APIs.

        Beyond the documents that this package follows.

        Args:
            restricted_resources: The restricted operations that the token shall open, at most
                50.
            target_application: Identifier of the application that shall use the token. Left
                out, it is the one that asks.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A Restricted Data Token, which opens the operations it was asked for.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `createRestrictedDataToken`, POST /tokens/2021-03-01/restrictedDataToken
        Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api
        """
        return self._client.call(
            _operations.RESTRICTED_DATA_TOKENS_CREATE,
            {
                "restricted_resources": restricted_resources,
                "target_application": target_application,
            },
            request_options,
        )


class RestrictedDataTokensWithResponse:
    """The methods of `RestrictedDataTokens`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = RestrictedDataTokens(wrap_client(client))
        self.create = wrap_method(resource.create)


class AsyncRestrictedDataTokens:
    """The operations on restricted data tokens: `client.restricted_data_tokens`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def create(
        self,
        restricted_resources: SequenceNotStr[
            models.RestrictedResource | dicts.RestrictedResourceDict
        ],
        *,
        target_application: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.RestrictedDataToken:
        """Create a Restricted Data Token.

        Creates the short-lived token that restricted operations demand in place of an access
        token.

        - It is asked for with an access token from login with Amazon, and names up to 50
          resources it shall open.
        - It is valid for an hour.
        - The plan allows 1 request a second and 10 at once: keep the token and use it again.
        - A token for the sandbox is created on the production host.

        Not verified: whether the invoice operations' paths are accepted in the form shown here,
        which follows the form that Amazon documents for other APIs.

        Beyond the documents that this package follows.

        Args:
            restricted_resources: The restricted operations that the token shall open, at most
                50.
            target_application: Identifier of the application that shall use the token. Left
                out, it is the one that asks.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A Restricted Data Token, which opens the operations it was asked for.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `createRestrictedDataToken`, POST /tokens/2021-03-01/restrictedDataToken
        Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api
        """
        return await self._client.call(
            _operations.RESTRICTED_DATA_TOKENS_CREATE,
            {
                "restricted_resources": restricted_resources,
                "target_application": target_application,
            },
            request_options,
        )


class AsyncRestrictedDataTokensWithResponse:
    """The methods of `AsyncRestrictedDataTokens`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncRestrictedDataTokens(wrap_client(client))
        self.create = wrap_async_method(resource.create)
