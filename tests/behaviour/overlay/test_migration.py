"""A SQLite file of the version before is converted, or refused and left as it is."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from counterfoil import Invoice, Line, Party, StorageError, Totals, open_sink

from .test_sinks import make_invoice

# The tables as version 3 created them, with three of its generated columns.
OLD = """
CREATE TABLE invoices (
    provider TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    sequence INTEGER NOT NULL, written_at TEXT NOT NULL, json TEXT NOT NULL, marked TEXT,
    day AS (substr(json_extract(json, '$.issue_date'), 1, 10)),
    number AS (json_extract(json, '$.number')),
    gross AS (json_extract(json, '$.totals.gross')),
    PRIMARY KEY (key, account, kind, provider)
);
CREATE INDEX invoices_by_day ON invoices (day);
CREATE INDEX invoices_by_number ON invoices (number);
CREATE INDEX invoices_by_sequence ON invoices (sequence);
CREATE TABLE cursors (account TEXT PRIMARY KEY, sequence INTEGER NOT NULL, cursor BLOB NOT NULL);
CREATE TABLE unreadable (
    account TEXT NOT NULL, slice TEXT NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, path TEXT,
    text TEXT NOT NULL, raw BLOB NOT NULL, PRIMARY KEY (account, key)
);
PRAGMA application_id = 0x43464F49;
PRAGMA user_version = 3;
INSERT INTO cursors VALUES ('atelier', 4, '{"at": 1}');
"""


def make_old(path: Path, *texts: bytes) -> None:
    database = sqlite3.connect(path)
    database.executescript(OLD)
    with database:
        for number, text in enumerate(texts):
            row = ("flow", "atelier", "invoice", str(number), 4, "2026-01-01", text.decode(), None)
            database.execute("INSERT INTO invoices VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.close()


def make_invoices() -> list[Invoice]:
    return [
        make_invoice(
            str(number),
            lines=(Line(name="Lamp\0", net=Decimal("1.10")),),
            totals=Totals(gross=Decimal(number)),
            buyer=Party(first_name="Alda", last_name="B"),
        )
        for number in range(1200)
    ]


def test_a_store_of_the_version_before_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    invoices = make_invoices()
    make_old(path, *(one.to_json() for one in invoices))

    with open_sink(path) as sink:
        assert {one.ref: one for one in sink.read()} == {one.ref: one for one in invoices}
        assert sink.find_cursor("atelier") == b'{"at": 1}'
        [row] = sink.totals(by=["account"])
        written = sink.store("atelier", invoices, b'{"at": 2}')

    assert (row["invoices"], row["gross"]) == (1200, Decimal(sum(range(1200))))
    assert (written.new, written.changed, written.unchanged) == (0, 0, 1200)
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*), max(name) FROM lines").fetchone() == (1200, "Lamp\0")
    assert database.execute("SELECT DISTINCT sequence FROM invoices").fetchall() == [(4,)]
    assert (
        database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'old%'").fetchall() == []
    )
    database.close()


def test_a_store_with_a_row_that_is_no_invoice_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    make_old(path, make_invoice("0").to_json(), b'{"ref": 7}')
    before = path.read_bytes()

    with pytest.raises(StorageError, match=r"row 2 is not an invoice .*; nothing was changed"):
        open_sink(path)

    assert path.read_bytes() == before
