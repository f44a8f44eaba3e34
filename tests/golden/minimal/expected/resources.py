# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resource and its methods, sync and async."""

from __future__ import annotations

from typing import Unpack

from counterfoil_core import AsyncClient, Client, RequestOptions
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method

from . import _operations, models


class Parcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(self, **request_options: Unpack[RequestOptions]) -> models.Parcel:
        """Show the parcels.

        Shows the parcels of a shop.

        Args:
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A parcel on its way.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return self._client.call(_operations.PARCELS_LIST, {}, request_options)


class ParcelsWithResponse:
    """The methods of `Parcels`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Parcels(wrap_client(client))
        self.list = wrap_method(resource.list)


class AsyncParcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(self, **request_options: Unpack[RequestOptions]) -> models.Parcel:
        """Show the parcels.

        Shows the parcels of a shop.

        Args:
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A parcel on its way.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return await self._client.call(_operations.PARCELS_LIST, {}, request_options)


class AsyncParcelsWithResponse:
    """The methods of `AsyncParcels`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncParcels(wrap_client(client))
        self.list = wrap_async_method(resource.list)
