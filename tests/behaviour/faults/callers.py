"""The operations that each fault is tried on, one for each way of retrying."""

from __future__ import annotations

import asyncio
import logging
import pickle
import traceback
import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import counterfoil_amazon as amazon
import counterfoil_flow as flow
import counterfoil_open2b_admin as open2b
import httpx2

MARKER = "Sm4rkerS3cret0f4Caller"  # part of every credential, and shown nowhere else
TRANSPORTS: dict[str, Callable[[], Any]] = {
    "sync": lambda: httpx2.HTTPTransport(verify=False),
    "async": lambda: httpx2.AsyncHTTPTransport(verify=False),
    "aiohttp": lambda: "aiohttp",
}
WAYS = tuple(TRANSPORTS)
ASYNC_WAYS = WAYS[1:]
# As it is, and as basic authentication writes it
MARKERS = (MARKER, b64encode(f"{MARKER}:".encode()).decode())


@dataclass(frozen=True)
class Call:
    """One operation: its way of retrying, its API, how to call it, and its good response."""

    name: str
    retry: str
    package: Any
    client: str
    arguments: dict[str, str]
    invoke: Callable[[Any], Any]
    good: bytes
    value: Any
    headers: bytes = b""  # of a good answer, beside the usual ones

    def open(self, way: str, url: str, **options: Any) -> Any:
        """A client at `url`; without TLS, which takes most of the time of making one."""
        kind = getattr(self.package, self.client if way == "sync" else f"Async{self.client}")
        return kind(base_url=url, transport=TRANSPORTS[way](), **self.arguments, **options)


ADDRESS = open2b.BillingAddressForm(
    first_name="Nives",
    last_name="Tarabelli",
    street1="Corso Garibaldi 41",
    city="Parma",
    postal_code="43121",
    country="IT",
    email="studio@tarabelli.example",
)
_STORE = {"store": "shop.example.com", "key": MARKER}

GET = Call(
    "amazon customer_invoices.get",
    "safe",
    amazon,
    "AmazonClient",
    {"restricted_data_token": MARKER},
    lambda client: client.customer_invoices.get("PO7"),
    b'{"payload": {"purchaseOrderNumber": "PO7", "content": "JVBERi0="}}',
    amazon.CustomerInvoice(purchase_order_number="PO7", content="JVBERi0="),
)
READ = Call(
    "open2b-admin invoices.get",
    "safe",
    open2b,
    "Open2bAdminClient",
    _STORE,
    lambda client: client.invoices.get(7),
    b'{"status": "ok", "invoice": {"id": 7, "status": "Sent", "total": 12.50}}',
    None,
)
UPDATE = Call(
    "open2b-admin invoices.update",
    "keyed",
    open2b,
    "Open2bAdminClient",
    _STORE,
    lambda client: client.invoices.update(id=7, invoice=open2b.InvoiceUpdateForm(number="2026/7")),
    b'{"status": "ok"}',
    open2b.InvoiceUpdated(),
)
CREATE = Call(
    "open2b-admin invoices.create",
    "never",
    open2b,
    "Open2bAdminClient",
    _STORE,
    lambda client: client.invoices.create(open2b.InvoiceForm(billing_address=ADDRESS)),
    b'{"status": "ok", "id": 7}',
    7,
)
FLOW = Call(
    "flow consumer_invoices.list",
    "safe",
    flow,
    "FlowClient",
    {"token": MARKER, "organization": "acme"},
    lambda client: client.consumer_invoices.list(),
    b"[]",
    [],
)
"""Its credential travels as basic authentication does, in base64."""


class Runner:
    """Runs the calls of a sync or async client; `waits` records its waits, which take no time."""

    def __init__(self, way: str) -> None:
        self.way = way
        self.is_async = way != "sync"
        self.loop = asyncio.Runner()
        self.waits: list[float] = []

    def open(self, call: Call, url: str, **options: Any) -> Any:
        client = call.open(self.way, url, **options)
        state = client._state
        state.sleep = self.waits.append
        state.sleep_async = self._wait
        state.chance = lambda: 1.0
        return client

    def run(self, outcome: Any) -> Any:
        return self.loop.run(_await(outcome)) if self.is_async else outcome

    def collect(self, stream: Any) -> list[Any]:
        async def gather() -> list[Any]:
            return [each async for each in stream]

        return self.loop.run(gather()) if self.is_async else list(stream)

    def close(self, client: Any) -> None:
        """Close the client, and the transport in it, which was passed in."""
        given = client._carrier._opened and client._carrier._opened[1]
        self.run(client.aclose()) if self.is_async else client.close()
        if given:
            self.run(given.aclose()) if self.is_async else given.close()

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)


async def _await(outcome: Any) -> Any:
    return await outcome


@contextmanager
def running(way: str) -> Iterator[Runner]:
    runner = Runner(way)
    with runner.loop:
        yield runner


@dataclass
class Record:
    """What one call came to."""

    value: Any = None
    error: BaseException | None = None
    attempts: int = 0
    seconds: float = 0
    again: Any = None  # the value of the next call of the same client, after the fault
    requests: list[bytes] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)  # whatever could show a credential


class Listener(logging.Handler):
    """Keeps all log records, of all loggers, from debug on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def overheard(record: Record) -> Iterator[None]:
    """Listen to logs and warnings, and add what they say to the record's traces."""
    logger = logging.getLogger("counterfoil")
    listener = Listener()
    level = logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.DEBUG)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
    record.traces += [f"log: {each.getMessage()} {each.__dict__}" for each in listener.records]
    record.traces += [f"warning: {each.message}" for each in caught]


def expose(error: BaseException) -> list[str]:
    """Every text that an error, and what caused it, can be turned into."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [
        *(f"cause: {text}" for text in (expose_text(cause) if cause else [])),
        *expose_text(error),
        f"pickle: {pickle.dumps(error)!r}",
        f"unpickled: {pickle.loads(pickle.dumps(error)).__dict__!r}",
        "traceback: " + "".join(traceback.format_exception(error)),
    ]


def expose_text(error: BaseException) -> list[str]:
    return [
        f"repr: {error!r}",
        f"str: {error}",
        f"args: {error.args!r}",
        f"dict: {error.__dict__!r}",
    ]
