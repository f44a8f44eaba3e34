"""The options of the data source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from counterfoil_core.errors import ConfigurationError
from msgspec import Struct

from ..matching import suggest
from ..rows import COLUMNS

SparkTable = Literal["invoices", "lines", "unreadable", "accounts", "run"]
TABLES: tuple[str, ...] = get_args(SparkTable)
JSON = "json"  # a further column of invoices: the whole invoice
PARTITIONS = 200  # as many as Spark makes of a shuffle
FAILURES = ("report", "fail")


class OptionError(ConfigurationError):
    """An option of the data source is unknown or invalid."""


class SourceOptions(Struct, frozen=True, kw_only=True):
    """The options of one `load()`.

    `accounts` is a file, `only` the names of those of its accounts that are read, all by default.
    `since`, `until`, `by`, `kinds` and `statuses` are those of `plan_slices`. `cursors` is a file
    of `save_cursors`; an account in it resumes there. `columns` are the columns that are built, all
    by default. `partitions` is the greatest number of tasks. `failures` says whether an account
    that fails is reported, or fails the job. With `pushdown`, Spark's filters limit what is
    requested, which needs its setting `spark.sql.python.filterPushdown.enabled`.
    """

    table: str = "invoices"
    accounts: str = "accounts.toml"
    only: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    by: str | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    cursors: str | None = None
    columns: tuple[str, ...] = ()
    partitions: int = PARTITIONS
    failures: str = "report"
    pushdown: bool = False


def read_options(given: Mapping[str, str]) -> SourceOptions:
    """Read the options, whose names Spark has without regard to case. Raises OptionError."""
    names = SourceOptions.__struct_fields__
    found: dict[str, Any] = {}
    for name, text in given.items():
        low = name.lower()
        if low not in names:
            raise OptionError(
                f"{name!r} is not an option of counterfoil, which has {', '.join(names)}"
                f"{suggest(low, names)}"
            )
        found[low] = _read(low, text)
    options = SourceOptions(**found)
    _check_columns(options)
    if options.cursors and (options.kinds or options.statuses):
        raise OptionError(
            "cursors cannot be combined with kinds or statuses: read all, and filter the rows"
        )
    return options


def _read(name: str, text: str) -> Any:
    if name in ("only", "kinds", "statuses", "columns"):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name == "partitions":
        if not text.isdecimal() or int(text) < 1:
            raise OptionError(f"partitions must be a whole number, 1 or more, not {text!r}")
        return int(text)
    if name == "pushdown":
        return _choose(name, text.lower(), ("true", "false")) == "true"
    if name == "table":
        return _choose(name, text, TABLES)
    if name == "failures":
        return _choose(name, text, FAILURES)
    return text


def _choose(name: str, text: str, values: tuple[str, ...]) -> str:
    if text not in values:
        raise OptionError(f"{name} must be one of {', '.join(values)}, not {text!r}")
    return text


def list_columns(options: SourceOptions, table: Literal["invoices", "lines"]) -> tuple[str, ...]:
    """Return the columns of a table that are built, in the order of the option."""
    chosen = "lines" if options.table == "lines" else "invoices"
    if options.columns and table == chosen:
        return options.columns
    return tuple(COLUMNS[table])


def _check_columns(options: SourceOptions) -> None:
    if not options.columns:
        return
    if options.table not in ("invoices", "lines", "run"):
        raise OptionError(f"the table {options.table!r} has no columns to choose from")
    table: Literal["invoices", "lines"] = "lines" if options.table == "lines" else "invoices"
    known = (*COLUMNS[table], JSON) if table == "invoices" else tuple(COLUMNS[table])
    for name in options.columns:
        if name not in known:
            raise OptionError(
                f"{name!r} is not a column of {table}, which has {', '.join(known)}"
                f"{suggest(name, known)}"
            )
    if len(set(options.columns)) < len(options.columns):
        raise OptionError("columns names one of them twice")
