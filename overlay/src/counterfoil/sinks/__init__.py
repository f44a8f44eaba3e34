"""Where pulled invoices go. SQLite is the default; JSON Lines and Parquet are for handing on.

A sink of your own has two methods, and `store` is all or nothing:

    class Memory:
        def __init__(self):
            self.invoices, self.cursors = {}, {}

        def find_cursor(self, account):
            return self.cursors.get(account)

        def store(self, account, invoices, cursor):
            found = [(self.invoices.get(one.ref), one) for one in invoices]
            self.invoices |= {one.ref: one for one in invoices}
            self.cursors[account] = cursor
            new = sum(old is None for old, _ in found)
            same = sum(old == one for old, one in found)
            return Written(new=new, changed=len(invoices) - new - same, unchanged=same)
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from ..errors import StorageError

if TYPE_CHECKING:
    from ..invoice import Invoice
    from .files import FileSink
    from .sqlite import SqliteSink

_KINDS = {
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), ("sqlite", "SqliteSink")),
    **dict.fromkeys((".jsonl", ".ndjson"), ("files", "JsonLinesSink")),
    ".parquet": ("parquet", "ParquetSink"),
}


class Written(Struct, frozen=True, kw_only=True):
    """What became of stored invoices: those not known before, those that differed, and those that were there as they are."""

    new: int
    changed: int
    unchanged: int


class Sink(Protocol):
    """Where invoices go; threads share it.

    One that has an attribute `cursors_at_once` is handed so many pages together; else each page by itself.
    """

    def find_cursor(self, account: str) -> bytes | None:
        """The cursor that was stored last with this account, None where there was none."""

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices and cursor, both or neither; an invoice whose `ref` is known takes the place of that one.

        Raises an error where that fails; the pull of this account ends, and the invoices come again with the next one.
        """


def open_sink(path: str | Path) -> SqliteSink | FileSink:
    """Open a sink by the ending of its name, and make it where there is none: a context manager.

    `.db`, `.sqlite` and `.sqlite3` are SQLite, `.jsonl` and `.ndjson` JSON Lines, `.parquet` a folder of Parquet files.
    Raises StorageError where the name ends otherwise, or what is there is something else or damaged; it stays as it is.
    """
    kind = _KINDS.get(Path(path).suffix.lower())
    if kind is None:
        raise StorageError(f"{path}: what it is shows in the ending, which must be {', '.join(_KINDS)}")
    sink: SqliteSink | FileSink = getattr(import_module(f".{kind[0]}", __name__), kind[1])(path)
    return sink
