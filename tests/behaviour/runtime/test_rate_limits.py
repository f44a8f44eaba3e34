"""Usage plans: places returned by cancelled calls, limits from servers, and limits from users."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from counterfoil_core import (
    AsyncClient,
    Client,
    ConfigurationError,
    ConnectFailed,
    RateLimit,
    ServerError,
)
from counterfoil_core.api import TokenExchange
from counterfoil_core.auth import _read_lifetime
from counterfoil_core.call import perform_call
from counterfoil_core.drivers import run
from counterfoil_core.effects import Sleep
from counterfoil_core.rate_limits import TokenBucket, read_rate
from counterfoil_core.retry import wait_before_retry
from counterfoil_core.transports.sending import exchange

from .clients import Way
from .fake_api import API, GET, INVOICE

SETTINGS = {"shop": "shop", "region": None, "key": "k-123", "token": None, "organization": "acme"}
ARGUMENTS = {"organization": "acme", "id": "1"}
TEN_A_SECOND = RateLimit(requests=10, per=1, burst=10)
ONE_AN_HOUR = RateLimit(requests=1, per=3600, burst=1)
LONG = 100_000.0  # seconds; no call of these tests waits for them


def answer(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, content=INVOICE)


def answer_after(status: int, wait: int) -> Callable[[httpx2.Request], httpx2.Response]:
    headers = {"retry-after": str(wait)}
    return lambda request: httpx2.Response(status, headers=headers, content=b"{}")


def open_async(handler: Callable[[httpx2.Request], httpx2.Response], **options: Any) -> AsyncClient:
    return AsyncClient(API, SETTINGS, transport=httpx2.MockTransport(handler), **options)


async def cancel(client: AsyncClient, count: int) -> None:
    """Begin calls, let them come to where they wait, and cancel them."""
    tasks = [asyncio.create_task(client.call(GET, ARGUMENTS)) for _ in range(count)]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def test_200_cancelled_tasks_leave_their_place_to_the_next() -> None:
    async def scenario() -> float:
        async with open_async(answer, rate_limit=TEN_A_SECOND, timeout=LONG) as client:
            await cancel(client, 210)
            return client._state.rate_limiter.find_bucket(GET).reserve(LONG)

    assert asyncio.run(scenario()) < 1  # it was 20 s


def test_tasks_that_are_thrown_away_leave_their_place_too() -> None:
    client = Client(
        API, SETTINGS, transport=httpx2.MockTransport(answer), rate_limit=ONE_AN_HOUR, timeout=LONG
    )
    bucket = client._state.rate_limiter.find_bucket(GET)
    assert bucket.reserve(LONG) == 0
    for _ in range(5):
        abandoned = perform_call(client._state, client._options, GET, ARGUMENTS)
        assert isinstance(next(abandoned), Sleep)
        del abandoned

    assert bucket.reserve(LONG) == pytest.approx(3600, rel=0.01)


def test_a_call_that_is_interrupted_in_its_thread_leaves_its_place() -> None:
    client = Client(
        API, SETTINGS, transport=httpx2.MockTransport(answer), rate_limit=ONE_AN_HOUR, timeout=LONG
    )
    bucket = client._state.rate_limiter.find_bucket(GET)
    bucket.reserve(LONG)

    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(perform_call(client._state, client._options, GET, ARGUMENTS), exchange, interrupt)
    assert bucket.reserve(LONG) == pytest.approx(3600, rel=0.01)


def test_a_request_that_was_not_sent_costs_no_place(way: Way) -> None:
    client = way.connect(base_url="http://127.0.0.1:9", rate_limit=ONE_AN_HOUR, max_attempts=1)
    for _ in range(3):
        with pytest.raises(ConnectFailed):
            way.call(client, GET, id="1")
    way.close(client)
    assert way.time.waits == []


def test_a_retry_that_was_cancelled_costs_no_quota() -> None:
    async def scenario() -> int:
        async with open_async(answer_after(503, 50), timeout=LONG) as client:
            await cancel(client, 100)
            return client._state.quota._tokens

    assert asyncio.run(scenario()) == 500


TOLD = [
    "5e-324",
    "1e-320",
    "1e-300",
    "0.000001",
    "0.1",
    "1e308",
    "inf",
    "nan",
    "-1",
    "0",
    "",
    "ten",
]


@pytest.mark.parametrize("told", TOLD)
def test_no_header_stops_a_client(way: Way, told: str) -> None:
    headers = {"X-Parcel-Rate": told}
    response = httpx2.Response(200, content=INVOICE, headers=headers)
    client = way.connect(response, rate_limit=RateLimit(requests=10, per=1, burst=2), timeout=3)

    for _ in range(6):
        assert way.call(client, GET, id="1").id == 7
    # Four waits, each at least at a twentieth of the plan's rate.
    assert sum(way.time.waits) <= 4 * 2.0 + 0.001


@pytest.mark.parametrize("told", ["10", "2.5", "1e308", "1.0000001"])
def test_no_header_lifts_the_limit_of_a_user(way: Way, told: str) -> None:
    headers = {"X-Parcel-Rate": told}
    response = httpx2.Response(200, content=INVOICE, headers=headers)
    client = way.connect(response, rate_limit=RateLimit(requests=1, per=1, burst=1))
    for _ in range(4):
        way.call(client, GET, id="1")

    assert way.time.waits == pytest.approx([1.0, 1.0, 1.0])


def test_a_rate_that_a_server_lowered_comes_back() -> None:
    now = [0.0]
    bucket = TokenBucket(RateLimit(requests=10, per=1, burst=1), lambda: now[0])
    bucket.speed_up(read_rate({"x-parcel-rate": "0.000001"}, "X-Parcel-Rate"))
    for _ in range(30):
        now[0] += 100
        bucket.speed_up(read_rate({"x-parcel-rate": "20"}, "X-Parcel-Rate"))
    bucket.reserve(0)

    assert bucket.reserve(60) == pytest.approx(0.1)


def test_many_refusals_after_a_low_rate_leave_a_wait_that_ends() -> None:
    bucket = TokenBucket(RateLimit(requests=10, per=1, burst=1), lambda: 0.0)
    bucket.speed_up(1e-9)
    for _ in range(100):
        bucket.slow_down()

    assert bucket.reserve(3600) == pytest.approx(6.4)  # a 64th of the plan


BAD_LIMITS: list[Any] = [
    5,
    "1/s",
    RateLimit(requests=0, per=1, burst=1),
    RateLimit(requests=-1, per=1, burst=1),
    RateLimit(requests=10**400, per=1, burst=1),
    RateLimit(requests=float("nan"), per=1, burst=1),  # type: ignore[arg-type]
    RateLimit(requests=1, per=0, burst=1),
    RateLimit(requests=1, per=5e-324, burst=1),
    RateLimit(requests=1, per=float("inf"), burst=1),
    RateLimit(requests=1, per="1", burst=1),  # type: ignore[arg-type]
    RateLimit(requests=1, per=1, burst=-1),
    RateLimit(requests=1, per=1, burst=float("inf")),  # type: ignore[arg-type]
    RateLimit(requests=1, per=1, burst=1, scope="world"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("limit", BAD_LIMITS, ids=lambda limit: ascii(limit)[-40:])
def test_a_limit_that_is_none_is_refused_when_the_client_is_made(way: Way, limit: Any) -> None:
    with pytest.raises(ConfigurationError, match="rate_limit"):
        way.connect(rate_limit=limit)


def test_waits_grow_no_further_after_a_thousand_attempts() -> None:
    assert wait_before_retry(ServerError("busy"), 5_000, 1.0) == 20.0


def test_a_token_may_say_nothing_sensible_of_its_life() -> None:
    exchange = TokenExchange(operation="x:y", body={}, lifetime=("expires_in",))
    told = [3600, "60", None, "soon", 10**400, float("nan"), -5]
    lives = [_read_lifetime(SimpleNamespace(expires_in=each), exchange) for each in told]
    forever = float("inf")
    assert lives == [3600, 60, forever, forever, forever, forever, 0]
