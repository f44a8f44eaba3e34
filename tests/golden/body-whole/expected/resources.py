# Generated from specs/body-whole/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resource and its methods, sync and async."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Unpack

from counterfoil_core import AsyncClient, Client, RequestOptions
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method

from . import _operations, models

if TYPE_CHECKING:
    from . import dicts


class Parcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def replace(
        self,
        key: str,
        form: models.ParcelForm | dicts.ParcelFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Replace a parcel.

        Creates a parcel under a key, or replaces it.

        Args:
            key: Key of the parcel.
            form: A parcel to create.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putParcel`, PUT /parcels/{key}
        Source: https://parcels.example/docs
        """
        warnings.warn("replace is deprecated: use parcels.update", DeprecationWarning, stacklevel=2)
        return self._client.call(
            _operations.PARCELS_REPLACE, {"key": key, "form": form}, request_options
        )

    def update(
        self,
        key: str,
        form: models.ParcelForm | dicts.ParcelFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Change a parcel.

        Changes a parcel that is there.

        Args:
            key: Key of the parcel.
            form: A parcel to create.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `patchParcel`, PATCH /parcels/{key}
        Source: https://parcels.example/docs
        """
        return self._client.call(
            _operations.PARCELS_UPDATE, {"key": key, "form": form}, request_options
        )


class ParcelsWithResponse:
    """The methods of `Parcels`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Parcels(wrap_client(client))
        self.replace = wrap_method(resource.replace)
        self.update = wrap_method(resource.update)


class AsyncParcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def replace(
        self,
        key: str,
        form: models.ParcelForm | dicts.ParcelFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Replace a parcel.

        Creates a parcel under a key, or replaces it.

        Args:
            key: Key of the parcel.
            form: A parcel to create.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `putParcel`, PUT /parcels/{key}
        Source: https://parcels.example/docs
        """
        warnings.warn("replace is deprecated: use parcels.update", DeprecationWarning, stacklevel=2)
        return await self._client.call(
            _operations.PARCELS_REPLACE, {"key": key, "form": form}, request_options
        )

    async def update(
        self,
        key: str,
        form: models.ParcelForm | dicts.ParcelFormDict,
        **request_options: Unpack[RequestOptions],
    ) -> None:
        """Change a parcel.

        Changes a parcel that is there.

        Args:
            key: Key of the parcel.
            form: A parcel to create.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `patchParcel`, PATCH /parcels/{key}
        Source: https://parcels.example/docs
        """
        return await self._client.call(
            _operations.PARCELS_UPDATE, {"key": key, "form": form}, request_options
        )


class AsyncParcelsWithResponse:
    """The methods of `AsyncParcels`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncParcels(wrap_client(client))
        self.replace = wrap_async_method(resource.replace)
        self.update = wrap_async_method(resource.update)
