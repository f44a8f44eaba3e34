"""`counterfoil pull`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from ..pulling import AccountPull, PullResult, pull
from ..sinks import open_sink
from .failures import sum_up, tell
from .options import MomentType, accounts_option, choose_accounts, complete_accounts, json_option
from .screen import add_row, clean, complain, make_console, make_table, print_json

COUNTS = ("read", "new", "changed", "unchanged")


@click.command("pull")
@click.argument("names", nargs=-1, metavar="[ACCOUNT]...", shell_complete=complete_accounts)
@click.option("--since", type=MomentType(), help="Where accounts begin that were never pulled, such as 2026-01-01 or 90d.")
@click.option("--until", type=MomentType(), help="Where to end; now, if left out.")
@click.option("--again", is_flag=True, help="Read from the beginning anew; what is unchanged is not written.")
@click.option("--store", metavar="FILE", envvar="COUNTERFOIL_STORE", default="invoices.db", show_default=True, type=click.Path(),
              help="Where to: .db is SQLite, .jsonl JSON Lines, .parquet a folder of Parquet files.")  # fmt: skip
@click.option("--at-once", default=8, show_default=True, type=click.IntRange(1, 64), help="How many accounts at the same time.")
@accounts_option
@json_option
def pull_command(names: tuple[str, ...], store: str, accounts_file: str, as_json: bool, **how: Any) -> int:
    """Pull what is new from all accounts, or those named, into a store.

    Each account goes on where it ended. A pull may be interrupted at any time; run it again, and it goes on.
    """
    chosen = choose_accounts(accounts_file, names)
    with open_sink(store) as sink, _watch() as report:
        result = pull(chosen, into=sink, report=report, **how)
    (_print_json if as_json else _print_table)(result)
    for one in result.accounts:
        for sentence in one.warnings:
            complain(f"note: {one.account}: {clean(sentence)}")
        if one.failure is not None:
            complain(f"failed: {one.account}: {tell(one.failure)}")
    return sum_up((one.failure for one in result.failed if one.failure), len(result.accounts))


@contextmanager
def _watch() -> Iterator[Callable[[AccountPull], None]]:
    """Bars on the terminal, one for each account; nothing where stderr is none."""
    console = make_console(stderr=True)
    read = TextColumn("{task.fields[read]:>9,} invoices")
    columns = (TextColumn("{task.description}"), BarColumn(None), read, TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True, expand=True) as progress:

        def report(one: AccountPull) -> None:
            if one.account not in tasks:
                tasks[one.account] = progress.add_task(clean(one.account), read=0)
            progress.update(tasks[one.account], completed=one.slices_done, total=one.slices, read=one.read)

        yield report


def _print_json(result: PullResult) -> None:
    for one in result.accounts:
        counts = {name: getattr(one, name) for name in COUNTS}
        failure = tell(one.failure) if one.failure else None
        print_json({"account": one.account, "provider": one.provider, **counts, "failure": failure, "warnings": one.warnings})


def _print_table(result: PullResult) -> None:
    table = make_table("account", "provider", *COUNTS, "", right=COUNTS)
    for one in result.accounts:
        counts = [f"{getattr(one, name):,}" for name in COUNTS]
        add_row(table, (one.account, one.provider, *counts, "failed" if one.failure else ""), "red" if one.failure else "")
    if len(result.accounts) > 1:
        table.add_section()
        add_row(table, ("all", "", *(f"{result.count(name):,}" for name in COUNTS), ""), "bold")
    make_console().print(table)
