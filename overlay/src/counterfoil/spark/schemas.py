"""The columns of the tables, as Spark and Arrow name their types."""

from __future__ import annotations

from typing import Any, Literal

import pyarrow

from ..rows import COLUMNS, arrow_schema
from .options import JSON, SourceOptions, list_columns

SPARK_TYPES = {
    "text": "string",
    "date": "date",
    "time": "timestamp",
    "integer": "int",
    "boolean": "boolean",
    "amount": "decimal(38,18)",
}
TEXT = pyarrow.string()
UNREADABLE = pyarrow.schema(
    {
        **dict.fromkeys(
            ("provider", "account", "key", "slice", "code", "path", "text"), pyarrow.string()
        ),
        "raw": pyarrow.binary(),
    }
)
ACCOUNTS = pyarrow.schema(
    {
        "provider": pyarrow.string(),
        "account": pyarrow.string(),
        "ended_at": pyarrow.timestamp("us", "UTC"),
        "invoices": pyarrow.int64(),
        "unreadable": pyarrow.int64(),
        "warnings": pyarrow.list_(pyarrow.string()),
        "cursor": pyarrow.string(),
        "failure": pyarrow.string(),
    }
)
_FURTHER = {
    "unreadable": "provider string, account string, key string, slice string, code string, "
    "path string, text string, raw binary",
    "accounts": "provider string, account string, ended_at timestamp, invoices bigint, "
    "unreadable bigint, warnings array<string>, cursor string, failure string",
}


def describe_schema(options: SourceOptions) -> str:
    """Return the schema of the table, in the notation of Spark."""
    if options.table == "unreadable":
        return _FURTHER["unreadable"]
    if options.table == "accounts":
        return _FURTHER["accounts"]
    if options.table == "run":
        invoice = _describe(options, "invoices", ": ")
        line = _describe(options, "lines", ": ")
        return (
            f"account string, invoice struct<{invoice}>, lines array<struct<{line}>>, "
            f"unreadable struct<{_nest('unreadable')}>, ended struct<{_nest('accounts')}>"
        )
    table: Literal["invoices", "lines"] = "lines" if options.table == "lines" else "invoices"
    return _describe(options, table, " ")


def _nest(table: str) -> str:
    """Return the fields of a struct, which are written with colons."""
    return ", ".join(part.replace(" ", ": ", 1) for part in _FURTHER[table].split(", "))


def _describe(options: SourceOptions, table: Literal["invoices", "lines"], between: str) -> str:
    parts = []
    for name in list_columns(options, table):
        kind = "text" if name == JSON else COLUMNS[table][name]
        parts.append(f"{name}{between}{SPARK_TYPES[kind]}")
    return ", ".join(parts)


def make_arrow_schema(options: SourceOptions, table: Literal["invoices", "lines"]) -> Any:
    """Return the Arrow schema of the chosen columns of a table."""
    whole = arrow_schema(table)
    fields = []
    for name in list_columns(options, table):
        fields.append(pyarrow.field(JSON, TEXT) if name == JSON else whole.field(name))
    return pyarrow.schema(fields)


def make_run_schema(options: SourceOptions) -> Any:
    """Return the Arrow schema of the table `run`."""
    lines = pyarrow.struct(list(make_arrow_schema(options, "lines")))
    return pyarrow.schema(
        {
            "account": TEXT,
            "invoice": pyarrow.struct(list(make_arrow_schema(options, "invoices"))),
            "lines": pyarrow.list_(lines),
            "unreadable": pyarrow.struct(list(UNREADABLE)),
            "ended": pyarrow.struct(list(ACCOUNTS)),
        }
    )
