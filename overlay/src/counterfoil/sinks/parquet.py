"""Invoices as a folder of Parquet files. Requires `pip install "counterfoil[parquet]"`.

Each slice with new or changed invoices is one file, a part, which is written completely or not at
all. A changed invoice has several rows; the row of the greatest `part` is the valid one. Amounts
are exact, as decimal128(38, 18). The column `json` contains the whole invoice. Records that could
not be read are in `unreadable.parquet`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from counterfoil_core.errors import ConfigurationError
from counterfoil_core.type_information import decode
from msgspec import structs

from ..cursors import Slice, Unreadable
from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef, Totals
from .drafts import replace_file, sweep_drafts
from .encoding import refuse
from .files import FileSink
from .locks import FileLock

try:
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
except ModuleNotFoundError:
    raise ConfigurationError(
        'writing Parquet needs pyarrow: pip install "counterfoil[parquet]"'
    ) from None

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
SCHEMA = arrow.schema(
    {**REF, **FIELDS, **NAMES, **AMOUNTS, **HASH, "part": arrow.int32(), "json": arrow.string()}
)


UNREADABLE = arrow.schema(
    {
        **dict.fromkeys(("account", "key", "slice", "code", "path", "text"), arrow.string()),
        "raw": arrow.binary(),
    }
)
# The errors of arrow itself are ValueErrors.
_CONVERSION_ERRORS = (ValueError, TypeError, OverflowError, ArithmeticError)
PART = re.compile(r"part-([0-9]+)\.parquet", re.ASCII)
MOST_PARTS = 2**31 - 1  # the greatest number in the column `part`


class ParquetSink(FileSink):
    """A folder of Parquet files.

    Raises StorageError if a part is damaged, or not written by counterfoil. The folder is not
    changed then.
    """

    def __init__(self, path: str | Path) -> None:
        folder = Path(path)
        super().__init__(folder, folder / "cursors.json", folder / "unreadable.parquet")

    def make(self) -> FileLock:
        """Create the folder and lock it; see `FileSink`."""
        self.path.mkdir(mode=0o700, exist_ok=True)
        return FileLock(self.path)

    def load(self) -> None:
        """Read the identifiers and hashes of all parts, in order; see `FileSink`."""
        self._count = 0
        sweep_drafts(self.path / "part-")
        parts = [(_read_number(part), part) for part in self.path.glob("part-*.parquet")]
        for number, part in sorted(parts):
            self._count = max(self._count, number)
            try:
                self._load_part(part)
            except (ValueError, KeyError, TypeError) as error:  # ValueError: also arrow's errors
                raise StorageError(
                    f"{part} is damaged, or not written by counterfoil, and was not changed: "
                    f"{error}"
                ) from None

    def _load_part(self, part: Path) -> None:
        table = parquet.ParquetFile(part).read([*REF, *HASH])
        for row in table.to_pylist():
            digest = row.pop("hash")
            self.known[InvoiceRef(**row)] = digest

    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Write a part; see `FileSink`.

        Raises InvoiceRefused if an amount has too many digits for a decimal128.
        """
        number = self._count + 1
        if number > MOST_PARTS:
            raise StorageError(
                f"{self.path} already has the greatest number of a part, {self._count}: "
                "choose another name"
            )
        rows = [_make_row(invoice, text, number) for invoice, text in invoices]
        table = self._make_table(invoices, rows)
        buffer = arrow.BufferOutputStream()
        parquet.write_table(table, buffer, compression="zstd")
        replace_file(self.path / f"part-{number:06}.parquet", buffer.getvalue(), is_new=True)
        self._count = number

    def _make_table(
        self, invoices: Sequence[tuple[Invoice, bytes]], rows: list[dict[str, Any]]
    ) -> Any:
        try:
            return arrow.Table.from_pylist(rows, SCHEMA)
        except _CONVERSION_ERRORS:
            # Find the invoices that cannot be converted, so that the others can be stored.
            reasons = {}
            for (invoice, _), row in zip(invoices, rows, strict=True):
                reason = _find_reason(row)
                if reason:
                    reasons[invoice.ref] = ("unstorable", reason)
            if reasons:
                raise refuse(reasons) from None
            raise

    def read_unreadable(self, content: bytes) -> list[Unreadable]:
        """Read the file; see `FileSink`."""
        rows = parquet.read_table(arrow.BufferReader(content)).to_pylist()
        for row in rows:
            row["slice"] = decode(row["slice"], Slice)
        return [Unreadable(**row) for row in rows]

    def write_unreadable(self, records: Iterable[Unreadable]) -> bytes:
        """Write the file; see `FileSink`."""
        rows = []
        for record in records:
            row = structs.asdict(record)
            row["slice"] = msgspec.json.encode(record.slice).decode()
            rows.append(row)
        buffer = arrow.BufferOutputStream()
        parquet.write_table(arrow.Table.from_pylist(rows, UNREADABLE), buffer, compression="zstd")
        content: bytes = buffer.getvalue().to_pybytes()
        return content


def _read_number(part: Path) -> int:
    """Return the number of a part. Raises StorageError if its name has no number."""
    written = PART.fullmatch(part.name)
    if written is None:
        raise StorageError(
            f"{part} is damaged, or not written by counterfoil, and was not changed: "
            "its name has no number"
        )
    return int(written[1])


def _find_reason(row: dict[str, Any]) -> str | None:
    """Return the reason why a row cannot be written, or None."""
    try:
        arrow.Table.from_pylist([row], SCHEMA)
    except _CONVERSION_ERRORS as error:
        amounts = [name for name in AMOUNTS if row.get(name) is not None]
        if amounts and isinstance(error, ValueError):
            return f"an amount has more digits than a decimal of Parquet: {error}"
        return f"it cannot be written to Parquet: {error}"
    return None


def _make_row(invoice: Invoice, text: bytes, part: int) -> dict[str, Any]:
    totals = invoice.totals or Totals()
    row: dict[str, Any] = structs.asdict(invoice.ref)
    for name in FIELDS:
        row[name] = getattr(invoice, name)
    for name in NAMES:
        party = getattr(invoice, name)
        if party:
            row[name] = party.display_name
    for name in AMOUNTS:
        row[name] = getattr(totals, name)
    row["hash"] = hashlib.sha256(text).digest()
    row["part"] = part
    row["json"] = text.decode()
    return row
