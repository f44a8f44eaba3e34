# Generated from specs/token-pages/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What can be called, resource by resource: sync and async, and both again returning a `Response`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from counterfoil_core import UNSET, AsyncClient, Client, Page, Response, UnsetType

from . import _operations, models


class Parcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(self, *, page_token: str | UnsetType = UNSET, limit: int | UnsetType = UNSET) -> models.ParcelPage:
        """Show the parcels.

        Shows the parcels of a shop.

        Args:
            page_token: Token of the page to show.
            limit: Most parcels on a page.

        Returns: A page of parcels.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return self._client.call(
            _operations.PARCELS_LIST,
            {
                "page_token": page_token,
                "limit": limit,
            },
        )

    def iterate(self, *, limit: int | UnsetType = UNSET, max_pages: int | None = None) -> Iterator[models.Parcel]:
        """Yield every item over all pages of `list`, fetching a page when it is needed. Sets `page_token` by
        itself.

        Args:
            limit: Most parcels on a page.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.iterate(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {
                "limit": limit,
            },
            max_pages=max_pages,
        )

    def pages(
        self, *, limit: int | UnsetType = UNSET, cursor: str | None = None, max_pages: int | None = None
    ) -> Iterator[Page[models.Parcel]]:
        """Yield the pages of `list`, each with its items and a `cursor` to store and go on from. Sets
        `page_token` by itself.

        Args:
            limit: Most parcels on a page.
            cursor: Where to go on: the `cursor` of a page read before.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.pages(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
        )


class AsyncParcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(self, *, page_token: str | UnsetType = UNSET, limit: int | UnsetType = UNSET) -> models.ParcelPage:
        """Show the parcels.

        Shows the parcels of a shop.

        Args:
            page_token: Token of the page to show.
            limit: Most parcels on a page.

        Returns: A page of parcels.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return await self._client.call(
            _operations.PARCELS_LIST,
            {
                "page_token": page_token,
                "limit": limit,
            },
        )

    def iterate(self, *, limit: int | UnsetType = UNSET, max_pages: int | None = None) -> AsyncIterator[models.Parcel]:
        """Yield every item over all pages of `list`, fetching a page when it is needed. Sets `page_token` by
        itself.

        Args:
            limit: Most parcels on a page.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.iterate(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {
                "limit": limit,
            },
            max_pages=max_pages,
        )

    def pages(
        self, *, limit: int | UnsetType = UNSET, cursor: str | None = None, max_pages: int | None = None
    ) -> AsyncIterator[Page[models.Parcel]]:
        """Yield the pages of `list`, each with its items and a `cursor` to store and go on from. Sets
        `page_token` by itself.

        Args:
            limit: Most parcels on a page.
            cursor: Where to go on: the `cursor` of a page read before.
            max_pages: Stop after so many pages; None reads them all.
        """
        return self._client.pages(
            _operations.PARCELS_LIST,
            _operations.PARCELS_LIST_PAGES,
            {
                "limit": limit,
            },
            cursor=cursor,
            max_pages=max_pages,
        )


class ParcelsWithResponse:
    """`Parcels`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self, *, page_token: str | UnsetType = UNSET, limit: int | UnsetType = UNSET
    ) -> Response[models.ParcelPage]:
        """Do as `Parcels.list`, and return the answer's status and headers with the value."""
        return self._client.call_with_response(
            _operations.PARCELS_LIST,
            {
                "page_token": page_token,
                "limit": limit,
            },
        )


class AsyncParcelsWithResponse:
    """`AsyncParcels`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self, *, page_token: str | UnsetType = UNSET, limit: int | UnsetType = UNSET
    ) -> Response[models.ParcelPage]:
        """Do as `AsyncParcels.list`, and return the answer's status and headers with the value."""
        return await self._client.call_with_response(
            _operations.PARCELS_LIST,
            {
                "page_token": page_token,
                "limit": limit,
            },
        )
