"""What all commands have in common on the screen."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED = 160  # columns, where there is no terminal to ask
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ENCODER = msgspec.json.Encoder(decimal_format="string")


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


def make_table(*columns: str, right: Iterable[str] = (), folding: Iterable[str] = (), filling: str | None = None) -> Table:
    """A table without borders. Columns `folding` take more lines on a narrow screen; the one `filling` takes the width left."""
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold", expand=bool(filling)
    )
    for name in columns:
        folds = name in folding
        table.add_column(
            name,
            justify="right" if name in right else "left",
            no_wrap=not folds,
            overflow="fold" if folds else "ellipsis",
            ratio=1 if name == filling else None,
        )
    return table


def add_row(table: Table, cells: Sequence[Any], style: str = "") -> None:
    """Add a row of plain texts; None is an empty cell."""
    texts = (cell if isinstance(cell, Text) else Text("" if cell is None else clean(str(cell))) for cell in cells)
    table.add_row(*texts, style=style)


def print_json(*records: Any) -> None:
    """One JSON object a line, amounts as texts."""
    for record in records:
        sys.stdout.write(_ENCODER.encode(record).decode() + "\n")


def complain(sentence: str) -> None:
    """A sentence on stderr."""
    print(sentence, file=sys.stderr)
