"""`counterfoil init`: write a table for an account into accounts.toml."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from click import Option

import counterfoil

from ...account_file import parse_accounts, read_account
from ...registry import ProviderDescription
from ...unreadable import is_text
from ..options import PROVIDERS, SETUP

_BARE = re.compile(r"[A-Za-z0-9_-]+")
PROVIDER = Option(
    ["--provider"],
    type=PROVIDERS,
    metavar="NAME",
    help=f"One of {', '.join(PROVIDERS.choices)}. Asked for on a terminal.",
)
NAME = Option(["--name"], metavar="NAME", help="Your name for the account. [default: provider's]")
SETTINGS = Option(
    ["--set", "pairs"],
    metavar="NAME=VALUE",
    multiple=True,
    help="A setting of the account, such as organization=acme. May be repeated.",
)


@click.command("init", params=[PROVIDER, NAME, SETTINGS, SETUP])
def init_command(provider: str | None, name: str | None, pairs: tuple[str, ...], file: str) -> None:
    """Write an account into accounts.toml, and say which secrets it needs.

    Asks for what is not passed, if it runs on a terminal. The file is created, or a table is added
    to it. Secrets are never written: they are environment variables.
    """
    asking = sys.stdin.isatty()
    settings = _read_pairs(pairs)
    if provider is None:
        if not asking:
            raise click.UsageError(f"pass --provider: one of {', '.join(PROVIDERS.choices)}")
        provider = click.prompt("Provider", type=PROVIDERS)
    described = counterfoil.find_provider(provider)
    if name is None:
        name = click.prompt("Name of the account", default=provider) if asking else provider
    if asking:
        settings |= _ask_for_settings(described, settings)
    account = read_account(name, {"provider": provider, **settings})
    _add_to_file(Path(file), name, "\n".join(_list_lines(account, described, settings)) + "\n")
    print(f"{file} has the account {name} now. Next:")
    for line in _list_exports(account, described):
        print(f"  {line}")
    print("  counterfoil accounts check")
    print("  counterfoil pull --since 90d")


def _read_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    settings = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise click.UsageError(f"--set {pair!r} has no value: write {pair}=VALUE")
        settings[name] = value
    if not all(map(is_text, [*settings, *settings.values()])):
        raise click.UsageError("a value of --set is not UTF-8")
    return settings


def _ask_for_settings(described: ProviderDescription, given: Mapping[str, str]) -> dict[str, str]:
    """Ask for the settings that are not given. An empty answer leaves one out."""
    answers = {}
    for setting in described.settings:
        if setting not in given:
            answer = click.prompt(
                f"{setting} (Enter leaves it out)", default="", show_default=False
            )
            if answer:
                answers[setting] = answer
    return answers


def _add_to_file(path: Path, name: str, table: str) -> None:
    """Add a table to the file, which may be a link, and keep all that it has, byte by byte.

    Raises UsageError or AccountError, and changes nothing, if the file would be invalid.
    """
    path = path.resolve()
    before = path.read_bytes() if path.exists() else b""
    if before and name in counterfoil.read_accounts(path):
        raise click.UsageError(f"{path} has an account {name!r} already: pass another --name")
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    content = before + gap + table.encode()
    parse_accounts(content.decode("utf-8-sig"), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        if before:
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _list_lines(
    account: counterfoil.Account, described: ProviderDescription, settings: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines of the account's table, with what can be added as comments."""
    yield f"[{_to_key(account.name)}]"
    yield f"provider = {_to_string(account.provider)}"
    for name, value in settings.items():
        yield f"{_to_key(name)} = {_to_string(value)}"
    missing = [name for name in described.settings if name not in settings]
    if missing:
        yield f"# further settings: {', '.join(missing)}"
    if described.secrets:
        yield "# its secrets are environment variables:"
        for line in _list_exports(account, described):
            yield f"#   {line}"
    if described.facts:
        yield "# facts that the API does not send; docs/accounting.md explains each:"
        for name, purpose in described.facts.items():
            if name not in settings:
                yield f"#   {name}: {purpose}"


def _list_exports(account: counterfoil.Account, described: ProviderDescription) -> Iterator[str]:
    """Yield the commands that set the secrets. Each alternative of them is sufficient."""
    for index, alternative in enumerate(described.credentials):
        secrets = [name for name in alternative if name in described.secrets]
        variables = [f"{account.name_variable(name)}=..." for name in secrets]
        if variables:
            yield f"{'or: ' if index else ''}export {' '.join(variables)}"


def _to_key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _to_string(name)


def _to_string(value: str) -> str:
    """Return a TOML string. JSON's strings are TOML's, apart from DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
