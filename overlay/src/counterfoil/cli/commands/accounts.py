"""`counterfoil accounts`: list the accounts, and test their credentials."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

import click

import counterfoil

from ..options import ACCOUNTS, OUTPUT, SETUP
from ..output import Row, describe_failure, make_console, make_table, show, shows_tables
from ..selection import choose_accounts

FIELDS = ("account", "provider", "lists", "state")


@click.command("accounts", cls=click.Group, params=[SETUP, *OUTPUT], invoke_without_command=True)
@click.pass_context
def accounts_command(context: click.Context, file: str, as_json: bool) -> int:
    """List the accounts, and their missing secrets.

    No request is sent. `counterfoil accounts check` sends one to each provider.
    """
    if context.invoked_subcommand:
        return 0
    return try_accounts(choose_accounts(file), as_json, asking=False)


@accounts_command.command("check", params=[ACCOUNTS, SETUP, *OUTPUT])
def check_command(names: tuple[str, ...], file: str, as_json: bool) -> int:
    """Request an invoice from each provider, and show the results.

    Also lists the facts that an account lacks, and what they are needed for.
    """
    accounts = choose_accounts(file, *names)
    code = try_accounts(accounts, as_json, asking=True)
    if shows_tables(as_json):
        print_missing(accounts)
    return code


def find_missing(account: counterfoil.Account) -> dict[str, str]:
    """Return the facts that an account lacks, each with what it is needed for."""
    facts = counterfoil.find_provider(account.provider).facts
    return {
        name: purpose for name, purpose in facts.items() if getattr(account, name) in (None, ())
    }


def print_missing(accounts: list[counterfoil.Account]) -> None:
    """Print a table of the facts that accounts lack."""
    found: dict[tuple[str, str], list[str]] = {}
    for account in accounts:
        for place in find_missing(account).items():
            found.setdefault(place, []).append(account.name)
    rows: list[Row] = []
    for (name, purpose), names in found.items():
        rows.append({"missing": name, "accounts": ", ".join(names), "needed for": purpose})
    if rows:
        console = make_console()
        console.print()
        console.print(make_table(rows, filling="needed for"))


def try_accounts(accounts: list[counterfoil.Account], as_json: bool, *, asking: bool) -> int:
    """Create the client of each account, and show the results.

    If `asking`, one page of invoices is read with each client.
    """
    with ThreadPoolExecutor(8) as pool:
        return show(pool.map(partial(_try_account, asking=asking), accounts), as_json, FIELDS)


def _try_account(account: counterfoil.Account, asking: bool) -> Row:
    start = time.monotonic()
    able = counterfoil.find_provider(account.provider).capabilities
    lists = f"{', '.join(able.lists)} by {' or '.join(able.times)}".replace("_", " ")
    about: Row = {"account": account.name, "provider": account.provider, "lists": lists}
    about["missing"] = find_missing(account)
    try:
        with counterfoil.connect(account) as client:
            if asking:
                slices = counterfoil.plan_slices(account, datetime(1970, 1, 1, tzinfo=UTC))
                next(iter(counterfoil.read_slice(account, slices[-1], client)), None)
    except Exception as error:  # the other accounts are tried as well
        return {**about, **describe_failure(error)}
    seconds = time.monotonic() - start
    state = f"works ({seconds:.1f} s)" if asking else "ready"
    return {**about, **describe_failure(None), "state": state}
