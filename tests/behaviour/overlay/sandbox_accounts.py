"""Accounts of a sandbox, as an app or a user has them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from counterfoil import Account, find_provider
from counterfoil_sandbox import Sandbox

BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)  # before the first invoice of the sandbox's store
ABOUT = {"currency": "EUR", "time_zone": "UTC"}


def make_account(box: Sandbox, provider: str, **changes: Any) -> Account:
    """An account of a served sandbox; changes are its settings, name or base_url."""
    settings = dict(box.client_arguments(provider))
    named = {
        "name": provider,
        "base_url": settings.pop("base_url"),
        **(ABOUT if "open2b" in provider else {}),
    }
    named |= {
        name: changes.pop(name) for name in tuple(changes) if name in Account.__struct_fields__
    }
    return Account(provider=provider, settings={**settings, **changes}, **named)


def write_accounts(box: Sandbox, folder: Path, *providers: str) -> dict[str, str]:
    """Write accounts.toml with one account per provider; return the variables of their secrets."""
    tables = []
    secrets = {}
    for account in (make_account(box, provider) for provider in providers):
        hidden = find_provider(account.provider).secrets
        plain = {
            "provider": account.provider,
            "base_url": account.base_url,
            **(ABOUT if account.currency else {}),
        }
        plain |= {name: text for name, text in account.settings.items() if name not in hidden}
        tables.append(
            f"[{account.name}]\n" + "".join(f'{name} = "{text}"\n' for name, text in plain.items())
        )
        secrets |= {
            account.name_variable(name): str(account.settings[name])
            for name in hidden
            if name in account.settings
        }
    (folder / "accounts.toml").write_text("\n".join(tables))
    return secrets
