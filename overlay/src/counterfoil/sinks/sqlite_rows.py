"""Invoices as rows of SQLite: amounts and times are texts, truth values are numbers."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec
from counterfoil_core.type_information import decode

from ..cursors import Slice, Unreadable
from ..invoice import Invoice, Record
from ..rows import INVOICE_COLUMNS, LINE_COLUMNS, list_lines, list_values

Value: TypeAlias = str | int | bytes | None
RecordRow: TypeAlias = tuple[str, str, str, bytes]
"""Account, model, key and compressed content of a record."""

FASTEST = 1  # of zlib's levels; records are small, and a higher one saves little


def _write_time(moment: datetime) -> str:
    text = moment.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _convert(columns: dict[str, str]) -> list[tuple[int, Callable[[Any], Value]]]:
    """Return the positions of the columns that are converted, each with its function."""
    functions: dict[str, Callable[[Any], Value]] = {
        "amount": Decimal.__str__,
        "date": lambda day: str(day.isoformat()),
        "time": _write_time,
    }
    kinds = enumerate(columns.values())
    return [(index, functions[kind]) for index, kind in kinds if kind in functions]


_INVOICE_CONVERSIONS = _convert(INVOICE_COLUMNS)
_LINE_CONVERSIONS = _convert(LINE_COLUMNS)


def make_row(
    invoice: Invoice, sequence: int, now: str, text: str, *, with_record: bool = True
) -> tuple[Value, ...]:
    """Return the values of `WRITE_INVOICE`, with a link to the record if that is stored."""
    [values] = list_values(invoice, "invoices")
    row = list(values)
    for index, convert in _INVOICE_CONVERSIONS:
        if row[index] is not None:
            row[index] = convert(row[index])
    record = invoice.record if with_record else None
    if record is None:
        return (*row, sequence, now, None, None, text)
    return (*row, sequence, now, record.model, record.key, text)


def make_line_rows(number: int, invoice: Invoice) -> list[tuple[Value, ...]]:
    """Return the values of `WRITE_LINE` for the lines of an invoice with this number."""
    rows: list[tuple[Value, ...]] = []
    for values in list_lines(invoice):
        row = [number, *values]
        for index, convert in _LINE_CONVERSIONS:
            if row[index + 1] is not None:
                row[index + 1] = convert(row[index + 1])
        rows.append(tuple(row))
    return rows


def make_record_row(account: str, record: Record) -> RecordRow:
    """Return the values of `WRITE_RECORD`."""
    return account, record.model, record.key, zlib.compress(record.content, FASTEST)


def read_record(model: str, key: str, content: bytes) -> Record:
    """Return a record from its row."""
    return Record(model=model, key=key, content=zlib.decompress(content))


def make_unreadable_row(record: Unreadable) -> tuple[str | bytes | None, ...]:
    """Return the values of `WRITE_UNREADABLE`."""
    part = msgspec.json.encode(record.slice).decode()
    return record.account, part, record.key, record.code, record.path, record.text, record.raw


def read_unreadable(row: Sequence[Any]) -> Unreadable:
    """Return an unreadable record from its row. Raises msgspec.DecodeError if it is damaged."""
    account, part, key, code, path, text, raw = row
    return Unreadable(
        account=account,
        slice=decode(part, Slice),
        key=key,
        code=code,
        path=path,
        text=text,
        raw=raw,
    )
