"""Which calls are retried, how long they wait, and when they give up."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from email.utils import formatdate
from typing import Any

import httpx2
import pytest
from counterfoil_core import (
    DeadlineExceeded,
    DecodeError,
    OutcomeUnknown,
    RateLimit,
    RateLimited,
    ServerError,
)
from counterfoil_core.api import Operation

from .clients import Way
from .fake_api import CREATE, GET, INVOICE, LIST, NOON, REPLACE, ParcelForm

FORM = ParcelForm(total=Decimal(1))
GOOD = httpx2.Response(200, content=INVOICE)


def script(*responses: httpx2.Response | Exception) -> Callable[[httpx2.Request], httpx2.Response]:
    """Answer with these in turn."""
    left = list(responses)

    def handle(request: httpx2.Request) -> httpx2.Response:
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)

    return handle


def error(status: int, **headers: str) -> httpx2.Response:
    return httpx2.Response(
        status, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_passing_trouble_is_tried_again_after_growing_waits(way: Way, status: int) -> None:
    client = way.connect(script(error(status), error(status), GOOD))
    response = way.respond(client, GET, id="1")
    assert response.attempts == 3
    assert way.time.waits == [0.05, 0.1]


def test_throttling_waits_longer(way: Way) -> None:
    client = way.connect(script(error(429), error(429), GOOD))
    assert way.respond(client, GET, id="1").attempts == 3
    assert way.time.waits == [1.0, 2.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 501])
def test_a_definite_refusal_is_not_tried_again(way: Way, status: int) -> None:
    with pytest.raises(Exception, match=str(status)):
        way.call(way.connect(error(status)), GET, id="1")
    assert len(way.requests) == 1


def test_waits_grow_to_twenty_seconds_and_no_further(way: Way) -> None:
    client = way.connect(error(503), max_attempts=12, timeout=3600)
    with pytest.raises(ServerError):
        way.call(client, GET, id="1")
    assert way.time.waits == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 20.0, 20.0]


def test_chance_spreads_the_waits_over_their_whole_length(way: Way) -> None:
    client = way.connect(error(503), max_attempts=2)
    client._state.chance = lambda: 0.25
    with pytest.raises(ServerError):
        way.call(client, GET, id="1")
    assert way.time.waits == [0.0125]
    fresh = type(client)(client._state.settings.api, {"shop": "shop"})
    assert fresh._state.chance == random.random


def test_the_server_says_how_long_to_wait_in_seconds(way: Way) -> None:
    way.call(way.connect(script(error(503, retry_after="7"), GOOD)), GET, id="1")
    assert way.time.waits == [7.0]


def test_the_server_says_until_when_to_wait_by_its_own_clock(way: Way) -> None:
    answer = error(
        429, retry_after=formatdate(1_000_012, usegmt=True), date=formatdate(1_000_000, usegmt=True)
    )
    way.call(way.connect(script(answer, GOOD)), GET, id="1")
    assert way.time.waits == [12.0]


@pytest.mark.parametrize("nonsense", ["soon", "-5", "", "1e9999", "Feb 30", "\u0663"])
def test_a_wait_that_makes_no_sense_is_not_believed(way: Way, nonsense: str) -> None:
    answer = httpx2.Response(503, headers=[(b"Retry-After", nonsense.encode())])
    way.call(way.connect(script(answer, GOOD)), GET, id="1")
    assert way.time.waits == [0.05]


def test_a_wait_beyond_the_deadline_is_said_at_once(way: Way) -> None:
    with pytest.raises(RateLimited) as caught:
        way.call(way.connect(error(429, retry_after="120")), GET, id="1")
    assert caught.value.retry_after == 120.0
    assert (way.time.waits, len(way.requests)) == ([], 1)


def test_one_attempt_means_one(way: Way) -> None:
    client = way.connect(error(503))
    with pytest.raises(ServerError):
        way.call(client.with_options(max_attempts=1), GET, id="1")
    assert len(way.requests) == 1
    with pytest.raises(ServerError):
        way.call(client, GET, id="1")
    assert len(way.requests) == 4


@pytest.mark.parametrize(
    "fault",
    [httpx2.ReadError("reset"), httpx2.RemoteProtocolError("gone"), httpx2.WriteError("broken")],
)
@pytest.mark.parametrize("operation", [GET, REPLACE])
def test_a_broken_connection_is_tried_again_where_repeating_is_harmless(
    way: Way, operation: Operation[Any], fault: Exception
) -> None:
    good = GOOD if operation is GET else httpx2.Response(204)
    arguments: dict[str, Any] = {"id": "1"} if operation is GET else {"form": FORM}
    assert way.respond(way.connect(script(fault, good)), operation, **arguments).attempts == 2


@pytest.mark.parametrize(
    "fault",
    [
        httpx2.ReadError("reset"),
        httpx2.ReadTimeout("slow"),
        httpx2.WriteError("broken"),
        OSError("?"),
    ],
)
def test_a_write_that_may_have_happened_is_not_repeated(way: Way, fault: Exception) -> None:
    with pytest.raises(
        OutcomeUnknown, match=r"may or may not have been carried out\. Read the record back"
    ):
        way.call(way.connect(script(fault)), CREATE, invoice=FORM)
    assert len(way.requests) == 1


def test_a_write_is_repeated_where_nothing_was_sent(way: Way) -> None:
    created = httpx2.Response(200, content=b'{"status":"ok","id":5}')
    response = way.respond(
        way.connect(script(httpx2.ConnectError("refused"), created)), CREATE, invoice=FORM
    )
    assert (response.value.id, response.attempts) == (5, 2)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_write_that_was_answered_is_never_repeated(way: Way, status: int) -> None:
    with pytest.raises(Exception, match=str(status)) as caught:
        way.call(way.connect(error(status)), CREATE, invoice=FORM)
    assert len(way.requests) == 1
    assert ("may have been carried out" in str(caught.value)) == (status != 429)


def test_an_answer_that_cannot_be_read_is_not_asked_for_again(way: Way) -> None:
    with pytest.raises(DecodeError):
        way.call(way.connect(httpx2.Response(200, content=b"<html>")), GET, id="1")
    assert len(way.requests) == 1


def test_the_deadline_covers_all_attempts(way: Way) -> None:
    def slow(request: httpx2.Request) -> httpx2.Response:
        way.time.now += 4
        return error(503)

    with pytest.raises((ServerError, DeadlineExceeded)):
        way.call(way.connect(slow, timeout=10, max_attempts=9), GET, id="1")
    assert len(way.requests) == 3
    assert way.time.now <= 1000 + 12.2


def test_the_quota_ends_the_retries_of_all_calls(way: Way) -> None:
    client = way.connect(error(503))
    for _ in range(30):
        with pytest.raises(ServerError):
            way.call(client, GET, id="1")
    assert len(way.requests) == 30 + 500 // 14


def test_good_answers_refill_the_quota(way: Way) -> None:
    client = way.connect(script(*[error(503), GOOD] * 60))
    for _ in range(60):
        assert way.respond(client, GET, id="1").attempts == 2


def test_the_usage_plan_lets_a_burst_through_and_spaces_the_rest(way: Way) -> None:
    client = way.connect(httpx2.Response(200, content=b"{}"))
    for _ in range(13):
        way.call(client, LIST, created_after=NOON)
    assert way.time.waits == pytest.approx([0.1, 0.1, 0.1])


def test_a_limit_of_the_users_own_holds_for_every_operation(way: Way) -> None:
    client = way.connect(GOOD, rate_limit=RateLimit(requests=1, per=2, burst=1, scope="account"))
    for _ in range(3):
        way.call(client, GET, id="1")
    assert way.time.waits == pytest.approx([2.0, 2.0])


def test_an_empty_bucket_beyond_the_deadline_is_said_at_once(way: Way) -> None:
    client = way.connect(GOOD, rate_limit=RateLimit(requests=1, per=100, burst=1))
    way.call(client, GET, id="1")
    with pytest.raises(RateLimited, match="not sent") as caught:
        way.call(client, GET, id="1")
    assert caught.value.retry_after == pytest.approx(100)
    assert len(way.requests) == 1
    way.time.now += 100
    way.call(client, GET, id="1")
    assert way.time.waits == []


def test_throttling_halves_the_pace(way: Way) -> None:
    client = way.connect(
        script(error(429), GOOD, GOOD),
        rate_limit=RateLimit(requests=1, per=1, burst=1),
        max_attempts=1,
    )
    with pytest.raises(RateLimited):
        way.call(client, GET, id="1")
    way.call(client, GET, id="1")
    assert way.time.waits == pytest.approx([2.0])
    way.call(client, GET, id="1")
    assert way.time.waits[1] == pytest.approx(1 / 0.55)


def test_the_servers_rate_replaces_the_documented_one(way: Way) -> None:
    told = httpx2.Response(200, content=INVOICE, headers={"X-Parcel-Rate": "0.5"})
    client = way.connect(told, rate_limit=RateLimit(requests=10, per=1, burst=1))
    way.call(client, GET, id="1")
    way.call(client, GET, id="1")
    assert way.time.waits == pytest.approx([2.0])
