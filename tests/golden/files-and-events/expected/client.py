# Generated from specs/files-and-events/ by `nox -s generate`. Do not edit: change the spec, or templates/.
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
        key: The key of a shop. Environment: `COUNTERFOIL_FILES_AND_EVENTS_KEY`.
        oauth: An access token. Environment: `COUNTERFOIL_FILES_AND_EVENTS_OAUTH`.
        client_id: Identifier that the vendor gave to your application. Exchanged for
            `oauth` if that is not given. Environment: `COUNTERFOIL_FILES_AND_EVENTS_CLIENT_ID`.
        client_secret: Secret that the vendor gave to your application. Exchanged for
            `oauth` if that is not given. Environment:
            `COUNTERFOIL_FILES_AND_EVENTS_CLIENT_SECRET`.
        refresh_token: Refresh token of a user who has authorized your application.
            Exchanged for `oauth` if that is not given. Environment:
            `COUNTERFOIL_FILES_AND_EVENTS_REFRESH_TOKEN`.
        scope: Scopes to request, separated by blanks. Left out, the vendor chooses.
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
        key: str | None = None,
        oauth: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        refresh_token: str | None = None,
        scope: str | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Transport | httpx2.BaseTransport | httpx2.Client | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        key = _hide(key)
        oauth = _hide(oauth)
        client_id = _hide(client_id)
        client_secret = _hide(client_secret)
        refresh_token = _hide(refresh_token)
        given = {
            "key": key,
            "oauth": oauth,
            "client_id": client_id,
            "client_secret": client_secret,
            "refresh_token": refresh_token,
            "scope": scope,
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
    def labels(self) -> resources.Labels:
        """The operations on labels: `client.labels`."""
        with FIRST_USE:
            from . import resources

        return resources.Labels(self)

    @cached_property
    def events(self) -> resources.Events:
        """The operations on events: `client.events`."""
        with FIRST_USE:
            from . import resources

        return resources.Events(self)

    @cached_property
    def with_response(self) -> ParcelsClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return ParcelsClientWithResponse(self)

    @cached_property
    def with_streaming(self) -> ParcelsClientWithStreaming:
        """The methods that return a file or a text, each opening a download.

        The download is read while it arrives, in a `with` statement.
        """
        return ParcelsClientWithStreaming(self)


class ParcelsClientWithResponse:
    """`ParcelsClient`, each method returning a `Response`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def labels(self) -> resources.LabelsWithResponse:
        """The operations on labels: `client.labels`."""
        with FIRST_USE:
            from . import resources

        return resources.LabelsWithResponse(self._client)

    @cached_property
    def events(self) -> resources.EventsWithResponse:
        """The operations on events: `client.events`."""
        with FIRST_USE:
            from . import resources

        return resources.EventsWithResponse(self._client)


class ParcelsClientWithStreaming:
    """`ParcelsClient`, whose methods open downloads."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def labels(self) -> resources.LabelsWithStreaming:
        """The operations on labels: `client.labels`."""
        with FIRST_USE:
            from . import resources

        return resources.LabelsWithStreaming(self._client)


class AsyncParcelsClient(AsyncClient):
    """Client of Parcels.

    Args:
        key: The key of a shop. Environment: `COUNTERFOIL_FILES_AND_EVENTS_KEY`.
        oauth: An access token. Environment: `COUNTERFOIL_FILES_AND_EVENTS_OAUTH`.
        client_id: Identifier that the vendor gave to your application. Exchanged for
            `oauth` if that is not given. Environment: `COUNTERFOIL_FILES_AND_EVENTS_CLIENT_ID`.
        client_secret: Secret that the vendor gave to your application. Exchanged for
            `oauth` if that is not given. Environment:
            `COUNTERFOIL_FILES_AND_EVENTS_CLIENT_SECRET`.
        refresh_token: Refresh token of a user who has authorized your application.
            Exchanged for `oauth` if that is not given. Environment:
            `COUNTERFOIL_FILES_AND_EVENTS_REFRESH_TOKEN`.
        scope: Scopes to request, separated by blanks. Left out, the vendor chooses.
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
        key: str | None = None,
        oauth: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        refresh_token: str | None = None,
        scope: str | None = None,
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
        oauth = _hide(oauth)
        client_id = _hide(client_id)
        client_secret = _hide(client_secret)
        refresh_token = _hide(refresh_token)
        given = {
            "key": key,
            "oauth": oauth,
            "client_id": client_id,
            "client_secret": client_secret,
            "refresh_token": refresh_token,
            "scope": scope,
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
    def labels(self) -> resources.AsyncLabels:
        """The operations on labels: `client.labels`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncLabels(self)

    @cached_property
    def events(self) -> resources.AsyncEvents:
        """The operations on events: `client.events`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncEvents(self)

    @cached_property
    def with_response(self) -> AsyncParcelsClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AsyncParcelsClientWithResponse(self)

    @cached_property
    def with_streaming(self) -> AsyncParcelsClientWithStreaming:
        """The methods that return a file or a text, each opening a download.

        The download is read while it arrives, in a `async with` statement.
        """
        return AsyncParcelsClientWithStreaming(self)


class AsyncParcelsClientWithResponse:
    """`AsyncParcelsClient`, each method returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def labels(self) -> resources.AsyncLabelsWithResponse:
        """The operations on labels: `client.labels`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncLabelsWithResponse(self._client)

    @cached_property
    def events(self) -> resources.AsyncEventsWithResponse:
        """The operations on events: `client.events`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncEventsWithResponse(self._client)


class AsyncParcelsClientWithStreaming:
    """`AsyncParcelsClient`, whose methods open downloads."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def labels(self) -> resources.AsyncLabelsWithStreaming:
        """The operations on labels: `client.labels`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncLabelsWithStreaming(self._client)
