"""Options that several commands have."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from click.shell_completion import CompletionItem

from ..accounts import Account, read_accounts
from ..invoice import Invoice
from ..sinks.sqlite import Search, SqliteSink

Command = Callable[..., Any]


class MomentType(click.ParamType[datetime]):
    """A day (from midnight UTC), a moment with its offset, or how long ago: 30d, 12h."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the words of the command line."""
        if isinstance(value, datetime):
            return value
        if ago := re.fullmatch(r"(\d{1,5})([dh])", value):
            return datetime.now(UTC) - int(ago[1]) * (timedelta(days=1) if ago[2] == "d" else timedelta(hours=1))
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time: write 2026-10-01, 2026-10-01T08:00+02:00, 30d or 12h", param, ctx)
        if moment.utcoffset() is not None:
            return moment
        if len(value) > len("2026-10-01"):
            self.fail(f"{value!r} lacks its offset: write {value}Z or {value}+02:00", param, ctx)
        return moment.replace(tzinfo=UTC)


def complete_accounts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of accounts, for the shell."""
    try:
        accounts = read_accounts(ctx.params.get("accounts_file") or os.environ.get("COUNTERFOIL_ACCOUNTS", "accounts.toml"))
    except Exception:  # a shell that completes shows no errors
        return []
    return [CompletionItem(name, help=one.provider) for name, one in accounts.items() if name.startswith(incomplete)]


accounts_option = click.option(
    "--accounts", "accounts_file", metavar="FILE", envvar="COUNTERFOIL_ACCOUNTS", default="accounts.toml", show_default=True,
    type=click.Path(), help="A TOML file with a table for each account.",
)  # fmt: skip
store_option = click.option(
    "--store", metavar="FILE", envvar="COUNTERFOIL_STORE", default="invoices.db", show_default=True, type=click.Path(),
    help="The SQLite file that invoices were pulled into.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a line.")
account_option = click.option("--account", metavar="NAME", shell_complete=complete_accounts, help="Those of this account only.")


def choose_accounts(path: str, names: tuple[str, ...]) -> list[Account]:
    """The accounts of a file, all or those named."""
    accounts = read_accounts(path)
    if not accounts:
        raise click.UsageError(f"{path} has no accounts: write a table for each, such as [milan]")
    for name in names:
        if name not in accounts:
            raise click.UsageError(f"{path} has no account {name!r}; it has {', '.join(accounts)}")
    return [accounts[name] for name in names or accounts]


def open_store(path: str) -> SqliteSink:
    """The store, which must be there."""
    return SqliteSink(path, make=False)


def find_one(store: SqliteSink, name: str, account: str | None) -> Invoice:
    """The invoice of a number or key. Raises click.UsageError where there is none, or more than one."""
    rows = store.find_rows(Search(name=name, account=account))
    if not rows:
        raise click.UsageError(f"there is no invoice {name!r} in {store.path}: `counterfoil list` shows what there is")
    rows = [row for row in rows if row.key == name] or rows  # a key says more than a number
    if len(rows) > 1:
        listed = ", ".join(f"{row.account} {row.key}" for row in rows[:5])
        raise click.UsageError(f"{len(rows)} invoices are called {name!r}: name the key, or give --account ({listed})")
    [row] = rows
    found = store.find_invoices(Search(name=row.key, account=row.account, kind=row.kind))
    return next(one for one in found if one.ref.key == row.key)
