"""Responses of a call: decoded and raw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Generic, TypeVar

from msgspec import Struct

from .locks import FIRST_USE

ResultT = TypeVar("ResultT")

REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id")  # common to many APIs


class Response(Struct, Generic[ResultT], frozen=True, kw_only=True):
    """A successful response with its decoded value.

    `value` is the method's result and `raw` the decompressed body. `headers` have lower-case names
    and no cookies. `attempts` counts the requests sent, `elapsed` is the duration of the whole call
    including waits. `kind` is the type that the body was decoded to, or None if unknown, and `tags`
    lists its models with several tags.
    """

    value: ResultT
    status: int
    headers: Mapping[str, str]
    request_id: str | None
    attempts: int
    elapsed: timedelta
    raw: bytes
    kind: Any = None
    tags: Mapping[str, tuple[str, ...]] = {}

    def unknown_fields(self) -> dict[str, bytes]:
        """Return the fields of the response that its models do not declare.

        The keys are JSON pointers (RFC 6901) such as "/invoices/0/newField", the values raw JSON.
        The result is empty if there are no such fields or the body is not JSON. The body is
        searched at each call.
        """
        with FIRST_USE:
            from .unknown_fields import find_unknown

        found = find_unknown(self.raw, self.kind, self.tags)
        return {field.pointer: field.raw for field in found}

    def __repr__(self) -> str:
        details = f"request_id={self.request_id!r} attempts={self.attempts} bytes={len(self.raw)}"
        return f"<Response {self.status} {details}>"


class RawResponse(Struct, frozen=True, kw_only=True):
    """A response of any status, read to its end. The repr shows neither headers nor body.

    `request_id` is None until the header of the API is known.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    request_id: str | None = None
    stream: Any = None  # the body, if it is still to be read; then `content` is empty

    def __repr__(self) -> str:
        return f"<RawResponse {self.status} bytes={len(self.content)}>"


def find_request_id(headers: Mapping[str, str], names: tuple[str, ...] = ()) -> str | None:
    """Return the request id, by which the vendor's support can find the request.

    The API's own header `names` are tried first, in any case, then names common to many APIs.
    """
    for name in names:
        if name.lower() in headers:
            return headers[name.lower()]
    for name in REQUEST_IDS:
        if name in headers:
            return headers[name]
    return None
