"""`counterfoil show`: show one invoice."""

from __future__ import annotations

import click
from rich.console import Group

from ..invoice_view import draw
from ..options import ACCOUNT, INVOICE, JSON, STORE
from ..output import escape_json, make_console
from ..selection import choose_invoices


@click.command("show", params=[INVOICE, ACCOUNT, STORE, JSON])
def show_command(name: str, account: str | None, store: str, as_json: bool) -> None:
    """Show an invoice, by its number or key."""
    [invoice] = choose_invoices(store, name, account=account)
    console = make_console()
    if as_json:
        print(escape_json(invoice.to_json()))
    else:
        console.print(Group(*draw(invoice, narrow=console.width < 100)))
