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

from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef
from .files import FileSink, replace_file
from .rows import make_row

try:
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
except ModuleNotFoundError:
    raise ConfigurationError('writing Parquet needs pyarrow: pip install "counterfoil[parquet]"') from None

AMOUNT, MOMENT = arrow.decimal128(38, 18), arrow.timestamp("us", "UTC")
TYPES: dict[str, Any] = {
    **dict.fromkeys(("day", "due_date"), arrow.date32()),
    **dict.fromkeys(("issued_at", "created_at", "updated_at"), MOMENT),
    **dict.fromkeys(("net", "tax", "gross"), AMOUNT),
    "paid": arrow.bool_(),
    "hash": arrow.binary(32),
    "part": arrow.int32(),
}
KNOWN = ("provider", "account", "kind", "key", "hash")


class ParquetSink(FileSink):
    """A folder of Parquet files. Raises StorageError where a part is something else or damaged; it stays as it is then."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(path, Path(path) / "cursors.json")

    def load(self) -> int:
        """Read the identifiers and hashes of all parts; see `FileSink`."""
        self.path.mkdir(exist_ok=True)
        parts, count = sorted(self.path.glob("part-*.parquet")), 0
        self._next = 1 + max((self._tell_number(part) for part in parts), default=0)
        for part in parts:
            for row in self._read(part):
                digest, count = row.pop("hash"), count + 1
                self.known[InvoiceRef(**row)] = digest
        return count

    def _tell_number(self, part: Path) -> int:
        try:
            return int(part.stem.removeprefix("part-"))
        except ValueError:
            raise StorageError(f"{part} was not written by counterfoil: choose another folder") from None

    def _read(self, part: Path) -> list[dict[str, Any]]:
        try:
            rows: list[dict[str, Any]] = parquet.ParquetFile(part).read(columns=list(KNOWN)).to_pylist()
            if rows and set(rows[0]) != set(KNOWN):
                raise arrow.ArrowInvalid("columns are missing")
        except arrow.ArrowException as error:
            raise StorageError(f"{part} is damaged or not counterfoil's, and stays as it is: {error}") from None
        return rows

    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Write a part; see `FileSink`. Raises StorageError where an amount has more digits than a decimal128."""
        rows = [self._make_row(invoice, text) for invoice, text in invoices]
        try:
            columns = {name: arrow.array([row[name] for row in rows], TYPES.get(name, arrow.string())) for name in rows[0]}
        except arrow.ArrowInvalid as error:
            raise StorageError(f"{self.path}: an amount has more digits than Parquet's decimals can hold: {error}") from None
        buffer = arrow.BufferOutputStream()
        parquet.write_table(arrow.table(columns), buffer, compression="zstd")
        replace_file(self.path / f"part-{self._next:06}.parquet", buffer.getvalue())
        self._next += 1

    def _make_row(self, invoice: Invoice, text: bytes) -> dict[str, Any]:
        return {**make_row(invoice), "hash": hashlib.sha256(text).digest(), "part": self._next, "json": text.decode()}
