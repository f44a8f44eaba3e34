"""What the commands write: tables for people, JSON for programs, and what failed in one sentence."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

import click
import msgspec
from counterfoil_core.errors import AuthenticationFailed, ConfigurationError, CounterfoilError, PermissionDenied
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..errors import DocumentError, NotificationError, StorageError, WindowError

Row: TypeAlias = dict[str, Any]
"""What stands under each title of a table."""

PIPED = 160  # columns, where there is no terminal to ask
TITLES = {"currency": "cur", "severity": "", "size": "bytes"}  # where a column is not called as its field
EXIT_CODES = {
    NotificationError: 1, click.UsageError: 2, WindowError: 2, ConfigurationError: 3, AuthenticationFailed: 4,
    PermissionDenied: 4, StorageError: 6, DocumentError: 6, OSError: 6, CounterfoilError: 5, click.Abort: 130,
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ENCODER = msgspec.json.Encoder(decimal_format="string")


def tell(error: Exception) -> str:
    """An error as one line, with what to do about it."""
    match error:
        case click.UsageError(ctx=context):
            return clean(error.format_message().rstrip(".") + (f" (see `{context.command_path} --help`)" if context else ""))
        case click.Abort():
            return "interrupted; what was stored is good, and the next pull goes on there"
        case CounterfoilError() | OSError():
            return clean(str(error))
    return clean(f"unexpected {type(error).__name__}: {error} (with COUNTERFOIL_DEBUG=1 it shows where)")


def tell_failure(error: Exception | None) -> Row:
    """What became of a task, for programs and for people; its exit code is that of the error's family, see the package."""
    if error is None:
        return {"state": "", "failure": None, "exit_code": 0}
    code = next((code for family, code in EXIT_CODES.items() if isinstance(error, family)), 70)
    return {"state": "failed", "failure": tell(error), "exit_code": code}


def complain(sentence: str) -> None:
    """A sentence on stderr."""
    print(clean(sentence), file=sys.stderr)


def clean(text: str) -> str:
    """A text of a provider without what would move the cursor, colour the screen or turn the writing round."""
    return _CONTROL.sub(" ", text).strip()


def make_console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal; without colour where it is piped, or NO_COLOR is set."""
    stream = sys.stderr if stderr else sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")  # a terminal that cannot show a character shows another
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPED
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def write(value: Any, places: int | None = None) -> Text:
    """A value as people read it: nothing for None, amounts digit for digit, or with so many places."""
    match value:
        case Text():
            return value
        case None | bool():
            return Text({None: "", True: "yes", False: "no"}[value])
        case int():
            return Text(f"{value:,}")
        case Decimal():
            return Text(f"{value:f}" if places is None else f"{value:.{places}f}")
        case datetime():
            return Text(f"{value:%Y-%m-%d %H:%M %Z}")
    return Text(clean(str(value)), "red" if value in ("failed", "error") else "")


def count_places(amounts: Iterable[Any]) -> int:
    """How many places amounts need, one below the other: two where one has cents, more where one has more that are not zeros."""
    digits = [f"{amount:f}".partition(".")[2] for amount in amounts if isinstance(amount, Decimal)]
    return max((max(len(one.rstrip("0")), 2) for one in digits if one), default=0)


def make_table(rows: Sequence[Row], *, filling: str | None = None, folding: bool = True, aligned: bool = False) -> Table:
    """A table of rows with the same titles, without borders. Numbers stand to the right, on one line.

    The column `filling` takes the width left. Texts too long take more lines where they are `folding`, else they are cut.
    Amounts that are `aligned` have the same number of places in all of a column.
    """
    columns = {title: [row[title] for row in rows] for title in rows[0]}
    numbers = {title for title, values in columns.items() if any(type(value) in (int, Decimal) for value in values)}
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False, expand=filling is not None)
    for title, values in columns.items():
        table.add_column(
            Text(title, "bold"),
            justify="right" if title in numbers else "left",
            no_wrap=title in numbers or not folding,
            overflow="fold" if folding else "ellipsis",
            ratio=1 if title == filling else None,
        )
        columns[title] = [write(value, count_places(values) if aligned else None) for value in values]
    for cells in zip(*columns.values(), strict=True):
        table.add_row(*cells)
    return table


def print_json(record: Any) -> None:
    """An object on one line, amounts as texts."""
    print(_ENCODER.encode(record).decode())


def show(
    records: Iterable[Row], as_json: bool, fields: Sequence[str], *, total: Row | None = None, empty: str = "", **look: Any
) -> int:
    """Show records, tell on stderr what is to be noted and what failed, and return the exit code.

    Programs are shown all of each as soon as it comes, people some fields in a table; for `look`, see `make_table`.
    """
    kept = []
    for record in records:
        kept.append(record)
        if as_json:
            print_json(record)
    if kept and not as_json:
        rows = kept if total is None else [*kept, total]
        make_console().print(make_table([{TITLES.get(name, name): row.get(name) for name in fields} for row in rows], **look))
    if empty and not kept:
        complain(empty)
    for record in kept:
        name = " ".join(record[field] for field in ("account", "invoice") if field in record)
        for note in record.get("warnings", ()):
            complain(f"note: {name}: {note}")
        if record.get("failure"):
            complain(f"failed: {name}: {record['failure']}")
    codes = {record.get("exit_code", 0) for record in kept} or {0}
    return codes.pop() if len(codes) == 1 else 1
