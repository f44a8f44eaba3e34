"""Behaviours of a server that does not simply answer a request."""

from __future__ import annotations

import gzip
import random
import time
from functools import cache

from .server import Behaviour, Line, answer

DRIPS = 3000  # bytes that come one by one: a minute, of which no call waits for more than a part
CREDENTIALS = (
    b"x-amz-access-token",
    b"x-key",
    b"x-customer-key",
    b"x-vtex-api-apptoken",
    b"authorization",
)


def flood(head: bytes, piece: bytes, pause: float = 0.002) -> Behaviour:
    """Send a head, and then the same bytes again and again, until the client leaves.

    Because of the pause, a call's time ends before the body reaches the size that is refused.
    """

    def behave(line: Line) -> None:
        line.receive()
        line.send(head)
        end = time.monotonic() + 10  # for a client that does not leave
        while time.monotonic() < end:
            line.send(piece)
            time.sleep(pause)

    return behave


def put_in(extra: bytes) -> Behaviour:
    """The good answer, with one more field, which no model knows."""
    return answer(lambda good: good[:-1] + b', "invented": ' + extra + b"}")


def put_for(old: bytes, new: bytes) -> Behaviour:
    return answer(lambda good: good.replace(old, new))


def null_a_field(good: bytes) -> bytes:
    return good.replace(b'"JVBERi0="', b"null").replace(b'"ok"}', b"null}").replace(b"7}", b"null}")


def begin_and(end: str) -> Behaviour:
    """Send the head and half of the body, then do the rest."""

    def behave(line: Line) -> None:
        line.receive()
        line.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % len(line.good)
        )
        line.send(line.good[: len(line.good) // 2])
        time.sleep(0.005)  # or the reset could overtake the content
        getattr(line, end)()

    return behave


def receive_and(end: str) -> Behaviour:
    def behave(line: Line) -> None:
        line.receive()
        getattr(line, end)()

    return behave


def answer_and_reset(line: Line) -> None:
    answer()(line)
    line.wait_for_caller()  # or the reset could overtake the answer
    line.reset()


def answer_and_close(line: Line) -> None:
    answer()(line)
    line.close()


def drip(line: Line) -> None:
    line.receive()
    line.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n")
    line.drip(b" " * DRIPS, 0.02)


def drip_gzip(line: Line) -> None:
    content = gzip.compress(random.Random(1).randbytes(2 * DRIPS))
    line.receive()
    line.send(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(content)
    )
    line.drip(content[:DRIPS], 0.02)


def drip_head(line: Line) -> None:
    line.receive()
    line.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"1" * DRIPS, 0.02)


def begin_head(line: Line) -> None:
    line.receive()
    line.send(b"HTTP/1.1 200 OK\r\nContent-Type: appl")
    line.stall()


def send_raw(content: bytes) -> Behaviour:
    """Send bytes that need not be HTTP, then close."""

    def behave(line: Line) -> None:
        line.receive()
        line.send(content)
        time.sleep(0.005)
        line.close()

    return behave


def hint_first(line: Line) -> None:
    line.receive()
    line.send(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
        b"HTTP/1.1 102 Processing\r\n\r\n"
    )
    line.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        % len(line.good)
        + line.good
    )


def send_body_with_204(line: Line) -> None:
    line.receive()
    line.send(
        b"HTTP/1.1 204 No Content\r\nContent-Type: application/json\r\n"
        b"Content-Length: 8\r\n\r\n{'a': 1}"
    )


def send_body_after_204(line: Line) -> None:
    line.receive()
    line.send(
        b"HTTP/1.1 204 No Content\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n"
    )
    line.wait_for_caller()
    line.send(b"{'a': 1}")


def answer_unasked(*, late: bool) -> Behaviour:
    """Answer, and then answer a request that nobody made, on the same connection."""
    unasked = (
        b"HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    )

    def behave(line: Line) -> None:
        line.receive()
        first = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % len(line.good)
            + line.good
        )
        if not late:
            line.send(first + unasked)
            return
        line.send(first)
        line.wait_for_caller()
        line.send(unasked)

    return behave


def tell_too_little(line: Line) -> None:
    line.receive()
    line.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(line.good) // 5) + line.good)


def begin_chunks_and_close(line: Line) -> None:
    line.receive()
    line.send(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n"
        % (len(line.good), line.good)
    )
    time.sleep(0.005)
    line.close()


def answer_as_in_1996(line: Line) -> None:
    line.receive()
    line.send(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + line.good)
    line.close()


def redirect(line: Line) -> None:
    line.receive()
    other = f"http://localhost:{line.server.port}/elsewhere"
    line.send(f"HTTP/1.1 302 Found\r\nLocation: {other}\r\nContent-Length: 0\r\n\r\n".encode())


def bomb(line: Line) -> None:
    line.receive()
    content = make_bomb(line.good)
    line.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n")
    line.send(b"Content-Length: %d\r\n\r\n" % len(content) + content)


@cache
def make_bomb(good: bytes) -> bytes:
    return gzip.compress(b" " * (65 * 1024 * 1024) + good, 1)


def echo(status: str, kind: str, frame: bytes) -> Behaviour:
    """Repeat the head of the request, credentials included, in the body and in shown headers."""

    def behave(line: Line) -> None:
        head = line.receive().partition(b"\r\n\r\n")[0]
        lines = (line.partition(b": ") for line in head.split(b"\r\n"))
        token = next(
            (
                value.removeprefix(b"Basic ")
                for name, _, value in lines
                if name.lower() in CREDENTIALS
            ),
            b"none",
        )
        body = frame % head.replace(b"\r\n", b"<br>").replace(b'"', b"")
        shown = b"X-Request-Id: %s\r\nServer: %s\r\nSet-Cookie: key=%s\r\n" % (token, token, token)
        line.send(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}; was=".encode() + token + b"\r\n" + shown
        )
        line.send(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return behave
