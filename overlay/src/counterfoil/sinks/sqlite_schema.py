"""The tables of a SQLite file of invoices, and the statements that write and search them."""

from __future__ import annotations

from ..rows import INVOICE_COLUMNS, LINE_COLUMNS, REF

APPLICATION = 0x43464F49  # "CFOI", the mark of counterfoil's files in the header of SQLite files
VERSION = 4  # of the tables; incremented by every incompatible change
PREVIOUS = 3  # the version that is migrated

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}  # all other columns are texts


def _declare(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {_TYPES.get(kind, 'TEXT')}" for name, kind in columns.items())


FIELDS = {name: kind for name, kind in INVOICE_COLUMNS.items() if name not in REF}
OWN_COLUMNS = ("sequence", "written_at", "record_model", "record_key", "json")
RECORDS = """
CREATE TABLE IF NOT EXISTS records (
    account TEXT NOT NULL, model TEXT NOT NULL, key TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (key, account, model)
)
"""
TABLES = f"""
CREATE TABLE invoices (
    id INTEGER PRIMARY KEY,
    provider TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    {_declare(FIELDS)},
    sequence INTEGER NOT NULL, written_at TEXT NOT NULL, missing_at TEXT, deleted_at TEXT,
    record_model TEXT, record_key TEXT, json TEXT NOT NULL,
    UNIQUE (key, account, kind, provider)
);
CREATE INDEX invoices_by_day ON invoices (day);
CREATE INDEX invoices_by_number ON invoices (number);
CREATE INDEX invoices_by_sequence ON invoices (sequence);
CREATE TABLE lines (
    invoice INTEGER NOT NULL REFERENCES invoices (id), {_declare(LINE_COLUMNS)},
    PRIMARY KEY (invoice, position)
) WITHOUT ROWID;
{RECORDS};
CREATE TABLE cursors (account TEXT PRIMARY KEY, sequence INTEGER NOT NULL, cursor BLOB NOT NULL);
CREATE TABLE mappings (account TEXT PRIMARY KEY, mapping TEXT NOT NULL);
CREATE TABLE erased (digest BLOB PRIMARY KEY, erased_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unreadable (
    account TEXT NOT NULL, slice TEXT NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, path TEXT,
    text TEXT NOT NULL, raw BLOB NOT NULL, PRIMARY KEY (account, key)
);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION}
"""
SCHEMA = [statement.strip() for statement in TABLES.split(";")]
# The tables of the previous version that stay as they are.
UNCHANGED = ("CREATE TABLE cursors", "CREATE TABLE unreadable")

_WRITTEN = (*INVOICE_COLUMNS, *OWN_COLUMNS)
_KEPT = {name: f"coalesce(excluded.{name}, {name})" for name in ("record_model", "record_key")}
_UPDATED = ", ".join(
    f"{name} = {_KEPT.get(name, f'excluded.{name}')}" for name in _WRITTEN if name not in REF
)
WRITE_INVOICE = f"""
INSERT INTO invoices ({", ".join(_WRITTEN)}) VALUES ({", ".join("?" * len(_WRITTEN))})
ON CONFLICT DO UPDATE SET {_UPDATED}, missing_at = NULL, deleted_at = NULL
WHERE json <> excluded.json OR deleted_at IS NOT NULL
"""  # noqa: S608
WRITE_LINE = f"INSERT INTO lines VALUES ({', '.join('?' * (len(LINE_COLUMNS) + 1))})"  # noqa: S608
WRITE_RECORD = """
INSERT INTO records (account, model, key, content) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
SET content = excluded.content WHERE content <> excluded.content
"""
# Whatever was stored without its record gets it when it is pulled again.
LINK_RECORD = """
UPDATE invoices SET record_model = ?, record_key = ?
WHERE key = ? AND account = ? AND kind = ? AND provider = ? AND record_key IS NOT ?
"""
WRITE_CURSOR = """
INSERT INTO cursors (account, cursor, sequence) VALUES (?, ?, ?) ON CONFLICT DO UPDATE
SET cursor = excluded.cursor, sequence = max(sequence, excluded.sequence)
WHERE cursor <> excluded.cursor OR sequence < excluded.sequence
"""
# So that another pull of the account knows that its data may be older.
WRITE_SEQUENCE = "UPDATE cursors SET sequence = max(sequence, ?) WHERE account = ?"
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
    "account": "invoices.account = ?",
    "provider": "provider = ?",
    "kind": "kind = ?",
    "status": "status = ?",
    "name": "? IN (invoices.key, number)",
    "since": "day >= ?",
    "until": "day < ?",
}
# Within a day, invoices are sorted by time, or else by key: of numeric keys that count up, the
# longer one is later. Invoices without a day come last, sorted by account and key.
LATEST_FIRST = """ORDER BY day DESC, julianday(coalesce(issued_at, created_at)) DESC,
                  iif(day IS NULL, invoices.account, ''), iif(day IS NULL, invoices.key, ''),
                  length(invoices.key) DESC, invoices.key DESC, invoices.account"""
HAS_RECORD = """EXISTS (SELECT 1 FROM records WHERE records.account = invoices.account
                AND records.model = record_model AND records.key = record_key)"""
JOIN_RECORD = """LEFT JOIN records ON records.account = invoices.account
                 AND records.model = record_model AND records.key = record_key"""
# The columns that totals may be grouped by, as SQL.
GROUPS = {
    **{name: name for name in ("provider", "account", "kind", "status", "currency", "day")},
    "month": "substr(day, 1, 7)",
    "year": "substr(day, 1, 4)",
    "seller_name": "seller_name",
    "buyer_name": "buyer_name",
}
