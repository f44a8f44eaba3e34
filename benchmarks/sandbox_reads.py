"""A minimal server, so that the client's time dominates: `python -m benchmarks.sandbox_reads`.

It prints its port, chooses the response by the beginning of the path, and ends when its standard
input is closed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen

PAGE = 100  # invoices of a page
INVOICE = {"purchaseOrderNumber": "PO7", "content": "JVBERi0xLjQK" * 100}
BODIES = {
    b"GET /vendor/directFulfillment/shipping/v1/customerInvoices/": {"payload": INVOICE},
    b"GET /models/": {"id": "m", "object": "model", "created": 1, "owned_by": "o"},
    b"GET /v1/invoices/": {"id": "in_1", "object": "invoice", "currency": "eur", "total": 1250},
    b"GET /": {"payload": INVOICE},
}


ANSWERS = {start: json.dumps(body).encode() for start, body in BODIES.items()}


class Answering(asyncio.Protocol):
    """One connection. `GET /...customerInvoices?...nextToken=N` returns page N.

    `shipFromPartyId` is the number of pages.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            body = self._page(head) if b"customerInvoices?" in head else self._find(head)
            length = b"Content-Length: %d\r\n\r\n" % len(body)
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + length + body
            )  # type: ignore[attr-defined]

    def _find(self, head: bytes) -> bytes:
        return next(body for start, body in ANSWERS.items() if head.startswith(start))

    def _page(self, head: bytes) -> bytes:
        target = head.split(b" ")[1]
        pairs = target.partition(b"?")[2].split(b"&")
        query = dict(pair.split(b"=") for pair in pairs)
        number = int(query.get(b"nextToken", 0))
        last = int(query[b"shipFromPartyId"])
        invoices = [
            {**INVOICE, "purchaseOrderNumber": f"PO{number * PAGE + at}"} for at in range(PAGE)
        ]
        following = number + 1
        marker = {"pagination": {"nextToken": str(following)}} if following < last else {}
        return json.dumps({"payload": {**marker, "customerInvoices": invoices}}).encode()


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def running() -> Iterator[str]:
    """Run the server in a process of its own; yields its URL."""
    with Popen(
        [sys.executable, "-m", "benchmarks.sandbox_reads"], stdin=PIPE, stdout=PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 -- for the type checker
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.stdin.close()


if __name__ == "__main__":
    asyncio.run(serve())
