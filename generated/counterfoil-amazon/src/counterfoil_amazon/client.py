# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The clients of Amazon SP-API vendor direct-fulfilment customer invoices."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from counterfoil_core import AsyncClient, Client
from counterfoil_core.locks import FIRST_USE
from counterfoil_core.types import hide as _hide

from ._api import API

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2
    from counterfoil_core import AsyncTransport, RateLimit, Transport

    from . import resources


class AmazonClient(Client):
    """Client of Amazon SP-API vendor direct-fulfilment customer invoices.

    Args:
        region: Region of the marketplace: Europe with India (eu), North America (na), the
            Far East (fe). Both invoice operations serve India, which belongs to eu; the
            published swagger prints the host of na. Default: eu. Environment:
            `COUNTERFOIL_AMAZON_REGION`.
        endpoint: The Selling Partner API itself, or its sandbox, whose answers are always
            the same. A Restricted Data Token for the sandbox is obtained from the production
            host. Default: sellingpartnerapi. Environment: `COUNTERFOIL_AMAZON_ENDPOINT`.
        restricted_data_token: A Restricted Data Token, which opens the invoice operations
            for an hour. Left out, the client obtains one for each operation with its access
            token, and renews it. Environment: `COUNTERFOIL_AMAZON_RESTRICTED_DATA_TOKEN`.
        access_token: An access token from login with Amazon, which opens the Tokens API for
            an hour. Left out, the client obtains one for the refresh token, and renews it. No
            AWS credentials are needed: request signatures have been ignored since October 2023.
            Environment: `COUNTERFOIL_AMAZON_ACCESS_TOKEN`.
        refresh_token: Long-lived token from the selling partner's authorisation of the
            application. Exchanged for `access_token` if that is not given. Environment:
            `COUNTERFOIL_AMAZON_REFRESH_TOKEN`.
        client_id: The application's client identifier from login with Amazon. Exchanged for
            `access_token` if that is not given. Environment: `COUNTERFOIL_AMAZON_CLIENT_ID`.
        client_secret: The application's client secret from login with Amazon. Exchanged for
            `access_token` if that is not given. Environment:
            `COUNTERFOIL_AMAZON_CLIENT_SECRET`.
        rate_limit: A usage plan to keep to instead of the documented one.
        base_url: Where to send requests instead, for a sandbox or a proxy.
        transport: An httpx2 client or transport of yours, or an object with its own `send`.
            An async client also takes "aiohttp", which is faster for many requests at once.
        timeout: Seconds for one call in all: connecting, waiting, retrying, reading.
        max_attempts: How often a request is sent at most; 1 turns retries off.
        default_headers: Headers to send with every request.
        app_info: Name and version of your application, which are added to the User-Agent
            header.
    """

    def __init__(
        self,
        *,
        region: Literal["eu", "na", "fe"] | None = None,
        endpoint: Literal["sellingpartnerapi", "sandbox.sellingpartnerapi"] | None = None,
        restricted_data_token: str | None = None,
        access_token: str | None = None,
        refresh_token: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Transport | httpx2.BaseTransport | httpx2.Client | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        restricted_data_token = _hide(restricted_data_token)
        access_token = _hide(access_token)
        refresh_token = _hide(refresh_token)
        client_id = _hide(client_id)
        client_secret = _hide(client_secret)
        given = {
            "region": region,
            "endpoint": endpoint,
            "restricted_data_token": restricted_data_token,
            "access_token": access_token,
            "refresh_token": refresh_token,
            "client_id": client_id,
            "client_secret": client_secret,
        }
        super().__init__(
            API,
            given,
            rate_limit=rate_limit,
            base_url=base_url,
            transport=transport,
            timeout=timeout,
            max_attempts=max_attempts,
            default_headers=default_headers,
            app_info=app_info,
        )

    @cached_property
    def customer_invoices(self) -> resources.CustomerInvoices:
        """The operations on customer invoices: `client.customer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.CustomerInvoices(self)

    @cached_property
    def access_tokens(self) -> resources.AccessTokens:
        """The operations on access tokens: `client.access_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.AccessTokens(self)

    @cached_property
    def restricted_data_tokens(self) -> resources.RestrictedDataTokens:
        """The operations on restricted data tokens: `client.restricted_data_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.RestrictedDataTokens(self)

    @cached_property
    def with_response(self) -> AmazonClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AmazonClientWithResponse(self)


class AmazonClientWithResponse:
    """`AmazonClient`, each method returning a `Response`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def customer_invoices(self) -> resources.CustomerInvoicesWithResponse:
        """The operations on customer invoices: `client.customer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.CustomerInvoicesWithResponse(self._client)

    @cached_property
    def access_tokens(self) -> resources.AccessTokensWithResponse:
        """The operations on access tokens: `client.access_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.AccessTokensWithResponse(self._client)

    @cached_property
    def restricted_data_tokens(self) -> resources.RestrictedDataTokensWithResponse:
        """The operations on restricted data tokens: `client.restricted_data_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.RestrictedDataTokensWithResponse(self._client)


class AsyncAmazonClient(AsyncClient):
    """Client of Amazon SP-API vendor direct-fulfilment customer invoices.

    Args:
        region: Region of the marketplace: Europe with India (eu), North America (na), the
            Far East (fe). Both invoice operations serve India, which belongs to eu; the
            published swagger prints the host of na. Default: eu. Environment:
            `COUNTERFOIL_AMAZON_REGION`.
        endpoint: The Selling Partner API itself, or its sandbox, whose answers are always
            the same. A Restricted Data Token for the sandbox is obtained from the production
            host. Default: sellingpartnerapi. Environment: `COUNTERFOIL_AMAZON_ENDPOINT`.
        restricted_data_token: A Restricted Data Token, which opens the invoice operations
            for an hour. Left out, the client obtains one for each operation with its access
            token, and renews it. Environment: `COUNTERFOIL_AMAZON_RESTRICTED_DATA_TOKEN`.
        access_token: An access token from login with Amazon, which opens the Tokens API for
            an hour. Left out, the client obtains one for the refresh token, and renews it. No
            AWS credentials are needed: request signatures have been ignored since October 2023.
            Environment: `COUNTERFOIL_AMAZON_ACCESS_TOKEN`.
        refresh_token: Long-lived token from the selling partner's authorisation of the
            application. Exchanged for `access_token` if that is not given. Environment:
            `COUNTERFOIL_AMAZON_REFRESH_TOKEN`.
        client_id: The application's client identifier from login with Amazon. Exchanged for
            `access_token` if that is not given. Environment: `COUNTERFOIL_AMAZON_CLIENT_ID`.
        client_secret: The application's client secret from login with Amazon. Exchanged for
            `access_token` if that is not given. Environment:
            `COUNTERFOIL_AMAZON_CLIENT_SECRET`.
        rate_limit: A usage plan to keep to instead of the documented one.
        base_url: Where to send requests instead, for a sandbox or a proxy.
        transport: An httpx2 client or transport of yours, or an object with its own `send`.
            An async client also takes "aiohttp", which is faster for many requests at once.
        timeout: Seconds for one call in all: connecting, waiting, retrying, reading.
        max_attempts: How often a request is sent at most; 1 turns retries off.
        default_headers: Headers to send with every request.
        app_info: Name and version of your application, which are added to the User-Agent
            header.
    """

    def __init__(
        self,
        *,
        region: Literal["eu", "na", "fe"] | None = None,
        endpoint: Literal["sellingpartnerapi", "sandbox.sellingpartnerapi"] | None = None,
        restricted_data_token: str | None = None,
        access_token: str | None = None,
        refresh_token: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: AsyncTransport
        | httpx2.AsyncBaseTransport
        | httpx2.AsyncClient
        | Literal["aiohttp", "httpx2"]
        | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        restricted_data_token = _hide(restricted_data_token)
        access_token = _hide(access_token)
        refresh_token = _hide(refresh_token)
        client_id = _hide(client_id)
        client_secret = _hide(client_secret)
        given = {
            "region": region,
            "endpoint": endpoint,
            "restricted_data_token": restricted_data_token,
            "access_token": access_token,
            "refresh_token": refresh_token,
            "client_id": client_id,
            "client_secret": client_secret,
        }
        super().__init__(
            API,
            given,
            rate_limit=rate_limit,
            base_url=base_url,
            transport=transport,
            timeout=timeout,
            max_attempts=max_attempts,
            default_headers=default_headers,
            app_info=app_info,
        )

    @cached_property
    def customer_invoices(self) -> resources.AsyncCustomerInvoices:
        """The operations on customer invoices: `client.customer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncCustomerInvoices(self)

    @cached_property
    def access_tokens(self) -> resources.AsyncAccessTokens:
        """The operations on access tokens: `client.access_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncAccessTokens(self)

    @cached_property
    def restricted_data_tokens(self) -> resources.AsyncRestrictedDataTokens:
        """The operations on restricted data tokens: `client.restricted_data_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncRestrictedDataTokens(self)

    @cached_property
    def with_response(self) -> AsyncAmazonClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AsyncAmazonClientWithResponse(self)


class AsyncAmazonClientWithResponse:
    """`AsyncAmazonClient`, each method returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def customer_invoices(self) -> resources.AsyncCustomerInvoicesWithResponse:
        """The operations on customer invoices: `client.customer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncCustomerInvoicesWithResponse(self._client)

    @cached_property
    def access_tokens(self) -> resources.AsyncAccessTokensWithResponse:
        """The operations on access tokens: `client.access_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncAccessTokensWithResponse(self._client)

    @cached_property
    def restricted_data_tokens(self) -> resources.AsyncRestrictedDataTokensWithResponse:
        """The operations on restricted data tokens: `client.restricted_data_tokens`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncRestrictedDataTokensWithResponse(self._client)
