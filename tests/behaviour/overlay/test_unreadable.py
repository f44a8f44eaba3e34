"""One record that cannot be read, mapped or stored is that record's trouble: the others go on."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from counterfoil import (
    InvoiceRefused,
    find_provider,
    iterate,
    open_sink,
    pull,
)
from counterfoil_core import ServerError
from msgspec import structs
from pyarrow import parquet

from tests.described_apis import INVOICES

from .fake_platforms import (
    PLATFORMS,
    POISON,
    START,
    Amazon,
    Clock,
    Flow,
    Memory,
    Open2bAdmin,
    Platform,
    Vtex,
    make,
)

SINCE = START - timedelta(days=3)
PATHS = {api: f"$.{each.undecodable[0]}" for api, each in INVOICES.items()}
NAMES = ("invoices.db", "invoices.jsonl", "invoices.parquet")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    clock.install(monkeypatch)
    return clock


def pull_into(path: Path, platform: Platform, **how: Any) -> Any:
    with open_sink(path) as sink:
        return pull(
            [platform.account()], since=SINCE, into=sink, connect=platform.connect, **how
        ).accounts[0]


def read_kept(path: Path) -> list[dict[str, Any]]:
    """Return the unreadable records of a store, read without counterfoil."""
    if path.suffix == ".db":
        database = sqlite3.connect(path)
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM unreadable")]
        database.close()
    elif path.suffix == ".jsonl":
        kept = Path(f"{path}.unreadable")
        lines = kept.read_text().splitlines() if kept.exists() else []
        rows = [json.loads(line) for line in lines]
        rows = [{**row, "raw": row["raw"].encode()} for row in rows]
    else:
        kept = path / "unreadable.parquet"
        rows = parquet.read_table(kept).to_pylist() if kept.exists() else []
    for row in rows:
        if not isinstance(row["slice"], dict):
            row["slice"] = json.loads(row["slice"])
    return rows


def find_keys(platform: Platform, path: Path) -> set[str]:
    with open_sink(path) as sink:
        return {str(ref.key).partition("/")[0] for ref in sink.known}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("provider", PLATFORMS)
def test_a_record_that_does_not_decode_is_kept_aside_and_tried_again(
    provider: str, name: str, clock: Clock, tmp_path: Path
) -> None:
    shop = make(provider, clock)
    path = tmp_path / name
    shop.insert(3)
    [bad] = shop.insert(**POISON[provider])
    shop.insert(2)
    clock.go(minutes=10)

    first = pull_into(path, shop)

    assert (first.failure, first.new, first.unreadable) == (None, 5, 1)
    [sentence] = first.warnings
    assert sentence.startswith(f"record {bad} is unreadable (undecodable at {PATHS[provider]}): ")
    [kept] = read_kept(path)
    assert kept["account"] == "shop"
    assert kept["key"] == bad
    assert kept["code"] == "undecodable"
    assert kept["path"] == PATHS[provider]
    assert kept["slice"]["provider"] == provider
    assert bad.encode() in kept["raw"]

    clock.go(days=2)
    again = pull_into(path, shop)
    assert (again.failure, again.new, again.unreadable) == (None, 0, 1)
    assert len(read_kept(path)) == 1

    shop.records[bad].changes = {}  # mended, and nothing else of it has changed
    clock.go(days=2)
    mended = pull_into(path, shop)
    assert mended.failure is None
    assert mended.new == 1
    assert mended.unreadable == 0
    assert mended.warnings == []
    assert read_kept(path) == []


@pytest.mark.parametrize("provider", ["open2b-admin", "vtex"])
def test_many_records_that_cannot_be_read_cost_no_more_requests_than_reading_them(
    provider: str, clock: Clock, tmp_path: Path
) -> None:
    shop = make(provider, clock)
    shop.insert(150, **POISON[provider])
    clock.go(minutes=10)
    first = pull_into(tmp_path / "invoices.db", shop)
    asked = shop.requests
    clock.go(days=2)

    again = pull_into(tmp_path / "invoices.db", shop)

    assert first.unreadable == again.unreadable == 150
    assert len(again.warnings) == 21  # twenty by name, and that there are more
    assert again.warnings[-1] == "more records are unreadable: the store has all of them"
    assert shop.requests - asked <= asked + 2


def test_a_record_that_was_deleted_is_not_looked_for_any_more(clock: Clock, tmp_path: Path) -> None:
    for provider in ("flow", "open2b-admin", "vtex"):
        shop = make(provider, clock)
        path = tmp_path / f"{provider}.db"
        [bad] = shop.insert(**POISON[provider])
        clock.go(minutes=10)
        pull_into(path, shop)
        shop.delete(bad)
        clock.go(days=1)

        assert pull_into(path, shop).unreadable == 0
        assert read_kept(path) == []


def test_a_record_without_a_key_goes_by_the_hash_of_its_bytes(clock: Clock, tmp_path: Path) -> None:
    shop = Amazon(clock)
    path = tmp_path / "invoices.db"
    shop.insert()
    shop.insert(purchaseOrderNumber=None)
    shop.insert(purchaseOrderNumber=7, content=None)
    clock.go(minutes=10)

    result = pull_into(path, shop)

    assert (result.failure, result.new, result.unreadable) == (None, 1, 2)
    keys = [row["key"] for row in read_kept(path)]
    assert sorted(key.partition(":")[0] for key in keys) == ["7", "sha256"]


@pytest.mark.parametrize("provider", PLATFORMS)
def test_a_page_of_which_nothing_can_be_read_is_not_the_end(
    provider: str, clock: Clock, tmp_path: Path
) -> None:
    shop = make(provider, clock)
    shop.insert(100, **POISON[provider])
    shop.insert(30)
    clock.go(minutes=10)

    result = pull_into(tmp_path / "invoices.db", shop)

    assert (result.failure, result.new, result.unreadable) == (None, 30, 100)


@pytest.mark.parametrize(
    "error", [KeyError("x"), OverflowError("y"), RecursionError("z"), NotImplementedError()]
)
@pytest.mark.parametrize("provider", PLATFORMS)
def test_whatever_mapping_raises_is_one_records_trouble(
    provider: str, error: Exception, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make(provider, clock)
    keys = shop.insert(3)
    clock.go(minutes=10)
    map_record = find_provider(provider).map

    def fail(found: Any, account: Any) -> Any:
        [invoice] = map_record(found, account)
        if str(invoice.ref.key).startswith(keys[1]):
            raise error
        return (invoice,)

    module = provider.replace("-", "_")
    monkeypatch.setattr(f"counterfoil.providers.{module}.to_invoices", fail)
    monkeypatch.setattr(
        "counterfoil.registry._import_provider",
        lambda name: structs.replace(PROVIDERS[name], map=fail),
    )

    result = pull_into(tmp_path / "invoices.db", shop)

    assert (result.failure, result.new, result.unreadable) == (None, 2, 1)
    [kept] = read_kept(tmp_path / "invoices.db")
    assert (kept["key"], kept["code"]) == (keys[1], "unmappable")
    assert kept["text"].startswith(type(error).__name__)


PROVIDERS = {name: find_provider(name) for name in PLATFORMS}


def test_a_listed_order_that_answers_404_is_that_orders_trouble(
    clock: Clock, tmp_path: Path
) -> None:
    shop = Vtex(clock)
    path = tmp_path / "invoices.db"
    shop.insert()
    [bad] = shop.insert(status=404)
    shop.insert()
    clock.go(minutes=10)

    result = pull_into(path, shop)

    assert (result.failure, result.new, result.unreadable) == (None, 2, 1)
    [kept] = read_kept(path)
    assert kept["key"] == bad
    assert kept["code"] == "not-found"
    shop.records[bad].changes = {}
    clock.go(days=2)
    assert pull_into(path, shop).new == 1
    assert read_kept(path) == []


def test_an_order_deleted_between_list_and_order_is_no_trouble(
    clock: Clock, tmp_path: Path
) -> None:
    shop = Vtex(clock)
    _, second = shop.insert(2)
    clock.go(minutes=10)
    shop.before_answer = lambda number: shop.delete(second) if number == 2 else None

    result = pull_into(tmp_path / "invoices.db", shop)

    assert (result.failure, result.new, result.unreadable) == (None, 1, 0)


@pytest.mark.parametrize(("failing", "failure"), [(1, None), (2, ServerError)])
def test_a_server_that_fails_for_one_order_is_that_orders_trouble_and_for_two_its_own(
    failing: int, failure: Any, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Vtex(clock)
    _, *keys = shop.insert(4)
    failing_keys = keys[:failing]
    clock.go(minutes=10)
    answer = shop.answer

    def fail(path: str, query: Any, body: Any) -> tuple[int, bytes]:
        _, _, key = path.rpartition("/")
        if key in failing_keys:
            return 500, b"{}"
        return answer(path, query, body)

    monkeypatch.setattr(shop, "answer", fail)
    result = pull_into(tmp_path / "invoices.db", shop)

    assert type(result.failure) is (failure or type(None))
    assert (result.new, result.unreadable) == ((3, 1) if failure is None else (0, 0))


def test_a_listed_order_without_an_identifier_is_kept_by_its_hash(
    clock: Clock, tmp_path: Path
) -> None:
    shop = Vtex(clock)
    path = tmp_path / "invoices.db"
    shop.insert(2)
    shop.insert(summary={"orderId": None})
    shop.insert(summary={"clientName": 7})  # does not decode, and can be fetched all the same
    clock.go(minutes=10)

    result = pull_into(path, shop)

    assert (result.failure, result.new, result.unreadable) == (None, 3, 1)
    [kept] = read_kept(path)
    assert kept["key"].startswith("sha256:")
    assert json.loads(kept["raw"]) == {"orderId": None}


@pytest.mark.parametrize(
    "date",
    ["2026-03-20T09:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00"],
)
@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Tokyo", "Europe/Rome", None])
@pytest.mark.parametrize("name", NAMES)
def test_a_time_without_offset_or_at_the_ends_of_time_is_stored_with_a_warning(
    date: str, zone: str | None, name: str, clock: Clock, tmp_path: Path
) -> None:
    cases: list[tuple[Platform, dict[str, Any]]] = [
        (Flow(clock), {"date": date}),
        (Vtex(clock), package(issuanceDate=date)),
    ]
    for shop, changes in cases:
        path = tmp_path / shop.provider / name
        path.parent.mkdir()
        shop.insert(2)
        shop.insert(**changes)
        clock.go(minutes=10)
        with open_sink(path) as sink:
            since = (
                SINCE.replace(year=1)
                if shop.provider == "flow" and date.startswith("0001-01-01T00:00:00Z")
                else SINCE
            )
            account = shop.account(time_zone=zone)
            [result] = pull([account], since=since, into=sink, connect=shop.connect).accounts

        assert result.failure is None
        assert result.unreadable == 0
        if name == "invoices.db":
            check_moments(path, date)


def package(**changes: Any) -> dict[str, Any]:
    one = {
        "invoiceNumber": "NF-7",
        "type": "Output",
        "invoiceValue": 1000,
        "issuanceDate": "2026-03-20T09:00:00Z",
    }
    return {"packageAttachment": {"packages": [{**one, **changes}]}}


def check_moments(path: Path, date: str) -> None:
    """Check that invoices without a moment have a warning, and a day unless the year means none."""
    with open_sink(path) as sink:
        for invoice in sink.read():  # type: ignore[union-attr]
            codes = {warning.code for warning in invoice.warnings}
            if invoice.issued_at is None:
                assert codes & {"missing-offset", "time-out-of-range"}
                assert str(invoice.issue_date) in (date[:10], "None")
                assert invoice.issue_date is not None or date[:4] in ("0001", "9999")


@pytest.mark.parametrize(
    "moment", ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "0001-01-01 23:00:00"]
)
@pytest.mark.parametrize("zone", ["Europe/Rome", "Asia/Tokyo", "America/Sao_Paulo", "UTC"])
def test_open2b_times_at_the_ends_of_time_leave_the_invoice(
    moment: str, zone: str, clock: Clock, tmp_path: Path
) -> None:
    shop = Open2bAdmin(clock)
    shop.zone = ZoneInfo(zone)
    shop.insert(creationTime=moment)
    clock.go(minutes=10)
    with open_sink(tmp_path / "invoices.db") as sink:
        [result] = pull(
            [shop.account(time_zone=zone)], since=SINCE, into=sink, connect=shop.connect
        ).accounts
        [invoice] = sink.read()

    assert (result.failure, result.unreadable) == (None, 0)
    assert invoice.created_at is not None or [one.code for one in invoice.warnings] == [
        "time-out-of-range"
    ]


def test_an_invoice_that_a_sink_cannot_hold_is_kept_aside_as_well(
    clock: Clock, tmp_path: Path
) -> None:
    shop = Open2bAdmin(clock)
    path = tmp_path / "invoices.parquet"
    shop.insert(2)
    [bad] = shop.insert(total=1e-25)
    clock.go(minutes=10)

    result = pull_into(path, shop)

    assert (result.failure, result.new, result.unreadable) == (None, 2, 1)
    [kept] = read_kept(path)
    assert (kept["key"], kept["code"]) == (bad, "unstorable")
    assert "more digits than a decimal of Parquet" in kept["text"]


def test_a_record_without_a_key_is_kept_aside(clock: Clock, tmp_path: Path) -> None:
    shop = Flow(clock)
    path = tmp_path / "invoices.db"
    shop.insert(2)
    shop.insert(key="")
    clock.go(minutes=10)

    result = pull_into(path, shop)

    assert (result.failure, result.new, result.unreadable) == (None, 2, 1)
    assert [row["code"] for row in read_kept(path)] == ["missing-key"]


def test_a_pull_of_an_unchanged_store_writes_nothing_though_a_record_is_unreadable(
    clock: Clock, tmp_path: Path
) -> None:
    for name in ("invoices.jsonl", "invoices.parquet"):
        shop = Flow(clock)
        path = tmp_path / name
        shop.insert(2)
        shop.insert(**POISON["flow"])
        clock.go(minutes=10)
        until = clock.true
        pull_into(path, shop, until=until)
        before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
        clock.go(hours=3)

        assert pull_into(path, shop, until=until).unchanged == 2
        assert {
            file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()
        } == before


def test_a_sink_of_two_methods_goes_on_and_the_result_names_the_record(clock: Clock) -> None:
    class Plain:
        def __init__(self) -> None:
            self.memory = Memory()

        def find_cursor(self, account: str) -> bytes | None:
            return self.memory.find_cursor(account)

        def store(self, account: str, invoices: Any, cursor: bytes) -> Any:
            return self.memory.store(account, invoices, cursor)

    shop = Flow(clock)
    shop.insert(2)
    [bad] = shop.insert(**POISON["flow"])
    clock.go(minutes=10)

    [result] = pull([shop.account()], since=SINCE, into=Plain(), connect=shop.connect).accounts

    assert (result.new, result.unreadable) == (2, 1)
    assert f"record {bad} is unreadable" in result.warnings[0]


def test_a_sink_refuses_what_cannot_be_stored_by_name_and_writes_nothing(
    clock: Clock, tmp_path: Path
) -> None:
    shop = Open2bAdmin(clock)
    shop.insert(2)
    clock.go(minutes=10)
    with shop.connect(shop.account()) as client:
        good, other = iterate(shop.account(), SINCE, client=client)
    bad = structs.replace(other, issued_at=START.replace(tzinfo=None))
    for name in NAMES:
        with open_sink(tmp_path / name) as sink:
            with pytest.raises(
                InvoiceRefused, match="invoice '2' cannot be stored: issued_at has no offset"
            ) as refused:
                sink.store("shop", [good, bad], b"{}")
            assert list(refused.value.reasons) == [bad.ref]
            assert sink.find_cursor("shop") is None
