"""The sandbox as an ASGI application, for any ASGI server."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from .http import LARGEST_BODY, Request, Response

# A body up to this size is read to its end: some clients read the response only after sending all.
MOST_DRAINED = 16 * LARGEST_BODY
RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 seconds: closing resets the connection
RESET_DELAY = 0.05  # seconds; a reset discards what is under way, the head of the response included

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class AsgiApplication:
    """Reads requests from ASGI and sends responses."""

    def __init__(self, exchange: Callable[[Request], Response]) -> None:
        self._exchange = exchange

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one scope. Lifespan events need no work; WebSockets are refused."""
        if scope["type"] == "lifespan":
            for stage in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{stage}.complete"})
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        if scope["type"] != "http":
            return
        headers = {
            name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]
        }
        try:
            body = await _read_body(receive, headers.get("content-length", ""))
        except ConnectionError:
            return
        raw_path = scope.get("raw_path") or quote(scope["path"]).encode()
        path, _, _ = raw_path.partition(b"?")
        request = Request(
            method=scope["method"],
            path=path.decode("ascii", "replace"),
            query=scope["query_string"].decode("latin-1"),
            headers=headers,
            body=body,
        )
        await _send(self._exchange(request), scope, send)


async def _read_body(receive: Receive, announced: str) -> bytes | None:
    """Read a request's body; None if it is too large. Raises ConnectionError if the client left."""
    if announced.isdecimal() and int(announced) > MOST_DRAINED:
        return None
    body = bytearray()
    size = 0
    more = True
    while more and size <= MOST_DRAINED:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= LARGEST_BODY:
            body += chunk
        more = message.get("more_body", False)
    return bytes(body) if size <= LARGEST_BODY else None


async def _send(answer: Response, scope: Scope, send: Send) -> None:
    if answer.delay:
        await asyncio.sleep(answer.delay)
    if answer.breaks == "before":
        _reset(scope)
        return
    headers = []
    for name, value in answer.list_headers():
        headers.append((name.encode("latin-1"), value.encode("latin-1")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if answer.breaks == "within":
        half = answer.body[: len(answer.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        await asyncio.sleep(RESET_DELAY)
        _reset(scope)
        return
    await send({"type": "http.response.body", "body": answer.body})


def _reset(scope: Scope) -> None:
    transport = scope.get("state", {}).get("transport")
    if transport is None:  # another server than counterfoil_sandbox.server: it closes by itself
        raise ConnectionResetError("A fault of the sandbox breaks this connection")
    with suppress(OSError):  # the client may be gone already
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    transport.abort()
