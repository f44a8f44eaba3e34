# Generated from specs/argument-types/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resource and its methods, sync and async."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Unpack

from counterfoil_core import UNSET, AsyncClient, Client, RequestOptions, UnsetType
from counterfoil_core.types import SequenceNotStr
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method

from . import _operations, models

if TYPE_CHECKING:
    from . import dicts


class Parcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def create(
        self,
        things: SequenceNotStr[models.Thing | dicts.ThingDict],
        *,
        notify: SequenceNotStr[models.StateInput2] | UnsetType = UNSET,
        state: models.StateInput2 | UnsetType = UNSET,
        file: models.FileInput2 | UnsetType = UNSET,
        by_day: Mapping[str, models.Thing | dicts.ThingDict] | UnsetType = UNSET,
        extra: models.Extra | UnsetType = UNSET,
        payment: models.Card | models.Cash | UnsetType = UNSET,
        gift: models.Thing | dicts.ThingDict | None | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.Answer:
        """Create a parcel.

        Creates a parcel and returns its state.

        Args:
            things: Things in a parcel.
            notify: States of which the sender is told.
            state: State of a parcel.
            file: An enum whose alias would hide FileInput.
            by_day: Things by the day they are sent.
            extra: A thing, or a book.
            payment: A card, or cash.
            gift: A thing that is added, or null.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The state of a parcel, and what was in it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `createParcel`, POST /parcels
        Source: https://parcels.example/docs
        """
        return self._client.call(
            _operations.PARCELS_CREATE,
            {
                "things": things,
                "notify": notify,
                "state": state,
                "file": file,
                "by_day": by_day,
                "extra": extra,
                "payment": payment,
                "gift": gift,
            },
            request_options,
        )


class ParcelsWithResponse:
    """The methods of `Parcels`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Parcels(wrap_client(client))
        self.create = wrap_method(resource.create)


class AsyncParcels:
    """The operations on parcels: `client.parcels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def create(
        self,
        things: SequenceNotStr[models.Thing | dicts.ThingDict],
        *,
        notify: SequenceNotStr[models.StateInput2] | UnsetType = UNSET,
        state: models.StateInput2 | UnsetType = UNSET,
        file: models.FileInput2 | UnsetType = UNSET,
        by_day: Mapping[str, models.Thing | dicts.ThingDict] | UnsetType = UNSET,
        extra: models.Extra | UnsetType = UNSET,
        payment: models.Card | models.Cash | UnsetType = UNSET,
        gift: models.Thing | dicts.ThingDict | None | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.Answer:
        """Create a parcel.

        Creates a parcel and returns its state.

        Args:
            things: Things in a parcel.
            notify: States of which the sender is told.
            state: State of a parcel.
            file: An enum whose alias would hide FileInput.
            by_day: Things by the day they are sent.
            extra: A thing, or a book.
            payment: A card, or cash.
            gift: A thing that is added, or null.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The state of a parcel, and what was in it.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived although
        no response came.

        Vendor's name: `createParcel`, POST /parcels
        Source: https://parcels.example/docs
        """
        return await self._client.call(
            _operations.PARCELS_CREATE,
            {
                "things": things,
                "notify": notify,
                "state": state,
                "file": file,
                "by_day": by_day,
                "extra": extra,
                "payment": payment,
                "gift": gift,
            },
            request_options,
        )


class AsyncParcelsWithResponse:
    """The methods of `AsyncParcels`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncParcels(wrap_client(client))
        self.create = wrap_async_method(resource.create)
