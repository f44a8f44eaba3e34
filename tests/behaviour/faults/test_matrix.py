"""Every fault of the matrix, on one operation of each way of retrying, sync and async."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from counterfoil_core import CounterfoilError, DecodeError, OutcomeUnknown, ServerError

from .callers import MARKERS, READ, WAYS, Record, running
from .matrix import FAULTS, PAGE, draw_page
from .run_fault import ADVICE, meet_fault
from .server import PATIENCE, FaultServer, answer
from .situations import SITUATIONS

RETRIES = ("safe", "keyed", "never")
CASES = [
    pytest.param(number, retry, way, id=f"{fault.name}-{retry}-{way}")
    for number, fault in enumerate(FAULTS)
    for retry in RETRIES
    for way in WAYS
]
every_case = pytest.mark.parametrize(("number", "retry", "way"), CASES)


@lru_cache(maxsize=8)  # the tests of one case follow one another, see conftest.py
def meet(number: int, retry: str, way: str) -> Record:
    """Let a call meet a fault, once for all tests."""
    return meet_fault(FAULTS[number], FAULTS[number].calls[retry][0], way)


@every_case
def test_the_caller_sees_what_the_table_says(number: int, retry: str, way: str) -> None:
    call = FAULTS[number].calls[retry][0]
    seen, attempts = FAULTS[number].seen(retry, way)
    record = meet(number, retry, way)

    if isinstance(seen, str):
        assert record.error is None
        assert record.value == call.value or call is READ
        assert record.value is not None
    else:
        assert type(record.error) is seen, repr(record.error)
    assert record.attempts == attempts


@every_case
def test_nothing_but_our_errors_comes_out_and_they_say_what_to_do(
    number: int, retry: str, way: str
) -> None:
    error = meet(number, retry, way).error
    if error is None:
        return

    assert isinstance(error, CounterfoilError)
    call, _ = FAULTS[number].calls[retry]
    assert f"{error.provider} {error.operation}" == call.name
    assert ADVICE.search(error.message), error.message
    assert re.search(r"(\.|\(request id [^)]*\))$", error.message), error.message


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[fault.name for fault in FAULTS])
def test_a_write_that_is_never_repeated_is_sent_once_and_its_doubt_is_told(
    number: int, way: str
) -> None:
    record = meet(number, "never", way)

    assert record.attempts <= 1
    if isinstance(record.error, (OutcomeUnknown, DecodeError, ServerError)):
        assert "read the record back" in record.error.message.lower()


@every_case
def test_a_call_ends_within_its_timeout(number: int, retry: str, way: str) -> None:
    """Where it does not, it takes a minute; the soak tests hold it to the tenth of a second."""
    assert meet(number, retry, way).seconds < PATIENCE / 2


@every_case
def test_no_credential_is_shown(number: int, retry: str, way: str) -> None:
    record = meet(number, retry, way)

    assert not FAULTS[number].listens or any(
        marker in str(record.requests) for marker in MARKERS
    ), "the marker was sent at all"
    leaks = [trace for trace in record.traces if any(marker in trace for marker in MARKERS)]
    assert not leaks, leaks


@every_case
def test_the_client_serves_the_next_call_and_sends_no_cookie(
    number: int, retry: str, way: str
) -> None:
    call = FAULTS[number].calls[retry][0]
    record = meet(number, retry, way)

    if FAULTS[number].listens:
        assert record.again == call.value or call is READ
        assert record.again is not None
    assert not [request for request in record.requests if b"\r\ncookie:" in request.lower()]


RETRIED = [
    pytest.param(number, retry, way, id=f"{fault.name}-{retry}-{way}")
    for number, fault in enumerate(FAULTS)
    for retry in RETRIES
    for way in WAYS
    if fault.seen(retry, way)[1] > 1
]


@pytest.mark.parametrize(("number", "retry", "way"), RETRIED)
def test_a_fault_that_happens_once_is_not_seen(number: int, retry: str, way: str) -> None:
    fault = FAULTS[number]
    call = fault.calls[retry][0]
    with FaultServer() as server, running(way) as runner:
        client = runner.open(call, server.url, timeout=PATIENCE)
        server.order(fault.serve, answer(), good=call.good)
        try:
            assert runner.run(call.invoke(client)) == call.value
        finally:
            runner.close(client)
    assert server.attempts == 2


def test_the_page_of_the_docs_is_what_the_table_makes() -> None:
    assert PAGE.read_text() == draw_page(), "rewrite it: python -m tests.behaviour.faults.matrix"


@pytest.mark.parametrize(
    "test", [test for rows in SITUATIONS.values() for row in rows for test in row.tests]
)
def test_what_the_page_says_of_a_situation_has_its_test(test: str) -> None:
    file, _, function = test.partition("::")

    assert f"\ndef {function}(" in (PAGE.parents[1] / "tests" / "behaviour" / file).read_text()


def test_no_fault_is_listed_twice() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("429 seconds", 2),
        ("429 date", 1),
        ("429 date, clocks apart", 3),
        ("429 date gone by", 0),
        ("429 bare", None),
        ("429 nonsense", None),
        ("429 for years", 99_999_999),
        ("429 for ever", 1e9),
    ],
)
def test_the_wait_that_a_server_asks_for_is_told_as_a_number_that_can_be_waited(
    name: str, seconds: float | None, way: str
) -> None:
    number = next(number for number, fault in enumerate(FAULTS) if fault.name == name)

    assert meet(number, "never", way).error.retry_after == seconds


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "what", "expected"),
    [
        ("unknown enum value", lambda invoice: str(invoice.status), "Framed"),
    ],
)
def test_what_is_unknown_is_kept_as_it_came(
    name: str, what: Callable[[Any], str], expected: str, way: str
) -> None:
    number = next(number for number, fault in enumerate(FAULTS) if fault.name == name)

    assert what(meet(number, "safe", way).value) == expected
