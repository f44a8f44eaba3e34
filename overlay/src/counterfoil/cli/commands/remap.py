"""`counterfoil remap`: map the stored records anew."""

from __future__ import annotations

from typing import Any

import click
from click import Option
from rich.text import Text

from ...remapping import AccountRemap, remap
from ..options import ACCOUNTS, OUTPUT, SETUP, STORE
from ..output import Row, describe_failure, make_console, make_table, show, shows_tables
from ..selection import choose_accounts
from ..stores import open_file

COUNTS = ("read", "new", "changed", "unchanged", "gone", "unreadable")
DRY_RUN = Option(["--dry-run"], is_flag=True, help="Show what would change, and store nothing.")
PROVENANCE = "provenance."
MOST_FIELDS = 20  # in the table of changes


@click.command("remap", params=[ACCOUNTS, DRY_RUN, STORE, SETUP, *OUTPUT])
def remap_command(
    names: tuple[str, ...], store: str, file: str, as_json: bool, dry_run: bool
) -> int:
    """Map the stored records of accounts anew, without a request.

    After an update of counterfoil, or of an account's settings, this brings the stored invoices up
    to date, and shows what changed. It may be interrupted; the next run does the rest.
    """
    chosen = choose_accounts(file, *names)
    with open_file(store) as sink:
        known = set(sink.list_accounts())
        results = remap([one for one in chosen if one.name in known], sink, dry_run=dry_run)
    records = [make_record(one) for one in results]
    empty = f"{store} has no invoices of these accounts"
    counts = [name for name in COUNTS if name in COUNTS[:4] or any(row[name] for row in records)]
    code = show(records, as_json, ("account", "provider", *counts, "state"), empty=empty)
    if shows_tables(as_json):
        print_changes(results)
    return code


def make_record(one: AccountRemap) -> Row:
    """Return the result of an account. With unreadable records, its exit code is 1."""
    record: Row = {
        name: getattr(one, name) for name in ("account", "provider", *COUNTS, "warnings")
    }
    record["fields"] = dict(one.fields)
    record |= describe_failure(one.failure)
    if one.failure is None and one.unreadable:
        record |= {"state": "incomplete", "exit_code": 1}
    return record


def print_changes(results: list[AccountRemap]) -> None:
    """Print the fields that changed, each with an example."""
    rows: list[dict[str, Any]] = []
    for one in results:
        # That a field is assumed goes without saying, once its value is shown.
        fields = [each for each in one.fields.most_common() if not each[0].startswith(PROVENANCE)]
        for path, count in fields[:MOST_FIELDS]:
            example = one.examples[path][0]
            rows.append(
                {
                    "account": one.account,
                    "field": path,
                    "changes": count,
                    "example": example.ref.key,
                    "before": _shorten(example.before),
                    "after": _shorten(example.after),
                }
            )
    if rows:
        console = make_console()
        console.print()
        console.print(make_table(rows, filling="field"))


def _shorten(value: object) -> Text:
    text = "" if value is None else str(value)
    return Text(text if len(text) <= 40 else f"{text[:37]}...", "" if text else "dim")
