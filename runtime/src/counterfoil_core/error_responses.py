"""Error responses: the exception for a status, headers and a body of any shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from . import errors
from .api import Api
from .errors import ApiError
from .redaction import Redact, redact_beginning
from .response import RawResponse
from .retry import read_retry_after
from .settings import Settings

SHOWN = 2_000  # characters of a body that an exception keeps
_SHOWN_TEXT = 500  # characters of a text that is not JSON
_READ = 16 * SHOWN  # characters of such a text that are read
_BY_STATUS = {
    401: "AuthenticationFailed",
    403: "PermissionDenied",
    404: "NotFound",
    408: "ServerError",
    409: "Conflict",
    410: "NotFound",
    412: "Conflict",
    429: "RateLimited",
}
_SHOWABLE = frozenset(
    """
    age allow cache-control cf-ray content-encoding content-language content-length content-type
    date etag last-modified ratelimit-limit ratelimit-remaining ratelimit-reset request-id
    retry-after server via x-cache x-correlation-id x-ratelimit-limit x-ratelimit-remaining
    x-ratelimit-reset x-request-id
    """.split()  # noqa: SIM905 -- to be read as text
)


class ErrorDetail(NamedTuple):
    """The parts of an error body, each None if it is absent."""

    code: str | None = None
    detail: str | None = None
    field: str | None = None


def make_error(
    settings: Settings,
    raw_response: RawResponse,
    error_detail: ErrorDetail,
    kind: str | None = None,
    now: float = 0.0,
) -> ApiError:
    """Return the exception for a response.

    `kind` is its name if the body determines it. Otherwise it depends on the status, first by the
    API's own meanings of statuses.
    """
    status = raw_response.status
    name = kind or settings.api.statuses.get(status) or _name_by_status(status)
    error: type[ApiError] = getattr(errors, name, ApiError)
    request_id = raw_response.request_id
    request_id = request_id and settings.redact(request_id)
    return error(
        _explain(raw_response.status, error_detail, error.advice, request_id),
        status=raw_response.status,
        code=error_detail.code,
        field=error_detail.field,
        detail=error_detail.detail,
        request_id=request_id,
        headers=show_headers(raw_response.headers, settings.api),
        body=show_body(raw_response.content, settings.redact),
        retry_after=read_retry_after(raw_response.headers, now),
    )


def read_error_detail(
    headers: Mapping[str, str], content: bytes, redact: Redact = str
) -> ErrorDetail:
    """Find code, message and field in an error body of any shape, redacted. Never raises.

    Known shapes: {"code", "message"} or {"code", "messages"}, alone, in an array, or inside of
    "error", "errors" or "fault"; {"type", "field", "description"} likewise; problem+json
    (RFC 9457); OAuth's {"error", "error_description"}. Everything else is a text.
    """
    try:
        parsed = msgspec.json.decode(content)
    except (ValueError, RecursionError):
        return ErrorDetail(detail=_read_text(headers, content, redact))
    if isinstance(parsed, str):
        return ErrorDetail(detail=redact_beginning(parsed.strip(), SHOWN, redact) or None)
    found = next(_walk_error_details(parsed), ErrorDetail())
    return ErrorDetail(*(part and redact_beginning(part, SHOWN, redact) for part in found))


def show_body(content: bytes, redact: Redact = str) -> str:
    """Return the beginning of a body as text. `redact` is applied before it is cut."""
    text = content[: 4 * _READ].decode("utf-8", "replace")
    return redact_beginning(text, SHOWN, redact)


def show_headers(headers: Mapping[str, str], api: Api) -> dict[str, str]:
    """Return the headers that are safe to log and to keep in an exception.

    An API can add its own; its secret headers are never among them.
    """
    shown = _SHOWABLE.union(map(str.lower, _list_safe_headers(api)))
    shown = shown.difference(map(str.lower, api.secret_headers))
    return {name: value for name, value in headers.items() if name in shown}


def _list_safe_headers(api: Api) -> tuple[str, ...]:
    rate_limit = () if api.rate_limit_header is None else (api.rate_limit_header,)
    return (*api.safe_headers, *api.request_id_headers, *rate_limit)


def _name_by_status(status: int) -> str:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return "ServerError"
    return "InvalidRequest" if status >= 400 else "ApiError"


def _explain(status: int, error_detail: ErrorDetail, advice: str, request_id: str | None) -> str:
    head = str(status)
    if error_detail.code:
        head += f" {error_detail.code}"
    if error_detail.field:
        head += f" at {error_detail.field!r}"
    detail = error_detail.detail or _describe_redirect(status)
    if detail:
        head += f": {detail.rstrip('.')}"
    tail = f" (request id {request_id})" if request_id else ""
    return f"{head}. {advice}{tail}"


def _describe_redirect(status: int) -> str:
    if status == 304:
        return "not modified, although the request did not ask whether it was"
    return "a redirect, which is not followed" if 300 <= status < 400 else ""


def _walk_error_details(node: Any, depth: int = 0) -> Iterator[ErrorDetail]:
    """Yield the error details in a body, the outermost first, which is the most reliable."""
    if depth > 4:
        return
    if isinstance(node, list):
        for entry in node[:20]:
            yield from _walk_error_details(entry, depth + 1)
    elif isinstance(node, dict):
        error_detail = _read_object(node)
        if any(error_detail):
            yield error_detail
        for name in ("error", "errors", "Error", "fault"):
            yield from _walk_error_details(node.get(name), depth + 1)


def _read_object(node: Mapping[str, Any]) -> ErrorDetail:
    return ErrorDetail(
        code=_pick(node, "code", "type", "error", "Code"),
        detail=_pick(
            node,
            "message",
            "messages",
            "detail",
            "description",
            "error_description",
            "Message",
            "title",
            "details",
        ),
        field=_pick(node, "field", "parameter", "pointer"),
    )


def _pick(node: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = node.get(name)
        if isinstance(value, list) and _are_texts(value):
            value = "; ".join(value)
        is_text = isinstance(value, (str, int)) and not isinstance(value, bool)
        if is_text and str(value).strip():
            return str(value)
    return None


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _read_text(headers: Mapping[str, str], content: bytes, redact: Redact) -> str | None:
    import re

    beginning = content[: 4 * _READ].decode("utf-8", "replace")
    text = redact_beginning(beginning, _READ, redact)
    is_html = "html" in headers.get("content-type", "")
    if is_html or text.lstrip().startswith("<"):
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        text = title[1] if title else re.sub(r"<[^>]*>", " ", text)
    return redact(" ".join(text.split()))[:_SHOWN_TEXT] or None
