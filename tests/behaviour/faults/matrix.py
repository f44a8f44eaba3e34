"""The fault matrix: every fault, with the result that each kind of operation has.

The tests and docs/faults.md are made from this table. Rewrite the page with
`python -m tests.behaviour.faults.matrix`.
"""

from __future__ import annotations

from pathlib import Path

from .bodies import BODIES
from .callers import GET
from .connections import CONNECTIONS, SLOWNESS
from .fault import Fault, Seen
from .floods import FLOODS
from .http_faults import HTTP_FAULTS
from .situations import draw_situations
from .statuses import ERROR_BODIES, STATUSES

PAGE = Path(__file__).parents[3] / "docs" / "faults.md"

SECTIONS: dict[str, list[Fault]] = {
    "Connections": CONNECTIONS,
    "Time": SLOWNESS,
    "Floods": FLOODS,
    "HTTP itself": HTTP_FAULTS,
    "Statuses": STATUSES,
    "Bodies of refusals": ERROR_BODIES,
    "Bodies of answers": BODIES,
}
FAULTS = [fault for section in SECTIONS.values() for fault in section]


def draw_page() -> str:
    """Return docs/faults.md as this table makes it."""
    lines = [_HEAD.format(count=len(FAULTS))]
    for title, faults in SECTIONS.items():
        lines += [f"## {title}", "", _ROW, *map(_write_row, faults), ""]
    lines += [*draw_situations(), _AIOHTTP]
    lines += [_write_aiohttp_row(fault) for fault in FAULTS if fault.aiohttp]
    return "\n".join([*lines, ""])


def _write_row(fault: Fault) -> str:
    cells = " | ".join(_write(fault, retry) for retry in fault.calls)
    return f"| {fault.name} | {fault.does} | {cells} |"


def _write_aiohttp_row(fault: Fault) -> str:
    cells = " | ".join(_write_seen(fault.seen(retry, "aiohttp")) for retry in fault.calls)
    return f"| {fault.name} | {cells} | {fault.reason} |"


def _write(fault: Fault, retry: str) -> str:
    call, seen = fault.calls[retry]
    other = f" ({call.name})" if retry == "safe" and call is not GET else ""
    return _write_seen(seen) + other


def _write_seen(seen: Seen) -> str:
    kind, attempts = seen
    name = kind if isinstance(kind, str) else kind.__name__
    return f"{name}, {attempts}"


_HEAD = """\
# What the caller sees when the server misbehaves

You call a shop, and the shop resets the connection, answers in HTML, or asks you to come back in
three years. This page lists what your call then returns or raises, for {count} such faults.
`python -m tests.behaviour.faults.matrix` makes it from the table that the tests use: each row runs
against a server on a raw socket that does this to **every** attempt, through the sync client, the
async client, and the async client over aiohttp.

## Guarantees in every row

- The call ends within its `timeout`, however slowly the server sends, and however much it sends
  that is not a response.
- The only exceptions are `CounterfoilError`s (and, in a task, its cancellation). The message
  explains what to do.
- A `never` operation reaches the server at most once. If it may have taken effect, the call raises
  `OutcomeUnknown`, or the message asks to read the record back.
- If a fault is retried and happens only once, the caller sees the value.
- After any fault the client serves the next call, and the next call gets its own response: a
  connection that carried more bytes than expected is not used again.
- Credentials do not appear in the error, its cause, its pickle, its traceback with all local
  variables, the debug log or a warning. This is so even if the server sends them back, as they are
  or escaped for URLs, HTML, JSON or base64, and across the place where a body is cut. For this
  reason tracebacks of transports and of other libraries are dropped: their frames contain headers.
  Text from the server is redacted, our own sentences are not.

A date in `Retry-After` is measured from the server's own `Date` header, so the two clocks need not
agree. Without a `Date` header, it is measured from the local clock.

The first call imports httpx2 and opens its TLS context, which takes about 0.2 seconds of processor
time. A custom transport is asked to give up at the deadline; an httpx2 client with a custom network
backend is not bounded in each read. A fork shares a transport that you passed in, with its
connections: open another one in the child.

When paging, a repeated token or an ignored offset raises `PaginationLoop`. An empty page in the
middle is skipped if its token leads on. If invoices are added while an offset is paged, none is
returned twice and none is lost. A list ends with an empty page, with a missing token, or when the
number of items reaches the total of the response; a page shorter than requested does not end it.
If a value is promised, a success without a body (200, 202, 204, 205, 206) raises `DecodeError`, and
so does a response without the field that contains its list.

Amounts are read digit for digit, from numbers and from texts that JSON would accept as numbers. An
amount with more than 60 digits before or 30 behind the point is refused with its place. An integer
may be written 1000.0 or 1e3. Moments are cut to microseconds, never rounded.

## How to read the tables

A cell shows what the call returns or raises, and how often its request reaches the server. There is
one operation for each way of retrying: `safe` reads (Amazon's `customer_invoices.get` unless
another is named), `keyed` writes what can be written again (Open2b's `invoices.update`), `never`
makes something new (Open2b's `invoices.create`).
"""

_ROW = """\
| Fault | What the server does | `safe` | `keyed` | `never` |
|---|---|---|---|---|"""

_AIOHTTP = """\
## Over aiohttp

With `transport="aiohttp"` all rows are the same except these, where aiohttp reports less of
what happened:

| Fault | `safe` | `keyed` | `never` | Why |
|---|---|---|---|---|"""

if __name__ == "__main__":
    PAGE.write_text(draw_page())
