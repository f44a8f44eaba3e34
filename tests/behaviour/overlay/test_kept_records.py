"""The provider's records are kept beside the invoices, and come back byte for byte."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import (
    Invoice,
    Line,
    Record,
    arrow_schema,
    connect,
    iterate,
    open_sink,
    pull,
    to_rows,
)
from counterfoil_sandbox import Sandbox
from pyarrow import Table, parquet

from .sandbox_accounts import BEGINNING, make_account
from .test_sinks import NAMES, make_invoice

RECENTLY = datetime.now(UTC) - timedelta(days=170)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("provider", ["flow", "vtex", "open2b-admin", "amazon"])
def test_every_store_brings_the_bytes_back(provider: str, name: str, tmp_path: Path) -> None:
    with Sandbox(invoices=30) as box, box.serve():
        account = make_account(box, provider)
        since = BEGINNING if "open2b" in provider else RECENTLY
        sent = {one.ref: one.record for one in iterate(account, since)}
        with open_sink(tmp_path / name) as sink:
            result = pull([account], since, into=sink)
            kept = {one.ref: one.record for one in sink.read()}
            without = [one.record for one in sink.read(records=False)]

    assert result.failed == ()
    assert kept == sent
    assert all(record is not None and json.loads(record.content) for record in kept.values())
    assert set(without) == {None}


def test_a_record_is_as_it_was_sent() -> None:
    with Sandbox(invoices=3) as box, box.serve():
        account = make_account(box, "flow")
        with connect(account) as client:
            response = client.with_response.consumer_invoices.get("W-3001/1")
        found = {one.ref.key: one.record for one in iterate(account, BEGINNING)}

    record = found["W-3001/1"]
    assert record == Record(model="ConsumerInvoice", key="W-3001/1", content=response.raw)


@pytest.mark.parametrize("name", NAMES)
def test_a_record_of_several_invoices_is_stored_once(name: str, tmp_path: Path) -> None:
    record = Record(model="Order", key="7", content=b'{"orderId": "7"}')
    invoices = [make_invoice(f"7/{number}", record=record) for number in range(5)]
    with open_sink(tmp_path / name) as sink:
        sink.store("atelier", invoices, b"{}")
        kept = [one.record for one in sink.read()]

    [file] = [*tmp_path.glob("*.db"), *tmp_path.glob("*.records"), *tmp_path.glob("*/records.db")]
    database = sqlite3.connect(file)
    [[count]] = database.execute("SELECT count(*) FROM records")
    database.close()
    assert kept == [record] * 5
    assert count == 1


@pytest.mark.parametrize("name", NAMES)
def test_records_are_left_out_if_asked(name: str, tmp_path: Path) -> None:
    record = Record(model="ConsumerInvoice", key="1", content=b'{"key": "1"}')
    with open_sink(tmp_path / name, raw=False) as sink:
        sink.store("atelier", [make_invoice(record=record)], b"{}")
        [invoice] = sink.read()

    assert invoice.record is None


def test_a_store_without_records_gets_them_when_it_is_pulled_again(tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    with Sandbox(invoices=5) as box, box.serve():
        account = make_account(box, "flow")
        with open_sink(path, raw=False) as sink:
            pull([account], BEGINNING, into=sink)
        with open_sink(path) as sink:
            again = pull([account], BEGINNING, into=sink, again=True)
            records = [one.record for one in sink.read()]

    assert (again.count("unchanged"), again.count("changed")) == (5, 0)
    assert None not in records


def test_json_brings_the_record_back() -> None:
    record = Record(model="Order", key="7", content=b'{"total": 1.10}\n')
    invoice = make_invoice(record=record)

    assert Invoice.from_json(invoice.to_json(with_record=True)).record == record
    assert b"Order" not in invoice.to_json()
    assert invoice.content_hash() == make_invoice().content_hash()


# Lines


def make_lines(count: int) -> tuple[Line, ...]:
    return tuple(
        [
            Line(sku=f"S{number}", net=Decimal("1.10"), quantity=Decimal(2))
            for number in range(count)
        ]
    )


@pytest.mark.parametrize("count", [0, 1, 10_000])
def test_lines_have_a_table_of_their_own(count: int, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    with open_sink(path) as sink:
        sink.store("atelier", [make_invoice("1", lines=make_lines(3))], b"{}")
        sink.store("atelier", [make_invoice("1", lines=make_lines(count))], b"{}")

    database = sqlite3.connect(path)
    rows = database.execute(
        "SELECT key, position, sku, lines.signed_net FROM lines "
        "JOIN invoices ON invoices.id = lines.invoice ORDER BY position"
    ).fetchall()
    database.close()
    assert rows == [("1", number + 1, f"S{number}", "1.10") for number in range(count)]


def test_lines_are_files_of_their_own_in_parquet(tmp_path: Path) -> None:
    with open_sink(tmp_path / "invoices.parquet") as sink:
        sink.store("atelier", [make_invoice("1", lines=make_lines(2)), make_invoice("2")], b"{}")

    table = parquet.read_table(tmp_path / "invoices.parquet/lines-000001.parquet")
    assert table.select(["key", "position", "sku", "net"]).to_pylist() == [
        {"key": "1", "position": 1, "sku": "S0", "net": Decimal("1.10")},
        {"key": "1", "position": 2, "sku": "S1", "net": Decimal("1.10")},
    ]


@pytest.mark.parametrize("table", ["invoices", "lines"])
def test_rows_fit_the_public_schema(table: Any) -> None:
    invoices = [
        make_invoice("1", lines=make_lines(2), currency=one) for one in ("EUR", "USD", None)
    ]

    made = Table.from_pylist(list(to_rows(invoices, table)), arrow_schema(table))

    assert made.num_rows == (3 if table == "invoices" else 6)
    assert made.schema.field("net").type.precision == 38


def test_columns_of_json_lines_can_be_added_up(tmp_path: Path) -> None:
    path = tmp_path / "invoices.jsonl"
    with open_sink(path) as sink:
        sink.store("atelier", [make_invoice("1")], b"{}")

    [line] = path.read_text().splitlines()
    columns = json.loads(line)["columns"]
    assert (columns["sign"], columns["is_fiscal"], columns["signed_gross"]) == (1, True, None)
    assert Invoice.from_json(line) == make_invoice("1")
