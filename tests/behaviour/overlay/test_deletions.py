"""Invoices that are gone at a provider that is listed whole are marked, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from counterfoil import open_sink, pull
from counterfoil.providers import flow
from counterfoil.sinks.sqlite import SqliteSink
from msgspec import structs

from .fake_platforms import Answer, Body, Clock, Flow, Open2bStorefront, Platform, Query
from .test_sinks import make_invoice

SINCE = "2026-01-01"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    made.install(monkeypatch)
    return made


@pytest.fixture(params=[Flow, Open2bStorefront], ids=["flow", "open2b-storefront"])
def platform(request: pytest.FixtureRequest, clock: Clock) -> Platform:
    made: Platform = request.param(clock)
    made.insert(12)
    clock.go(minutes=10)
    return made


def pull_into(path: Path, platform: Platform, **how: Any) -> Any:
    with open_sink(path) as sink:
        result = pull([platform.account()], SINCE, into=sink, connect=platform.connect, **how)
    platform.clock.go(hours=2)
    return result


def find_deleted(path: Path) -> set[str]:
    with open_sink(path) as sink:
        return {str(one.ref.key) for one in sink.read() if one.deleted_at is not None}


def test_an_invoice_that_is_gone_is_marked_and_one_that_returns_is_not(
    platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    pull_into(path, platform)
    gone = sorted(platform.records)[3]
    record = platform.records[gone]
    platform.delete(gone)

    result = pull_into(path, platform)
    marked = find_deleted(path)
    with open_sink(path) as sink:
        [row] = sink.totals(by=["account"])
    platform.records[gone] = record
    again = pull_into(path, platform)

    assert result.failed == ()
    assert (result.count("deleted"), marked) == (1, {gone})
    assert row["invoices"] == 11
    assert find_deleted(path) == set()
    assert again.count("deleted") == 0


def test_a_listing_that_fails_marks_nothing(platform: Platform, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    pull_into(path, platform)
    platform.delete(sorted(platform.records)[0])
    platform.fails_after = platform.requests

    failed = pull_into(path, platform)
    platform.fails_after = None

    assert len(failed.failed) == 1
    assert find_deleted(path) == set()


def test_a_filtered_pull_marks_nothing_and_has_a_cursor_of_its_own(
    platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    pull_into(path, platform)
    with open_sink(path) as sink:
        cursor = sink.find_cursor("shop")
    platform.delete(sorted(platform.records)[0])

    result = pull_into(path, platform, kinds=["credit_note"])

    assert (result.failed, result.count("read")) == ((), 0)
    assert find_deleted(path) == set()
    with open_sink(path) as sink:
        assert sink.find_cursor("shop") == cursor
        assert sink.find_cursor("shop?kind=credit_note") is not None


def test_a_record_that_is_listed_and_unreadable_is_there(
    platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    pull_into(path, platform)
    platform.update(sorted(platform.records)[0], number={"not": "a text"})

    result = pull_into(path, platform)

    assert result.count("unreadable") == 1
    assert find_deleted(path) == set()


def test_an_invoice_that_the_list_omits_and_the_provider_still_has_is_there(
    clock: Clock, tmp_path: Path
) -> None:
    class Forgetful(Flow):
        def listed(self) -> list[Any]:
            return super().listed()[1:]

    path = tmp_path / "invoices.db"
    platform = Flow(clock)
    platform.insert(5)
    clock.go(minutes=10)
    pull_into(path, platform)
    forgetful = Forgetful(clock)
    forgetful.records = platform.records

    result = pull_into(path, forgetful)

    assert (result.failed, result.count("deleted")) == ((), 0)
    assert find_deleted(path) == set()


def test_an_invoice_that_left_the_span_is_there(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    platform = Flow(clock)
    [key, *_] = platform.insert(3)
    clock.go(minutes=10)
    pull_into(path, platform)
    platform.update(key, date="2019-01-01T00:00:00Z")

    pull_into(path, platform)

    assert find_deleted(path) == set()


@pytest.fixture
def without_request() -> Iterator[None]:
    """Flow, as if it could not be asked for one invoice: its lists alone decide."""
    structs.force_setattr(flow.PROVIDER, "get", None)
    yield
    structs.force_setattr(flow.PROVIDER, "get", flow.get)


@pytest.mark.usefixtures("without_request")
def test_without_a_request_for_one_two_listings_decide(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    platform = Flow(clock)
    [key, *_] = platform.insert(3)
    clock.go(minutes=10)
    pull_into(path, platform)
    platform.delete(key)

    first = pull_into(path, platform)
    after_first = find_deleted(path)
    second = pull_into(path, platform)

    assert (first.count("deleted"), after_first) == (0, set())
    assert (second.count("deleted"), find_deleted(path)) == (1, {key})


@pytest.mark.usefixtures("without_request")
@pytest.mark.parametrize(
    "changes",
    [{"date": "2019-01-01T00:00:00Z"}, {"number": {"not": "a text"}}],
    ids=["out of the span", "unreadable"],
)
def test_what_the_lists_contain_is_there_whatever_becomes_of_it(
    changes: dict[str, Any], clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    platform = Flow(clock)
    [key, *_] = platform.insert(3)
    clock.go(minutes=10)
    pull_into(path, platform)
    platform.update(key, **changes)

    for _ in range(3):
        pull_into(path, platform)

    assert find_deleted(path) == set()


@pytest.mark.usefixtures("without_request")
def test_a_record_without_a_key_may_be_any_invoice(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    platform = Flow(clock)
    [key, *_] = platform.insert(3)
    clock.go(minutes=10)
    pull_into(path, platform)
    platform.records[key].changes = {"key": None}

    results = [pull_into(path, platform) for _ in range(3)]

    assert results[-1].count("unreadable") == 1
    assert find_deleted(path) == set()


def test_a_request_that_fails_leaves_the_others_to_the_next_pull(
    clock: Clock, tmp_path: Path
) -> None:
    class Refusing(Flow):
        def answer(self, path: str, query: Query, body: Body) -> Answer:
            return (
                (500, b"")
                if refuses and "limit" not in query
                else super().answer(path, query, body)
            )

    path = tmp_path / "invoices.db"
    platform = Refusing(clock)
    refuses = False
    keys = platform.insert(9)
    clock.go(minutes=10)
    pull_into(path, platform)
    for key in keys[:5]:
        platform.delete(key)

    refuses = True
    before = platform.requests
    failed = pull_into(path, platform)
    requests = platform.requests - before
    refuses = False
    result = pull_into(path, platform)

    assert (failed.failed, failed.count("deleted")) == ((), 0)
    assert "5 of 5 invoices that are no longer listed" in failed.accounts[0].warnings[-1]
    assert requests < 6, "one request that fails is enough"
    assert result.count("deleted") == 5


@pytest.mark.usefixtures("without_request")
def test_a_listing_without_its_credit_memos_is_not_complete(clock: Clock, tmp_path: Path) -> None:
    class WithoutMemos(Flow):
        def answer(self, path: str, query: Query, body: Body) -> Answer:
            if path.endswith("/credit/memos"):
                return 404, b""
            return super().answer(path, query, body)

    path = tmp_path / "invoices.db"
    platform = WithoutMemos(clock)
    [key, *_] = platform.insert(3)
    clock.go(minutes=10)
    pull_into(path, platform)
    platform.delete(key)

    results = [pull_into(path, platform) for _ in range(3)]

    assert find_deleted(path) == set()
    assert "does not list the credit memos" in results[0].accounts[0].warnings[0]


def test_a_store_marks_only_what_it_was_not_passed(tmp_path: Path) -> None:
    with SqliteSink(tmp_path / "a.db") as sink:
        sink.store("atelier", [make_invoice(str(number)) for number in range(4)], b"{}")
        sink.begin_listing("atelier")
        sink.store("atelier", [make_invoice("0"), make_invoice("1")], b"{}")
        sink.note_listed("atelier", ["2"])

        assert [one.ref.key for one in sink.find_missing("atelier")] == ["3"]
