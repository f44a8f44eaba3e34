"""accounts.toml for the command `counterfoil`, with an account for each API of a sandbox.

Secrets are not in the file, as it is with real accounts: they are environment variables.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

from .sandbox import Sandbox

_MARK = "# Written by counterfoil-sandbox, which replaces it."


class AccountFileError(ValueError):
    """The file exists, and is not one of a sandbox."""


def check_file(path: Path) -> None:
    """Raise AccountFileError if the file must not be replaced."""
    if path.exists() and not path.read_text(encoding="utf-8").startswith(_MARK):
        raise AccountFileError(f"{path} exists, and is not of a sandbox: choose another name.")


def write_accounts(box: Sandbox, path: Path) -> None:
    """Write the accounts of a served sandbox. Raises AccountFileError, and OSError."""
    check_file(path)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text("\n".join([_MARK, *_list_tables(box), ""]), encoding="utf-8")
    draft.replace(path)


def list_exports(box: Sandbox) -> Iterator[str]:
    """Yield the commands that set the secrets of the accounts."""
    for api in box.apis:
        secrets = box.secrets(api)
        for name, value in box.account(api)["settings"].items():
            if name in secrets:
                variable = f"COUNTERFOIL_{api}_{name}".upper().replace("-", "_")
                yield f"export {variable}={shlex.quote(value)}"


def _list_tables(box: Sandbox) -> Iterator[str]:
    for api in box.apis:
        account = box.account(api)
        yield f"\n[{api}]"
        yield f"provider = {json.dumps(api)}"
        yield f"base_url = {json.dumps(account['base_url'])}"
        for name, value in {**account["settings"], **box.facts(api)}.items():
            if name not in box.secrets(api):
                yield f"{name} = {json.dumps(value)}"
