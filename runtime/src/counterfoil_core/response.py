"""What a call gives beside its value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Generic, TypeVar

from msgspec import Struct

ResultT = TypeVar("ResultT")

REQUEST_IDS = ("x-amzn-requestid", "x-request-id", "request-id", "x-flow-request-id", "x-correlation-id")


class Response(Struct, Generic[ResultT], frozen=True, kw_only=True):
    """A successful answer, whole.

    `value` is what the plain method returns, `raw` the decompressed body it was read from (fields that the
    model does not know can be read there), `headers` are by lower-case name, without cookies. `attempts`
    counts the requests that were sent, `elapsed` is the time of the whole call with its waits.
    """

    value: ResultT
    status: int
    headers: Mapping[str, str]
    request_id: str | None
    attempts: int
    elapsed: timedelta
    raw: bytes

    def __repr__(self) -> str:
        return f"<Response {self.status} request_id={self.request_id!r} attempts={self.attempts} bytes={len(self.raw)}>"


class Reply(Struct, frozen=True, kw_only=True):
    """An answer read to its end, whatever its status."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def find_request_id(headers: Mapping[str, str]) -> str | None:
    """The id by which the vendor's support finds the request, under whichever name it came."""
    return next((headers[name] for name in REQUEST_IDS if name in headers), None)
