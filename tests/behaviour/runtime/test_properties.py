"""Properties of retries and their quota, of usage plans and of cursors, tested by Hypothesis."""

from __future__ import annotations

import asyncio
import sys
import threading
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import httpx2
import pytest
from counterfoil_core import CounterfoilError, OutcomeUnknown, RateLimit
from counterfoil_core.api import Operation
from counterfoil_core.rate_limits import TokenBucket
from counterfoil_core.retry import RetryQuota
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec import structs

from .clients import Way
from .fake_api import (
    CREATE,
    FIND,
    FIND_PAGES,
    GET,
    INVOICE,
    LIST,
    LIST_OFFSETS,
    LIST_PAGES,
    NOON,
    REPLACE,
    ParcelForm,
)

CALLS: dict[str, tuple[Operation[Any], dict[str, Any]]] = {
    "safe": (GET, {"id": "1"}),
    "keyed": (REPLACE, {"form": ParcelForm(total=Decimal(1))}),
    "never": (CREATE, {"invoice": ParcelForm(total=Decimal(1))}),
}
UNSENT = "unsent"
LOST = "lost"
# The same cases in every run.
steady = settings(max_examples=150, deadline=None, derandomize=True, database=None)
outcomes = some.lists(
    some.sampled_from([200, 204, 400, 403, 408, 409, 429, 500, 502, 503, 504, UNSENT, LOST]),
    min_size=1,
    max_size=9,
)
plans = some.builds(
    lambda requests, per, burst: RateLimit(requests=requests, per=per, burst=burst),
    some.integers(1, 50),
    some.integers(1, 60),
    some.integers(1, 20),
)


class Service:
    """Produces each outcome of a list in turn, and then repeats the last."""

    def __init__(self, outcomes: list[int | str], retry_after: int | None) -> None:
        self.outcomes = outcomes
        self.retry_after = retry_after
        self.reached = 0  # how often a request arrived, answered or not

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        outcome = self.outcomes[0]
        if len(self.outcomes) > 1:
            self.outcomes.pop(0)
        if outcome == UNSENT:
            raise httpx2.ConnectError("no route")
        self.reached += 1
        if outcome == LOST:
            raise httpx2.ReadError("reset")
        headers = {} if self.retry_after is None else {"retry-after": str(self.retry_after)}
        return httpx2.Response(
            int(outcome), headers=headers, content=INVOICE if outcome == 200 else b""
        )


@pytest.mark.parametrize("way_name", ["sync", "async"])
@steady
@given(
    retry=some.sampled_from(list(CALLS)),
    outcomes=outcomes,
    most=some.integers(1, 6),
    timeout=some.integers(1, 120),
    retry_after=some.none() | some.integers(0, 200),
    chance=some.floats(0, 1),
)
def test_a_call_keeps_its_attempts_its_time_and_its_promise(
    way_name: str,
    retry: str,
    outcomes: list[int | str],
    most: int,
    timeout: int,
    retry_after: int | None,
    chance: float,
) -> None:
    way = Way(way_name)
    service = Service([*outcomes], retry_after)
    operation, arguments = CALLS[retry]
    with way.runner:
        client = way.connect(service, max_attempts=most, timeout=timeout)
        client._state.chance = lambda: chance
        began = way.time.now
        try:
            way.call(client, operation, **arguments)
            failure = None
        except CounterfoilError as error:
            failure = error

    assert len(way.requests) <= most
    assert way.time.now - began <= timeout
    assert all(0 <= wait <= (retry_after or 20) for wait in way.time.waits)
    if retry == "never":
        assert service.reached <= 1
    if retry == "never" and outcomes[0] == LOST:
        assert isinstance(failure, OutcomeUnknown)


@steady
@given(
    some.lists(
        some.tuples(some.sampled_from(["fail", "throttle", "succeed"]), some.integers(1, 60)),
        max_size=9,
    )
)
def test_the_retry_quota_is_never_overdrawn_nor_overfull(runs: list[tuple[str, int]]) -> None:
    from counterfoil_core import RateLimited, ServerError

    quota = RetryQuota()
    failures = {"fail": ServerError(""), "throttle": RateLimited("")}
    paid = 0
    for event in [event for event, count in runs for _ in range(count)]:
        if event == "succeed":
            quota.give_back(paid)
            paid = 0
        else:
            paid = quota.take(failures[event])

        assert 0 <= quota._tokens <= 500


def require_plan_kept(times: list[float], plan: RateLimit) -> None:
    """Check that no window has more calls than the burst, plus the rate times its length."""
    times = sorted(times)
    rate = plan.requests / plan.per
    for start, begin in enumerate(times):
        for length in (0.0, plan.per / 2, plan.per, 3 * plan.per):
            count = bisect_right(times, begin + length) - start
            assert count <= plan.burst + rate * length + 1e-6, f"{count} requests in {length} s"


@steady
@given(
    plan=plans,
    pauses=some.lists(some.floats(0, 30), min_size=1, max_size=60),
    troubles=some.sets(some.integers(0, 59)),
)
def test_no_window_holds_more_requests_than_the_plan_allows(
    plan: RateLimit, pauses: list[float], troubles: set[int]
) -> None:
    now = [0.0]
    bucket = TokenBucket(plan, lambda: now[0])
    sent = []
    for number, pause in enumerate(pauses):
        now[0] += pause
        sent.append(now[0] + bucket.reserve(1e9))
        if number in troubles:
            bucket.slow_down()
        else:
            bucket.speed_up(None)

    require_plan_kept(sent, plan)


@pytest.fixture(scope="module", autouse=True)
def switching_often() -> Iterator[None]:
    """Let threads take turns as often as they can, so that what no lock holds falls apart."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@settings(steady, max_examples=15)
@given(plan=plans)
def test_threads_that_ask_at_once_share_one_plan(plan: RateLimit) -> None:
    bucket = TokenBucket(plan, lambda: 0.0)
    waits = []
    ready = threading.Barrier(8)

    def reserve() -> None:
        ready.wait()
        waits.extend(bucket.reserve(1e9) for _ in range(200))

    threads = [threading.Thread(target=reserve) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    require_plan_kept(waits, plan)
    # No time is wasted.
    beyond_burst = max(0, 1600 - plan.burst)
    assert max(waits) == pytest.approx(beyond_burst * plan.per / plan.requests)


@steady
@given(plan=plans, tasks=some.integers(1, 40))
def test_tasks_that_call_at_once_share_one_plan(plan: RateLimit, tasks: int) -> None:
    way = Way("async")
    sent = []

    async def wait(seconds: float) -> None:
        sent.append(seconds)

    with way.runner:
        client = way.connect(httpx2.Response(200, content=INVOICE), rate_limit=plan, timeout=1e6)
        client._state.sleep_async = wait

        async def call_all() -> None:
            await asyncio.gather(
                *(
                    client.call(GET, {"organization": "acme", "id": str(number)})
                    for number in range(tasks)
                )
            )

        way.runner.run(call_all())

    assert len(way.requests) == tasks
    require_plan_kept([0.0] * (tasks - len(sent)) + sent, plan)


def serve_list(count: int, style: str) -> Any:
    """Serve `count` invoices by tokens, after a key, or by offset."""

    def handle(request: httpx2.Request) -> httpx2.Response:
        import json

        if style == "keyset":
            asked = json.loads(request.content)
            start = asked.get("conditions", {}).get("after", 0)
            size = asked["limit"]
        else:
            query = request.url.params
            start = int(query.get("nextToken" if style == "token" else "offset", 0))
            size = int(query["limit"])
        end = min(start + size, count)
        rows = [{"id": number + 1, "total": 1} for number in range(start, end)]
        if style == "keyset":
            return httpx2.Response(200, json={"invoices": rows})
        marker = {"nextToken": str(end)} if style == "token" and end < count else {}
        return httpx2.Response(200, json={"payload": {"invoices": rows, "pagination": marker}})

    return handle


STYLES = {
    "token": (LIST, LIST_PAGES, {"created_after": NOON}),
    "keyset": (FIND, FIND_PAGES, {}),
    "offset": (LIST, structs.replace(LIST_OFFSETS, max_pages=None), {"created_after": NOON}),
}


@pytest.mark.parametrize("style", list(STYLES))
@steady
@given(count=some.integers(0, 20), size=some.integers(7, 9), stop=some.integers(0, 3))
def test_what_was_read_and_what_is_left_from_a_cursor_are_all_and_nothing_twice(
    style: str, count: int, size: int, stop: int
) -> None:
    operation, pagination, given_ = STYLES[style]
    way = Way("sync")
    client = way.connect(
        serve_list(count, style), rate_limit=RateLimit(requests=1000, per=1, burst=1000)
    )
    arguments = {**given_, "limit": size}
    pages = list(client.pages(operation, pagination, arguments))
    before = pages[: stop + 1]
    cursor = before[-1].cursor
    after = (
        list(client.pages(operation, pagination, arguments, cursor=cursor))
        if cursor is not None
        else []
    )

    assert [item.id for page in [*before, *after] for item in page.items] == list(
        range(1, count + 1)
    )
    assert all(one.cursor != other.cursor for one, other in pairwise(pages))
