"""Arguments and options that several commands share."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import click
from click import Argument, Option

import counterfoil

from ..invoice import Kind, Status
from .output import FORMATS, find_format, keep_format
from .stores import open_store

MOST_SEARCHED = 10_000  # of the latest invoices, so that completion is fast in any store
MOST_COMPLETIONS = 200
FOLDER = {
    "win32": "%APPDATA%/counterfoil",
    "darwin": "~/Library/Application Support/counterfoil",
}.get(sys.platform, "~/.config/counterfoil")


def read_moment(text: str) -> datetime:
    """Parse a day (from midnight UTC), a time with its offset, or a time ago: 30d, 12h."""
    ago = re.fullmatch(r"(\d{1,5})([dh])", text)
    if ago:
        unit = timedelta(days=1) if ago[2] == "d" else timedelta(hours=1)
        return datetime.now(UTC) - int(ago[1]) * unit
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        is_day = len(text) <= len("2026-10-01")
        if moment.tzinfo or is_day:
            return moment.replace(tzinfo=moment.tzinfo or UTC)
    raise click.BadParameter(
        f"{text!r} is not a time, or lacks its offset: write 2026-10-01, "
        "2026-10-01T08:00+02:00, 30d or 12h"
    )


def read_day(text: str) -> date:
    """Parse a time like `read_moment`, and return its day."""
    return read_moment(text).date()


def find_setup() -> str:
    """Return the path of accounts.toml: here, or in the user's configuration folder."""
    shared = Path(click.get_app_dir("counterfoil"), "accounts.toml")
    is_here = Path("accounts.toml").exists()
    return str(shared) if shared.exists() and not is_here else "accounts.toml"


def complete_invoice(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the numbers of stored invoices that begin with a text, for shell completion."""
    store = ctx.params.get("store") or os.environ.get("COUNTERFOIL_STORE", "invoices.db")
    try:
        with open_store(store) as sink:
            rows = sink.find("number", limit=MOST_SEARCHED, account=ctx.params.get("account"))
    except Exception:  # a shell does not show errors during completion
        return []
    numbers = dict.fromkeys(row["number"] for row in rows if row["number"])
    return [number for number in numbers if number.startswith(incomplete)][:MOST_COMPLETIONS]


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of accounts that begin with a text, for shell completion."""
    path = ctx.params.get("file") or os.environ.get("COUNTERFOIL_ACCOUNTS") or find_setup()
    try:
        accounts = counterfoil.read_accounts(path)
    except Exception:  # a shell does not show errors during completion
        return []
    return [name for name in accounts if name.startswith(incomplete)]


ACCOUNTS = Argument(["names"], nargs=-1, metavar="[ACCOUNT]...", shell_complete=complete)
INVOICES = Argument(["names"], nargs=-1, metavar="[INVOICE]...", shell_complete=complete_invoice)
INVOICE = Argument(["name"], metavar="INVOICE", shell_complete=complete_invoice)
JSON = Option(
    ["--json", "as_json"],
    is_flag=True,
    callback=lambda context, _, value: value or find_format(context) == "json",
    help="Print one JSON object per line.",
)
OUTPUT = (
    Option(
        ["--format"],
        type=click.Choice(FORMATS),
        is_eager=True,  # before --json, which is the same as --format json
        expose_value=False,
        callback=keep_format,
        envvar="COUNTERFOIL_FORMAT",
        show_envvar=True,
        help="The default is table on a terminal, and tsv in a pipe or file.",
    ),
    JSON,
)
LIMIT = Option(["--limit"], type=click.IntRange(1), help="Maximum number of invoices.")
SETUP = Option(
    ["--accounts", "file"],
    metavar="FILE",
    type=click.Path(),
    default=find_setup,
    show_default=f"accounts.toml, or else {FOLDER}/accounts.toml",
    envvar="COUNTERFOIL_ACCOUNTS",
    show_envvar=True,
    help="A TOML file with a table for each account.",
)
STORE = Option(
    ["--store"],
    metavar="FILE",
    type=click.Path(),
    default="invoices.db",
    envvar="COUNTERFOIL_STORE",
    show_envvar=True,
    help="A SQLite file. `pull` also accepts a .jsonl file, or a .parquet folder.",
)

_KINDS = click.Choice(get_args(Kind), case_sensitive=False)
_STATUSES = click.Choice(get_args(Status), case_sensitive=False)
PROVIDERS = click.Choice(counterfoil.provider_names(), case_sensitive=False)

ACCOUNT = Option(
    ["--account"],
    metavar="NAME",
    shell_complete=complete,
    help="Only invoices of this account.",
)
SEARCH = (
    ACCOUNT,
    Option(
        ["--provider"],
        type=PROVIDERS,
        metavar="NAME",
        help="Only invoices of this provider.",
    ),
    Option(
        ["--kind"],
        type=_KINDS,
        metavar="KIND",
        help=f"One of {', '.join(_KINDS.choices)}.",
    ),
    Option(
        ["--status"],
        type=_STATUSES,
        metavar="STATUS",
        help=f"One of {', '.join(_STATUSES.choices)}.",
    ),
    Option(
        ["--since"],
        metavar="WHEN",
        type=read_day,
        help="Only invoices of this day and later, such as 2026-10-01 or 30d.",
    ),
    Option(
        ["--until"],
        metavar="WHEN",
        type=read_day,
        help="Only invoices of days before this one.",
    ),
)
