"""`client.hooks` are called for each request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from counterfoil_core import OutcomeUnknown
from counterfoil_core.hooks import Attempt

from .behaviours import receive_and
from .callers import CREATE, GET, MARKER, Runner, running
from .server import PATIENCE, FaultServer, Line, answer


@pytest.fixture(params=["sync", "async"])
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    with running(request.param) as made:
        yield made


def test_each_request_is_told_before_and_after(runner: Runner) -> None:
    told: list[tuple[Any, ...]] = []

    def before(attempt: Attempt) -> None:
        attempt.note = f"span {attempt.number}"
        told.append(("before", attempt.operation, attempt.status))

    def after(attempt: Attempt) -> None:
        assert attempt.seconds is not None
        told.append(("after", attempt.note, attempt.status, type(attempt.fault).__name__))
        assert MARKER not in repr(attempt)

    with FaultServer() as server:
        server.order(answer(b"", status="503 Busy"), Line.reset, answer(), good=GET.good)
        client = runner.open(GET, server.url)
        client.hooks.before_request = before
        client.hooks.after_response = after
        assert runner.run(GET.invoke(client.with_options(timeout=PATIENCE))) == GET.value
        runner.close(client)

    begun = ("before", "customer_invoices.get", None)
    assert told == [
        begun,
        ("after", "span 1", 503, "NoneType"),
        begun,
        ("after", "span 2", None, "TransportError"),
        begun,
        ("after", "span 3", 200, "NoneType"),
    ]


def test_a_hook_that_fails_changes_nothing(
    runner: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(attempt: Attempt) -> None:
        raise ValueError(attempt.url)

    with FaultServer() as server, caplog.at_level(logging.WARNING, "counterfoil"):
        server.order(answer(), good=CREATE.good)
        client = runner.open(CREATE, server.url)
        client.hooks.before_request = client.hooks.after_response = fail
        assert runner.run(CREATE.invoke(client)) == 7
        server.order(receive_and("reset"))
        with pytest.raises(OutcomeUnknown):
            runner.run(CREATE.invoke(client))
        runner.close(client)

    assert {record.getMessage() for record in caplog.records} == {
        "open2b-admin invoices.create: a hook raised ValueError"
    }
    assert len(caplog.records) == 4


def test_a_cancelled_request_is_told_as_over() -> None:
    told: list[Attempt] = []

    async def cancel(client: Any) -> None:
        task = asyncio.create_task(GET.invoke(client))
        while not server.requests:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with FaultServer() as server, running("async") as runner:
        server.order(receive_and("stall"), good=GET.good)
        client = runner.open(GET, server.url)
        client.hooks.after_response = told.append
        runner.run(cancel(client))
        runner.close(client)

    assert [(attempt.status, attempt.fault) for attempt in told] == [(None, None)]
    assert told[0].seconds > 0.04
