"""Error responses: every kind of status, and every kind of body that comes with it."""

from __future__ import annotations

from counterfoil_core import (
    AuthenticationFailed,
    Conflict,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    RateLimited,
    ServerError,
)

from .behaviours import echo
from .callers import FLOW
from .fault import UNREADABLE, Fault, alike, retried
from .server import answer

HTML = (
    b"<html><head><title>We are down for maintenance</title></head>"
    b"<body><p>Sorry.</p></body></html>"
)
PROBLEM = (
    b'{"type": "https://errors.example/limit", "title": "Bad value",'
    b' "detail": "the number is too long", "status": 422}'
)
ERRORS = b'[{"code": "InvalidInput", "message": "Wrong purchase order", "details": ""}]'
NULLS = (
    b'{"errors": [{"code": "InvalidInput", "message": null, "details": null}],'
    b' "message": null, "error": null}'
)
BUSY = "429 Too Many Requests"
LIMITED = retried(RateLimited)
ALL_AT_ONCE = alike((RateLimited, 1))
DOWN = b'{"message": "Something broke"}'
DATED = b"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 10:00:01 GMT\r\n"
BEHIND = b"Date: Mon, 24 Nov 1986 10:00:00 GMT\r\nRetry-After: Mon, 24 Nov 1986 10:00:03 GMT\r\n"
GONE = b"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 10:00:00 GMT\r\n"

STATUSES = [
    Fault(
        "429 seconds",
        "Says 429, Retry-After: 2.",
        answer(status=BUSY, headers=b"Retry-After: 2\r\n"),
        **LIMITED,
    ),
    Fault(
        "429 date",
        "Says 429, Retry-After as a date.",
        answer(status=BUSY, headers=DATED),
        **LIMITED,
    ),
    Fault(
        "429 date, clocks apart",
        "The same, by a clock that is 40 years behind.",
        answer(status=BUSY, headers=BEHIND),
        **LIMITED,
    ),
    Fault(
        "429 date gone by",
        "Says 429, Retry-After as a date before its own.",
        answer(status=BUSY, headers=GONE),
        **LIMITED,
    ),
    Fault(
        "429 date alone",
        "Says 429, Retry-After as a date in 2099, and does not tell its own.",
        answer(status=BUSY, headers=b"Retry-After: Thu, 01 Jan 2099 00:00:00 GMT\r\n"),
        **ALL_AT_ONCE,
    ),
    Fault("429 bare", "Says 429 without Retry-After.", answer(b"", status=BUSY), **LIMITED),
    Fault(
        "429 nonsense",
        "Says 429, Retry-After: soon.",
        answer(status=BUSY, headers=b"Retry-After: soon\r\n"),
        **LIMITED,
    ),
    Fault(
        "429 negative",
        "Says 429, Retry-After: -5.",
        answer(status=BUSY, headers=b"Retry-After: -5\r\n"),
        **LIMITED,
    ),
    Fault(
        "429 for years",
        "Says 429, Retry-After: 99999999.",
        answer(status=BUSY, headers=b"Retry-After: 99999999\r\n"),
        **ALL_AT_ONCE,
    ),
    Fault(
        "429 for ever",
        "Says 429, Retry-After with 400 digits.",
        answer(status=BUSY, headers=b"Retry-After: %b\r\n" % (b"9" * 400)),
        **ALL_AT_ONCE,
    ),
    Fault("408", "Says 408.", answer(DOWN, status="408 Request Timeout"), **retried(ServerError)),
    Fault(
        "500",
        "Says 500.",
        answer(DOWN, status="500 Internal Server Error"),
        **retried(ServerError),
    ),
    Fault("502", "Says 502.", answer(DOWN, status="502 Bad Gateway"), **retried(ServerError)),
    Fault(
        "503",
        "Says 503.",
        answer(DOWN, status="503 Service Unavailable"),
        **retried(ServerError),
    ),
    Fault("504", "Says 504.", answer(DOWN, status="504 Gateway Timeout"), **retried(ServerError)),
    Fault(
        "501",
        "Says 501.",
        answer(DOWN, status="501 Not Implemented"),
        **alike((ServerError, 1)),
    ),
    Fault(
        "401",
        "Says 401.",
        answer(DOWN, status="401 Unauthorized"),
        **alike((AuthenticationFailed, 1)),
    ),
    Fault(
        "403",
        "Says 403; Open2b means a bad key by it.",
        answer(b"", status="403 Forbidden"),
        safe=(PermissionDenied, 1),
        keyed=(AuthenticationFailed, 1),
        never=(AuthenticationFailed, 1),
    ),
    Fault("404", "Says 404.", answer(DOWN, status="404 Not Found"), **alike((NotFound, 1))),
    Fault("409", "Says 409.", answer(DOWN, status="409 Conflict"), **alike((Conflict, 1))),
    Fault(
        "no such status",
        "Says 999.",
        answer(DOWN, status="999 What"),
        **alike((ServerError, 1)),
    ),
]

ERROR_BODIES = [
    Fault(
        "HTML error",
        "Says 503 with a page of HTML.",
        answer(HTML, status="503 Down", kind="text/html"),
        **retried(ServerError),
    ),
    Fault(
        "text error",
        "Says 400 with plain text.",
        answer(b"Bad id", status="400 Bad", kind="text/plain"),
        **alike((InvalidRequest, 1)),
    ),
    Fault(
        "problem+json",
        "Says 422 with problem+json (RFC 9457).",
        answer(PROBLEM, status="422 Unprocessable", kind="application/problem+json"),
        **alike((InvalidRequest, 1)),
    ),
    Fault(
        "array of errors",
        "Says 400 with a bare array.",
        answer(ERRORS, status="400 Bad"),
        **alike((InvalidRequest, 1)),
    ),
    Fault(
        "null messages",
        "Says 400, every message null.",
        answer(NULLS, status="400 Bad"),
        **alike((InvalidRequest, 1)),
    ),
    Fault(
        "binary error",
        "Says 400 with bytes that are no text.",
        answer(b"\xff\x00\xfe", status="400 Bad"),
        **alike((InvalidRequest, 1)),
    ),
    Fault(
        "deep error",
        "Says 400, nested 10,000 deep.",
        answer(b"[" * 10_000, status="400 Bad"),
        **alike((InvalidRequest, 1)),
    ),
    Fault(
        "echo in an error",
        "Says 400, and repeats the request with its credentials in headers and HTML.",
        echo("400 Bad", "text/html", b"<html><body>%b</body></html>"),
        **alike((InvalidRequest, 1)),
    ),
    Fault(
        "echo in an answer",
        "Says 200, and repeats the request with its credentials in headers and HTML.",
        echo("200 OK", "text/html", b"<html><body>%b</body></html>"),
        **UNREADABLE,
    ),
    Fault(
        "echo of basic authentication",
        "Says 401, and repeats the request with its credentials, of which one is in base64.",
        echo("401 No", "application/json", b'{"message": "%b"}'),
        **alike((AuthenticationFailed, 1)),
        read=FLOW,
    ),
]
