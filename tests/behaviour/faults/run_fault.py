"""One call that meets one fault, and its result."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from counterfoil_core import DeadlineExceeded, OutcomeUnknown

from .callers import Call, Record, Runner, expose, overheard, running
from .fault import Fault
from .server import PATIENCE, FaultServer, answer

ADVICE = re.compile(
    r"\b(Check the|Try again|Try a|Wait before|Read the record back|read the record back|Ask for|"
    r"Correct the request|Raise the|See the vendor|a newer version of this package)\b"
)


def meet_fault(fault: Fault, call: Call, way: str, **options: Any) -> Record:
    """Let a call meet a fault, and then call again in peace.

    A call with a short `timeout` gets more time if the machine was too slow to send its request.
    """
    given = {"timeout": PATIENCE, **options, **fault.options}
    record = _meet_once(fault, call, way, given)
    for _ in range(3):
        if not _was_too_slow(fault, record):
            break
        given["timeout"] *= 5
        record = _meet_once(fault, call, way, given)
    return record


def _was_too_slow(fault: Fault, record: Record) -> bool:
    return "timeout" in fault.options and record.attempts == 0


def _meet_once(fault: Fault, call: Call, way: str, given: dict[str, Any]) -> Record:
    record = Record()
    with (
        FaultServer() as server,
        closed_port() as closed,
        running(way) as runner,
        overheard(record),
    ):
        server.headers = call.headers
        url = server.url if fault.listens else closed
        client = runner.open(call, url, **given)
        try:
            _meet(fault, call, record, server, runner, client)
        finally:
            runner.close(client)
        record.requests = server.requests
        record.traces.append(f"client: {client!r} {client.__dict__!r}")
    return record


def _meet(
    fault: Fault, call: Call, record: Record, server: FaultServer, runner: Runner, client: Any
) -> None:
    if fault.warm is not None:
        server.order(fault.warm, good=call.good)
        runner.run(call.invoke(client))
        server.settle()
    server.order(fault.serve, good=call.good)
    began = time.monotonic()
    try:
        record.value = runner.run(call.invoke(client))
    except Exception as error:  # whatever comes is looked at
        record.error = error
        record.traces += expose(error)
    record.seconds = time.monotonic() - began
    # The server may see the request after the caller gave up.
    if isinstance(record.error, DeadlineExceeded | OutcomeUnknown):
        server.wait_for_attempts(1)
    record.attempts = server.attempts
    server.tell_call_ended()
    if fault.settles:
        server.settle()
    if fault.listens:
        server.order(answer())
        record.again = runner.run(call.invoke(client.with_options(timeout=PATIENCE)))


@contextmanager
def closed_port() -> Iterator[str]:
    """A port on which nobody listens, and which nobody else can take meanwhile."""
    with socket.socket() as constraints:
        constraints.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{constraints.getsockname()[1]}"
