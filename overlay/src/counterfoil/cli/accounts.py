"""`counterfoil accounts`: which there are, and whether they work."""

from __future__ import annotations

import time
from collections.abc import Callable
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
        context.exit(_try(choose_accounts(accounts_file, ()), _set_up, "ready", as_json))


@accounts_command.command("check")
@click.argument("names", nargs=-1, metavar="[ACCOUNT]...", shell_complete=complete_accounts)
@accounts_option
@json_option
def check_command(names: tuple[str, ...], accounts_file: str, as_json: bool) -> int:
    """Ask each provider for an invoice, and say what works and what is missing."""
    return _try(choose_accounts(accounts_file, names), _ask, "works", as_json)


def _set_up(account: Account) -> str:
    connect(account).close()
    return ""


def _ask(account: Account) -> str:
    """Read one invoice at most, and tell how long it took."""
    now, start = datetime.now(UTC), time.monotonic()
    since = now - timedelta(hours=1) if find_provider(account.provider).capabilities.filters else datetime(1970, 1, 1, tzinfo=UTC)
    with connect(account) as client:
        next(iter(read_slice(account, plan_slices(account, since, now)[-1], client)), None)
    return f" ({time.monotonic() - start:.1f} s)"


def _try(accounts: list[Account], act: Callable[[Account], str], word: str, as_json: bool) -> int:
    """Act on each account, show what came of it, and tell the exit code."""

    def attempt(account: Account) -> str | Exception:
        try:
            return act(account)
        except Exception as error:  # whatever it is, the other accounts are looked at as well
            return error

    with ThreadPoolExecutor(8) as pool:
        answers = list(zip(accounts, pool.map(attempt, accounts), strict=True))
    _print_json(answers, word) if as_json else _print_table(answers, word)
    return sum_up((answer for _, answer in answers if isinstance(answer, Exception)), len(accounts))


def _print_json(answers: list[tuple[Account, str | Exception]], word: str) -> None:
    for account, answer in answers:
        failure = answer if isinstance(answer, Exception) else None
        said = {"failure": failure and tell(failure), "exit_code": find_exit_code(failure) if failure else 0}
        print_json({"account": account.name, "provider": account.provider, word: failure is None, **said})


def _print_table(answers: list[tuple[Account, str | Exception]], word: str) -> None:
    table = make_table("account", "provider", "lists", "state", folding=("lists", "state"))
    for account, answer in answers:
        able = find_provider(account.provider).capabilities
        lists = f"{', '.join(able.lists)} by {' or '.join(able.times)}".replace("_", " ")
        state, style = (tell(answer), "red") if isinstance(answer, Exception) else (word + answer, "")
        add_row(table, (account.name, account.provider, lists, state), style)
    make_console().print(table)
