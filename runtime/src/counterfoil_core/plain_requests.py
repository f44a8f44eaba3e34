"""Requests that an API's description lacks: what `client.request` sends and returns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from .addresses import encode_path
from .api import Api, Body, Operation, Parameter, Retry
from .decode import is_json, make_decode_error
from .errors import InvalidRequest
from .options import RequestOptions
from .response import RawResponse, Response

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_CONTROL = re.compile(r"[\x00-\x20\x7f?#]")
_ANY_RESPONSE = dict.fromkeys(range(200, 300), bytes)


class PlainRequest(RequestOptions, total=False):
    """The arguments of `client.request` after method and path; see `RequestOptions` for the rest.

    `query` has one value, or a list of values, for each name. `content_type` belongs to `content`
    and is application/octet-stream by default.
    """

    query: Mapping[str, object]
    json: object
    content: bytes
    content_type: str
    retry: Retry


class PlannedRequest(NamedTuple):
    """An operation for one request, with its arguments and options."""

    operation: Operation[bytes]
    arguments: dict[str, Any]
    options: RequestOptions


def plan_request(api: Api, method: str, path: str, given: PlainRequest) -> PlannedRequest:
    """Return the operation for a request.

    Raises InvalidRequest if method, path or body cannot be sent, and TypeError for an argument
    that does not exist.
    """
    _check(method, path, given)
    query = given.get("query", {})
    parameters = [
        Parameter(name=f"query {name}", wire=name, location="query", type=Any) for name in query
    ]
    arguments = {f"query {name}": value for name, value in query.items()}
    body = None
    if "json" in given:
        body = Body(type=Any, argument="json")
        arguments["json"] = given["json"]
    elif "content" in given:
        media_type = given.get("content_type", "application/octet-stream")
        body = Body(type=bytes, media_type=media_type, argument="content")
        arguments["content"] = given["content"]
    operation: Operation[bytes] = Operation(
        name=f"{method} {path}",
        operation_id="",
        method=method,
        path=encode_path(path),
        retry=given.get("retry", "safe" if method in _READING else "never"),
        parameters=tuple(parameters),
        body=body,
        accept="application/json, */*;q=0.5",
        responses=_ANY_RESPONSE,
        security=tuple(sorted(api.credentials, key=len, reverse=True)),
        is_documented=False,
    )
    own = PlainRequest.__optional_keys__ - RequestOptions.__optional_keys__
    options: Any = {name: value for name, value in given.items() if name not in own}
    return PlannedRequest(operation, arguments, options)


def read_plain_response(response: Response[bytes]) -> Response[Any]:
    """Return the response with its value decoded by its content type.

    Raises DecodeError if it claims to be JSON or text, and is not.
    """
    content = response.raw
    media_type = response.headers.get("content-type", "")
    value: Any = content or None
    try:
        if content and is_json(media_type):
            value = msgspec.json.Decoder(float_hook=Decimal).decode(content)
        elif content and media_type.strip().lower().startswith("text/"):
            value = content.decode()
    except (ValueError, RecursionError) as error:
        raw_response = RawResponse(
            status=response.status,
            headers=response.headers,
            content=content,
            request_id=response.request_id,
        )
        raise make_decode_error(raw_response, str(error)) from error
    changed: Response[Any] = structs.replace(response, value=value)
    return changed


def _check(method: str, path: str, given: PlainRequest) -> None:
    if method not in _METHODS:
        raise _refuse("method", f"must be one of {', '.join(_METHODS)}, not {method!r}")
    is_path = path.startswith("/") and not path.startswith("//")
    if not is_path or _CONTROL.search(path):
        raise _refuse(
            "path", "must begin with one slash, without host, query, blanks or line breaks"
        )
    if any(part in (".", "..") for part in path.split("/")):
        raise _refuse("path", "must not contain the segments . and ..")
    if "json" in given and "content" in given:
        raise _refuse("json", "cannot be sent together with content")
    retry = given.get("retry", "safe")
    if retry not in ("safe", "keyed", "never"):
        raise _refuse("retry", f"must be safe, keyed or never, not {retry!r}")


def _refuse(field: str, problem: str) -> InvalidRequest:
    violation = f"{field}: {problem}"
    return InvalidRequest(f"not sent: {violation}", field=field, violations=(violation,))
