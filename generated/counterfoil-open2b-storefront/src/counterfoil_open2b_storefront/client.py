# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The clients of Open2b storefront invoices."""

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


class Open2bStorefrontClient(Client):
    """Client of Open2b storefront invoices.

    Args:
        store: Host name of the store, without a path. Environment:
            `COUNTERFOIL_OPEN2B_STOREFRONT_STORE`.
        customer_key: Key of a customer, which the store returns in the header
            `X-Customer-Key` when the customer logs in. It is required for invoices. Left out,
            the client logs in with the customer's email address and password, and again once
            the key is refused. Environment: `COUNTERFOIL_OPEN2B_STOREFRONT_CUSTOMER_KEY`.
        email: Email address of the customer, as in the store's account. Exchanged for
            `customer_key` if that is not given. Environment:
            `COUNTERFOIL_OPEN2B_STOREFRONT_EMAIL`.
        password: Password of the customer's account in the store. Exchanged for
            `customer_key` if that is not given. Environment:
            `COUNTERFOIL_OPEN2B_STOREFRONT_PASSWORD`.
        public_key: Public key of the store, which the documentation of 7.8 asks for and
            that of 7.5 does not mention. Not verified: which stores demand it. Left out, none
            is sent. Environment: `COUNTERFOIL_OPEN2B_STOREFRONT_PUBLIC_KEY`.
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
        store: str | None = None,
        customer_key: str | None = None,
        email: str | None = None,
        password: str | None = None,
        public_key: str | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Transport | httpx2.BaseTransport | httpx2.Client | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        customer_key = _hide(customer_key)
        email = _hide(email)
        password = _hide(password)
        public_key = _hide(public_key)
        given = {
            "store": store,
            "customer_key": customer_key,
            "email": email,
            "password": password,
            "public_key": public_key,
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
    def invoices(self) -> resources.Invoices:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.Invoices(self)

    @cached_property
    def session(self) -> resources.Session:
        """The operations on session: `client.session`."""
        with FIRST_USE:
            from . import resources

        return resources.Session(self)

    @cached_property
    def with_response(self) -> Open2bStorefrontClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return Open2bStorefrontClientWithResponse(self)


class Open2bStorefrontClientWithResponse:
    """`Open2bStorefrontClient`, each method returning a `Response`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def invoices(self) -> resources.InvoicesWithResponse:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.InvoicesWithResponse(self._client)

    @cached_property
    def session(self) -> resources.SessionWithResponse:
        """The operations on session: `client.session`."""
        with FIRST_USE:
            from . import resources

        return resources.SessionWithResponse(self._client)


class AsyncOpen2bStorefrontClient(AsyncClient):
    """Client of Open2b storefront invoices.

    Args:
        store: Host name of the store, without a path. Environment:
            `COUNTERFOIL_OPEN2B_STOREFRONT_STORE`.
        customer_key: Key of a customer, which the store returns in the header
            `X-Customer-Key` when the customer logs in. It is required for invoices. Left out,
            the client logs in with the customer's email address and password, and again once
            the key is refused. Environment: `COUNTERFOIL_OPEN2B_STOREFRONT_CUSTOMER_KEY`.
        email: Email address of the customer, as in the store's account. Exchanged for
            `customer_key` if that is not given. Environment:
            `COUNTERFOIL_OPEN2B_STOREFRONT_EMAIL`.
        password: Password of the customer's account in the store. Exchanged for
            `customer_key` if that is not given. Environment:
            `COUNTERFOIL_OPEN2B_STOREFRONT_PASSWORD`.
        public_key: Public key of the store, which the documentation of 7.8 asks for and
            that of 7.5 does not mention. Not verified: which stores demand it. Left out, none
            is sent. Environment: `COUNTERFOIL_OPEN2B_STOREFRONT_PUBLIC_KEY`.
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
        store: str | None = None,
        customer_key: str | None = None,
        email: str | None = None,
        password: str | None = None,
        public_key: str | None = None,
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
        customer_key = _hide(customer_key)
        email = _hide(email)
        password = _hide(password)
        public_key = _hide(public_key)
        given = {
            "store": store,
            "customer_key": customer_key,
            "email": email,
            "password": password,
            "public_key": public_key,
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
    def invoices(self) -> resources.AsyncInvoices:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncInvoices(self)

    @cached_property
    def session(self) -> resources.AsyncSession:
        """The operations on session: `client.session`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncSession(self)

    @cached_property
    def with_response(self) -> AsyncOpen2bStorefrontClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AsyncOpen2bStorefrontClientWithResponse(self)


class AsyncOpen2bStorefrontClientWithResponse:
    """`AsyncOpen2bStorefrontClient`, each method returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def invoices(self) -> resources.AsyncInvoicesWithResponse:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncInvoicesWithResponse(self._client)

    @cached_property
    def session(self) -> resources.AsyncSessionWithResponse:
        """The operations on session: `client.session`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncSessionWithResponse(self._client)
