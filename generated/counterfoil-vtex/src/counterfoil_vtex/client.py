# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The clients of VTEX order invoices."""

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


class VtexClient(Client):
    """Client of VTEX order invoices.

    Args:
        account: Name of the VTEX account. A seller's invoice goes to the account that
            fulfils the order, not to the marketplace's. Environment:
            `COUNTERFOIL_VTEX_ACCOUNT`.
        environment: Environment of the account. There is only one. Default:
            vtexcommercestable. Environment: `COUNTERFOIL_VTEX_ENVIRONMENT`.
        app_key: Key of the application. It goes with the token of the application.
            Environment: `COUNTERFOIL_VTEX_APP_KEY`.
        app_token: Token of the application. It goes with the key of the application.
            Environment: `COUNTERFOIL_VTEX_APP_TOKEN`.
        user_token: Token of a user, in place of the application's key and token. It is
            valid for 24 hours. Environment: `COUNTERFOIL_VTEX_USER_TOKEN`.
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
        account: str | None = None,
        environment: Literal["vtexcommercestable"] | None = None,
        app_key: str | None = None,
        app_token: str | None = None,
        user_token: str | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Transport | httpx2.BaseTransport | httpx2.Client | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        app_key = _hide(app_key)
        app_token = _hide(app_token)
        user_token = _hide(user_token)
        given = {
            "account": account,
            "environment": environment,
            "app_key": app_key,
            "app_token": app_token,
            "user_token": user_token,
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
    def orders(self) -> resources.Orders:
        """The operations on orders: `client.orders`."""
        with FIRST_USE:
            from . import resources

        return resources.Orders(self)

    @cached_property
    def with_response(self) -> VtexClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return VtexClientWithResponse(self)


class VtexClientWithResponse:
    """`VtexClient`, each method returning a `Response`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def invoices(self) -> resources.InvoicesWithResponse:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.InvoicesWithResponse(self._client)

    @cached_property
    def orders(self) -> resources.OrdersWithResponse:
        """The operations on orders: `client.orders`."""
        with FIRST_USE:
            from . import resources

        return resources.OrdersWithResponse(self._client)


class AsyncVtexClient(AsyncClient):
    """Client of VTEX order invoices.

    Args:
        account: Name of the VTEX account. A seller's invoice goes to the account that
            fulfils the order, not to the marketplace's. Environment:
            `COUNTERFOIL_VTEX_ACCOUNT`.
        environment: Environment of the account. There is only one. Default:
            vtexcommercestable. Environment: `COUNTERFOIL_VTEX_ENVIRONMENT`.
        app_key: Key of the application. It goes with the token of the application.
            Environment: `COUNTERFOIL_VTEX_APP_KEY`.
        app_token: Token of the application. It goes with the key of the application.
            Environment: `COUNTERFOIL_VTEX_APP_TOKEN`.
        user_token: Token of a user, in place of the application's key and token. It is
            valid for 24 hours. Environment: `COUNTERFOIL_VTEX_USER_TOKEN`.
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
        account: str | None = None,
        environment: Literal["vtexcommercestable"] | None = None,
        app_key: str | None = None,
        app_token: str | None = None,
        user_token: str | None = None,
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
        app_key = _hide(app_key)
        app_token = _hide(app_token)
        user_token = _hide(user_token)
        given = {
            "account": account,
            "environment": environment,
            "app_key": app_key,
            "app_token": app_token,
            "user_token": user_token,
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
    def orders(self) -> resources.AsyncOrders:
        """The operations on orders: `client.orders`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncOrders(self)

    @cached_property
    def with_response(self) -> AsyncVtexClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AsyncVtexClientWithResponse(self)


class AsyncVtexClientWithResponse:
    """`AsyncVtexClient`, each method returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def invoices(self) -> resources.AsyncInvoicesWithResponse:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncInvoicesWithResponse(self._client)

    @cached_property
    def orders(self) -> resources.AsyncOrdersWithResponse:
        """The operations on orders: `client.orders`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncOrdersWithResponse(self._client)
