"""Pulls into PostgreSQL, compared with the sandbox and with SQLite."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import psycopg
import pytest
from counterfoil import (
    Account,
    InvoiceRefused,
    Line,
    StorageError,
    Totals,
    Unreadable,
    add_up,
    iterate,
    open_sink,
    plan_slices,
    pull,
)
from counterfoil.cli import main
from counterfoil.invoice import Record
from counterfoil_sandbox import Sandbox
from msgspec import structs

from ..behaviour.overlay.fake_platforms import Clock, Flow, Open2bStorefront, Platform
from .invented import count_lines, list_accounts, make, make_account
from .server import PASSWORD, Server

NOW = datetime.now(UTC)
SINCE = NOW - timedelta(days=700)


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(invoices=60, rate_limits=False) as box, box.serve():
        yield box


def test_a_pull_stores_what_the_platforms_have(box: Sandbox, url: str, tmp_path: Path) -> None:
    accounts = list_accounts(box)
    with open_sink(url) as sink, open_sink(tmp_path / "invoices.db") as other:
        first = pull(accounts, SINCE, into=sink)
        pull(accounts, SINCE, into=other)
        again = pull(accounts, into=sink)
        stored = {one.ref: one for one in sink.read()}
        expected = {one.ref: one for one in other.read(records=False)}
        totals = sink.totals()
        count = sink.count()

    assert not first.failed
    assert first.count("new") == len(stored) == count > 100
    assert again.count("new") == again.count("changed") == 0
    assert stored == expected
    assert totals == add_up(stored.values())
    with psycopg.connect(url) as connection:
        lines = connection.execute("SELECT count(*) FROM counterfoil.lines").fetchone()
        records = connection.execute("SELECT count(*) FROM counterfoil.records").fetchone()
    assert lines == (count_lines(stored.values()),)
    assert records is not None
    assert records[0] > 50


def test_totals_are_exact_in_sql(url: str) -> None:
    amounts = ["1234567890123456789.01", "0.0000000001", "-3"]
    invoices = [
        make(str(index), currency="EUR", totals=Totals(gross=Decimal(amount)))
        for index, amount in enumerate(amounts)
    ]
    with open_sink(url) as sink:
        sink.store("mine", invoices, b"")
        [row] = sink.totals(["currency"])

    assert row["gross"] == Decimal("1234567890123456786.0100000001")
    assert row["without_net"] == 3


def test_changes_replace_rows_and_lines_and_raise_the_sequence(url: str) -> None:
    two = make("W-1", number="1", lines=(Line(name="a"), Line(name="b")))
    with open_sink(url) as sink:
        assert sink.store("mine", [two, make("W-2")], b"1").new == 2
        changed = structs.replace(two, lines=(Line(name="c"),))
        written = sink.store("mine", [changed, make("W-2")], b"2")
        assert (written.new, written.changed, written.unchanged) == (0, 1, 1)
        assert sink.find_cursor("mine") == b"2"
        assert [one.number for one in sink.read(name="W-1")] == ["1"]
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT name FROM counterfoil.lines").fetchall()
        sequences = connection.execute(
            "SELECT key, sequence FROM counterfoil.invoices ORDER BY key"
        ).fetchall()
    assert rows == [("c",)]
    assert sequences == [("W-1", 2), ("W-2", 1)]


def test_an_update_leaves_the_record_and_the_cursor(url: str) -> None:
    record = Record(model="Invoice", key="W-1", content=b"{}")
    with open_sink(url) as sink:
        sink.store("mine", [structs.replace(make("W-1"), record=record)], b"1")
        assert sink.update("mine", [make("W-1", number="2")]).changed == 1
        [stored] = sink.read()
        assert (stored.number, stored.record) == ("2", record)
        assert sink.find_cursor("mine") == b"1"


def test_a_nul_is_kept_in_the_invoice_and_replaced_in_columns(url: str) -> None:
    odd = make("W-1", number="a\x00b", lines=(Line(name="\x00"),))
    literal = make("W-2", number="\\u0000")
    with open_sink(url) as sink:
        assert sink.store("mine", [odd, literal], b"1").new == 2
        stored = {one.ref.key: one for one in sink.read()}
        assert stored == {"W-1": odd, "W-2": literal}
        assert sink.count(name="a\ufffdb") == sink.count(name="\\u0000") == 1


def test_a_key_with_a_nul_is_refused_and_the_other_invoices_can_be_stored(url: str) -> None:
    with open_sink(url) as sink:
        with pytest.raises(InvoiceRefused) as caught:
            sink.store("mine", [make("W\x001"), make("W-2")], b"1")
        assert [ref.key for ref in caught.value.reasons] == ["W\x001"]
        assert sink.count() == 0
        sink.store("mine", [make("W-2")], b"1")
        assert sink.count() == 1


def test_a_second_puller_is_told_who_holds_the_account(url: str) -> None:
    with open_sink(url) as first, open_sink(url) as second, first.claim("mine"):
        held = pytest.raises(StorageError, match="is being pulled into PostgreSQL")
        with held as caught, second.claim("mine"):
            pass
        with second.claim("other"):  # another account is free
            pass
        with pytest.raises(StorageError, match="by this process"), first.claim("mine"):
            pass
    assert "counterfoil" in str(caught.value).partition("by ")[2]
    with open_sink(url) as third, third.claim("mine"):
        pass


def test_a_pull_of_an_account_that_is_held_fails_alone(box: Sandbox, url: str) -> None:
    accounts = list_accounts(box)[:2]
    held = accounts[0].name
    with open_sink(url) as first, open_sink(url) as second, first.claim(held):
        result = pull(accounts, SINCE, into=second)

    assert [one.account for one in result.failed] == [held]
    assert result.count("new") > 0


@pytest.mark.parametrize("kind", [Flow, Open2bStorefront])
def test_what_is_gone_is_marked_and_what_returns_is_not(
    kind: type[Platform], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    clock.install(monkeypatch)
    platform = kind(clock)
    platform.insert(12)
    gone = sorted(platform.records)[3]
    record = platform.records[gone]

    def pull_once() -> tuple[int, set[str]]:
        clock.go(hours=2)
        with open_sink(url) as sink:
            accounts = [platform.account()]
            result = pull(accounts, "2026-01-01", into=sink, connect=platform.connect)
            assert not result.failed
            deleted = {str(one.ref.key) for one in sink.read() if one.deleted_at}
            [total] = sink.totals([])
            assert total["invoices"] == 12 - len(deleted)
            return result.count("deleted"), deleted

    assert pull_once() == (0, set())
    platform.delete(gone)
    assert pull_once() == (1, {gone})
    assert pull_once() == (0, {gone})
    platform.records[gone] = record
    assert pull_once() == (0, set())


def test_unreadable_records_are_kept_and_retried(box: Sandbox, url: str) -> None:
    [part] = plan_slices(Account(name="mine", provider="flow"), SINCE, NOW)
    one = Unreadable(
        account="mine", slice=part, key="7", code="undecodable", text="odd\x00", raw=b"\x00\xff"
    )
    with open_sink(url) as sink:
        sink.update_unreadable("mine", [one])
        [found] = sink.find_unreadable("mine")
        assert (found.key, found.raw, found.text) == ("7", b"\x00\xff", "odd\ufffd")
        sink.update_unreadable("mine", [], [one])
        assert sink.find_unreadable("mine") == []


WRONG = {
    "password": ("owner:wrong@127.0.0.1:{port}/postgres", "the password is wrong"),
    "role": ("nobody:x@127.0.0.1:{port}/postgres", "the password is wrong"),
    "database": (f"owner:{PASSWORD}@127.0.0.1:{{port}}/none", "does not exist|no such database"),
    "port": (f"owner:{PASSWORD}@127.0.0.1:1/postgres", "no server answers"),
    "host": (f"owner:{PASSWORD}@no-such-host.invalid/postgres", "unknown|not known|resolve"),
    "socket": ("?host=/no/such/folder", "no server answers on its local socket"),
    "address": ("[::", "the address must be like"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_address_is_one_sentence_without_the_password(
    server: Server, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    place, words = WRONG[name]
    address = f"postgresql://{place.format(port=server.port)}"

    with pytest.raises(StorageError, match=words) as caught:
        open_sink(address)

    assert PASSWORD not in f"{caught.value} {caught.value!r} {caught.value.__cause__}"
    assert "\n" not in str(caught.value)


def test_nothing_shows_the_password(url: str) -> None:
    with open_sink(url) as sink:
        shown = f"{sink!r} {sink.path} {sink._connection!r} {vars(sink._connection)}"
        assert PASSWORD not in shown
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            pickle.dumps(sink)


def test_a_database_of_a_later_version_is_left_alone(url: str) -> None:
    open_sink(url).__exit__()
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE counterfoil.version SET version = 99")

    with pytest.raises(StorageError, match="has version 99 of the tables"):
        open_sink(url)


def test_pullers_that_open_a_new_database_at_once_create_the_tables_once(
    server: Server,
) -> None:
    for number in range(6):
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE opened{number}")  # type: ignore[call-overload]
        opening = Barrier(6)

        def open_at_once(url: str, opening: Barrier = opening) -> int:
            opening.wait()
            with open_sink(url) as sink:
                return sink.count()

        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(open_at_once, [server.url(f"opened{number}")] * 6))
        assert found == [0] * 6


def test_the_command_pulls_into_it(
    box: Sandbox, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    flow = box.account("flow")
    monkeypatch.setenv("COUNTERFOIL_FLOW_TOKEN", flow["settings"]["token"])
    (tmp_path / "accounts.toml").write_text(
        f'[flow]\nprovider = "flow"\norganization = "{flow["settings"]["organization"]}"\n'
        f'base_url = "{flow["base_url"]}"\n'
    )

    assert main(["pull", "--since", "700d", "--store", url]) == 0
    out, err = capfd.readouterr()
    assert PASSWORD not in out + err
    expected = list(iterate(make_account(box, "flow"), SINCE))
    with open_sink(url) as sink:
        assert sink.count() == len(expected)
    assert main(["pull", "--store", url.replace(PASSWORD, "wrong")]) == 6
    out, err = capfd.readouterr()
    assert "the password is wrong" in err
