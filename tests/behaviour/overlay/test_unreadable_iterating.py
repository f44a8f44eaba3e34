"""Iterating goes on after a record that cannot be read: it warns, or calls a function."""

from __future__ import annotations

import asyncio
import warnings
from datetime import timedelta
from typing import Any

import pytest
from counterfoil import (
    CounterfoilWarning,
    Unreadable,
    aiterate,
    connect_async,
    iterate,
    plan_slices,
    read_slice,
)
from counterfoil_core import NotFound
from counterfoil_core.transports.protocol import AsyncStreamedResponse

from tests.described_apis import INVOICES

from .fake_platforms import FREE, PLATFORMS, POISON, START, Clock, Open2bAdmin, Platform, Vtex, make

SINCE = START - timedelta(days=3)
PATHS = {api: f"$.{each.undecodable[0]}" for api, each in INVOICES.items()}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    clock.install(monkeypatch)
    return clock


@pytest.mark.parametrize("provider", PLATFORMS)
def test_iterating_warns_of_a_record_that_cannot_be_read_and_goes_on(
    provider: str, clock: Clock
) -> None:
    shop = make(provider, clock)
    shop.insert(2)
    [bad] = shop.insert(**POISON[provider])
    shop.insert(2)
    clock.go(minutes=10)

    with shop.connect(shop.account()) as client, pytest.warns(CounterfoilWarning) as warned:
        found = list(iterate(shop.account(), SINCE, client=client))

    assert len(found) == 4
    [one] = warned
    assert f"account 'shop': record {bad} is unreadable (undecodable at {PATHS[provider]})" in str(
        one.message
    )
    assert one.filename == __file__


@pytest.mark.parametrize("provider", PLATFORMS)
def test_a_function_is_called_with_what_cannot_be_read_in_the_place_of_warnings(
    provider: str, clock: Clock
) -> None:
    shop = make(provider, clock)
    found = list[Unreadable]()
    shop.insert(2)
    [bad] = shop.insert(**POISON[provider])
    clock.go(minutes=10)

    async def read() -> list[Any]:
        account = shop.account()
        async with connect_async(
            account, transport=Awaited(shop), max_attempts=1, rate_limit=FREE
        ) as client:
            return [
                one
                async for one in aiterate(account, SINCE, client=client, on_unreadable=found.append)
            ]

    with warnings.catch_warnings(), shop.connect(shop.account()) as client:
        warnings.simplefilter("error")
        assert (
            len(list(iterate(shop.account(), SINCE, client=client, on_unreadable=found.append)))
            == 2
        )
        assert len(asyncio.run(read())) == 2

    assert [(one.key, one.code, one.path) for one in found] == [
        (bad, "undecodable", PATHS[provider])
    ] * 2


class Awaited:
    """A platform for an async client."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    async def asend(self, request: Any) -> AsyncStreamedResponse:
        answer = self.platform.send(request)

        async def body() -> Any:
            for chunk in answer.body:
                yield chunk

        return AsyncStreamedResponse(status=answer.status, headers=answer.headers, body=body())

    async def aclose(self) -> None:
        """Nothing is open."""


def test_a_slice_has_its_unreadable_records_in_their_batch(clock: Clock) -> None:
    shop = Open2bAdmin(clock)
    shop.insert()
    [bad] = shop.insert(**POISON["open2b-admin"])
    clock.go(minutes=10)
    [part] = plan_slices(shop.account(), SINCE)
    with shop.connect(shop.account()) as client:
        first, *_ = read_slice(shop.account(), part, client)

    assert [one.key for one in first.unreadable] == [bad]
    assert len(first.invoices) == 1


def test_an_error_of_the_whole_account_is_still_raised(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Vtex(clock)
    monkeypatch.setattr(shop, "answer", lambda *_: (404, b"{}"))

    with shop.connect(shop.account()) as client, pytest.raises(NotFound):
        list(iterate(shop.account(), SINCE, client=client))
