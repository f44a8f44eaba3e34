"""VTEX: pages that shift while they are read, totals that are wrong, and crowded moments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from counterfoil import iterate

from .fake_platforms import Clock, Vtex
from .test_moving_data import SINCE, clock, path, pull_from, read

__all__ = ["clock", "path"]  # fixtures


def test_an_order_deleted_while_pages_are_read_loses_no_other(clock: Clock, path: Path) -> None:
    shop = Vtex(clock)
    keys = shop.insert(250)
    clock.go(hours=1)
    shop.before_answer = lambda number: shop.delete(keys[5]) if number == 2 else None

    result = pull_from(shop, path)

    assert result.failure is None
    assert result.unreadable == 0
    assert set(read(path)) == set(keys) - {keys[5]}


@pytest.mark.parametrize("count", [20, 99, 100, 101, 120, 250, 700])
@pytest.mark.parametrize(
    "total",
    [
        lambda count: 0,
        lambda count: 1,
        lambda count: count - 20,
        lambda count: count // 100 * 100,
        lambda count: 10**9,
    ],
    ids=["none", "one", "20 too few", "whole pages", "a billion"],
)
@pytest.mark.parametrize("cap", [50, 100])
def test_a_total_that_is_wrong_loses_nothing_and_ends(
    count: int, total: Callable[[int], int], cap: int, clock: Clock, path: Path
) -> None:
    shop = Vtex(clock)
    shop.total = total  # type: ignore[method-assign]
    shop.cap = cap
    for _ in range(count):
        shop.insert()
        clock.go(seconds=1)
    clock.go(hours=1)

    result = pull_from(shop, path)

    assert result.failure is None
    assert result.new == count
    assert shop.requests < 2 * count + 120


def test_a_total_that_stays_too_high_is_reported(clock: Clock, path: Path) -> None:
    shop = Vtex(clock)
    shop.total = lambda count: count + 3  # type: ignore[method-assign]
    shop.insert(7)
    clock.go(hours=1)

    result = pull_from(shop, path)

    [said] = result.warnings
    assert said.startswith("VTEX counts 10 orders of invoicedDate:[2026-03-17T09:30:00.000Z TO ")
    assert said.endswith("and lists 7")
    with (
        pytest.warns(UserWarning, match="VTEX counts 10 orders"),
        shop.connect(shop.account()) as client,
    ):
        list(iterate(shop.account(), SINCE, client=client))


@pytest.fixture
def few_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    """Pages that VTEX lists: 3, not 30, so that a test needs a tenth of the orders."""
    monkeypatch.setattr("counterfoil.providers._vtex_orders.MOST_PAGES", 3)
    return 3


@pytest.mark.parametrize("count", [301, 420])
def test_more_orders_of_one_second_than_vtex_lists_are_read(
    count: int, few_pages: int, clock: Clock, path: Path
) -> None:
    shop = Vtex(clock)
    shop.most_pages = few_pages
    for _ in range(count):
        shop.insert()
        clock.go(milliseconds=1)
    clock.go(hours=1)

    result = pull_from(shop, path)

    assert (result.failure, result.new, result.unreadable) == (None, count, 0)


@pytest.mark.parametrize(("count", "lost"), [(301, 0), (599, 0), (650, 1)])
def test_more_orders_of_one_moment_than_vtex_lists_are_read_from_both_ends_or_reported(
    count: int, lost: int, few_pages: int, clock: Clock, path: Path
) -> None:
    shop = Vtex(clock)
    shop.most_pages = few_pages
    shop.insert(count)
    clock.go(hours=1)
    later = shop.insert()
    clock.go(hours=1)

    result = pull_from(shop, path)

    assert result.failure is None
    assert result.new == min(count, 600) + 1
    assert result.unreadable == lost
    assert set(later) <= set(read(path))
