# Generated from specs/body-whole/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What can be called, resource by resource: sync and async, and both again returning a `Response`."""

from __future__ import annotations

import warnings

from counterfoil_core import AsyncClient, Client, Response

from . import _operations, models


class Parcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def replace(self, key: str, form: models.ParcelForm) -> None:
        """Replace a parcel.

        Creates a parcel under a key, or replaces it.

        Args:
            key: Key of the parcel.
            form: A parcel to create.

        Returns: nothing; the answer is empty.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: repeating it has the same effect, so it is sent again after a transport fault, a 429 or a
        5xx.

        Vendor's name: `putParcel`, PUT /parcels/{key}
        Source: https://parcels.example/docs
        """
        warnings.warn("replace is deprecated: use parcels.update", DeprecationWarning, stacklevel=2)
        return self._client.call(
            _operations.PARCELS_REPLACE,
            {
                "key": key,
                "form": form,
            },
        )

    def update(self, key: str, form: models.ParcelForm) -> None:
        """Change a parcel.

        Changes a parcel that is there.

        Args:
            key: Key of the parcel.
            form: A parcel to create.

        Returns: nothing; the answer is empty.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: repeating it has the same effect, so it is sent again after a transport fault, a 429 or a
        5xx.

        Vendor's name: `patchParcel`, PATCH /parcels/{key}
        Source: https://parcels.example/docs
        """
        return self._client.call(
            _operations.PARCELS_UPDATE,
            {
                "key": key,
                "form": form,
            },
        )


class AsyncParcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def replace(self, key: str, form: models.ParcelForm) -> None:
        """Replace a parcel.

        Creates a parcel under a key, or replaces it.

        Args:
            key: Key of the parcel.
            form: A parcel to create.

        Returns: nothing; the answer is empty.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: repeating it has the same effect, so it is sent again after a transport fault, a 429 or a
        5xx.

        Vendor's name: `putParcel`, PUT /parcels/{key}
        Source: https://parcels.example/docs
        """
        warnings.warn("replace is deprecated: use parcels.update", DeprecationWarning, stacklevel=2)
        return await self._client.call(
            _operations.PARCELS_REPLACE,
            {
                "key": key,
                "form": form,
            },
        )

    async def update(self, key: str, form: models.ParcelForm) -> None:
        """Change a parcel.

        Changes a parcel that is there.

        Args:
            key: Key of the parcel.
            form: A parcel to create.

        Returns: nothing; the answer is empty.

        Raises:
            InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.
            CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.

        Retries: repeating it has the same effect, so it is sent again after a transport fault, a 429 or a
        5xx.

        Vendor's name: `patchParcel`, PATCH /parcels/{key}
        Source: https://parcels.example/docs
        """
        return await self._client.call(
            _operations.PARCELS_UPDATE,
            {
                "key": key,
                "form": form,
            },
        )


class ParcelsWithResponse:
    """`Parcels`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def replace(self, key: str, form: models.ParcelForm) -> Response[None]:
        """Do as `Parcels.replace`, and return the answer's status and headers with the value."""
        warnings.warn("replace is deprecated: use parcels.update", DeprecationWarning, stacklevel=2)
        return self._client.call_with_response(
            _operations.PARCELS_REPLACE,
            {
                "key": key,
                "form": form,
            },
        )

    def update(self, key: str, form: models.ParcelForm) -> Response[None]:
        """Do as `Parcels.update`, and return the answer's status and headers with the value."""
        return self._client.call_with_response(
            _operations.PARCELS_UPDATE,
            {
                "key": key,
                "form": form,
            },
        )


class AsyncParcelsWithResponse:
    """`AsyncParcels`, each method returning a `Response`: the value with its status, headers and raw bytes."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def replace(self, key: str, form: models.ParcelForm) -> Response[None]:
        """Do as `AsyncParcels.replace`, and return the answer's status and headers with the value."""
        warnings.warn("replace is deprecated: use parcels.update", DeprecationWarning, stacklevel=2)
        return await self._client.call_with_response(
            _operations.PARCELS_REPLACE,
            {
                "key": key,
                "form": form,
            },
        )

    async def update(self, key: str, form: models.ParcelForm) -> Response[None]:
        """Do as `AsyncParcels.update`, and return the answer's status and headers with the value."""
        return await self._client.call_with_response(
            _operations.PARCELS_UPDATE,
            {
                "key": key,
                "form": form,
            },
        )
