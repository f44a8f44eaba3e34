# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The clients of Flow Commerce consumer invoices."""

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


class FlowClient(Client):
    """Client of Flow Commerce consumer invoices.

    Args:
        token: API token of the organization. It is the user name of basic authentication,
            and the password is empty. Flow's own client takes bearer tokens as well, which this
            one does not. Environment: `COUNTERFOIL_FLOW_TOKEN`.
        organization: The organization's account identifier at Flow, such as the name of a
            shop. A call may name another. Environment: `COUNTERFOIL_FLOW_ORGANIZATION`.
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
        token: str | None = None,
        organization: str | None = None,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Transport | httpx2.BaseTransport | httpx2.Client | None = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        token = _hide(token)
        given = {"token": token, "organization": organization}
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
    def consumer_invoices(self) -> resources.ConsumerInvoices:
        """The operations on consumer invoices: `client.consumer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.ConsumerInvoices(self)

    @cached_property
    def credit_memos(self) -> resources.CreditMemos:
        """The operations on credit memos: `client.credit_memos`."""
        with FIRST_USE:
            from . import resources

        return resources.CreditMemos(self)

    @cached_property
    def with_response(self) -> FlowClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return FlowClientWithResponse(self)


class FlowClientWithResponse:
    """`FlowClient`, each method returning a `Response`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @cached_property
    def consumer_invoices(self) -> resources.ConsumerInvoicesWithResponse:
        """The operations on consumer invoices: `client.consumer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.ConsumerInvoicesWithResponse(self._client)

    @cached_property
    def credit_memos(self) -> resources.CreditMemosWithResponse:
        """The operations on credit memos: `client.credit_memos`."""
        with FIRST_USE:
            from . import resources

        return resources.CreditMemosWithResponse(self._client)


class AsyncFlowClient(AsyncClient):
    """Client of Flow Commerce consumer invoices.

    Args:
        token: API token of the organization. It is the user name of basic authentication,
            and the password is empty. Flow's own client takes bearer tokens as well, which this
            one does not. Environment: `COUNTERFOIL_FLOW_TOKEN`.
        organization: The organization's account identifier at Flow, such as the name of a
            shop. A call may name another. Environment: `COUNTERFOIL_FLOW_ORGANIZATION`.
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
        token: str | None = None,
        organization: str | None = None,
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
        token = _hide(token)
        given = {"token": token, "organization": organization}
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
    def consumer_invoices(self) -> resources.AsyncConsumerInvoices:
        """The operations on consumer invoices: `client.consumer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncConsumerInvoices(self)

    @cached_property
    def credit_memos(self) -> resources.AsyncCreditMemos:
        """The operations on credit memos: `client.credit_memos`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncCreditMemos(self)

    @cached_property
    def with_response(self) -> AsyncFlowClientWithResponse:
        """The same methods, each returning a `Response`: value, status, headers, raw bytes."""
        return AsyncFlowClientWithResponse(self)


class AsyncFlowClientWithResponse:
    """`AsyncFlowClient`, each method returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    @cached_property
    def consumer_invoices(self) -> resources.AsyncConsumerInvoicesWithResponse:
        """The operations on consumer invoices: `client.consumer_invoices`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncConsumerInvoicesWithResponse(self._client)

    @cached_property
    def credit_memos(self) -> resources.AsyncCreditMemosWithResponse:
        """The operations on credit memos: `client.credit_memos`."""
        with FIRST_USE:
            from . import resources

        return resources.AsyncCreditMemosWithResponse(self._client)
