# Generated from specs/bearer-token/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The clients of Parcels."""

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


class ParcelsClient(Client):
    """Client of Parcels.

    Args:
        access_token: Token that the shop gives. Environment:
            `COUNTERFOIL_BEARER_TOKEN_ACCESS_TOKEN`.
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
        access_token: str | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Transport | httpx2.BaseTransport | httpx2.Client | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        access_token = _hide(access_token)
        given = {"access_token": access_token}
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
    def parcels(self) -> resources.Parcels:
        """The operations on parcels: `client.parcels`."""
        with FIRST_USE:
            from . import resources

        return resources.Parcels(self)

    @cached_property
    def with_response(self) -> ParcelsClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return ParcelsClientWithResponse(self)


class ParcelsClientWithResponse:
    """`ParcelsClient`, each method returning a `Response`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def parcels(self) -> resources.ParcelsWithResponse:
        """The operations on parcels: `client.parcels`."""
        with FIRST_USE:
            from . import resources

        return resources.ParcelsWithResponse(self._client)


class AsyncParcelsClient(AsyncClient):
    """Client of Parcels.

    Args:
        access_token: Token that the shop gives. Environment:
            `COUNTERFOIL_BEARER_TOKEN_ACCESS_TOKEN`.
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
        access_token: str | None = None,
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
        access_token = _hide(access_token)
        given = {"access_token": access_token}
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
    def parcels(self) -> resources.AsyncParcels:
        """The operations on parcels: `client.parcels`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncParcels(self)

    @cached_property
    def with_response(self) -> AsyncParcelsClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AsyncParcelsClientWithResponse(self)


class AsyncParcelsClientWithResponse:
    """`AsyncParcelsClient`, each method returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def parcels(self) -> resources.AsyncParcelsWithResponse:
        """The operations on parcels: `client.parcels`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncParcelsWithResponse(self._client)
