"""accounts.toml for the command `counterfoil`, with an account for each API of a sandbox.

Secrets are not in the file, as it is with real accounts: they are environment variables.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from .state import SandboxState

_MARK = "# Written by counterfoil-sandbox, which replaces it."


class AccountFileError(ValueError):
    """The file exists, and is not one of a sandbox."""


def check_file(path: Path) -> None:
    """Raise AccountFileError if the file must not be replaced."""
    if path.exists() and not path.read_text(encoding="utf-8").startswith(_MARK):
        raise AccountFileError(f"{path} exists, and is not of a sandbox: choose another name.")


def write_accounts(box: SandboxState, path: Path) -> None:
    """Write the accounts of a served sandbox. Raises AccountFileError, and OSError."""
    check_file(path)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text("\n".join([_MARK, *_list_tables(box), ""]), encoding="utf-8")
    draft.replace(path)


def list_exports(box: SandboxState, apis: Sequence[str]) -> Iterator[str]:
    """Yield the commands that set the secrets of the accounts of some APIs."""
    for api in apis:
        secrets = box.secrets(api)
        for name, value in box.account(api)["settings"].items():
            if name in secrets:
                variable = f"COUNTERFOIL_{api}_{name}".upper().replace("-", "_")
                yield f"export {variable}={shlex.quote(value)}"


def list_table(box: SandboxState, api: str, url: str) -> Iterator[str]:
    """Yield the lines of the table of an API's account."""
    yield f"[{api}]"
    yield f"provider = {json.dumps(api)}"
    yield f"base_url = {json.dumps(url)}"
    for name, value in {**box.account(api)["settings"], **box.facts(api)}.items():
        if name not in box.secrets(api):
            yield f"{name} = {json.dumps(value)}"


def _list_tables(box: SandboxState) -> Iterator[str]:
    for api in box.apis:
        yield ""
        yield from list_table(box, api, box.name_base_url(api))
