"""The main job, without an account: `nox -s demo`.

Starts the sandbox, pulls the invoices of five platforms into one SQLite file, shows some, holds all of them against themselves,
saves a PDF, and pulls again, which writes nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from counterfoil import Account, Invoice, PullResult, Totals, open_sink, pull, save_documents, verify
from counterfoil.sinks.sqlite import SqliteSink
from counterfoil_sandbox import Sandbox
from msgspec import structs
from rich.console import Console
from rich.table import Table

FOLDER = Path("demo-invoices")
SINCE = datetime(2024, 1, 1, tzinfo=UTC)
CONSOLE = Console(highlight=False)


def make_account(box: Sandbox, provider: str) -> Account:
    """An account of the sandbox; Open2b's API tells neither currency nor time zone, so that the account does."""
    settings = box.account(provider)
    base_url = settings.pop("base_url")
    known = {"currency": "EUR", "time_zone": "UTC"} if provider.startswith("open2b") else {}
    return Account(name=provider, provider=provider, settings=settings, base_url=base_url, **known)


def show_pull(title: str, result: PullResult, seconds: float) -> None:
    table = Table("account", title=f"{title}: {seconds:.1f} s", title_justify="left")
    for name in ("read", "new", "changed", "unchanged"):
        table.add_column(name, justify="right")
    for one in result.accounts:
        table.add_row(one.account, *(str(count) for count in (one.read, one.new, one.changed, one.unchanged)))
    CONSOLE.print(table)
    for one in result.accounts:
        for sentence in [*one.warnings, *([str(one.failure)] if one.failure else [])]:
            CONSOLE.print(f"  {one.account}: {sentence}", style="yellow")


def show_some(store: SqliteSink, accounts: list[Account]) -> None:
    table = Table("account", "number", "day", "buyer", title="\nThe latest invoice of each", title_justify="left")
    table.add_column("total", justify="right")
    for account in accounts:
        for row in store.find("number", "key", "day", "buyer", "gross", "currency", account=account.name, limit=1):
            total = f"{row['gross']} {row['currency'] or ''}" if row["gross"] else "in the PDF"
            table.add_row(account.name, row["number"] or row["key"], row["day"], row["buyer"], total)
    CONSOLE.print(table)


def show_findings(invoices: list[Invoice]) -> None:
    errors = [finding for invoice in invoices for finding in verify(invoice) if finding.severity == "error"]
    CONSOLE.print(f"\n{len(invoices)} invoices verified, {len(errors)} with totals that cannot be.")
    invoice = next(one for one in invoices if one.totals and one.totals.tax and one.totals.net)
    totals = invoice.totals or Totals()
    wrong = structs.replace(invoice, totals=structs.replace(totals, gross=(totals.gross or 0) + Decimal("0.10")))
    CONSOLE.print(f"Invoice {invoice.number}, if somebody were to add ten cents to its total:")
    for finding in verify(wrong):
        CONSOLE.print(f"  {finding}", style="red")


def main() -> None:
    """Run the demo; see the module's docstring."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("invoices.db*"):
        old.unlink()
    with Sandbox(seed=7) as box, box.serve() as url, open_sink(FOLDER / "invoices.db") as store:
        CONSOLE.print(f"The sandbox plays five platforms at {url}, for as long as this runs.\n")
        accounts = [make_account(box, api) for api in box.apis]
        for title in ("First pull", "\nSecond pull: nothing is new, nothing is written"):
            start = perf_counter()
            show_pull(title, pull(accounts, SINCE, into=store), perf_counter() - start)
        show_some(store, accounts)
        show_findings(list(store.find_invoices()))
        [document] = save_documents(next(store.find_invoices(provider="amazon")), FOLDER, overwrite=True)
    CONSOLE.print(f"\nSaved {document.path}, {document.media_type}, {document.size} bytes.")
    CONSOLE.print(f"Everything is in {FOLDER / 'invoices.db'}: try `counterfoil list --store {FOLDER / 'invoices.db'}`.")


if __name__ == "__main__":
    main()
