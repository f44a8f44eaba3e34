# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The clients of Open2b administration invoices."""

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


class Open2bAdminClient(Client):
    """Client of Open2b administration invoices.

    Args:
        store: Host name of the store, without a path. Environment:
            `COUNTERFOIL_OPEN2B_ADMIN_STORE`.
        key: Key that the store hands out when an application is installed in it. The header
            is `X-Key` in the documentation of this version and `X-Secret-Key` in that of later
            ones. Not verified: which stores accept which name. Environment:
            `COUNTERFOIL_OPEN2B_ADMIN_KEY`.
        key_header: The header that carries `key`. Default: X-Key.
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
        key: str | None = None,
        key_header: Literal["X-Key", "X-Secret-Key"] | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Transport | httpx2.BaseTransport | httpx2.Client | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        key = _hide(key)
        given = {"store": store, "key": key, "key_header": key_header}
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
    def with_response(self) -> Open2bAdminClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return Open2bAdminClientWithResponse(self)


class Open2bAdminClientWithResponse:
    """`Open2bAdminClient`, each method returning a `Response`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def invoices(self) -> resources.InvoicesWithResponse:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.InvoicesWithResponse(self._client)


class AsyncOpen2bAdminClient(AsyncClient):
    """Client of Open2b administration invoices.

    Args:
        store: Host name of the store, without a path. Environment:
            `COUNTERFOIL_OPEN2B_ADMIN_STORE`.
        key: Key that the store hands out when an application is installed in it. The header
            is `X-Key` in the documentation of this version and `X-Secret-Key` in that of later
            ones. Not verified: which stores accept which name. Environment:
            `COUNTERFOIL_OPEN2B_ADMIN_KEY`.
        key_header: The header that carries `key`. Default: X-Key.
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
        key: str | None = None,
        key_header: Literal["X-Key", "X-Secret-Key"] | None = None,
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
        key = _hide(key)
        given = {"store": store, "key": key, "key_header": key_header}
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
    def with_response(self) -> AsyncOpen2bAdminClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AsyncOpen2bAdminClientWithResponse(self)


class AsyncOpen2bAdminClientWithResponse:
    """`AsyncOpen2bAdminClient`, each method returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def invoices(self) -> resources.AsyncInvoicesWithResponse:
        """The operations on invoices: `client.invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncInvoicesWithResponse(self._client)
