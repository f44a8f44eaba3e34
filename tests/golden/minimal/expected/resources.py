# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What can be called, resource by resource: sync and async, and both again returning a `Response`."""

from __future__ import annotations

from counterfoil_core import AsyncClient, Client, Response

from . import _operations, models


class Parcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(self) -> models.Parcel:
        """Show the parcels.

        Shows the parcels of a shop.

        Returns: A parcel on its way.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return self._client.call(_operations.PARCELS_LIST, {})


class AsyncParcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(self) -> models.Parcel:
        """Show the parcels.

        Shows the parcels of a shop.

        Returns: A parcel on its way.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.

        Vendor's name: `listParcels`, GET /parcels
        Source: https://parcels.example/docs
        """
        return await self._client.call(_operations.PARCELS_LIST, {})


class ParcelsWithResponse:
    """`Parcels`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(self) -> Response[models.Parcel]:
        """Do as `Parcels.list`, and return the answer's status and headers with the value."""
        return self._client.call_with_response(_operations.PARCELS_LIST, {})


class AsyncParcelsWithResponse:
    """`AsyncParcels`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(self) -> Response[models.Parcel]:
        """Do as `AsyncParcels.list`, and return the answer's status and headers with the value."""
        return await self._client.call_with_response(_operations.PARCELS_LIST, {})
