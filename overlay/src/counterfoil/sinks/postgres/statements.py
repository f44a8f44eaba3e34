"""The SQL of the sink."""

from __future__ import annotations

from ...rows import INVOICE_COLUMNS, REF

TYPES = {
    "text": "text",
    "date": "date",
    "time": "timestamptz",
    "integer": "integer",
    "boolean": "boolean",
    "amount": "numeric",
}
INCOMING_COLUMNS = (*INVOICE_COLUMNS, "record_model", "record_key", "json")
_DECLARED = ", ".join(f"{name} {TYPES[kind]}" for name, kind in INVOICE_COLUMNS.items())
INCOMING = f"""
CREATE TEMP TABLE IF NOT EXISTS incoming (
    {_DECLARED}, record_model text, record_key text, json text
) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS incoming_records (
    account text, model text, key text, content bytea
) ON COMMIT DELETE ROWS
"""
# The index keeps the search for missing invoices from taking the square of the time, whatever the
# planner assumes about tables that were never analyzed.
LISTED = """
CREATE TEMP TABLE IF NOT EXISTS listed (account text, key text, kind text);
CREATE INDEX IF NOT EXISTS listed_keys ON listed (account, key)
"""
# Two bounds of a hash of the account's name: the lock is of the database, not of one schema.
_LOCK = "hashtextextended('counterfoil ' || %s, 0)"
CLAIM = f"SELECT pg_try_advisory_lock({_LOCK})"
UNCLAIM = f"SELECT pg_advisory_unlock({_LOCK})"
HOLDER = f"""
SELECT application_name, client_addr, to_char(backend_start, 'YYYY-MM-DD HH24:MI')
FROM pg_locks JOIN pg_stat_activity USING (pid), (SELECT {_LOCK} AS wanted) AS lock
WHERE locktype = 'advisory' AND granted AND objsubid = 1
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND (classid::bigint << 32) | objid::bigint = wanted
"""  # noqa: S608
NEXT_SEQUENCE = "UPDATE counterfoil.state SET sequence = sequence + 1 RETURNING sequence"
_NAMES = ", ".join(INCOMING_COLUMNS)
_KEPT = {name: f"coalesce(excluded.{name}, i.{name})" for name in ("record_model", "record_key")}
_UPDATED = ", ".join(
    f"{name} = {_KEPT.get(name, f'excluded.{name}')}"
    for name in INCOMING_COLUMNS
    if name not in REF
)
WRITE_INVOICES = f"""
INSERT INTO counterfoil.invoices AS i ({_NAMES}, sequence, written_at)
SELECT {_NAMES}, %s, now() FROM incoming
ON CONFLICT (account, key, kind, provider) DO UPDATE
SET {_UPDATED}, sequence = excluded.sequence, written_at = excluded.written_at,
    missing_at = NULL, deleted_at = NULL
WHERE i.json <> excluded.json OR i.deleted_at IS NOT NULL
RETURNING id, provider, account, kind, key, xmax = 0
"""  # noqa: S608
DELETE_LINES = "DELETE FROM counterfoil.lines WHERE invoice = ANY(%s)"
WRITE_RECORDS = """
INSERT INTO counterfoil.records AS r (account, model, key, content)
SELECT account, model, key, content FROM incoming_records
ON CONFLICT (account, key, model) DO UPDATE SET content = excluded.content
WHERE r.content <> excluded.content
"""
WRITE_CURSOR = """
INSERT INTO counterfoil.cursors VALUES (%s, %s)
ON CONFLICT (account) DO UPDATE SET cursor = excluded.cursor
"""
WRITE_MAPPING = """
INSERT INTO counterfoil.mappings VALUES (%s, %s)
ON CONFLICT (account) DO UPDATE SET mapping = excluded.mapping
"""
WRITE_UNREADABLE = """
INSERT INTO counterfoil.unreadable (account, slice, key, code, path, text, raw)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (account, key) DO UPDATE SET slice = excluded.slice, code = excluded.code,
    path = excluded.path, text = excluded.text, raw = excluded.raw
"""
_IS_LISTED = """EXISTS (
    SELECT 1 FROM listed WHERE listed.account = i.account AND listed.key = i.key
    AND listed.kind IN (i.kind, '')
)"""
PRESENT = f"""
UPDATE counterfoil.invoices AS i SET missing_at = NULL
WHERE account = %s AND missing_at IS NOT NULL AND {_IS_LISTED}
"""  # noqa: S608
MISSING = f"""
SELECT provider, account, kind, key, missing_at FROM counterfoil.invoices AS i
WHERE account = %s AND deleted_at IS NULL AND NOT {_IS_LISTED}
"""  # noqa: S608
_OF_INVOICE = "account = %s AND key = %s AND kind = %s AND provider = %s AND deleted_at IS NULL"
MARK_MISSING = f"UPDATE counterfoil.invoices SET missing_at = now() WHERE {_OF_INVOICE}"  # noqa: S608
MARK_DELETED = f"""
UPDATE counterfoil.invoices SET deleted_at = now(), written_at = now(), sequence = %s
WHERE {_OF_INVOICE}
"""  # noqa: S608
FILTERS = {
    "account": "i.account = %s",
    "provider": "i.provider = %s",
    "kind": "i.kind = %s",
    "status": "i.status = %s",
    "name": "%s IN (i.key, i.number)",
    "since": "i.day >= %s",
    "until": "i.day < %s",
}
JOIN_RECORD = """LEFT JOIN counterfoil.records AS r
    ON (r.account, r.model, r.key) = (i.account, i.record_model, i.record_key)"""
# As in a SQLite file, and by the bytes of texts, whatever the locale of the database is.
LATEST_FIRST = """ORDER BY day DESC NULLS LAST, coalesce(issued_at, created_at) DESC NULLS LAST,
    (CASE WHEN day IS NULL THEN i.account ELSE '' END) COLLATE "C",
    (CASE WHEN day IS NULL THEN i.key ELSE '' END) COLLATE "C",
    length(i.key) DESC, i.key COLLATE "C" DESC, i.account COLLATE "C" """
ACCOUNTS = """
SELECT DISTINCT account COLLATE "C" FROM counterfoil.invoices ORDER BY account COLLATE "C"
"""
_TEXTS = ("provider", "account", "kind", "status", "currency", "seller_name", "buyer_name")
# The columns that totals may be grouped by, as SQL.
GROUPS = {
    **{name: f'i.{name} COLLATE "C"' for name in _TEXTS},
    "day": "to_char(day, 'YYYY-MM-DD')",
    "month": "to_char(day, 'YYYY-MM')",
    "year": "to_char(day, 'YYYY')",
}
