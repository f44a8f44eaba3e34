# Generated from specs/files-and-events/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The resources and their methods, sync and async."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Unpack

from counterfoil_core import UNSET, AsyncClient, Client, RequestOptions, UnsetType
from counterfoil_core.multipart import FileInput
from counterfoil_core.streaming import AsyncEventStream, EventStream
from counterfoil_core.types import SequenceNotStr
from counterfoil_core.with_response import wrap_async_method, wrap_client, wrap_method
from counterfoil_core.with_streaming import (
    wrap_async_streaming_client,
    wrap_async_streaming_method,
    wrap_streaming_client,
    wrap_streaming_method,
)

from . import _operations, models


class Labels:
    """The operations on labels: `client.labels`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def upload(
        self,
        label: FileInput,
        *,
        photos: SequenceNotStr[FileInput] | UnsetType = UNSET,
        note: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.Label:
        """Upload a label.

        Stores the label of a parcel, with photos of it.

        Args:
            label: The label as PDF.
            photos: Photos of the parcel.
            note: A note for the carrier.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A label that is stored.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: each call sends a new key in the header Idempotency-Key, by which the vendor
        recognizes a repeated request, so it is sent again after a transport error, a 429 or a
        5xx.

        Vendor's name: `uploadLabel`, POST /labels
        Source: https://parcels.example/docs
        """
        return self._client.call(
            _operations.LABELS_UPLOAD,
            {"label": label, "photos": photos, "note": note},
            request_options,
        )

    def download(self, id: int, **request_options: Unpack[RequestOptions]) -> bytes:
        """Download a label.

        Returns the label of a parcel as it was uploaded.

        Args:
            id: Identifier of the label.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The response's bytes. The method of `client.with_streaming` reads it while it
        arrives.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `downloadLabel`, GET /labels/{id}
        Source: https://parcels.example/docs
        """
        return self._client.call(_operations.LABELS_DOWNLOAD, {"id": id}, request_options)

    def replace(self, id: int, file: FileInput, **request_options: Unpack[RequestOptions]) -> None:
        """Replace a label.

        Replaces the label of a parcel.

        Args:
            id: Identifier of the label.
            file: The file: bytes, a `pathlib.Path`, an open binary file, or a
                `counterfoil_core.File`.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `replaceLabel`, PUT /labels/{id}
        Source: https://parcels.example/docs
        """
        return self._client.call(
            _operations.LABELS_REPLACE, {"id": id, "file": file}, request_options
        )


class LabelsWithResponse:
    """The methods of `Labels`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Labels(wrap_client(client))
        self.upload = wrap_method(resource.upload)
        self.download = wrap_method(resource.download)
        self.replace = wrap_method(resource.replace)


class LabelsWithStreaming:
    """The methods of `Labels` that return a file or a text, each opening a download."""

    def __init__(self, client: Client) -> None:
        resource = Labels(wrap_streaming_client(client))
        self.download = wrap_streaming_method(resource.download)


class AsyncLabels:
    """The operations on labels: `client.labels`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def upload(
        self,
        label: FileInput,
        *,
        photos: SequenceNotStr[FileInput] | UnsetType = UNSET,
        note: str | UnsetType = UNSET,
        **request_options: Unpack[RequestOptions],
    ) -> models.Label:
        """Upload a label.

        Stores the label of a parcel, with photos of it.

        Args:
            label: The label as PDF.
            photos: Photos of the parcel.
            note: A note for the carrier.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A label that is stored.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: each call sends a new key in the header Idempotency-Key, by which the vendor
        recognizes a repeated request, so it is sent again after a transport error, a 429 or a
        5xx.

        Vendor's name: `uploadLabel`, POST /labels
        Source: https://parcels.example/docs
        """
        return await self._client.call(
            _operations.LABELS_UPLOAD,
            {"label": label, "photos": photos, "note": note},
            request_options,
        )

    async def download(self, id: int, **request_options: Unpack[RequestOptions]) -> bytes:
        """Download a label.

        Returns the label of a parcel as it was uploaded.

        Args:
            id: Identifier of the label.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: The response's bytes. The method of `client.with_streaming` reads it while it
        arrives.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `downloadLabel`, GET /labels/{id}
        Source: https://parcels.example/docs
        """
        return await self._client.call(_operations.LABELS_DOWNLOAD, {"id": id}, request_options)

    async def replace(
        self, id: int, file: FileInput, **request_options: Unpack[RequestOptions]
    ) -> None:
        """Replace a label.

        Replaces the label of a parcel.

        Args:
            id: Identifier of the label.
            file: The file: bytes, a `pathlib.Path`, an open binary file, or a
                `counterfoil_core.File`.
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: None; the response has no body.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: repeating it has the same effect, so it is sent again after a transport error,
        a 429 or a 5xx.

        Vendor's name: `replaceLabel`, PUT /labels/{id}
        Source: https://parcels.example/docs
        """
        return await self._client.call(
            _operations.LABELS_REPLACE, {"id": id, "file": file}, request_options
        )


class AsyncLabelsWithResponse:
    """The methods of `AsyncLabels`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncLabels(wrap_client(client))
        self.upload = wrap_async_method(resource.upload)
        self.download = wrap_async_method(resource.download)
        self.replace = wrap_async_method(resource.replace)


class AsyncLabelsWithStreaming:
    """The methods of `AsyncLabels` that return a file or a text, each opening a download."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncLabels(wrap_async_streaming_client(client))
        self.download = wrap_async_streaming_method(resource.download)


class Events:
    """The operations on events: `client.events`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def watch(
        self, **request_options: Unpack[RequestOptions]
    ) -> AbstractContextManager[EventStream[models.Move]]:
        """Watch what happens.

        Sends an event for each parcel that moves.

        Args:
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A context manager: `with` opens the stream, which is iterated for at most the
        call's `timeout`. The `data` of each event: A parcel that moved.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `watchEvents`, GET /events
        Source: https://parcels.example/docs
        """
        return self._client.stream_events(_operations.EVENTS_WATCH, {}, request_options)


class EventsWithResponse:
    """The methods of `Events`, each returning a `Response`."""

    def __init__(self, client: Client) -> None:
        resource = Events(wrap_client(client))


class AsyncEvents:
    """The operations on events: `client.events`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    def watch(
        self, **request_options: Unpack[RequestOptions]
    ) -> AbstractAsyncContextManager[AsyncEventStream[models.Move]]:
        """Watch what happens.

        Sends an event for each parcel that moves.

        Args:
            **request_options: Options of this call; see `counterfoil_core.RequestOptions`.

        Returns: A context manager: `async with` opens the stream, which is iterated for at most
        the call's `timeout`. The `data` of each event: A parcel that moved.

        Raises:
            InvalidRequest: An argument violates a documented limit (then nothing is sent), or
                the vendor rejects the request.
            CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.

        Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.

        Vendor's name: `watchEvents`, GET /events
        Source: https://parcels.example/docs
        """
        return self._client.stream_events(_operations.EVENTS_WATCH, {}, request_options)


class AsyncEventsWithResponse:
    """The methods of `AsyncEvents`, each returning a `Response`."""

    def __init__(self, client: AsyncClient) -> None:
        resource = AsyncEvents(wrap_client(client))
