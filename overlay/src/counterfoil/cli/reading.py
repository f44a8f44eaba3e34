"""`counterfoil list`, `show` and `verify`: what is in a store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import click
import msgspec

from ..invoice import Invoice
from ..providers import provider_names
from ..sinks.sqlite import Row, Search, SqliteSink
from ..verification import Finding, verify
from .options import MomentType, account_option, find_one, json_option, open_store, store_option
from .paper import draw
from .screen import add_row, clean, complain, make_console, make_table, print_json

NARROW = 110  # columns; below it a list leaves out what `show` has


def searching(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose invoices."""
    for option in (
        click.option("--until", type=MomentType(), help="Those of earlier days."),
        click.option("--since", type=MomentType(), help="Those of this day and later, such as 2026-10-01 or 30d."),
        click.option("--status", metavar="WORD", help="Such as open, sent, cancelled."),
        click.option("--kind", metavar="WORD", help="Such as invoice, credit_note."),
        click.option("--provider", type=click.Choice(provider_names()), help="Those of this provider only."),
        account_option,
    ):
        command = option(command)
    return command


def make_search(since: datetime | None, until: datetime | None, limit: int | None = None, **words: str | None) -> Search:
    """A search of what stands on the command line."""
    return Search(since=since and since.date(), until=until and until.date(), limit=limit, **words)


@click.command("list")
@searching
@click.option("--limit", type=click.IntRange(1), help="So many at most.")
@store_option
@json_option
def list_command(store: str, as_json: bool, **asked: Any) -> None:
    """List invoices, the latest first."""
    with open_store(store) as opened:
        rows = opened.find_rows(make_search(**asked))
    if as_json:
        print_json(*rows)
        return
    console = make_console()
    wide = console.width >= NARROW
    console.print(_tabulate(rows, wide)) if rows else complain("no invoices: `counterfoil pull` fetches them")


def _tabulate(rows: Iterable[Row], wide: bool) -> Any:
    right = ("net", "tax", "gross")
    amounts, last = (right, ("status", "paid")) if wide else (right[2:], ())
    names = ("account", "kind", "number", "day", "buyer", *amounts, "cur", *last)
    table = make_table(*names, right=right, filling="buyer")
    for row in rows:
        cells = {
            **msgspec.structs.asdict(row),
            "kind": row.kind.replace("_", " "),
            "number": row.number or row.key,
            "cur": row.currency,
            "paid": {1: "yes", 0: "no"}.get(-1 if row.paid is None else row.paid),
        }
        add_row(table, [cells[name] for name in names])
    return table


@click.command("show")
@click.argument("name", metavar="INVOICE")
@account_option
@store_option
@json_option
def show_command(name: str, account: str | None, store: str, as_json: bool) -> None:
    """Show an invoice by its number or key, as a bookkeeper knows it."""
    with open_store(store) as opened:
        invoice = find_one(opened, name, account)
    if as_json:
        sys.stdout.write(invoice.to_json().decode() + "\n")
    else:
        console = make_console()
        console.print(draw(invoice, console.width))


@click.command("verify")
@click.argument("names", nargs=-1, metavar="[INVOICE]...")
@searching
@click.option("--info", is_flag=True, help="Also what depends on readings that the provider does not document.")
@store_option
@json_option
def verify_command(names: tuple[str, ...], info: bool, store: str, as_json: bool, **asked: Any) -> int:
    """Hold the amounts of invoices, all or those named, against each other; nothing is changed.

    Exits with 1 where a documented identity is broken.
    """
    count = hidden = 0
    findings: list[tuple[Invoice, Finding]] = []
    with open_store(store) as opened:
        for invoice in choose_invoices(opened, names, asked):
            count += 1
            for finding in verify(invoice):
                if info or finding.severity == "error":
                    findings.append((invoice, finding))
                else:
                    hidden += 1
    errors = sum(finding.severity == "error" for _, finding in findings)
    if as_json:
        print_json(*({"ref": invoice.ref, **msgspec.structs.asdict(finding)} for invoice, finding in findings))
    elif findings:
        make_console().print(_tabulate_findings(findings))
    if not as_json:
        said = f"invoices verified: {count:,}, errors: {errors:,}"
        print(f"{said}, infos: {hidden:,} (--info shows them)" if hidden else said)
    return 1 if errors else 0


def choose_invoices(store: SqliteSink, names: tuple[str, ...], asked: dict[str, Any]) -> Iterator[Invoice]:
    if not names:
        yield from store.find_invoices(make_search(**asked))
    for name in names:
        yield find_one(store, name, asked["account"])


def _tabulate_findings(findings: Iterable[tuple[Invoice, Finding]]) -> Any:
    names, right = ("invoice", "", "place", "found", "expected", "rule"), ("found", "expected")
    table = make_table(*names, right=right, folding=("invoice", "rule"))
    for invoice, finding in findings:
        name = clean(f"{invoice.ref.account} {invoice.number or invoice.ref.key}")
        style = "red" if finding.severity == "error" else ""
        add_row(table, (name, finding.severity, finding.place, finding.found, finding.expected, finding.rule), style)
    return table
