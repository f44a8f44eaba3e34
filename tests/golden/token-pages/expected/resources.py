# Generated from specs/token-pages/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resource and its methods, sync and async."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Unpack

from counterfoil_core import UNSET, AsyncClient, Client, Page, RequestOptions, UnsetType
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method

from . import _operations, models


class Parcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        page_token: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.ParcelPage:
        """Show the parcels.

        Shows the parcels of a shop.

        Args:
            page_token: Token of the page to show.
            limit: Most parcels on a page.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A page of parcels.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return self._client.call(
            _operations.PARCELS_LIST, {"page_token": page_token, "limit": limit}, request_options
        )

    def iterate(
        self,
        *,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[models.Parcel]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `page_token` itself.

        Args:
            limit: Most parcels on a page.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {"limit": limit},
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> Iterator[Page[models.Parcel]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `page_token` itself.

        Args:
            limit: Most parcels on a page.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {"limit": limit},
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )


class ParcelsWithResponse:
    """The methods of `Parcels`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Parcels(wrap_client(client))
        self.list = wrap_method(resource.list)


class AsyncParcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        page_token: str | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.ParcelPage:
        """Show the parcels.

        Shows the parcels of a shop.

        Args:
            page_token: Token of the page to show.
            limit: Most parcels on a page.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A page of parcels.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return await self._client.call(
            _operations.PARCELS_LIST, {"page_token": page_token, "limit": limit}, request_options
        )

    def iterate(
        self,
        *,
        limit: int | UnsetType = UNSET,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[models.Parcel]:
        """Yield the items of all pages of `list`. A page is requested when it is reached. It sets
        `page_token` itself.

        Args:
            limit: Most parcels on a page.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.iterate(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {"limit": limit},
            max_pages=max_pages,
            options=request_options,
        )

    def pages(
        self,
        *,
        limit: int | UnsetType = UNSET,
        cursor: str | None = None,
        max_pages: int | None = None,
        **request_options: Unpack[RequestOptions],
    ) -> AsyncIterator[Page[models.Parcel]]:
        """Yield the pages of `list`, each with its items and a `cursor`, which can be stored to
        continue later. It sets `page_token` itself.

        Args:
            limit: Most parcels on a page.
            cursor: Where to continue: the `cursor` of a page that was read before.
            max_pages: Number of pages after which to stop; None reads all of them.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.
        """
        return self._client.pages(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {"limit": limit},
            cursor=cursor,
            max_pages=max_pages,
            options=request_options,
        )


class AsyncParcelsWithResponse:
    """The methods of `AsyncParcels`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncParcels(wrap_client(client))
        self.list = wrap_async_method(resource.list)
