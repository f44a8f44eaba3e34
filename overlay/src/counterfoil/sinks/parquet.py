"""Invoices as a folder of Parquet files, one for each slice that had something new. Needs `pip install "counterfoil[parquet]"`.

An invoice that changed has another row: the one of the latest `part` counts. Amounts are decimal128(38, 18), exact; the whole
invoice is in `json`. A part is there whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from counterfoil_core.errors import ConfigurationError
from msgspec import structs

from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef, Totals
from .files import FileSink, replace_file

try:
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
except ModuleNotFoundError:
    raise ConfigurationError('writing Parquet needs pyarrow: pip install "counterfoil[parquet]"') from None

REF = {name: arrow.string() for name in InvoiceRef.__struct_fields__}
FIELDS = {
    **dict.fromkeys(("number", "status", "currency", "completeness"), arrow.string()),
    **dict.fromkeys(("issue_date", "due_date"), arrow.date32()),
    **dict.fromkeys(("issued_at", "created_at", "updated_at"), arrow.timestamp("us", "UTC")),
    "paid": arrow.bool_(),
}
NAMES = dict.fromkeys(("seller", "buyer"), arrow.string())
AMOUNTS = dict.fromkeys(("net", "tax", "gross"), arrow.decimal128(38, 18))
HASH = {"hash": arrow.binary(32)}
SCHEMA = arrow.schema({**REF, **FIELDS, **NAMES, **AMOUNTS, **HASH, "part": arrow.int32(), "json": arrow.string()})


class ParquetSink(FileSink):
    """A folder of Parquet files. Raises StorageError where a part is something else or damaged; it stays as it is then."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(path, Path(path) / "cursors.json")

    def load(self) -> None:
        """Read the identifiers and hashes of all parts; see `FileSink`."""
        self.path.mkdir(exist_ok=True)
        self._count = 0
        for part in sorted(self.path.glob("part-*.parquet")):
            try:
                self._count = int(part.stem.removeprefix("part-"))
                for row in parquet.ParquetFile(part).read([*REF, *HASH]).to_pylist():
                    digest = row.pop("hash")
                    self.known[InvoiceRef(**row)] = digest
            except (ValueError, KeyError, TypeError) as error:  # arrow's own errors are ValueErrors
                raise StorageError(f"{part} is damaged or not counterfoil's, and stays as it is: {error}") from None

    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Write a part; see `FileSink`. Raises StorageError where an amount has more digits than a decimal128."""
        number = self._count + 1
        rows = [_make_row(invoice, text, number) for invoice, text in invoices]
        try:
            table = arrow.Table.from_pylist(rows, SCHEMA)
        except arrow.ArrowInvalid as error:
            raise StorageError(f"{self.path}: an amount has more digits than Parquet's decimals can hold: {error}") from None
        buffer = arrow.BufferOutputStream()
        parquet.write_table(table, buffer, compression="zstd")
        replace_file(self.path / f"part-{number:06}.parquet", buffer.getvalue())
        self._count = number


def _make_row(invoice: Invoice, text: bytes, part: int) -> dict[str, Any]:
    copy = {"hash": hashlib.sha256(text).digest(), "part": part, "json": text.decode()}
    parties = {name: party.display_name for name in NAMES if (party := getattr(invoice, name))}
    amounts = {name: getattr(invoice.totals or Totals(), name) for name in AMOUNTS}
    return {**structs.asdict(invoice.ref), **{name: getattr(invoice, name) for name in FIELDS}, **parties, **amounts, **copy}
