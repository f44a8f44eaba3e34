"""Invoices as a folder of Parquet files. Requires `pip install "counterfoil[parquet]"`.

Each slice with new or changed invoices is one file, a part, which is written completely or not at
all. A changed invoice has several rows; the row of the greatest `part` is the valid one. Amounts
are exact, as decimal128(38, 18). The column `json` contains the whole invoice. Records that could
not be read are in `unreadable.parquet`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from counterfoil_core.type_information import decode
from msgspec import structs

from ..cursors import Slice, Unreadable
from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef
from ..rows import COLUMNS, REF, arrow_schema, import_arrow, to_rows
from .drafts import replace_file, sweep_drafts
from .encoding import refuse
from .files import FileSink
from .locks import FileLock

arrow = import_arrow()
parquet: Any = import_module("pyarrow.parquet")
HASH = {"hash": arrow.binary(32)}
OWN_COLUMNS = {
    **HASH,
    **dict.fromkeys(("record_model", "record_key"), arrow.string()),
    "part": arrow.int32(),
    "json": arrow.string(),
}
SCHEMA = arrow.schema([*arrow_schema(), *arrow.schema(OWN_COLUMNS)])
LINES = arrow.schema([*arrow_schema("lines"), arrow.field("part", arrow.int32())])
UNREADABLE = arrow.schema(
    {
        **dict.fromkeys(("account", "key", "slice", "code", "path", "text"), arrow.string()),
        "raw": arrow.binary(),
    }
)
# The errors of arrow itself are ValueErrors.
_CONVERSION_ERRORS = (ValueError, TypeError, OverflowError, ArithmeticError)
_AMOUNTS = {
    name for columns in COLUMNS.values() for name, kind in columns.items() if kind == "amount"
}
PART = re.compile(r"part-([0-9]+)\.parquet", re.ASCII)
MOST_PARTS = 2**31 - 1  # the greatest number in the column `part`


class ParquetSink(FileSink):
    """A folder of Parquet files.

    Raises StorageError if a part is damaged, or not written by counterfoil. The folder is not
    changed then.
    """

    def __init__(self, path: str | Path, *, raw: bool = True) -> None:
        folder = Path(path)
        super().__init__(
            folder,
            folder / "cursors.json",
            folder / "unreadable.parquet",
            folder / "records.db",
            raw=raw,
        )

    def make(self) -> FileLock:
        """Create the folder and lock it; see `FileSink`."""
        self.path.mkdir(mode=0o700, exist_ok=True)
        return FileLock(self.path)

    def load(self) -> None:
        """Read the identifiers and hashes of all parts, in order; see `FileSink`."""
        self._count = 0
        sweep_drafts(self.path / "part-")
        sweep_drafts(self.path / "lines-")
        for number, part in sorted(self._list_parts()):
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
        lines = [{**row, "part": number} for row in to_rows([one for one, _ in invoices], "lines")]
        table = self._make_table(invoices, rows, lines)
        # The lines come first: if the process dies in between, the next part replaces them.
        replace_file(self.path / f"lines-{number:06}.parquet", _write(lines, LINES))
        replace_file(self.path / f"part-{number:06}.parquet", _write_table(table), is_new=True)
        self._count = number

    def read_texts(self) -> Iterator[tuple[bytes | str, str | None, str | None]]:
        """Read the parts twice: the first time, for the last row of each invoice."""
        last: dict[InvoiceRef, tuple[int, int]] = {}
        for number, part in sorted(self._list_parts()):
            for index, row in enumerate(parquet.ParquetFile(part).read([*REF]).to_pylist()):
                last[InvoiceRef(**row)] = (number, index)
        places = set(last.values())
        for number, part in sorted(self._list_parts()):
            columns = [*_find_columns(part, ("record_model", "record_key")), "json"]
            for index, row in enumerate(parquet.ParquetFile(part).read(columns).to_pylist()):
                if (number, index) in places:
                    yield row["json"], row.get("record_model"), row.get("record_key")

    def _list_parts(self) -> list[tuple[int, Path]]:
        return [(_read_number(part), part) for part in self.path.glob("part-*.parquet")]

    def _make_table(
        self,
        invoices: Sequence[tuple[Invoice, bytes]],
        rows: list[dict[str, Any]],
        lines: list[dict[str, Any]],
    ) -> Any:
        try:
            arrow.Table.from_pylist(lines, LINES)
            return arrow.Table.from_pylist(rows, SCHEMA)
        except _CONVERSION_ERRORS:
            # Find the invoices that cannot be converted, so that the others can be stored.
            reasons = {}
            for (invoice, _), row in zip(invoices, rows, strict=True):
                reason = _find_reason(row, SCHEMA)
                for line in to_rows([invoice], "lines"):
                    reason = reason or _find_reason(line, LINES)
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
        return _write(rows, UNREADABLE)


def _read_number(part: Path) -> int:
    """Return the number of a part. Raises StorageError if its name has no number."""
    written = PART.fullmatch(part.name)
    if written is None:
        raise StorageError(
            f"{part} is damaged, or not written by counterfoil, and was not changed: "
            "its name has no number"
        )
    return int(written[1])


def _find_columns(part: Path, names: Sequence[str]) -> list[str]:
    """Return the columns that a part has. Earlier versions wrote fewer of them."""
    present = set(parquet.ParquetFile(part).schema_arrow.names)
    return [name for name in names if name in present]


def _write(rows: list[dict[str, Any]], schema: Any) -> bytes:
    """Return the content of a Parquet file."""
    return _write_table(arrow.Table.from_pylist(rows, schema))


def _write_table(table: Any) -> bytes:
    buffer = arrow.BufferOutputStream()
    parquet.write_table(table, buffer, compression="zstd")
    content: bytes = buffer.getvalue().to_pybytes()
    return content


def _find_reason(row: dict[str, Any], schema: Any) -> str | None:
    """Return the reason why a row cannot be written, or None."""
    try:
        arrow.Table.from_pylist([row], schema)
    except _CONVERSION_ERRORS as error:
        amounts = [name for name in _AMOUNTS if row.get(name) is not None]
        if amounts and isinstance(error, ValueError):
            return f"an amount has more digits than a decimal of Parquet: {error}"
        return f"it cannot be written to Parquet: {error}"
    return None


def _make_row(invoice: Invoice, text: bytes, part: int) -> dict[str, Any]:
    [row] = to_rows([invoice])
    row["hash"] = hashlib.sha256(text).digest()
    if invoice.record is not None:
        row |= {"record_model": invoice.record.model, "record_key": invoice.record.key}
    row["part"] = part
    row["json"] = text.decode()
    return row
