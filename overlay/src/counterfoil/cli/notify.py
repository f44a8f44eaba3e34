"""`counterfoil notify`: the one command that writes to a provider, and only with --send."""

from __future__ import annotations

from typing import Any, get_args

import click
import msgspec

from ..notification import Price, draft_notification, notify, show_notification
from . import options
from .screen import clean, complain, print_json

PRICES: tuple[Price, ...] = get_args(Price)


@click.command("notify")
@click.argument("name", metavar="INVOICE")
@click.option("--to", required=True, metavar="ACCOUNT", shell_complete=options.complete_accounts, help="The VTEX account.")
@click.option("--order", "order_id", required=True, metavar="ORDER", help="The order that the invoice is of.")
@click.option("--kind", type=click.Choice(["Output", "Input"]), help="A sale or a return, where the invoice does not say.")
@click.option("--issued-at", type=options.MomentType(), help="The moment of issue, where the invoice has a day only.")
@click.option("--price", type=click.Choice(PRICES), default=PRICES[0], show_default=True, help="What is an item's price.")
@click.option("--send", is_flag=True, help="Send it. It cannot be undone, and changes the order's total.")
@options.account_option
@options.store_option
@options.accounts_option
@options.json_option
def notify_command(
    name: str, to: str, order_id: str, send: bool, account: str | None, store: str, accounts_file: str, as_json: bool, **how: Any
) -> None:
    """Enter an invoice of the store in a VTEX order. Without --send it shows the request, and sends nothing."""
    [target] = options.choose_accounts(accounts_file, (to,))
    with options.open_store(store) as opened:
        invoice = options.find_one(opened, name, account)
    drafted = draft_notification(invoice, minor_digits=target.minor_digits, **how)
    if send:
        receipt = notify(target, order_id, drafted)
        said = f"entered: VTEX took it on {receipt.date}, receipt {clean(str(receipt.receipt))}"
        print_json(receipt) if as_json else print(said)
        return
    request = show_notification(target, order_id, drafted)
    if as_json:
        print_json(request)
        return
    print(f"{request.method} {request.url}\n{msgspec.json.format(msgspec.json.encode(request.body)).decode()}")
    complain("nothing was sent: --send sends it")
