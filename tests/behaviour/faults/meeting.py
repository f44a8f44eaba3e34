"""One call that meets one fault, and what comes of it."""

from __future__ import annotations

import re
import socket
import time
from typing import Any

from counterfoil_core import DeadlineExceeded

from .callers import Call, Record, Runner, expose, overheard, running
from .matrix import Fault
from .server import FaultServer, answer

ADVICE = re.compile(
    r"\b(Check the|Try again|Try a|Wait before|Read the record back|read the record back|Ask for|Correct the request|Raise the|"
    r"See the vendor|a newer version of this package)\b"
)


def meet_fault(fault: Fault, call: Call, way: str, **options: Any) -> Record:
    """Let a call meet a fault, and then call again in peace."""
    record = Record()
    with FaultServer() as server, running(way) as runner, overheard(record):
        server.headers = call.headers
        url = server.url if fault.listens else _find_closed_port()
        client = runner.open(call, url, **{"timeout": 10, **options, **fault.options})
        try:
            _meet(fault, call, record, server, runner, client)
        finally:
            runner.close(client)
        record.requests = server.requests
        record.traces.append(f"client: {client!r} {client.__dict__!r}")
    return record


def _meet(fault: Fault, call: Call, record: Record, server: FaultServer, runner: Runner, client: Any) -> None:
    if fault.warm is not None:
        server.order(fault.warm, good=call.good)
        runner.run(call.invoke(client))
        time.sleep(0.03)  # until what the server did to the connection has arrived
    server.order(fault.serve, good=call.good)
    began = time.monotonic()
    try:
        record.value = runner.run(call.invoke(client))
    except Exception as error:  # whatever comes is looked at
        record.error = error
        record.traces += expose(error)
    record.seconds = time.monotonic() - began
    if isinstance(record.error, DeadlineExceeded):  # a busy machine may let the server hear of it after the caller gave up
        _wait_for(server, fault.seen(call.retry, runner.way)[1])
    record.attempts = server.attempts
    time.sleep(fault.settles)
    if fault.listens:
        server.order(answer())
        record.again = runner.run(call.invoke(client.with_options(timeout=10)))


def _wait_for(server: FaultServer, attempts: int) -> None:
    """Wait until so many requests were counted, a second at most; more are counted as well."""
    end = time.monotonic() + 1
    while server.attempts < attempts and time.monotonic() < end:
        time.sleep(0.005)


def _find_closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"
