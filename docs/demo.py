"""The demo, without an account: `nox -s demo`.

Starts the sandbox, pulls the invoices of five platforms into one SQLite file, and shows three
things that are hard: a pull that is killed and resumes, amounts that keep their digits, and a write
whose response was lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from counterfoil import (
    Account,
    Invoice,
    PullResult,
    Totals,
    find_provider,
    open_sink,
    pull,
    save_documents,
    verify,
)
from counterfoil.sinks.sqlite import SqliteSink
from counterfoil_core import OutcomeUnknown
from counterfoil_open2b_admin import Open2bAdminClient
from counterfoil_sandbox import FaultRule, Sandbox
from counterfoil_vtex import InvoicedItem, InvoiceType, Order, VtexClient
from msgspec import structs
from rich.console import Console
from rich.markup import escape
from rich.table import Table

FOLDER = Path("demo-invoices")
STORE = FOLDER / "invoices.db"
ACCOUNTS = FOLDER / "accounts.toml"
SINCE = datetime(2025, 1, 1, tzinfo=UTC)
INVOICES = 300  # of each platform
ENOUGH = 250  # the first pull is killed when this many invoices are stored
PATIENCE = 60  # seconds to wait for them
SLOW = FaultRule(kind="latency", delay_ms=100)  # the kill must find the pull at work
LOST = FaultRule(kind="reset", api="vtex", operation="invoiceNotification", times=1)
CONSOLE = Console(highlight=False, soft_wrap=True)


def show_title(number: int, text: str) -> None:
    CONSOLE.print(f"\n[bold]{number}. {text}[/bold]")


def make_account(box: Sandbox, provider: str) -> Account:
    """Return the sandbox's account of a provider.

    Open2b's API has neither a currency nor a time zone, so the account has them.
    """
    known = {"currency": "EUR", "time_zone": "UTC"} if provider.startswith("open2b") else {}
    return Account(**box.account(provider), **known)


# 1. A pull that is killed, and resumes


def write_accounts(accounts: Iterable[Account]) -> None:
    """Write accounts.toml, without secrets."""
    ACCOUNTS.write_text("\n".join(format_table(account) for account in accounts))


def format_table(account: Account) -> str:
    values = {"provider": account.provider, "base_url": account.base_url}
    if account.currency:
        values |= {"currency": account.currency, "time_zone": account.time_zone}
    secrets = find_secrets(account)
    for name, text in account.settings.items():
        if account.name_variable(name) not in secrets:
            values[name] = str(text)
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    return "\n".join([f"[{account.name}]", *lines, ""])


def find_secrets(account: Account) -> dict[str, str]:
    """Return the environment variables with the secrets of an account."""
    variables = {}
    for name in find_provider(account.provider).secrets:
        if name in account.settings:
            variables[account.name_variable(name)] = str(account.settings[name])
    return variables


def count_stored() -> Counter[str]:
    """Count the invoices in the store by account; none if the store does not exist yet."""
    try:
        database = sqlite3.connect(f"file:{STORE}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return Counter()
    with closing(database), suppress(sqlite3.OperationalError):
        return Counter(account for (account,) in database.execute("SELECT account FROM invoices"))
    return Counter()


def start_pull(accounts: Iterable[Account]) -> subprocess.Popen[bytes]:
    """Start `counterfoil pull` as a process of its own."""
    environment = dict(os.environ)
    for account in accounts:
        environment |= find_secrets(account)
    words = ["pull", "--since", f"{SINCE:%Y-%m-%d}", "--store", str(STORE)]
    CONSOLE.print(f"counterfoil {' '.join(words)}")
    command = [sys.executable, "-m", "counterfoil.cli", *words, "--accounts", str(ACCOUNTS)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=environment, **silent)  # noqa: S603 -- our own command


def wait_for_invoices(process: subprocess.Popen[bytes]) -> None:
    """Wait until some invoices are stored, or the process has ended."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        if count_stored().total() >= ENOUGH:
            return
        time.sleep(0.01)


def kill_a_pull(accounts: Iterable[Account]) -> Counter[str]:
    """Kill a pull when it has stored some invoices, and return how many by account."""
    process = start_pull(accounts)
    wait_for_invoices(process)
    was_at_work = process.poll() is None
    process.kill()
    process.wait()
    ending = "killed in the middle" if was_at_work else "ended before it could be killed"
    stored = count_stored()
    CONSOLE.print(f"  {ending}: {stored.total()} invoices are stored", style="red")
    return stored


def show_pull(result: PullResult, before: Counter[str]) -> None:
    title = "The same pull again: it resumes"
    table = Table("account", title=title, title_justify="left")
    for heading in ("stored before the kill", "new now", "in the store"):
        table.add_column(heading, justify="right")
    after = count_stored()
    for account in result.accounts:
        name = account.account
        counts = (before[name], account.new, after[name])
        table.add_row(name, *map(str, counts))
    CONSOLE.print(table)


def show_warnings(result: PullResult) -> None:
    for account in result.accounts:
        for warning in account.warnings:
            CONSOLE.print(f"  {account.account}: {escape(warning)}", style="yellow")
        if account.failure is not None:
            CONSOLE.print(f"  {account.account}: {escape(str(account.failure))}", style="red")


def show_resuming(box: Sandbox, accounts: list[Account]) -> None:
    show_title(1, "Five platforms into one SQLite file; the pull is killed, and the next resumes")
    write_accounts(accounts)
    box.faults = [SLOW]
    before = kill_a_pull(accounts)
    box.faults = []
    ACCOUNTS.unlink()
    with open_sink(STORE) as store:
        resumed = pull(accounts, SINCE, into=store)
        show_pull(resumed, before)
        show_warnings(resumed)
        last = pull(accounts, SINCE, into=store)
    CONSOLE.print(f"A third pull: {last.count('new')} new, {last.count('changed')} changed.\n")


def show_latest(store: SqliteSink, accounts: list[Account]) -> None:
    table = Table(title="The latest invoice of each, as one type", title_justify="left")
    for name in ("account", "number", "day"):
        table.add_column(name, no_wrap=True)
    table.add_column("buyer")
    table.add_column("total", justify="right", no_wrap=True)
    columns = ("number", "key", "day", "buyer_name", "gross", "currency")
    for account in accounts:
        for row in store.find(*columns, account=account.name, limit=1):
            number = row["number"] or row["key"]
            day = row["day"] or "-"
            buyer = row["buyer_name"] or "-"
            total = f"{row['gross']} {row['currency']}" if row["gross"] else "in the PDF"
            table.add_row(account.name, number, day, buyer, total)
    CONSOLE.print(table)


# 2. Amounts keep their digits


def show_digits(box: Sandbox) -> None:
    show_title(2, "Amounts keep their digits")
    arguments = box.client_arguments("open2b-admin")
    with Open2bAdminClient(**arguments) as shop:
        response = shop.with_response.invoices.list(limit=100)
    floats = json.loads(response.raw)["invoices"]
    exact = response.value.invoices
    price = exact[0].items[2].price
    price_as_float = floats[0]["items"][2]["price"]
    in_floats = 0.0
    for invoice in floats:  # since Python 3.12, `sum` hides the errors that a loop shows
        in_floats += invoice["taxedTotal"]
    in_decimals = sum(invoice.taxed_total for invoice in exact)
    table = Table("", "as floats", "as Counterfoil reads it")
    table.add_row('the wire has "price": 56.330', str(price_as_float), str(price))
    table.add_row(f"sum of {len(exact)} totals", str(in_floats), str(in_decimals))
    CONSOLE.print(table)


# 3. A write whose response was lost


def find_open_order(vtex: VtexClient) -> Order:
    """Return an order that has no invoice yet."""
    for summary in vtex.orders.list(per_page=50).list:
        if summary.status == "ready-for-handling":
            return vtex.orders.get(summary.order_id)
    raise LookupError("the sandbox has no order without an invoice")


def notify_of(vtex: VtexClient, order: Order) -> None:
    items = [
        InvoicedItem(id=item.id, price=item.price, quantity=item.quantity) for item in order.items
    ]
    vtex.invoices.notify(
        order.order_id,
        type=InvoiceType.OUTPUT,
        issuance_date=datetime.now(UTC),
        invoice_number="DEMO-1",
        invoice_value=str(order.value),
        items=items,
    )


def show_unknown_outcome(box: Sandbox) -> None:
    show_title(3, "A write whose response was lost is not sent a second time")
    with VtexClient(**box.client_arguments("vtex"), transport=box.transport("vtex")) as vtex:
        order = find_open_order(vtex)
        box.faults = [LOST]
        try:
            notify_of(vtex, order)
        except OutcomeUnknown as error:
            CONSOLE.print(f"OutcomeUnknown: {escape(str(error))}", style="red")
        posts = [request for request in box.requests if request.method == "POST"]
        sent = [request for request in posts if request.path.endswith("/invoice")]
        packages = vtex.orders.get(order.order_id).package_attachment.packages
    numbers = ", ".join(package.invoice_number for package in packages)
    CONSOLE.print(f"Sent {len(sent)} time. Read back, the order has the invoice: {numbers}.")


# And then


def show_verification(invoices: list[Invoice]) -> None:
    show_title(4, "Totals are checked")
    findings = [finding for invoice in invoices for finding in verify(invoice)]
    errors = [finding for finding in findings if finding.severity == "error"]
    CONSOLE.print(f"{len(invoices)} invoices checked: {len(errors)} errors.")
    invoice = next(invoice for invoice in invoices if invoice.totals and invoice.totals.gross)
    CONSOLE.print(f"Invoice {invoice.number} with ten cents added to its total:")
    for finding in verify(add_ten_cents(invoice)):
        if finding.severity == "error":
            CONSOLE.print(f"  {escape(str(finding))}", style="red")


def add_ten_cents(invoice: Invoice) -> Invoice:
    totals = invoice.totals or Totals()
    gross = (totals.gross or Decimal(0)) + Decimal("0.10")
    return structs.replace(invoice, totals=structs.replace(totals, gross=gross))


def save_a_pdf(store: SqliteSink) -> None:
    amazon = next(store.read(provider="amazon"))
    [document] = save_documents(amazon, FOLDER, overwrite=True)
    CONSOLE.print(f"Saved a PDF: {document.path}, {document.size} bytes.")


def show_commands(number: str) -> None:
    """Print commands that work as they are printed, in the folder that the demo was run in."""
    script = Path(sys.executable).parent / "counterfoil"
    with suppress(ValueError):
        script = script.relative_to(Path.cwd())
    store = f"--store {STORE}"
    CONSOLE.print(f"\n[bold]Try it:[/bold] the invoices stay in {STORE}.\n")
    for words in (f"list {store} --limit 5", f"show {number} {store}", f"verify {store}"):
        CONSOLE.print(f"    {script} {words}")
    CONSOLE.print(f"    {script}-sandbox serve    # the platforms, until Ctrl-C; has a web page")


def clear_folder() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("invoices.db*"):
        old.unlink()


def has_tax(invoice: Invoice) -> bool:
    return bool(invoice.totals and invoice.totals.tax and invoice.totals.net)


def main() -> None:
    """Run the demo; see the module's docstring."""
    clear_folder()
    with Sandbox(seed=7, invoices=INVOICES) as box, box.serve() as url:
        CONSOLE.print(f"The sandbox serves five platforms at {url} while this runs.")
        accounts = [make_account(box, api) for api in box.apis]
        show_resuming(box, accounts)
        with open_sink(STORE) as store:
            show_latest(store, accounts)
            show_digits(box)
            show_unknown_outcome(box)
            invoices = list(store.read())
            show_verification(invoices)
            save_a_pdf(store)
    show_commands(next(one.number for one in invoices if one.ref.provider == "flow"))


if __name__ == "__main__":
    main()
