"""The tables of a SQLite file of invoices, and the statements that write and search them."""

from __future__ import annotations

import re

APPLICATION = 0x43464F49  # "CFOI", the mark of counterfoil's files in the header of SQLite files
VERSION = 3  # of the tables; incremented by every incompatible change

NUL = "\\u0000"  # in JSON
# SQLite cuts a text from JSON at a NUL. The column `marked` has this character in its place.
MARK = "\ufdd0"
ESCAPE = re.compile(r"\\\\|\\u0000")  # NUL, but not an escaped backslash followed by u0000


def _field(path: str) -> str:
    """Return the SQL expression of a field of the invoice, with its NUL characters restored."""
    marked = f"replace(json_extract(marked, '$.{path}'), char({ord(MARK)}), char(0))"
    return f"iif(marked IS NULL, json_extract(json, '$.{path}'), {marked})"


def _party(field: str) -> str:
    """Return the SQL expression of a party's company, or name, or first and last name."""
    company = _field(f"{field}.company")
    name = _field(f"{field}.name")
    first = _field(f"{field}.first_name")
    last = _field(f"{field}.last_name")
    names = f"trim(coalesce({first}, '') || ' ' || coalesce({last}, ''))"
    return f"coalesce({company}, {name}, nullif({names}, ''))"


_DATE = f"coalesce({_field('issue_date')}, {_field('issued_at')}, {_field('created_at')})"
COLUMNS = {
    "day": f"substr({_DATE}, 1, 10)",
    "number": _field("number"),
    "status": _field("status"),
    "currency": _field("currency"),
    "due_date": _field("due_date"),
    "issued_at": _field("issued_at"),
    "created_at": _field("created_at"),
    "updated_at": _field("updated_at"),
    "seller": _party("seller"),
    "buyer": _party("buyer"),
    "net": _field("totals.net"),
    "tax": _field("totals.tax"),
    "gross": _field("totals.gross"),
    "paid": "json_extract(json, '$.paid')",
    "completeness": _field("completeness"),
}
TABLES = f"""
CREATE TABLE invoices (
    provider TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    sequence INTEGER NOT NULL, written_at TEXT NOT NULL, json TEXT NOT NULL, marked TEXT,
    {", ".join(f"{name} AS ({value})" for name, value in COLUMNS.items())},
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
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION}
"""
SCHEMA = [statement.strip() for statement in TABLES.split(";")]
WRITE_INVOICE = """
INSERT INTO invoices (provider, account, kind, key, sequence, written_at, json, marked)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET sequence = excluded.sequence, written_at = excluded.written_at, json = excluded.json,
    marked = excluded.marked
WHERE json <> excluded.json
"""
WRITE_CURSOR = """
INSERT INTO cursors (account, cursor, sequence) VALUES (?, ?, ?) ON CONFLICT DO UPDATE
SET cursor = excluded.cursor, sequence = max(sequence, excluded.sequence)
WHERE cursor <> excluded.cursor OR sequence < excluded.sequence
"""
LAST_SEQUENCE = """
SELECT max(coalesce((SELECT max(sequence) FROM invoices), 0),
           coalesce((SELECT max(sequence) FROM cursors), 0))
"""
WRITE_UNREADABLE = """
INSERT INTO unreadable (account, slice, key, code, path, text, raw)
VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET slice = excluded.slice, code = excluded.code, path = excluded.path, text = excluded.text,
    raw = excluded.raw
WHERE code <> excluded.code OR path IS NOT excluded.path OR raw <> excluded.raw
"""
TERMS = {
    "account": "account = ?",
    "provider": "provider = ?",
    "kind": "kind = ?",
    "status": "status = ?",
    "name": "? IN (key, number)",
    "since": "day >= ?",
    "until": "day < ?",
}
# Within a day, invoices are sorted by time, or else by key: of numeric keys that count up, the
# longer one is later. Invoices without a day come last, sorted by account and key.
LATEST_FIRST = """ORDER BY day DESC, julianday(coalesce(issued_at, created_at)) DESC,
                  iif(day IS NULL, account, ''), iif(day IS NULL, key, ''),
                  length(key) DESC, key DESC, account"""
