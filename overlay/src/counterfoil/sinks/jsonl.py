"""Invoices as JSON Lines, one `Invoice.to_json` a line, appended.

An invoice that changed has another line, and the last one counts. The cursors are in a file beside it, with
`.cursors` behind its name. A last line that was torn when a process was killed is cut off.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef
from .files import FileSink

BEGINNING = b'{"ref":{"provider":"'


class _Identified(Struct):
    ref: InvoiceRef


_DECODER = msgspec.json.Decoder(_Identified)


class JsonLinesSink(FileSink):
    """A file of JSON Lines. Raises StorageError where a line is no invoice; the file stays as it is then."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(path, Path(f"{path}.cursors"))

    def load(self) -> int:
        """Read the whole file once; see `FileSink`."""
        end, count = 0, 0
        with self.path.open("a+b") as file:
            file.seek(0)
            for count, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    count -= 1
                    self._check_torn(line)
                    break
                self._learn(line[:-1], count)
                end += len(line)
            file.truncate(end)
        return count

    def _learn(self, line: bytes, number: int) -> None:
        try:
            ref = _DECODER.decode(line).ref
        except (msgspec.DecodeError, UnicodeDecodeError):
            said = f"{self.path}, line {number} is no invoice: the file stays as it is, choose another name"
            raise StorageError(said) from None
        self.known[ref] = hashlib.sha256(line).digest()

    def _check_torn(self, line: bytes) -> None:
        """What is cut off must be the beginning of an invoice: the file may be somebody else's."""
        if not line.startswith(BEGINNING[: len(line)]):
            raise StorageError(f"{self.path} ends in something that is no invoice: the file stays as it is, choose another name")

    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Append lines; what a full disk cuts short is taken back. See `FileSink`."""
        with self.path.open("ab", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            try:
                text = memoryview(b"".join(text + b"\n" for _, text in invoices))
                while text:
                    text = text[file.write(text) :]
                os.fsync(file.fileno())
            except BaseException:
                file.truncate(size)
                raise
