"""The fault matrix: what the server does, and what the caller of each kind of operation sees.

The tests are made of this table, and so is docs/faults.md: `python -m tests.behaviour.faults.matrix` rewrites it.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from counterfoil_core import (
    ApiError,
    AuthenticationFailed,
    Conflict,
    ConnectFailed,
    CounterfoilError,
    DeadlineExceeded,
    DecodeError,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    ServerError,
    TransportError,
)

from .behaviours import (
    answer_and_close,
    answer_and_reset,
    answer_as_in_1996,
    answer_unasked,
    begin_and,
    begin_chunks_and_close,
    begin_head,
    bomb,
    drip,
    drip_gzip,
    drip_head,
    echo,
    hint_first,
    null_a_field,
    put_for,
    put_in,
    receive_and,
    redirect,
    send_body_after_204,
    send_body_with_204,
    send_raw,
    tell_too_little,
)
from .callers import CREATE, FLOW, GET, READ, UPDATE, Call
from .server import Behaviour, Line, answer

PAGE = Path(__file__).parents[3] / "docs" / "faults.md"
VALUE, NOTHING = "the value", "None"
Seen = tuple[type[CounterfoilError] | str, int]  # an exception, VALUE or NOTHING; how often the request reached the server


@dataclass(frozen=True)
class Fault:
    """One fault, done to every attempt; `safe`, `keyed` and `never` say what the caller sees."""

    name: str
    does: str
    serve: Behaviour
    safe: Seen
    keyed: Seen
    never: Seen
    read: Call = GET  # the safe operation that meets it
    options: Mapping[str, Any] = field(default_factory=dict)  # of the client
    warm: Behaviour | None = None  # what happens to a first call on the same connection
    settles: float = 0  # seconds after which the next call is made
    listens: bool = True
    aiohttp: Mapping[str, Seen] = field(default_factory=dict)  # what is seen over aiohttp, where that differs
    reason: str = ""  # why it differs

    @property
    def calls(self) -> dict[str, tuple[Call, Seen]]:
        return {"safe": (self.read, self.safe), "keyed": (UPDATE, self.keyed), "never": (CREATE, self.never)}

    def seen(self, retry: str, way: str) -> Seen:
        return self.aiohttp.get(retry, self.calls[retry][1]) if way == "aiohttp" else self.calls[retry][1]


def alike(seen: Seen) -> dict[str, Seen]:
    """The same for all three operations."""
    return {"safe": seen, "keyed": seen, "never": seen}


def retried(kind: type[CounterfoilError], never: type[CounterfoilError] | None = None) -> dict[str, Seen]:
    """Three attempts, but one where the operation must not be repeated."""
    return {"safe": (kind, 3), "keyed": (kind, 3), "never": (never or kind, 1)}


LOST = retried(TransportError, OutcomeUnknown)
LATE: dict[str, Seen] = {"safe": (DeadlineExceeded, 1), "keyed": (DeadlineExceeded, 1), "never": (OutcomeUnknown, 1)}
READABLE, UNREADABLE = alike((VALUE, 1)), alike((DecodeError, 1))
SOON = {"timeout": 0.4}  # enough to connect in on a busy machine
TOO_MUCH = "aiohttp does not hand out an answer that came together with bytes that are no HTTP."


HTML = b"<html><head><title>We are down for maintenance</title></head><body><p>Sorry.</p></body></html>"
PROBLEM = b'{"type": "https://errors.example/limit", "title": "Bad value", "detail": "the number is too long", "status": 422}'
ERRORS = b'[{"code": "InvalidInput", "message": "Wrong purchase order", "details": ""}]'
NULLS = b'{"errors": [{"code": "InvalidInput", "message": null, "details": null}], "message": null, "error": null}'
BUSY = "429 Too Many Requests"
LIMITED = retried(RateLimited)
ALL_AT_ONCE = alike((RateLimited, 1))
DOWN = b'{"message": "Something broke"}'
DATED = b"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 10:00:01 GMT\r\n"
BEHIND = b"Date: Mon, 24 Nov 1986 10:00:00 GMT\r\nRetry-After: Mon, 24 Nov 1986 10:00:03 GMT\r\n"
GONE = b"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 10:00:00 GMT\r\n"
DIGITS = b"1" * 10_000

SECTIONS: dict[str, list[Fault]] = {
    "Connections": [
        Fault("refused", "Nobody listens on the port.", answer(), **alike((ConnectFailed, 0)), listens=False),
        Fault("reset unread", "Resets the connection without reading the request.", Line.reset, **LOST),
        Fault("reset before the answer", "Reads the request, then resets.", receive_and("reset"), **LOST),
        Fault("closed before the answer", "Reads the request, then closes.", receive_and("close"), **LOST),
        Fault("reset within the body", "Sends half of the body, then resets.", begin_and("reset"), **LOST),
        Fault("closed within the body", "Sends half of the body, then closes.", begin_and("close"), **LOST),
        Fault("reset after the body", "Sends the whole answer, then resets.", answer_and_reset, **READABLE, settles=0.05),
        Fault(
            "idle connection closed", "Closes the kept connection between two calls.", answer(), **READABLE, warm=answer_and_close
        ),
        Fault(
            "kept connection reset", "Resets the kept connection as the next request comes.", Line.reset, **LOST, warm=answer()
        ),
    ],
    "Time": [
        Fault("no answer", "Reads the request and says nothing.", receive_and("stall"), **LATE, options=SOON),
        Fault("stalled head", "Stops in the middle of a header.", begin_head, **LATE, options=SOON),
        Fault("slow head", "Sends the head byte by byte.", drip_head, **LATE, options=SOON),
        Fault("stalled body", "Stops in the middle of the body.", begin_and("stall"), **LATE, options=SOON),
        Fault("slow gzip", "Sends compressed blanks byte by byte.", drip_gzip, **LATE, options=SOON),
        Fault("slow body", "Sends the body byte by byte, for ever.", drip, **LATE, options=SOON),
    ],
    "HTTP itself": [
        Fault("not HTTP", "Answers as another protocol.", send_raw(b"SSH-2.0-OpenSSH_9.9\r\n"), **LOST),
        Fault("endless head", "Sends a header of 200 kB.", answer(headers=b"X-Long: " + b"a" * 200_000 + b"\r\n"), **LOST),
        Fault("broken header", "Sends a header line without a colon.", answer(headers=b"No colon here\r\n"), **LOST),
        Fault(
            "garbage chunks",
            "Sends a chunked body whose lengths are no numbers.",
            answer(b"zz\r\n{}\r\n0\r\n\r\n", headers=b"Transfer-Encoding: chunked\r\n"),
            **LOST,
        ),
        Fault("1xx first", "Sends 103 and 102 before the answer.", hint_first, **READABLE),
        Fault(
            "204 with a body",
            "Says 204, and sends a body all the same.",
            send_body_with_204,
            safe=(DecodeError, 1),
            keyed=(NOTHING, 1),
            never=(DecodeError, 1),
            aiohttp=LOST,
            reason=TOO_MUCH,
        ),
        Fault(
            "late body of a 204",
            "Says 204, and sends a body a moment later.",
            send_body_after_204,
            safe=(DecodeError, 1),
            keyed=(NOTHING, 1),
            never=(DecodeError, 1),
            settles=0.06,
        ),
        Fault("two answers at once", "Answers, and answers a request that nobody made.", answer_unasked(0), **READABLE),
        Fault("late second answer", "The same, a moment later.", answer_unasked(0.01), **READABLE, settles=0.06),
        Fault(
            "too short a length",
            "Tells a length that is shorter than the body.",
            tell_too_little,
            **UNREADABLE,
            aiohttp=LOST,
            reason=TOO_MUCH,
        ),
        Fault(
            "two lengths", "Tells two different lengths.", answer(headers=b"Content-Length: 5\r\nContent-Length: 7\r\n"), **LOST
        ),
        Fault("cut chunks", "Closes before the last chunk.", begin_chunks_and_close, **LOST),
        Fault(
            "trailers",
            "Sends headers after a chunked body.",
            answer(
                lambda good: b"%x\r\n%b\r\n0\r\nX-Late: 1\r\n\r\n" % (len(good), good), headers=b"Transfer-Encoding: chunked\r\n"
            ),
            **READABLE,
        ),
        Fault("HTTP/1.0", "Answers in HTTP/1.0, and closes at the end.", answer_as_in_1996, **READABLE),
        Fault("binary header", "Sends a header that is no text.", answer(headers=b"X-Request-Id: \xff\xfe\r\n"), **READABLE),
        Fault("101", "Says 101, as if we wanted another protocol.", answer(status="101 Switching Protocols"), **LOST),
        Fault("redirect", "Sends 302 to another host, which is not asked.", redirect, **alike((ApiError, 1))),
        Fault("cookies", "Sets a cookie, which is not sent back.", answer(headers=b"Set-Cookie: a=b\r\n"), **READABLE),
        Fault("gzip bomb", "Sends 65 MiB of blanks before the JSON, as a little gzip.", bomb, **UNREADABLE),
        Fault(
            "wrong gzip",
            "Says gzip, and sends something else.",
            answer(b"\xff\xfe\xfd", headers=b"Content-Encoding: gzip\r\n"),
            **LOST,
        ),
        Fault(
            "unknown compression", "Names a compression that is none.", answer(headers=b"Content-Encoding: rot13\r\n"), **READABLE
        ),
        Fault(
            "truncated gzip",
            "Sends gzip that ends too early.",
            answer(lambda good: gzip.compress(good)[:-12], headers=b"Content-Encoding: gzip\r\n"),
            **UNREADABLE,
        ),
    ],
    "Statuses": [
        Fault("429 seconds", "Says 429, Retry-After: 2.", answer(status=BUSY, headers=b"Retry-After: 2\r\n"), **LIMITED),
        Fault("429 date", "Says 429, Retry-After as a date.", answer(status=BUSY, headers=DATED), **LIMITED),
        Fault(
            "429 date, clocks apart",
            "The same, by a clock that is 40 years behind.",
            answer(status=BUSY, headers=BEHIND),
            **LIMITED,
        ),
        Fault(
            "429 date gone by", "Says 429, Retry-After as a date before its own.", answer(status=BUSY, headers=GONE), **LIMITED
        ),
        Fault(
            "429 date alone",
            "Says 429, Retry-After as a date in 2099, and does not tell its own.",
            answer(status=BUSY, headers=b"Retry-After: Thu, 01 Jan 2099 00:00:00 GMT\r\n"),
            **ALL_AT_ONCE,
        ),
        Fault("429 bare", "Says 429 without Retry-After.", answer(b"", status=BUSY), **LIMITED),
        Fault("429 nonsense", "Says 429, Retry-After: soon.", answer(status=BUSY, headers=b"Retry-After: soon\r\n"), **LIMITED),
        Fault("429 negative", "Says 429, Retry-After: -5.", answer(status=BUSY, headers=b"Retry-After: -5\r\n"), **LIMITED),
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
        Fault("500", "Says 500.", answer(DOWN, status="500 Internal Server Error"), **retried(ServerError)),
        Fault("502", "Says 502.", answer(DOWN, status="502 Bad Gateway"), **retried(ServerError)),
        Fault("503", "Says 503.", answer(DOWN, status="503 Service Unavailable"), **retried(ServerError)),
        Fault("504", "Says 504.", answer(DOWN, status="504 Gateway Timeout"), **retried(ServerError)),
        Fault("501", "Says 501.", answer(DOWN, status="501 Not Implemented"), **alike((ServerError, 1))),
        Fault("401", "Says 401.", answer(DOWN, status="401 Unauthorized"), **alike((AuthenticationFailed, 1))),
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
        Fault("no such status", "Says 999.", answer(DOWN, status="999 What"), **alike((ServerError, 1))),
    ],
    "Bodies of refusals": [
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
        Fault("array of errors", "Says 400 with a bare array.", answer(ERRORS, status="400 Bad"), **alike((InvalidRequest, 1))),
        Fault("null messages", "Says 400, every message null.", answer(NULLS, status="400 Bad"), **alike((InvalidRequest, 1))),
        Fault(
            "binary error",
            "Says 400 with bytes that are no text.",
            answer(b"\xff\x00\xfe", status="400 Bad"),
            **alike((InvalidRequest, 1)),
        ),
        Fault(
            "deep error", "Says 400, nested 10,000 deep.", answer(b"[" * 10_000, status="400 Bad"), **alike((InvalidRequest, 1))
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
    ],
    "Bodies of answers": [
        Fault("empty body", "Says 200 with nothing.", answer(b""), **UNREADABLE),
        Fault("empty object", "Says 200 with {}.", answer(b"{}"), **UNREADABLE),
        Fault("null", "Says 200 with null.", answer(b"null"), **UNREADABLE),
        Fault("an array", "Says 200 with [].", answer(b"[]"), **UNREADABLE),
        Fault("truncated JSON", "Sends JSON that ends too early.", answer(lambda good: good[:-3]), **UNREADABLE),
        Fault("two answers", "Sends the JSON twice.", answer(lambda good: good * 2), **UNREADABLE),
        Fault("200 with HTML", "Says 200 with a page of HTML.", answer(HTML, kind="text/html"), **UNREADABLE),
        Fault("wrong content type", "Calls the JSON text/html.", answer(kind="text/html"), **READABLE),
        Fault("no content type", "Does not say what it sends.", answer(kind=None), **READABLE),
        Fault("invalid UTF-8", "Sends a text that is not UTF-8.", put_for(b'"', b'"\xff'), **UNREADABLE),
        Fault("UTF-16", "Sends JSON in UTF-16.", answer(lambda good: good.decode().encode("utf-16")), **UNREADABLE),
        Fault(
            "byte order mark", "Begins the JSON with a byte order mark.", answer(lambda good: b"\xef\xbb\xbf" + good), **READABLE
        ),
        Fault("NaN", "Sends NaN, which is not JSON.", put_in(b"NaN"), **UNREADABLE),
        Fault("Infinity", "Sends -Infinity, which is not JSON.", put_in(b"-Infinity"), **UNREADABLE),
        Fault(
            "NaN as money",
            'Sends "NaN" where an amount (or the id) belongs.',
            answer(lambda good: good.replace(b"12.50", b'"NaN"').replace(b"7}", b'"NaN"}')),
            safe=(DecodeError, 1),
            keyed=(VALUE, 1),
            never=(DecodeError, 1),
            read=READ,
        ),
        Fault(
            "10,000 digits",
            "Sends an amount (or an id) of 10,000 digits.",
            answer(lambda good: good.replace(b"12.50", DIGITS).replace(b"7}", DIGITS + b"}")),
            safe=(VALUE, 1),
            keyed=(VALUE, 1),
            never=(DecodeError, 1),
            read=READ,
        ),
        Fault("10,000 digits aside", "Sends 10,000 digits in a field that no model knows.", put_in(DIGITS), **READABLE),
        Fault(
            "nested 10,000 deep",
            "Nests a field that no model knows 10,000 deep.",
            put_in(b"[" * 10_000 + b"]" * 10_000),
            **UNREADABLE,
        ),
        Fault(
            "duplicate keys",
            "Sends every field twice; the last one counts.",
            answer(lambda good: good[:-1] + b", " + good[1:]),
            **READABLE,
        ),
        Fault("unknown field", "Sends a field that no model knows.", put_in(b'{"a": [1, null]}'), **READABLE),
        Fault("unknown enum value", "Sends a status that no enum knows.", put_for(b'"Sent"', b'"Framed"'), **READABLE, read=READ),
        Fault(
            "unknown union member",
            "Sends an answer that is neither a success nor a failure.",
            put_for(b'"ok"', b'"maybe"'),
            **UNREADABLE,
            read=READ,
        ),
        Fault("null for a required field", "Sends null where a value is required.", answer(null_a_field), **UNREADABLE),
    ],
}
FAULTS = [fault for section in SECTIONS.values() for fault in section]


def draw_page() -> str:
    """docs/faults.md, as this table makes it."""
    tables = [part for title, faults in SECTIONS.items() for part in (f"## {title}", "", _ROW, *map(_write_row, faults), "")]
    others = [
        f"| {each.name} | {' | '.join(_write_seen(each.seen(retry, 'aiohttp')) for retry in each.calls)} | {each.reason} |"
        for each in FAULTS
        if each.aiohttp
    ]
    return "\n".join([_HEAD.format(count=len(FAULTS)), *tables, _AIOHTTP, *others, ""])


def _write_row(fault: Fault) -> str:
    return f"| {fault.name} | {fault.does} | {' | '.join(_write(fault, retry) for retry in fault.calls)} |"


def _write(fault: Fault, retry: str) -> str:
    call, seen = fault.calls[retry]
    other = f" ({call.name})" if retry == "safe" and call is not GET else ""
    return _write_seen(seen) + other


def _write_seen(seen: Seen) -> str:
    kind, attempts = seen
    return f"{kind if isinstance(kind, str) else kind.__name__}, {attempts}"


_HEAD = """\
# What the caller sees when the server misbehaves

You call a shop, and the shop resets the connection, answers in HTML, or asks you to come back in three years. This page
says what your call then gives or raises, for {count} such faults. It is made by
`python -m tests.behaviour.faults.matrix` from the table that the tests are made of: each row runs against a server on
a raw socket that does this to **every** attempt, through the sync client, the async client, and the async client over
aiohttp.

## What holds in every row

- The call ends within its `timeout`, however slowly the server sends.
- Nothing but a `CounterfoilError` comes out (of a task also its cancellation), and its message says what to do.
- A `never` operation reaches the server once at most. What may have happened is said: `OutcomeUnknown`, or the
  message tells to read the record back.
- Where a fault is retried and happens only once, the caller sees the value.
- The client serves the next call, whatever happened to this one, and gives it its own answer: a connection on which
  more came than was asked for is not used again.
- No credential stands in the error, what caused it, its pickle, its traceback, the log at debug or a warning, even
  where the server sends it back.

Cancelling a task, while it connects, sends, waits for the answer, reads it or waits for a retry, leaves the client
usable. So does a fork, and so does another event loop. A date in `Retry-After` counts from the server's own `Date`,
so that the clocks need not agree, and from our clock where there is none.

When paging, a token that comes back, or an offset that is ignored, raises `PaginationLoop`; an empty page in the middle
is passed over; where invoices are added while an offset is paged, none comes twice and none is lost.

## How to read the tables

A cell says what the call gives or raises, and how often its request reaches the server. The three operations are
one of each way of retrying: `safe` reads (Amazon's `customer_invoices.get` unless another is named), `keyed`
writes what can be written again (Open2b's `invoices.update`), `never` makes something new (Open2b's
`invoices.create`).
"""

_ROW = """\
| Fault | What the server does | `safe` | `keyed` | `never` |
|---|---|---|---|---|"""

_AIOHTTP = """\
## Over aiohttp

With `transport=AiohttpTransport` all rows are the same but these, where less is known of what happened:

| Fault | `safe` | `keyed` | `never` | Why |
|---|---|---|---|---|"""

if __name__ == "__main__":
    PAGE.write_text(draw_page())
