"""The commands, in the order of their use. What they do, apps can do as well: `counterfoil` exports it."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import click
import msgspec
from click import Argument, Option
from rich.console import Group
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

import counterfoil

from ..sinks.sqlite import SqliteSink
from .paper import draw
from .screen import Row, clean, complain, make_console, print_json, show, tell_failure

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True}
BARS = (TextColumn("{task.description}"), BarColumn(None), TextColumn("{task.fields[read]:>9,} invoices"), TimeElapsedColumn())
COUNTS = ("read", "new", "changed", "unchanged")
PULLED = ("account", "provider", *COUNTS, "warnings")
FOUND = ("account", "kind", "key", "number", "status", "day", "buyer", "net", "tax", "gross", "currency", "paid")
LISTED = ("account", "kind", "invoice", "day", "buyer", "net", "tax", "gross", "currency", "status", "paid")
LISTED_NARROW = ("account", "kind", "invoice", "day", "buyer", "gross", "currency")


def read_moment(text: str) -> datetime:
    """Read a day (from midnight UTC), a moment with its offset, or how long ago: 30d, 12h."""
    if ago := re.fullmatch(r"(\d{1,5})([dh])", text):
        return datetime.now(UTC) - int(ago[1]) * (timedelta(days=1) if ago[2] == "d" else timedelta(hours=1))
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo or len(text) <= len("2026-10-01"):
            return moment.replace(tzinfo=moment.tzinfo or UTC)
    raise click.BadParameter(f"{text!r} is no time, or lacks its offset: write 2026-10-01, 2026-10-01T08:00+02:00, 30d or 12h")


def read_day(text: str) -> date:
    """Read the day of a moment."""
    return read_moment(text).date()


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of accounts, for the shell."""
    path = ctx.params.get("file") or os.environ.get("COUNTERFOIL_ACCOUNTS", "accounts.toml")
    try:
        return [name for name in counterfoil.read_accounts(path) if name.startswith(incomplete)]
    except Exception:  # a shell that completes shows no errors
        return []


PRICES = ("unit_price", "unit_price_gross", "net", "gross")
ACCOUNTS = Argument(["names"], nargs=-1, metavar="[ACCOUNT]...", shell_complete=complete)
INVOICES = Argument(["names"], nargs=-1, metavar="[INVOICE]...")
INVOICE = Argument(["name"], metavar="INVOICE")
JSON = Option(["--json", "as_json"], is_flag=True, help="For programs: one JSON object a line.")
SETUP = Option(["--accounts", "file"], metavar="FILE", type=click.Path(), default="accounts.toml", envvar="COUNTERFOIL_ACCOUNTS",
               help="A TOML file with a table for each account.")  # fmt: skip
STORE = Option(["--store"], metavar="FILE", type=click.Path(), default="invoices.db", envvar="COUNTERFOIL_STORE",
               help="A SQLite file; `pull` takes .jsonl as well, and .parquet for a folder.")  # fmt: skip
ACCOUNT = Option(["--account"], metavar="NAME", shell_complete=complete, help="Those of this account only.")
SEARCH = (
    ACCOUNT,
    Option(["--provider"], type=click.Choice(counterfoil.provider_names()), help="Those of this provider only."),
    Option(["--kind"], metavar="WORD", help="Such as invoice, credit_note."),
    Option(["--status"], metavar="WORD", help="Such as open, sent, cancelled."),
    Option(["--since"], metavar="WHEN", type=read_day, help="Those of this day and later, such as 2026-10-01 or 30d."),
    Option(["--until"], metavar="WHEN", type=read_day, help="Those of earlier days."),
)
BEGIN = Option(["--since"], metavar="WHEN", type=read_moment, help="Where new accounts begin, such as 2026-01-01 or 90d.")
END = Option(["--until"], metavar="WHEN", type=read_moment, help="Where to end; now, if left out.")
AGAIN = Option(["--again"], is_flag=True, help="Read from the beginning anew; what is unchanged is not written.")
AT_ONCE = Option(["--at-once"], default=8, type=click.IntRange(1, 64), help="How many accounts at the same time.")
INFO = Option(["--info"], is_flag=True, help="Also what depends on readings that the provider does not document.")
INTO = Option(["--into"], metavar="FOLDER", default="documents", type=click.Path(), help="Made if need be.")
OVERWRITE = Option(["--overwrite"], is_flag=True, help="Replace files that are there with other content.")
TO = Option(["--to"], required=True, metavar="ACCOUNT", shell_complete=complete, help="The VTEX account.")
ORDER = Option(["--order"], required=True, metavar="ORDER", help="The order that the invoice is of.")
TYPE = Option(["--kind"], type=click.Choice(["Output", "Input"]), help="A sale or a return, where the invoice does not say.")
ISSUED_AT = Option(["--issued-at"], metavar="WHEN", type=read_moment, help="The moment of issue, where it has a day only.")
PRICE = Option(["--price"], type=click.Choice(PRICES), default=PRICES[0], help="What is an item's price.")
SEND = Option(["--send"], is_flag=True, help="Send it. It cannot be undone, and changes the order's total.")


def choose_accounts(path: str, *names: str) -> list[counterfoil.Account]:
    """The accounts of a file, all or those named."""
    accounts = counterfoil.read_accounts(path)
    if not accounts:
        raise click.UsageError(f"{path} has no accounts: write a table for each, such as [milan]")
    for name in names:
        if name not in accounts:
            raise click.UsageError(f"{path} has no account {name!r}; it has {', '.join(accounts)}")
    return [accounts[name] for name in names or accounts]


def choose_invoices(store: str, *names: str, account: str | None, **asked: Any) -> Iterator[counterfoil.Invoice]:
    """The invoices of a store: those that numbers or keys name, or else all that were asked for."""
    with SqliteSink(store, make=False) as opened:
        if not names:
            yield from opened.find_invoices(account=account, **asked)
        for name in names:
            called = list(opened.find_invoices(name=name, account=account))
            found = [invoice for invoice in called if invoice.ref.key == name] or called  # a key says more than a number
            if not found:
                raise click.UsageError(f"there is no invoice {name!r} in {store}: `counterfoil list` shows what there is")
            if len(found) > 1:
                listed = ", ".join(f"{one.ref.account} {one.ref.key}" for one in found[:5])
                raise click.UsageError(f"{len(found)} invoices are called {name!r}: name the key, or give --account ({listed})")
            yield found[0]


def name_invoice(invoice: counterfoil.Invoice) -> Row:
    """What tells an invoice from others, for programs and for people."""
    return {"ref": invoice.ref, "account": invoice.ref.account, "invoice": invoice.number or invoice.ref.key}


class InOrder(click.Group):
    """A group that lists its commands as they come in this file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings=SETTINGS)
@click.version_option(package_name="counterfoil", prog_name="counterfoil")
def command() -> None:
    """Invoices of every commerce platform, read as one: pull them into a store, look at them, hold them against themselves.

    \b
    Exit codes: 0 well, 1 findings or some failed, 2 usage, 3 configuration,
    4 authentication, 5 network or provider, 6 storage, 130 interrupted.
    Completion: eval "$(_COUNTERFOIL_COMPLETE=bash_source counterfoil)";
    or zsh_source, fish_source.
    """


@command.group("accounts", params=[SETUP, JSON], invoke_without_command=True)
@click.pass_context
def accounts_command(context: click.Context, file: str, as_json: bool) -> int:
    """List the accounts, and which secrets are missing.

    Nothing is sent: `counterfoil accounts check` asks each provider.
    """
    return 0 if context.invoked_subcommand else try_accounts(choose_accounts(file), as_json, asking=False)


@accounts_command.command("check", params=[ACCOUNTS, SETUP, JSON])
def check_command(names: tuple[str, ...], file: str, as_json: bool) -> int:
    """Ask each provider for an invoice, and say what works."""
    return try_accounts(choose_accounts(file, *names), as_json, asking=True)


def try_accounts(accounts: list[counterfoil.Account], as_json: bool, *, asking: bool) -> int:
    """Make the client of each account, read one invoice at most with it when asking, and show what came of it."""

    def attempt(account: counterfoil.Account) -> Row:
        start = time.monotonic()
        able = counterfoil.find_provider(account.provider).capabilities
        lists = f"{', '.join(able.lists)} by {' or '.join(able.times)}".replace("_", " ")
        about = {"account": account.name, "provider": account.provider, "lists": lists}
        try:
            with counterfoil.connect(account) as client:
                if asking:
                    last = counterfoil.plan_slices(account, datetime(1970, 1, 1, tzinfo=UTC))[-1]
                    next(iter(counterfoil.read_slice(account, last, client)), None)
        except Exception as error:  # whatever it is, the other accounts are looked at as well
            return {**about, **tell_failure(error)}
        return {**about, **tell_failure(None), "state": f"works ({time.monotonic() - start:.1f} s)" if asking else "ready"}

    with ThreadPoolExecutor(8) as pool:
        return show(pool.map(attempt, accounts), as_json, ("account", "provider", "lists", "state"))


@command.command("pull", params=[ACCOUNTS, BEGIN, END, AGAIN, AT_ONCE, STORE, SETUP, JSON])
def pull_command(names: tuple[str, ...], store: str, file: str, as_json: bool, **how: Any) -> int:
    """Pull what is new from the accounts into a store.

    All accounts, or those named; each goes on where it ended. A pull may be interrupted at any time: the next one goes on.
    """
    chosen = choose_accounts(file, *names)
    console = make_console(stderr=True)
    bars = Progress(*BARS, console=console, disable=not console.is_terminal, transient=True, expand=True)
    tasks = {one.name: bars.add_task(clean(one.name), total=None, read=0) for one in chosen}

    def report(one: counterfoil.AccountPull) -> None:
        slices = one.slices if one.slices > 1 or one.slices_done else None  # nobody knows how many pages one slice has
        bars.update(tasks[one.account], completed=one.slices_done, total=slices, read=one.read)

    with counterfoil.open_sink(store) as sink, bars:
        result = counterfoil.pull(chosen, into=sink, report=report, **how)
    total = {"account": Text("all", "bold")} | {name: result.count(name) for name in COUNTS}
    records = [{name: getattr(one, name) for name in PULLED} | tell_failure(one.failure) for one in result.accounts]
    return show(records, as_json, ("account", "provider", *COUNTS, "state"), total=total if len(records) > 1 else None)


@command.command("list", params=[*SEARCH, Option(["--limit"], type=click.IntRange(1), help="So many at most."), STORE, JSON])
def list_command(store: str, as_json: bool, **asked: Any) -> None:
    """List the invoices of a store, the latest first."""
    with SqliteSink(store, make=False) as opened:
        found = opened.find(*FOUND, **asked)
    for one in found:
        amounts = {name: one[name] and Decimal(one[name]) for name in ("net", "tax", "gross")}
        one |= {"invoice": one["number"] or one["key"], "paid": {1: True, 0: False}.get(one["paid"]), **amounts}
    fields = LISTED if make_console().width >= 110 else LISTED_NARROW
    show(found, as_json, fields, empty="no invoices: `counterfoil pull` fetches them", filling="buyer", folding=False)


@command.command("show", params=[INVOICE, ACCOUNT, STORE, JSON])
def show_command(name: str, account: str | None, store: str, as_json: bool) -> None:
    """Show an invoice by its number or key, as a bookkeeper knows it."""
    [invoice] = choose_invoices(store, name, account=account)
    console = make_console()
    if as_json:
        print(invoice.to_json().decode())
    else:
        console.print(Group(*draw(invoice, narrow=console.width < 100)))


@command.command("verify", params=[INVOICES, INFO, *SEARCH, STORE, JSON])
def verify_command(names: tuple[str, ...], info: bool, store: str, as_json: bool, **asked: Any) -> int:
    """Hold the amounts of invoices against each other.

    All invoices, or those named. Nothing is changed. Exits with 1 where a documented identity is broken.
    """
    count = Counter[str]()

    def find() -> Iterator[Row]:
        for invoice in choose_invoices(store, *names, **asked):
            count["invoice"] += 1
            for finding in counterfoil.verify(invoice):
                count[finding.severity] += 1
                if info or finding.severity == "error":
                    yield {**name_invoice(invoice), **msgspec.structs.asdict(finding)}

    show(find(), as_json, ("account", "invoice", "severity", "place", "found", "expected", "rule"))
    if not as_json:
        hidden = f", infos: {count['info']:,} (--info shows them)" if count["info"] and not info else ""
        print(f"invoices verified: {count['invoice']:,}, errors: {count['error']:,}{hidden}")
    return 1 if count["error"] else 0


@command.command("documents", params=[INVOICES, INTO, OVERWRITE, *SEARCH, STORE, JSON])
def documents_command(names: tuple[str, ...], into: str, overwrite: bool, store: str, as_json: bool, **asked: Any) -> int:
    """Save the documents of invoices, such as PDFs.

    All invoices, or those named. Links are fetched, without credentials.
    """

    def save() -> Iterator[Row]:
        for invoice in choose_invoices(store, *names, **asked):
            name = name_invoice(invoice)
            try:
                for saved in counterfoil.save_documents(invoice, into, overwrite=overwrite):
                    yield {**name, **msgspec.structs.asdict(saved), "path": str(saved.path), **tell_failure(None)}
            except Exception as error:  # this invoice's documents fail, the others are saved
                yield {**name, **tell_failure(error)}

    fields = ("account", "invoice", "path", "media_type", "size", "state")
    return show(save(), as_json, fields, empty="no invoice has documents")


@command.command("notify", params=[INVOICE, TO, ORDER, TYPE, ISSUED_AT, PRICE, SEND, ACCOUNT, STORE, SETUP, JSON])
def notify_command(
    name: str, to: str, order: str, send: bool, account: str | None, store: str, file: str, as_json: bool, **how: Any
) -> None:
    """Enter an invoice in a VTEX order; a dry run without --send.

    A dry run shows the request, and sends nothing.
    """
    [target] = choose_accounts(file, to)
    [invoice] = choose_invoices(store, name, account=account)
    drafted = counterfoil.draft_notification(invoice, minor_digits=target.minor_digits, **how)
    done = (counterfoil.notify if send else counterfoil.show_notification)(target, order, drafted)
    if as_json:
        print_json(done)
    elif isinstance(done, counterfoil.DryRun):
        print(f"{done.method} {done.url}\n{msgspec.json.format(msgspec.json.encode(done.body)).decode()}")
        complain("nothing was sent: --send sends it")
    else:
        print(clean(f"entered: VTEX took it on {done.date}, receipt {done.receipt}"))
