"""The types that `connect` and `connect_async` return, for type checkers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast, overload

if TYPE_CHECKING:
    from counterfoil_amazon import AmazonClient, AsyncAmazonClient
    from counterfoil_flow import AsyncFlowClient, FlowClient
    from counterfoil_open2b_admin import AsyncOpen2bAdminClient, Open2bAdminClient
    from counterfoil_open2b_storefront import AsyncOpen2bStorefrontClient, Open2bStorefrontClient
    from counterfoil_vtex import AsyncVtexClient, VtexClient

    from ..accounts import Account


class Connect(Protocol):
    """A function that returns a client for an account."""

    @overload
    def __call__(self, account: Account[Literal["amazon"]], **options: Any) -> AmazonClient: ...
    @overload
    def __call__(self, account: Account[Literal["flow"]], **options: Any) -> FlowClient: ...
    @overload
    def __call__(
        self, account: Account[Literal["open2b-admin"]], **options: Any
    ) -> Open2bAdminClient: ...
    @overload
    def __call__(
        self, account: Account[Literal["open2b-storefront"]], **options: Any
    ) -> Open2bStorefrontClient: ...
    @overload
    def __call__(self, account: Account[Literal["vtex"]], **options: Any) -> VtexClient: ...
    @overload
    def __call__(self, account: Account[str], **options: Any) -> Any: ...


class ConnectAsync(Protocol):
    """A function that returns an async client for an account."""

    @overload
    def __call__(
        self, account: Account[Literal["amazon"]], **options: Any
    ) -> AsyncAmazonClient: ...
    @overload
    def __call__(self, account: Account[Literal["flow"]], **options: Any) -> AsyncFlowClient: ...
    @overload
    def __call__(
        self, account: Account[Literal["open2b-admin"]], **options: Any
    ) -> AsyncOpen2bAdminClient: ...
    @overload
    def __call__(
        self, account: Account[Literal["open2b-storefront"]], **options: Any
    ) -> AsyncOpen2bStorefrontClient: ...
    @overload
    def __call__(self, account: Account[Literal["vtex"]], **options: Any) -> AsyncVtexClient: ...
    @overload
    def __call__(self, account: Account[str], **options: Any) -> Any: ...


def has_client_type(function: Callable[..., Any]) -> Connect:
    """Declare that a function returns the client of an account's provider."""
    return cast("Connect", function)


def has_async_client_type(function: Callable[..., Any]) -> ConnectAsync:
    """Declare that a function returns the async client of an account's provider."""
    return cast("ConnectAsync", function)
