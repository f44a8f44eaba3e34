"""`counterfoil verify`: check that the amounts of invoices are consistent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import click
from click import Option
from msgspec import structs

import counterfoil

from ...verification import Rules
from ..options import INVOICES, OUTPUT, SEARCH, STORE
from ..output import Row, show, shows_tables
from ..selection import choose_invoices, name_invoice, report_left_out

FIELDS = ("account", "invoice", "severity", "path", "found", "expected", "rule")
INFO = Option(
    ["--info"],
    is_flag=True,
    help="Also show findings that rely on undocumented assumptions.",
)


RULES = Option(
    ["--rules"],
    type=click.Choice(get_args(Rules)),
    default="documented",
    help="What is an error: a violation of what the platform documents, or of EN 16931.",
)


@click.command("verify", params=[INVOICES, RULES, INFO, *SEARCH, STORE, *OUTPUT])
def verify_command(
    names: tuple[str, ...], rules: Rules, info: bool, store: str, as_json: bool, **filters: Any
) -> int:
    """Check that the amounts of invoices are consistent.

    Checks all invoices, or the ones named. Nothing is changed. The exit code is 1 if a documented
    identity is violated, or a rule of EN 16931 with `--rules en16931`.
    """
    count = Counter[str]()

    def find() -> Iterator[Row]:
        for invoice in choose_invoices(store, *names, **filters):
            count["invoice"] += 1
            for finding in counterfoil.verify(invoice, rules):
                count[finding.severity] += 1
                if info or finding.severity == "error":
                    yield {**name_invoice(invoice), **structs.asdict(finding)}

    show(find(), as_json, FIELDS)
    if shows_tables(as_json):
        hidden = (
            "" if info or not count["info"] else f", infos: {count['info']:,} (--info shows them)"
        )
        print(f"invoices verified: {count['invoice']:,}, errors: {count['error']:,}{hidden}")
    report_left_out(store, names, filters)
    return 1 if count["error"] else 0
