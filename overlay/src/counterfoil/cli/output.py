"""Output of the commands: tables for people, JSON for programs, errors in one sentence."""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

import click
import msgspec
from counterfoil_core.errors import (
    AuthenticationFailed,
    ConfigurationError,
    CounterfoilError,
    PermissionDenied,
)
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..decimals import count_decimals
from ..errors import (
    DocumentError,
    EInvoiceError,
    NeverPulled,
    NotificationError,
    StorageError,
    WindowError,
)

Row: TypeAlias = dict[str, Any]
"""The values of a table row by their column names."""

FORMATS = ("table", "csv", "tsv", "json")
_FORMAT = "counterfoil.format"  # where a command's context keeps the choice
PIPED = 160  # columns, if there is no terminal
# Columns with a title of their own.
TITLES = {
    "currency": "cur",
    "buyer_name": "buyer",
    "severity": "",
    "size": "bytes",
}
# The first class that an exception is an instance of determines the exit code.
EXIT_CODES = {
    NotificationError: 1,
    click.UsageError: 2,
    WindowError: 2,
    ConfigurationError: 3,
    AuthenticationFailed: 4,
    PermissionDenied: 4,
    StorageError: 6,
    DocumentError: 6,
    EInvoiceError: 1,
    OSError: 6,
    CounterfoilError: 5,
    click.Abort: 130,
}
UNEXPECTED = 70  # exit code for all other exceptions
_UNSEEN = (
    "\x7f-\x9f"  # control characters beyond ASCII: they move the cursor and change colors
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they change the direction of writing
    # They end a line by Unicode's rules, and so would split a line of JSON:
    "\u2028\u2029"
    # They are blank or have no width (such as Default_Ignorable_Code_Point), and can hide in names:
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff"  # surrogates, which cannot be encoded
)
_CONTROL = re.compile(f"[\x00-\x1f{_UNSEEN}]+")
_ESCAPED = re.compile(f"[{_UNSEEN}]")  # the JSON encoder escapes the others
_ENCODER = msgspec.json.Encoder(decimal_format="string")


def describe_error(error: Exception) -> str:
    """Return an exception as one line, which explains how to solve the problem."""
    match error:
        case click.UsageError(ctx=context):
            sentence = error.format_message().rstrip(".")
            if context:
                sentence += f" (see `{context.command_path} --help`)"
            return clean(sentence)
        case click.Abort():
            return "interrupted; stored invoices are valid, and the next pull resumes there"
        case NeverPulled():
            return clean(f"{error} (--since 2026-01-01, or --since 90d)")
        case CounterfoilError() | OSError():
            return clean(str(error))
    return clean(
        f"unexpected {type(error).__name__}: {error} (COUNTERFOIL_DEBUG=1 shows the traceback)"
    )


def describe_failure(error: Exception | None) -> Row:
    """Return state, failure and exit code of a task that raised an exception, or succeeded."""
    if error is None:
        return {"state": "", "failure": None, "exit_code": 0}
    failure = describe_error(error)
    return {"state": "failed", "failure": failure, "exit_code": _find_exit_code(error)}


def _find_exit_code(error: Exception) -> int:
    for family, code in EXIT_CODES.items():
        if isinstance(error, family):
            return code
    return UNEXPECTED


def print_error(sentence: str) -> None:
    """Print a sentence to stderr."""
    print(clean(sentence), file=sys.stderr)


def clean(text: str) -> str:
    """Replace control characters and invisible characters in a provider's text by spaces."""
    return _CONTROL.sub(" ", text).strip()


def make_console(*, stderr: bool = False) -> Console:
    """Return a console of the terminal's width, without colors if piped or NO_COLOR is set."""
    stream = sys.stderr if stderr else sys.stdout
    if hasattr(stream, "reconfigure"):
        # A character that the terminal cannot show is replaced.
        stream.reconfigure(errors="replace")
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPED
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def write(value: object, places: int | None = None) -> Text:
    """Return a value as text for people. None is empty. Amounts have all digits, or `places`."""
    match value:
        case Text():
            return value
        case None:
            return Text("")
        case bool():
            return Text("yes" if value else "no")
        case int():
            return Text(f"{value:,}")
        case Decimal():
            return Text(f"{value:f}" if places is None else f"{value:.{places}f}")
        case datetime():
            return Text(f"{value:%Y-%m-%d %H:%M %Z}")
    style = "red" if value in ("failed", "error") else ""
    return Text(clean(str(value)), style)


def pad_amount(amount: Decimal | None, currency: str | None) -> Decimal | None:
    """Return an amount with at least the decimals of its currency: 541.8 EUR is 541.80."""
    if not amount or currency is None:
        return amount
    exponent = amount.as_tuple().exponent
    decimals = count_decimals(currency)
    if not isinstance(exponent, int) or exponent <= -decimals:
        return amount
    return Decimal(f"{amount:.{decimals}f}")


def count_places(values: Iterable[object]) -> int:
    """Return the number of places that all amounts of a column need, so that points align.

    It is at least two if an amount has decimals. Trailing zeros do not count.
    """
    places = 0
    for value in values:
        if isinstance(value, Decimal):
            decimals = f"{value:f}".partition(".")[2]
            if decimals:
                places = max(places, len(decimals.rstrip("0")), 2)
    return places


def make_table(
    rows: Sequence[Row], *, filling: str | None = None, folding: bool = True, aligned: bool = False
) -> Table:
    """Return a table without borders. All rows have the same keys, which are the titles.

    Numbers are aligned to the right, and are not wrapped. The column `filling` takes the remaining
    width. Long texts are wrapped if `folding`, and otherwise cut. If `aligned`, all amounts of a
    column have the same number of places.
    """
    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        show_edge=False,
        pad_edge=False,
        expand=filling is not None,
    )
    columns: list[list[Text]] = []
    for title in rows[0]:
        values = [row[title] for row in rows]
        is_number = any(type(value) in (int, Decimal) for value in values)
        table.add_column(
            Text(title, "bold"),
            justify="right" if is_number else "left",
            no_wrap=is_number or not folding,
            overflow="fold" if folding else "ellipsis",
            ratio=1 if title == filling else None,
        )
        places = count_places(values) if aligned else None
        columns.append([write(value, places) for value in values])
    for cells in zip(*columns, strict=True):
        table.add_row(*cells)
    return table


def keep_format(context: click.Context, _: click.Parameter, chosen: str | None) -> None:
    """Keep the format that was chosen, for `find_format`."""
    if chosen:
        context.meta[_FORMAT] = chosen


def find_format(context: click.Context | None = None) -> str:
    """Return one of FORMATS: the chosen one, else a table on a terminal and TSV elsewhere."""
    context = context or click.get_current_context(silent=True)
    chosen = None if context is None else context.meta.get(_FORMAT)
    return chosen or ("table" if sys.stdout.isatty() else "tsv")


def shows_tables(as_json: bool) -> bool:
    """Whether the output is for people."""
    return not as_json and find_format() == "table"


def print_json(record: object) -> None:
    """Print an object as one line of JSON. Amounts are strings."""
    print(escape_json(_ENCODER.encode(record)))


def escape_json(text: bytes) -> str:
    """Return JSON of the same value, with all characters escaped that `clean` replaces."""
    return _ESCAPED.sub(_write_escape, text.decode())


def _write_escape(found: re.Match[str]) -> str:
    """Return the escape of a character: one UTF-16 unit or, above U+FFFF, two."""
    digits = found[0].encode("utf-16-be", "surrogatepass").hex()
    units = [digits[start : start + 4] for start in range(0, len(digits), 4)]
    return "".join(rf"\u{unit}" for unit in units)


def show(
    records: Iterable[Row],
    as_json: bool,
    fields: Sequence[str],
    *,
    total: Row | None = None,
    empty: str = "",
    **look: Any,
) -> int:
    """Print records to stdout, their warnings and failures to stderr, and return the exit code.

    As JSON, each record is printed completely and immediately. As CSV and TSV, the first line has
    the names of `fields`. A table shows `fields` of all records, and the row `total`. `empty` is
    printed to stderr if there are no records. `look` are arguments of `make_table`.
    """
    kept = []
    for record in records:
        kept.append(record)
        if as_json:
            print_json(record)
    layout = "json" if as_json else find_format()
    if layout in ("csv", "tsv"):
        _print_values(kept, fields, "," if layout == "csv" else "\t")
    if kept and layout == "table":
        rows = kept if total is None else [*kept, total]
        _print_table(rows, fields, **look)
    if empty and not kept:
        print_error(empty)
    for record in kept:
        _print_notes(record)
    codes = {record.get("exit_code", 0) for record in kept}
    if not codes:
        return 0
    return codes.pop() if len(codes) == 1 else 1


def _print_values(records: Sequence[Row], fields: Sequence[str], delimiter: str) -> None:
    """Print a line for each record. No value contains a line break or a tab."""
    if hasattr(sys.stdout, "reconfigure"):
        # A character that the encoding of the output lacks is visible, and no reason to fail.
        sys.stdout.reconfigure(errors="backslashreplace")
    writer = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    writer.writerow(fields)
    for record in records:
        writer.writerow([_to_text(record.get(name)) for name in fields])


def _to_text(value: object) -> str:
    """Return a value for programs: amounts have all their digits, and times are ISO 8601."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat()
    return clean(str(value))


def _print_table(records: Sequence[Row], fields: Sequence[str], **look: Any) -> None:
    rows = []
    for record in records:
        rows.append({TITLES.get(name, name): record.get(name) for name in fields})
    make_console().print(make_table(rows, **look))


def _print_notes(record: Row) -> None:
    """Print the warnings and the failure of a record to stderr."""
    names = [record[field] for field in ("account", "invoice") if field in record]
    name = " ".join(names)
    for note in record.get("warnings", ()):
        print_error(f"note: {name}: {note}")
    if record.get("failure"):
        print_error(f"failed: {name}: {record['failure']}")
