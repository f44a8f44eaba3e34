"""What a refusing answer says: from status, headers and a body of any shape to the exception to raise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from . import errors
from .configuration import Settings
from .errors import ApiError
from .response import Reply, find_request_id
from .retry import read_retry_after

SHOWN = 2_000  # characters of a body that an exception keeps
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
    age allow cache-control cf-ray content-encoding content-language content-length content-type date etag
    last-modified ratelimit-limit ratelimit-remaining ratelimit-reset request-id retry-after server via
    x-amzn-errortype x-amzn-ratelimit-limit x-amzn-requestid x-cache x-correlation-id x-flow-request-id
    x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset x-request-id x-vtex-error-message
    """.split()  # noqa: SIM905 -- to be read as text
)


class Complaint(NamedTuple):
    """What an error body says, as far as it says it."""

    code: str | None = None
    detail: str | None = None
    field: str | None = None


def refuse(settings: Settings, reply: Reply, complaint: Complaint, kind: str | None = None, now: float = 0.0) -> ApiError:
    """The exception that an answer stands for.

    `kind` names it where the body decides; else the API's own statuses do, else the usual ones.
    """
    name = kind or settings.api.statuses.get(reply.status) or _name_by_status(reply.status)
    error: type[ApiError] = getattr(errors, name, ApiError)
    request_id = find_request_id(reply.headers)
    return error(
        _explain(reply.status, complaint, error.advice, request_id),
        status=reply.status,
        code=complaint.code,
        field=complaint.field,
        detail=complaint.detail,
        request_id=request_id,
        headers=show_headers(reply.headers, settings.api.secret_headers),
        body=show_body(reply.content),
        retry_after=read_retry_after(reply.headers, now),
    )


def read_complaint(headers: Mapping[str, str], content: bytes) -> Complaint:
    """Find code, message and field in an error body of any shape. Never raises.

    Known shapes: Amazon's {"errors": [{code, message, details}]} and the bare array of its sandbox, VTEX's
    {"error": {"code", "message"}} and {"message"}, Flow's {"code", "messages"}, Open2b's {"error": {type,
    field, description}}, problem+json (RFC 9457), OAuth's {"error", "error_description"}; else a text.
    """
    try:
        parsed = msgspec.json.decode(content)
    except (ValueError, RecursionError):
        return Complaint(detail=_read_text(headers, content))
    if isinstance(parsed, str):
        return Complaint(detail=parsed.strip() or None)
    return next(_walk_complaints(parsed), Complaint())


def show_body(content: bytes) -> str:
    """The beginning of a body, as text."""
    text = content[: 4 * SHOWN].decode("utf-8", "replace")
    return text if len(text) <= SHOWN and len(content) <= 4 * SHOWN else text[:SHOWN] + " ..."


def show_headers(headers: Mapping[str, str], secret: tuple[str, ...] = ()) -> dict[str, str]:
    """Those headers that are known to be safe to log and to keep in an exception."""
    hidden = {name.lower() for name in secret}
    return {name: value for name, value in headers.items() if name in _SHOWABLE and name not in hidden}


def _name_by_status(status: int) -> str:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return "ServerError" if status >= 500 else "InvalidRequest" if status >= 400 else "ApiError"


def _explain(status: int, complaint: Complaint, advice: str, request_id: str | None) -> str:
    said = " ".join(part for part in (complaint.code, complaint.field and f"at {complaint.field!r}") if part)
    head = f"{status} {said}".strip()
    detail = complaint.detail or ("a redirect, which is not followed" if 300 <= status < 400 else "")
    tail = f" (request id {request_id})" if request_id else ""
    return f"{head}: {detail.rstrip('.')}. {advice}{tail}" if detail else f"{head}. {advice}{tail}"


def _walk_complaints(node: Any, depth: int = 0) -> Iterator[Complaint]:
    """Complaints in the order in which they should be believed: the outermost that says something."""
    if depth > 4:
        return
    if isinstance(node, list):
        for entry in node[:20]:
            yield from _walk_complaints(entry, depth + 1)
    elif isinstance(node, dict):
        complaint = _read_object(node)
        if any(complaint):
            yield complaint
        for name in ("error", "errors", "Error", "fault"):
            yield from _walk_complaints(node.get(name), depth + 1)


def _read_object(node: Mapping[str, Any]) -> Complaint:
    return Complaint(
        code=_pick(node, "code", "type", "error", "Code"),
        detail=_pick(node, "message", "messages", "detail", "description", "error_description", "Message", "title", "details"),
        field=_pick(node, "field", "parameter", "pointer"),
    )


def _pick(node: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = node.get(name)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "; ".join(value)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value)[:SHOWN]
    return None


def _read_text(headers: Mapping[str, str], content: bytes) -> str | None:
    import re

    text = show_body(content)
    if "html" in headers.get("content-type", "") or text.lstrip()[:1] == "<":
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        text = title[1] if title else re.sub(r"<[^>]*>", " ", text)
    return " ".join(text.split())[:500] or None
