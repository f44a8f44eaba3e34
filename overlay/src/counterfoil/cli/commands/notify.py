"""`counterfoil notify`: add an invoice to an order."""

from __future__ import annotations

from typing import Any

import click
import msgspec
from click import Option

import counterfoil

from ..options import ACCOUNT, INVOICE, JSON, SETUP, STORE, complete, read_moment
from ..output import clean, escape_json, print_error, print_json
from ..selection import choose_accounts, choose_invoices

PRICES = ("unit_price", "unit_price_gross", "net", "gross")
TO = Option(
    ["--to"],
    required=True,
    metavar="ACCOUNT",
    shell_complete=complete,
    help="The VTEX account.",
)
ORDER = Option(
    ["--order"], required=True, metavar="ORDER", help="The order that the invoice belongs to."
)
TYPE = Option(
    ["--kind"],
    type=click.Choice(["Output", "Input"]),
    help="A sale (Output) or a return (Input), if the invoice's kind is neither.",
)
ISSUED_AT = Option(
    ["--issued-at"],
    metavar="WHEN",
    type=read_moment,
    help="The time of issue, if the invoice only has a day.",
)
PRICE = Option(
    ["--price"],
    type=click.Choice(PRICES),
    default=PRICES[0],
    help="The amount of a line to send as the price of an item.",
)
SEND = Option(
    ["--send"],
    is_flag=True,
    help="Send the request. This cannot be undone, and changes the order's total.",
)


@click.command(
    "notify", params=[INVOICE, TO, ORDER, TYPE, ISSUED_AT, PRICE, SEND, ACCOUNT, STORE, SETUP, JSON]
)
def notify_command(
    name: str,
    to: str,
    order: str,
    send: bool,
    account: str | None,
    store: str,
    file: str,
    as_json: bool,
    **how: Any,
) -> None:
    """Add an invoice to a VTEX order. Without --send, this is a dry run.

    A dry run shows the request, and sends nothing.
    """
    [target] = choose_accounts(file, to)
    [invoice] = choose_invoices(store, name, account=account)
    digits = target.find_minor_digits(invoice.currency)
    notification = counterfoil.draft_notification(invoice, minor_digits=digits, **how)
    function = counterfoil.notify if send else counterfoil.show_notification
    done = function(target, order, notification)
    if as_json:
        print_json(done)
    elif isinstance(done, counterfoil.DryRun):
        body = escape_json(msgspec.json.format(msgspec.json.encode(done.body)))
        print(f"{clean(f'{done.method} {done.url}')}\n{body}")
        print_error("nothing was sent: --send sends it")
    else:
        print(clean(f"added: VTEX accepted it on {done.date}, receipt {done.receipt}"))
