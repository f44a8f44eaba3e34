"""`counterfoil pull`: store the new invoices of accounts."""

from __future__ import annotations

from typing import Any, get_args

import click
from click import Option
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

import counterfoil

from ...invoice import Kind, Status
from ..options import ACCOUNTS, OUTPUT, SETUP, STORE, read_moment
from ..output import Row, clean, describe_failure, make_console, print_error, show
from ..selection import choose_accounts

COUNTS = ("read", "new", "changed", "unchanged")
RARE = ("deleted", "erased", "unreadable")  # only shown if they are not zero
PULLED = ("account", "provider", *COUNTS, *RARE, "warnings")
BARS = (
    TextColumn("{task.description}"),
    BarColumn(None),
    TextColumn("{task.fields[read]:>9,} invoices"),
    TimeElapsedColumn(),
)
BEGIN = Option(
    ["--since"],
    metavar="WHEN",
    type=read_moment,
    help="Start for new accounts, such as 2026-01-01 or 90d.",
)
END = Option(["--until"], metavar="WHEN", type=read_moment, help="End; the default is now.")
AGAIN = Option(
    ["--again"],
    is_flag=True,
    help="Read everything from the start again. Unchanged invoices are not written.",
)
AT_ONCE = Option(
    ["--at-once"],
    default=8,
    type=click.IntRange(1, 64),
    help="Number of accounts to pull at the same time.",
)


NO_RAW = Option(
    ["--no-raw", "no_raw"],
    is_flag=True,
    help="Do not store the providers' records. `counterfoil remap` needs them.",
)
KINDS = Option(
    ["--kind", "kinds"],
    type=click.Choice(get_args(Kind), case_sensitive=False),
    metavar="KIND",
    multiple=True,
    help="Only invoices of this kind. May be repeated.",
)
STATUSES = Option(
    ["--status", "statuses"],
    type=click.Choice(get_args(Status), case_sensitive=False),
    metavar="STATUS",
    multiple=True,
    help="Only invoices of this status. May be repeated.",
)


@click.command(
    "pull",
    params=[ACCOUNTS, BEGIN, END, AGAIN, KINDS, STATUSES, NO_RAW, AT_ONCE, STORE, SETUP, *OUTPUT],
)
def pull_command(
    names: tuple[str, ...], store: str, file: str, as_json: bool, no_raw: bool, **how: Any
) -> int:
    """Pull the new invoices of the accounts into a store.

    Pulls all accounts, or the ones named. Each resumes where it ended. A pull may be interrupted at
    any time; the next one resumes it. Records that cannot be read are listed, kept in the store's
    table `unreadable` and retried; the exit code is 1. A pull of some kinds or statuses has a
    cursor of its own.
    """
    chosen = choose_accounts(file, *names)
    console = make_console(stderr=True)
    bars = Progress(
        *BARS, console=console, disable=not console.is_terminal, transient=True, expand=True
    )
    tasks: dict[str, TaskID] = {}
    for account in chosen:
        tasks[account.name] = bars.add_task(clean(account.name), total=None, read=0)

    def report(one: counterfoil.AccountPull) -> None:
        # The number of pages in a slice is unknown, so a single slice shows no progress.
        shows_progress = one.slices > 1 or one.slices_done > 0
        slices = one.slices if shows_progress else None
        bars.update(tasks[one.account], completed=one.slices_done, total=slices, read=one.read)

    with counterfoil.open_sink(store, raw=not no_raw) as sink, bars:
        result = counterfoil.pull(chosen, into=sink, report=report, **how)
    code = show_result(result, as_json)
    if console.is_terminal and result.count("new"):
        print_error("next: `counterfoil list` shows them, `counterfoil pull` adds what is new")
    return code


def show_result(result: counterfoil.PullResult, as_json: bool) -> int:
    """Show the result of each account and, for several accounts, the totals."""
    records = [make_record(one) for one in result.accounts]
    total: Row | None = None
    if len(records) > 1:
        total = {"account": Text("all", "bold")}
        for name in (*COUNTS, *RARE):
            total[name] = result.count(name)
    counts = (*COUNTS, *(name for name in RARE if result.count(name)))
    return show(records, as_json, ("account", "provider", *counts, "state"), total=total)


def make_record(one: counterfoil.AccountPull) -> Row:
    """Return the result of an account. With unreadable records, its exit code is 1."""
    record = {name: getattr(one, name) for name in PULLED}
    record |= describe_failure(one.failure)
    if one.failure is None and one.unreadable:
        record |= {"state": "incomplete", "exit_code": 1}
    return record
