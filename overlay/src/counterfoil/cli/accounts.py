"""`counterfoil accounts`: which there are, and whether they work."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import click

from ..accounts import Account, connect
from ..providers import find_provider
from ..slices import plan_slices, read_slice
from .failures import find_exit_code, sum_up, tell
from .options import accounts_option, choose_accounts, complete_accounts, json_option
from .screen import add_row, make_console, make_table, print_json


@click.group("accounts", invoke_without_command=True)
@accounts_option
@json_option
@click.pass_context
def accounts_command(context: click.Context, accounts_file: str, as_json: bool) -> None:
    """List the accounts of the file, and which secrets are missing; nothing is sent.

    `counterfoil accounts check` asks each provider.
    """
    if context.invoked_subcommand is None:
        chosen = choose_accounts(accounts_file, ())
        failures = [_set_up(account) for account in chosen]
        _show(chosen, failures, "ready", as_json)
        context.exit(sum_up(filter(None, failures), len(chosen)))


@accounts_command.command("check")
@click.argument("names", nargs=-1, metavar="[ACCOUNT]...", shell_complete=complete_accounts)
@accounts_option
@json_option
def check_command(names: tuple[str, ...], accounts_file: str, as_json: bool) -> int:
    """Ask each provider for an invoice, and say what works and what is missing."""
    chosen = choose_accounts(accounts_file, names)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(_ask, chosen))
    failures = [answer if isinstance(answer, Exception) else None for answer in answers]
    _show(chosen, failures, "works", as_json, [None if isinstance(answer, Exception) else answer for answer in answers])
    return sum_up(filter(None, failures), len(chosen))


def _set_up(account: Account) -> Exception | None:
    try:
        connect(account).close()
    except Exception as error:  # whatever it is, the other accounts are looked at as well
        return error
    return None


def _ask(account: Account) -> Exception | float:
    """Read one invoice at most; how long it took, or what went wrong."""
    now, start = datetime.now(UTC), time.monotonic()
    since = now - timedelta(hours=1) if find_provider(account.provider).capabilities.filters else datetime(1970, 1, 1, tzinfo=UTC)
    try:
        with connect(account) as client:
            next(iter(read_slice(account, plan_slices(account, since, now)[-1], client)), None)
    except Exception as error:  # likewise
        return error
    return time.monotonic() - start


def _show(
    accounts: list[Account], failures: list[Exception | None], word: str, as_json: bool, times: list[float | None] | None = None
) -> None:
    if as_json:
        for account, failure in zip(accounts, failures, strict=True):
            said = {"failure": failure and tell(failure), "exit_code": find_exit_code(failure) if failure else 0}
            print_json({"account": account.name, "provider": account.provider, word: failure is None, **said})
        return
    console, table = make_console(), make_table("account", "provider", "lists", "state", folding=("lists", "state"))
    for index, (account, failure) in enumerate(zip(accounts, failures, strict=True)):
        able = find_provider(account.provider).capabilities
        lists = f"{', '.join(able.lists)} by {' or '.join(able.times)}".replace("_", " ")
        took = f" ({times[index]:.1f} s)" if times and times[index] is not None else ""
        add_row(
            table, (account.name, account.provider, lists, tell(failure) if failure else word + took), "red" if failure else ""
        )
    console.print(table)
