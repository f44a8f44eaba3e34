"""Invoices as JSON Lines."""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
from counterfoil_core.type_information import decode
from msgspec import Struct

from ..cursors import Slice, Unreadable
from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef
from ..rows import INVOICE_COLUMNS, REF
from .files import FileSink
from .locks import FileLock

_COLUMNS_BEGIN = b',"columns":'
_COLUMNS = {
    name: attrgetter(name)
    for name in INVOICE_COLUMNS
    if name not in REF and name not in Invoice.__struct_fields__
}
_ENCODER = msgspec.json.Encoder(decimal_format="string")


class _Identified(Struct):
    ref: InvoiceRef
    columns: dict[str, Any] = {}


class _Line(Struct, omit_defaults=True, kw_only=True):
    """An unreadable record as a line of JSON. `raw` is set if its bytes are UTF-8."""

    account: str
    key: str
    slice: Slice
    code: str
    text: str
    path: str | None = None
    raw: str | None = None
    raw_base64: str | None = None


class JsonLinesSink(FileSink):
    """A file with one `Invoice.to_json` per line, to which `columns` are added.

    These are the columns of `to_rows` that the JSON itself does not have, such as `signed_gross`,
    and the model and key of the record. A changed invoice is appended again; its last line is the
    valid one. The cursors are in a file whose name ends in `.cursors`, unreadable records in one
    whose name ends in `.unreadable`, and the providers' records in a SQLite file whose name ends in
    `.records`. An incomplete last line, left by a killed process, is removed.

    Raises StorageError if a line is not an invoice. The file is not changed then.
    """

    def __init__(self, path: str | Path, *, raw: bool = True) -> None:
        super().__init__(
            path,
            Path(f"{path}.cursors"),
            Path(f"{path}.unreadable"),
            Path(f"{path}.records"),
            raw=raw,
        )

    def make(self) -> FileLock:
        """Create the file and lock it; see `FileSink`."""
        return FileLock(self.path)

    def load(self) -> None:
        """Read the whole file once; see `FileSink`."""
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.endswith(b"\n"):
                    ref = self._identify(line, number)
                    self.known[ref] = hashlib.sha256(_cut_columns(line[:-1])).digest()
                else:
                    self._cut_off(line)

    def _identify(self, line: bytes, number: int) -> InvoiceRef:
        try:
            found: _Identified = decode(line, _Identified)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise StorageError(
                f"{self.path}, line {number} is not an invoice: the file was not changed, "
                "choose another name"
            ) from None
        return found.ref

    def _cut_off(self, line: bytes) -> None:
        """Remove an incomplete last line, unless the file may belong to another program."""
        beginning = b'{"ref":{"provider":"'
        if not line.startswith(beginning[: len(line)]):
            raise StorageError(
                f"the last line of {self.path} is not an invoice: the file was not changed, "
                "choose another name"
            )
        os.truncate(self.path, self.path.stat().st_size - len(line))

    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Append lines, all of them or none; see `FileSink`."""
        size = self.path.stat().st_size
        try:
            with self.path.open("ab") as file:
                file.writelines(_add_columns(*one) for one in invoices)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:  # such as a full disk
            os.truncate(self.path, size)
            raise

    def read_texts(self) -> Iterator[tuple[bytes | str, str | None, str | None]]:
        """Read the file twice: the first time, for the last line of each invoice."""
        last: dict[InvoiceRef, int] = {}
        for number, line in self._read_lines():
            last[self._identify(line, number)] = number
        for number, line in self._read_lines():
            found: _Identified = decode(line, _Identified)
            if last[found.ref] == number:
                columns = found.columns
                yield line, columns.get("record_model"), columns.get("record_key")

    def _read_lines(self) -> Iterator[tuple[int, bytes]]:
        with self.path.open("rb") as file:
            yield from enumerate(file, 1)

    def read_unreadable(self, content: bytes) -> list[Unreadable]:
        """Read lines; see `FileSink`."""
        return [_read_line(decode(line, _Line)) for line in content.splitlines()]

    def write_unreadable(self, records: Iterable[Unreadable]) -> bytes:
        """Write lines; see `FileSink`."""
        lines = [msgspec.json.encode(_make_line(record)) + b"\n" for record in records]
        return b"".join(lines)


def _add_columns(invoice: Invoice, text: bytes) -> bytes:
    """Return a line: the JSON of an invoice, and the columns that it does not have."""
    columns = {name: _read_column(invoice) for name, _read_column in _COLUMNS.items()}
    if invoice.record is not None:
        columns |= {"record_model": invoice.record.model, "record_key": invoice.record.key}
    return text[:-1] + _COLUMNS_BEGIN + _ENCODER.encode(columns) + b"}\n"


def _cut_columns(line: bytes) -> bytes:
    """Return the JSON of an invoice from a line. In JSON, no text can contain this beginning."""
    text, found, _ = line.rpartition(_COLUMNS_BEGIN + b"{")
    return text + b"}" if found else line


def _make_line(record: Unreadable) -> _Line:
    raw: str | None = None
    raw_base64: str | None = None
    try:
        raw = record.raw.decode()
    except UnicodeDecodeError:
        raw_base64 = b64encode(record.raw).decode()
    return _Line(
        account=record.account,
        key=record.key,
        slice=record.slice,
        code=record.code,
        text=record.text,
        path=record.path,
        raw=raw,
        raw_base64=raw_base64,
    )


def _read_line(line: _Line) -> Unreadable:
    raw = (line.raw or "").encode()
    if line.raw_base64 is not None:
        raw = b64decode(line.raw_base64)
    return Unreadable(
        account=line.account,
        slice=line.slice,
        key=line.key,
        code=line.code,
        path=line.path,
        text=line.text,
        raw=raw,
    )
