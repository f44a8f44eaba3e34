"""Sinks store pulled invoices. SQLite is the default; JSON Lines and Parquet are for export.

A custom sink has two methods. `store` is atomic:

    class Memory:
        def __init__(self):
            self.invoices = {}
            self.cursors = {}

        def find_cursor(self, account):
            return self.cursors.get(account)

        def store(self, account, invoices, cursor):
            new = changed = unchanged = 0
            for invoice in invoices:
                old = self.invoices.get(invoice.ref)
                new += old is None
                changed += old is not None and old != invoice
                unchanged += old == invoice
                self.invoices[invoice.ref] = invoice
            self.cursors[account] = cursor
            return Written(new=new, changed=changed, unchanged=unchanged)
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import StorageError
from .protocol import Sink, Written

if TYPE_CHECKING:
    from .files import FileSink
    from .json_lines import JsonLinesSink
    from .parquet import ParquetSink
    from .postgres import PostgresSink
    from .sqlite import SqliteSink

__all__ = ["Sink", "Written", "open_sink"]

# Module and class by extension. A module is imported when it is used.
_KINDS = {
    ".db": ("sqlite", "SqliteSink"),
    ".sqlite": ("sqlite", "SqliteSink"),
    ".sqlite3": ("sqlite", "SqliteSink"),
    ".jsonl": ("json_lines", "JsonLinesSink"),
    ".ndjson": ("json_lines", "JsonLinesSink"),
    ".parquet": ("parquet", "ParquetSink"),
}


_ADDRESSES = ("postgresql", "postgres")


def open_sink(path: str | Path, *, raw: bool = True) -> SqliteSink | FileSink | PostgresSink:
    """Open a sink, or create it if it does not exist. It is a context manager.

    All sinks have `read()`, which yields the stored invoices, and `totals()`. They also store the
    providers' records, compressed, unless `raw` is false.

    The extension determines the format: `.db`, `.sqlite` and `.sqlite3` are SQLite, `.jsonl` and
    `.ndjson` are JSON Lines, `.parquet` is a folder of Parquet files. An address such as
    postgresql://role@host/database is a PostgreSQL database (`counterfoil[postgres]`).

    Raises StorageError if the extension is a different one, or the file is damaged or has another
    format. The file is not changed then.
    """
    if is_address(path):
        postgres: type[PostgresSink] = import_module(".postgres", __name__).PostgresSink
        return postgres(str(path), raw=raw)
    kind = _KINDS.get(Path(path).suffix.lower())
    if kind is None:
        raise StorageError(f"{path}: the extension must be one of {', '.join(_KINDS)}")
    module, name = kind
    sink_class: type[SqliteSink] | type[JsonLinesSink] | type[ParquetSink]
    sink_class = getattr(import_module(f".{module}", __name__), name)
    return sink_class(path, raw=raw)


def is_address(path: str | Path) -> bool:
    """Return whether it is the address of a database, not a path.

    Raises StorageError, without the address, which may have a password, for other databases.
    """
    scheme, separator, _ = str(path).partition("://")
    if separator and scheme not in _ADDRESSES:
        raise StorageError(f"{scheme}:// is no database of invoices: use postgresql:// or a file")
    return bool(separator)
