"""The sandbox as an ASGI application, for any server that speaks it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from .exchange import LARGEST_BODY, Answer, Request

MOST_DRAINED = 16 * LARGEST_BODY  # read to its end, so that the client gets round to reading the answer
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: no patience, so that closing resets the connection

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class AsgiApplication:
    """Reads requests off ASGI, and sends the answers."""

    def __init__(self, exchange: Callable[[Request], Answer]) -> None:
        self._exchange = exchange

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; there is nothing to start or stop, and WebSockets are turned away."""
        if scope["type"] == "lifespan":
            for stage in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{stage}.complete"})
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            body = await _read_body(receive, headers.get("content-length", ""))
        except ConnectionError:
            return
        raw = scope.get("raw_path") or quote(scope["path"]).encode()
        path, query = raw.partition(b"?")[0].decode("ascii", "replace"), scope["query_string"].decode("latin-1")
        await _send(self._exchange(Request(scope["method"], path, query, headers, body)), scope, send)


async def _read_body(receive: Receive, announced: str) -> bytes | None:
    if announced.isdecimal() and int(announced) > MOST_DRAINED:
        return None
    body, size, more = bytearray(), 0, True
    while more and size <= MOST_DRAINED:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        size += len(message.get("body", b""))
        body += message.get("body", b"") if size <= LARGEST_BODY else b""
        more = message.get("more_body", False)
    return bytes(body) if size <= LARGEST_BODY else None


async def _send(answer: Answer, scope: Scope, send: Send) -> None:
    if answer.delay:
        await asyncio.sleep(answer.delay)
    if answer.breaks == "before":
        _reset(scope)
        return
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.list_headers()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if answer.breaks == "within":
        await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True})
        await asyncio.sleep(0.05)  # so that the head arrives before the reset, which discards what is under way
        _reset(scope)
        return
    await send({"type": "http.response.body", "body": answer.body})


def _reset(scope: Scope) -> None:
    transport = scope.get("state", {}).get("transport")
    if transport is None:  # served by a server other than ours, which closes the connection in its own way
        raise ConnectionResetError("A fault of the sandbox breaks this connection")
    with suppress(OSError):  # the client may be gone already
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    transport.abort()
