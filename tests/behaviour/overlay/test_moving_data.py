"""Data, clocks and settings that change between and during pulls, in minimal schedules."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Account, AccountError, Cursor, open_sink, plan_slices, pull
from counterfoil_core import ConnectFailed

from .fake_platforms import (
    START,
    Clock,
    Flow,
    Open2bAdmin,
    Open2bStorefront,
    Platform,
    make,
    read_versions,
)

SINCE = START - timedelta(days=3)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    clock.install(monkeypatch)
    return clock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "invoices.db"


def pull_from(
    platform: Platform,
    path: Path,
    *,
    since: datetime | None = SINCE,
    account: Account | None = None,
    **how: Any,
) -> Any:
    platform.requests = 0
    with open_sink(path) as sink:
        chosen = account or platform.account()
        return pull([chosen], since=since, into=sink, connect=platform.connect, **how).accounts[0]


def read(path: Path) -> dict[str, str]:
    with open_sink(path) as sink:
        return dict(read_versions(sink.read()))  # type: ignore[union-attr]


# What lists everything is compared as a whole


@pytest.mark.parametrize("kind", [Flow, Open2bStorefront])
def test_an_old_invoice_that_changed_is_seen_by_pulls_that_follow_each_other_closely(
    kind: type[Platform], clock: Clock, path: Path
) -> None:
    shop = kind(clock)
    [old] = shop.insert()
    clock.go(days=5)
    for _ in range(3):
        clock.go(minutes=20)
        pull_from(shop, path)
    shop.update(old)
    clock.go(minutes=20)

    assert pull_from(shop, path).changed == 1
    assert read(path) == {old: "2"}


def test_a_killed_pull_that_is_resumed_days_later_compares_all_of_it(
    clock: Clock, path: Path
) -> None:
    shop = Flow(clock)
    keys = shop.insert(150)
    clock.go(days=1)
    shop.fails_after = 1  # the first page is stored
    assert isinstance(pull_from(shop, path).failure, ConnectFailed)
    shop.fails_after = None
    shop.update(keys[0])
    clock.go(days=3)
    pull_from(shop, path, since=None)
    clock.go(minutes=20)

    assert pull_from(shop, path, since=None).failure is None
    assert read(path)[keys[0]] == "2"
    assert len(read(path)) == 150


def test_a_pull_to_the_same_end_that_is_done_asks_for_nothing(clock: Clock, path: Path) -> None:
    shop = Flow(clock)
    shop.insert(3)
    clock.go(minutes=1)
    until = clock.true
    pull_from(shop, path, until=until)

    pull_from(shop, path, until=until)

    assert shop.requests == 0


# No gaps


@pytest.mark.parametrize("provider", ["amazon", "open2b-admin", "vtex"])
def test_reading_again_from_a_later_moment_leaves_no_gap(
    provider: str, clock: Clock, path: Path
) -> None:
    shop = make(provider, clock)
    pull_from(shop, path)
    keys = shop.insert(2)
    clock.go(hours=11)

    pull_from(shop, path, since=clock.true - timedelta(hours=1), again=True)
    pull_from(shop, path, since=None)

    assert sorted(read(path)) == sorted(keys)


def test_reading_again_from_a_later_moment_does_not_drop_the_rest_of_a_pull_that_was_killed(
    clock: Clock, path: Path
) -> None:
    shop = Open2bAdmin(clock)
    shop.insert(250)
    clock.go(hours=1)
    shop.fails_after = 2
    pull_from(shop, path)
    shop.fails_after = None
    clock.go(hours=11)

    pull_from(shop, path, since=clock.true - timedelta(hours=1), again=True)

    assert len(read(path)) == 250


# Clocks


@pytest.mark.parametrize("provider", ["amazon", "flow", "open2b-admin", "vtex"])
@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(hours=5), timedelta(days=400)])
def test_a_clock_that_was_ahead_once_loses_nothing(
    provider: str, ahead: timedelta, clock: Clock, path: Path
) -> None:
    shop = make(provider, clock)
    shop.insert()
    clock.go(seconds=30)
    clock.error = ahead
    pull_from(shop, path, since=SINCE + ahead if provider == "amazon" and ahead.days else SINCE)
    clock.error = timedelta()
    pull_from(shop, path)
    keys = shop.insert(2)
    clock.go(minutes=10)

    result = pull_from(shop, path)

    assert result.failure is None
    assert set(keys) <= set(read(path))
    assert result.slices > 0


@pytest.mark.parametrize("provider", ["amazon", "open2b-admin", "vtex"])
def test_a_clock_that_was_ahead_and_is_found_out_late_loses_nothing_where_answers_have_a_date(
    provider: str, clock: Clock, path: Path
) -> None:
    shop = make(provider, clock)
    shop.tells_time = True
    shop.insert()
    clock.error = timedelta(hours=1)
    warned = pull_from(shop, path).warnings
    clock.error = timedelta()
    clock.go(minutes=20)
    keys = shop.insert(2)  # before the moment that the first pull took for its end
    clock.go(hours=3)

    result = pull_from(shop, path)

    assert warned == [f"this machine's clock is ahead of {provider}'s by 60 minutes"]
    assert set(keys) <= set(read(path))
    assert (result.failure, result.warnings) == (None, [])


def test_while_a_cursor_lies_in_the_future_a_pull_reads_all_and_says_why(
    clock: Clock, path: Path
) -> None:
    shop = Open2bAdmin(clock)
    clock.error = timedelta(hours=5)
    pull_from(shop, path)
    clock.error = timedelta()
    keys = shop.insert(2)
    clock.go(minutes=1)

    result = pull_from(shop, path)

    assert sorted(read(path)) == sorted(keys)
    assert result.warnings == [
        "the last pull ended at 2026-03-20 14:30 UTC, which is in the future: a clock was wrong, "
        "and all since 2026-03-17 is read again"
    ]


# Two pulls of one account


class Stalling:
    """A sink to which something happens between the last answer and the first store."""

    def __init__(self, sink: Any, happen: Callable[[], None]) -> None:
        self._sink = sink
        self._happen = happen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sink, name)

    def store(self, *words: Any) -> Any:
        happen = self._happen
        self._happen = lambda: None
        happen()
        return self._sink.store(*words)


def test_what_a_slower_pull_read_earlier_does_not_replace_what_is_newer(
    clock: Clock, path: Path
) -> None:
    shop = Open2bAdmin(clock)
    [key] = shop.insert()
    clock.go(minutes=1)
    pull_from(shop, path)
    shop.update(key)
    clock.go(minutes=1)
    faster: list[Any] = []

    def overtake() -> None:
        shop.update(key)
        clock.go(minutes=1)
        faster.append(pull_from(shop, path))

    with open_sink(path) as sink:
        stalling: Any = Stalling(sink, overtake)
        [slower] = pull([shop.account()], into=stalling, connect=shop.connect).accounts

    assert faster[0].failure is None
    assert "account 'shop' was pulled into" in str(slower.failure)
    assert "by another process at the same time: this pull ends" in str(slower.failure)
    assert read(path) == {key: "3"}
    assert pull_from(shop, path).failure is None


@pytest.mark.parametrize("name", ["invoices.db", "invoices.jsonl", "invoices.parquet"])
def test_a_second_pull_of_an_account_into_one_sink_is_refused(
    name: str, clock: Clock, tmp_path: Path
) -> None:
    shop = Open2bAdmin(clock)
    shop.insert()
    clock.go(minutes=1)
    seconds: list[Any] = []
    with open_sink(tmp_path / name) as sink:

        def come_second(number: int) -> None:
            shop.before_answer = lambda number: None
            seconds.append(
                pull([shop.account()], since=SINCE, into=sink, connect=shop.connect).accounts[0]
            )

        shop.before_answer = come_second
        [first] = pull([shop.account()], since=SINCE, into=sink, connect=shop.connect).accounts
        [later] = pull([shop.account()], since=SINCE, into=sink, connect=shop.connect).accounts

    assert first.failure is None
    assert "account 'shop' is being pulled into" in str(seconds[0].failure)
    assert later.failure is None


# The table as a consumer sees it


def test_a_row_has_a_later_time_and_sequence_than_a_look_at_the_table_before_it(
    clock: Clock, path: Path
) -> None:
    shop = Open2bAdmin(clock)
    shop.insert()
    clock.go(minutes=1)
    pull_from(shop, path)
    shop.insert()
    clock.go(minutes=1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # a writer that the pull has to wait for
    puller = threading.Thread(target=lambda: pull_from(shop, path))
    puller.start()
    while shop.requests < 2:
        threading.Event().wait(0.01)
    threading.Event().wait(0.3)
    clock.go(minutes=1)
    [looked] = other.execute("SELECT max(sequence), max(written_at) FROM invoices")
    time_of_look = clock.true.isoformat(timespec="milliseconds")
    other.execute("COMMIT")
    puller.join()

    new = other.execute(
        "SELECT written_at FROM invoices WHERE sequence > ?", (looked[0],)
    ).fetchall()
    other.close()

    assert len(new) == 1
    assert new[0][0] >= time_of_look


def test_sequences_grow_with_what_is_written_and_only_with_that(clock: Clock, path: Path) -> None:
    shop = Open2bAdmin(clock)
    first, second = shop.insert(2)
    clock.go(minutes=1)
    pull_from(shop, path)
    before = find_sequences(path)
    shop.update(second)
    clock.go(minutes=1)
    pull_from(shop, path)
    after = find_sequences(path)
    clock.go(minutes=30)
    pull_from(shop, path, again=True)

    assert after[first] == before[first]
    assert after[second] > max(before.values())
    assert find_sequences(path) == after


def find_sequences(path: Path) -> dict[str, int]:
    database = sqlite3.connect(path)
    found = dict(database.execute("SELECT key, sequence FROM invoices"))
    database.close()
    return found


# Files remember


@pytest.mark.parametrize("name", ["invoices.db", "invoices.jsonl", "invoices.parquet"])
def test_a_first_pull_that_finds_nothing_is_remembered(
    name: str, clock: Clock, tmp_path: Path
) -> None:
    shop = Open2bAdmin(clock)
    pull_from(shop, tmp_path / name)
    clock.go(hours=1)

    result = pull_from(shop, tmp_path / name, since=None)

    assert result.failure is None
    assert result.slices == 1


# Settings that a cursor depends on


def test_a_zone_that_is_corrected_reads_all_again(clock: Clock, path: Path) -> None:
    shop = Open2bAdmin(clock)
    old = shop.insert(2)
    wrong = shop.account(time_zone="UTC")
    clock.go(minutes=1)
    pull_from(shop, path, account=wrong, since=START)
    between = shop.insert(2)
    clock.go(minutes=3)
    pull_from(shop, path, account=wrong)  # reads an hour that is over

    result = pull_from(shop, path)

    assert result.warnings == [
        "time_zone was UTC and is Europe/Rome: all since 2026-03-17 is read again",
    ]
    assert sorted(read(path)) == sorted(old + between)
    with open_sink(path) as sink:
        updated = {one.updated_at for one in sink.read()}  # type: ignore[union-attr]
    assert updated == {START, START + timedelta(minutes=1)}
    assert pull_from(shop, path).warnings == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"currency": "CHF"}, "currency was EUR and is CHF"),
        ({"settings": {"store": "other.example.com", "key": "k"}}, "store was"),
    ],
)
def test_other_settings_that_invoices_depend_on_read_all_again(
    changes: dict[str, Any], named: str, clock: Clock, path: Path
) -> None:
    shop = Open2bAdmin(clock)
    shop.insert(2)
    clock.go(minutes=1)
    pull_from(shop, path)
    clock.go(hours=1)
    about = {
        "name": "shop",
        "provider": shop.provider,
        "settings": shop.settings,
        **shop.about,
        **changes,
    }

    result = pull_from(shop, path, account=Account(**about))

    assert result.warnings[0].startswith(named)
    assert result.read == 2


def test_a_secret_or_an_address_that_changes_reads_nothing_again(clock: Clock, path: Path) -> None:
    shop = Open2bAdmin(clock)
    shop.insert(2)
    clock.go(hours=1)
    pull_from(shop, path)
    clock.go(hours=1)
    about = {**shop.about, "base_url": "https://proxy.example.com", "overlap": "5m"}
    settings = {"store": "shop.example.com", "key": "another"}
    account = Account(name="shop", provider=shop.provider, settings=settings, **about)

    result = pull_from(shop, path, account=account)

    assert (result.read, result.warnings) == (0, [])
    with open_sink(path) as sink:
        assert b"another" not in (sink.find_cursor("shop") or b"")


def test_iterating_from_a_cursor_of_other_settings_begins_anew() -> None:
    shop = Open2bAdmin(Clock())
    end = datetime.now(UTC)
    [part] = plan_slices(shop.account(time_zone="UTC"), end - timedelta(days=30), end)

    [anew] = plan_slices(shop.account(), Cursor.from_json(part.end().to_json()))

    assert anew.since <= part.since
    assert "time_zone was UTC and is Europe/Rome" in anew.warnings[0]


# Records that are listed late


@pytest.mark.parametrize("provider", ["amazon", "open2b-admin", "vtex"])
def test_what_is_listed_later_than_usual_is_read_with_a_greater_overlap(
    provider: str, clock: Clock, path: Path
) -> None:
    shop = make(provider, clock)
    account = shop.account(overlap="2h")
    [late] = shop.insert(late=timedelta(minutes=50))
    clock.go(minutes=30)
    pull_from(shop, path, account=account)
    clock.go(minutes=30)

    pull_from(shop, path, account=account)

    assert list(read(path)) == [late]


@pytest.mark.parametrize(
    ("given", "span"),
    [
        ("90s", 90),
        ("15m", 900),
        ("2h", 7200),
        ("1d", 86400),
        (60, 60),
        (timedelta(minutes=3), 180),
        ("0s", 0),
    ],
)
def test_an_overlap_is_a_span_of_time(given: Any, span: int) -> None:
    assert Flow(Clock()).account(overlap=given).overlap == timedelta(seconds=span)


@pytest.mark.parametrize(
    "given", ["", "2", "2 h", "-1h", "1w", "9999999d", -5, 1.5, True, timedelta(-1), "²h", [1]]
)
def test_an_overlap_that_is_none_is_refused(given: Any) -> None:
    with pytest.raises(AccountError, match="overlap must be a time such as 90s, 15m, 2h or 1d"):
        Flow(Clock()).account(overlap=given)
