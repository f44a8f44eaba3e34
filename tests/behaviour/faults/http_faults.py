"""Faults of HTTP itself: heads, lengths, chunks, redirects and compression."""

from __future__ import annotations

import gzip

from counterfoil_core import ApiError, DecodeError

from .behaviours import (
    answer_as_in_1996,
    answer_unasked,
    begin_chunks_and_close,
    bomb,
    hint_first,
    redirect,
    send_body_after_204,
    send_body_with_204,
    send_raw,
    tell_too_little,
)
from .fault import LOST, READABLE, UNREADABLE, Fault, alike
from .floods import ZIPPED
from .server import answer

TOO_MUCH = "aiohttp does not hand out an answer that came together with bytes that are no HTTP."


def _compress_in_members(good: bytes) -> bytes:
    first = gzip.compress(good[:5])
    second = gzip.compress(good[5:])
    return first + second + bytes(8)


HTTP_FAULTS = [
    Fault("not HTTP", "Answers as another protocol.", send_raw(b"SSH-2.0-OpenSSH_9.9\r\n"), **LOST),
    Fault(
        "endless head",
        "Sends a header of 200 kB.",
        answer(headers=b"X-Long: " + b"a" * 200_000 + b"\r\n"),
        **LOST,
    ),
    Fault(
        "broken header",
        "Sends a header line without a colon.",
        answer(headers=b"No colon here\r\n"),
        **LOST,
    ),
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
        keyed=(DecodeError, 1),
        never=(DecodeError, 1),
        aiohttp=LOST,
        reason=TOO_MUCH,
    ),
    Fault(
        "late body of a 204",
        "Says 204, and sends a body a moment later.",
        send_body_after_204,
        safe=(DecodeError, 1),
        keyed=(DecodeError, 1),
        never=(DecodeError, 1),
        settles=True,
    ),
    Fault(
        "two answers at once",
        "Answers, and answers a request that nobody made.",
        answer_unasked(late=False),
        **READABLE,
    ),
    Fault(
        "late second answer",
        "The same, a moment later.",
        answer_unasked(late=True),
        **READABLE,
        settles=True,
    ),
    Fault(
        "too short a length",
        "Tells a length that is shorter than the body.",
        tell_too_little,
        **UNREADABLE,
        aiohttp=LOST,
        reason=TOO_MUCH,
    ),
    Fault(
        "two lengths",
        "Tells two different lengths.",
        answer(headers=b"Content-Length: 5\r\nContent-Length: 7\r\n"),
        **LOST,
    ),
    Fault("cut chunks", "Closes before the last chunk.", begin_chunks_and_close, **LOST),
    Fault(
        "trailers",
        "Sends headers after a chunked body.",
        answer(
            lambda good: b"%x\r\n%b\r\n0\r\nX-Late: 1\r\n\r\n" % (len(good), good),
            headers=b"Transfer-Encoding: chunked\r\n",
        ),
        **READABLE,
    ),
    Fault("HTTP/1.0", "Answers in HTTP/1.0, and closes at the end.", answer_as_in_1996, **READABLE),
    Fault(
        "binary header",
        "Sends a header that is no text.",
        answer(headers=b"X-Request-Id: \xff\xfe\r\n"),
        **READABLE,
    ),
    Fault(
        "101",
        "Says 101, as if we wanted another protocol.",
        answer(status="101 Switching Protocols"),
        **LOST,
    ),
    Fault(
        "redirect",
        "Sends 302 to another host, which is not asked.",
        redirect,
        **alike((ApiError, 1)),
    ),
    Fault(
        "304",
        "Says that nothing was modified.",
        answer(b"", status="304 Not Modified"),
        **alike((ApiError, 1)),
    ),
    Fault(
        "cookies",
        "Sets a cookie, which is not sent back.",
        answer(headers=b"Set-Cookie: a=b\r\n"),
        **READABLE,
    ),
    Fault(
        "gzip bomb",
        "Sends 65 MiB of blanks before the JSON, as a little gzip.",
        bomb,
        **UNREADABLE,
    ),
    Fault(
        "wrong gzip",
        "Says gzip, and sends something else.",
        answer(b"\xff\xfe\xfd", headers=b"Content-Encoding: gzip\r\n"),
        **LOST,
    ),
    Fault(
        "gzip in members",
        "Sends gzip of two members, of which one is half of the answer, and zeros after it.",
        answer(_compress_in_members, headers=ZIPPED),
        **READABLE,
    ),
    Fault(
        "x-gzip",
        "Calls gzip by its old name.",
        answer(gzip.compress, headers=b"Content-Encoding: x-gzip\r\n"),
        **READABLE,
    ),
    Fault(
        "more after gzip",
        "Sends gzip, and behind it something else.",
        answer(lambda good: gzip.compress(good) + b"more", headers=ZIPPED),
        **LOST,
    ),
    Fault(
        "compression that was not asked for",
        "Sends Brotli.",
        answer(b"\x0b\x02\x80", headers=b"Content-Encoding: br\r\n"),
        **LOST,
    ),
    Fault(
        "unknown compression",
        "Names a compression that is none.",
        answer(headers=b"Content-Encoding: rot13\r\n"),
        **READABLE,
    ),
    Fault(
        "truncated gzip",
        "Sends gzip that ends too early.",
        answer(lambda good: gzip.compress(good)[:-12], headers=b"Content-Encoding: gzip\r\n"),
        **UNREADABLE,
    ),
]
