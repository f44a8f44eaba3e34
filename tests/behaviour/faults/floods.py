"""Floods: a server that sends for ever what makes no answer."""

from __future__ import annotations

import gzip

from .behaviours import flood
from .fault import LATE, LOST, SOON, UNREADABLE, Fault
from .server import answer

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
ZIPPED = b"Content-Encoding: gzip\r\n"
NAMED_GZIP = b"\x1f\x8b\x08\x08" + bytes(5) + b"\xff"  # the beginning of a member that has a name
EMPTY_MEMBER = gzip.compress(b"")
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" * 200
TOO_LONG_A_HEAD = (
    "aiohttp does not limit the length of a chunk's extension, and reads on to the end of the time."
)

FLOODS = [
    Fault(
        "1xx for ever",
        "Sends 103 again and again, and no answer.",
        flood(b"", HINTS),
        **LATE,
        options=SOON,
    ),
    Fault(
        "tiny chunks",
        "Sends a body for ever, one byte a chunk.",
        flood(OK + CHUNKED + b"\r\n", b"1\r\n \r\n" * 200),
        **LATE,
        options=SOON,
    ),
    Fault(
        "chunk extensions",
        "Sends a body for ever, each byte with an extension of 5,000.",
        flood(OK + CHUNKED + b"\r\n", b"1;" + b"a" * 5000 + b"\r\n \r\n"),
        **LATE,
        options=SOON,
    ),
    Fault(
        "endless chunk extension",
        "Begins a chunk, and never ends its extension.",
        flood(OK + CHUNKED + b"\r\n1;", b"a" * 65_536),
        **LOST,
        options={"timeout": 2},
        aiohttp=LATE,
        reason=TOO_LONG_A_HEAD,
    ),
    Fault(
        "trailers for ever",
        "Sends headers after the last chunk, and never ends them.",
        flood(OK + CHUNKED + b"\r\n1\r\n1\r\n0\r\n", b"X-Late: 1\r\n" * 2_000),
        **LOST,
        options={"timeout": 2},
    ),
    Fault(
        "empty gzip members",
        "Sends compressed nothing again and again.",
        flood(OK + ZIPPED + b"\r\n", EMPTY_MEMBER * 500),
        **LATE,
        options=SOON,
    ),
    Fault(
        "endless gzip name",
        "Begins a gzip file, and never ends its name.",
        flood(OK + ZIPPED + b"\r\n" + NAMED_GZIP, b"a" * 16_384),
        **LATE,
        options=SOON,
    ),
    Fault(
        "zeros after gzip, for ever",
        "Sends the answer compressed, and then zeros.",
        flood(OK + ZIPPED + b"\r\n" + gzip.compress(b"{}"), bytes(16_384)),
        **LATE,
        options=SOON,
    ),
    Fault(
        "65 MiB of nothing",
        "Sends 65 MiB that decompress to nothing.",
        answer(lambda good: NAMED_GZIP + b"a" * (65 * 1024 * 1024), headers=ZIPPED),
        **UNREADABLE,
    ),
]
