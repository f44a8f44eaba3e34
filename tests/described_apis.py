"""The facts that shared tests need about an API: tests/apis/<api>.py, one for each of specs/.

A package of grade "adopted" (package.toml) may be a client alone. It needs no file here, or one
without `sandbox` and `invoices`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# For APIs that accept any text as an argument.
NO_CREDENTIALS: dict[str, Any] = {"": "the credentials are removed on the way"}


@dataclass(frozen=True, kw_only=True)
class InSandbox:
    """How the API behaves in the sandbox, and how a caller without our client reaches it."""

    use: Callable[[Any], None]  # a session with the API's client, which Prism watches
    # Makes the headers of a request from `Sandbox.credentials`.
    headers: Callable[[Mapping[str, str]], dict[str, str]]
    is_error_form: Callable[[Any], Any]  # whether a response has the form of the platform's errors
    write: tuple[str, str]  # method and path of an operation that takes a body
    valid_body: Any  # of that operation
    list_invoices: tuple[str, str, Any]  # method, path and body of a request for the invoices
    digest: str  # of its response: the test prints the new one when the fake data changes


@dataclass(frozen=True, kw_only=True)
class AsInvoices:
    """How the records of the API become invoices."""

    settings: dict[str, str]  # of an account
    models: tuple[str, ...]  # that are mapped, the main one first
    # An operation with examples of the main model, and their field; "" for the body itself.
    example: tuple[str, str]
    undecodable: tuple[str, Any]  # a field of a record on the wire, and a value that it cannot have


@dataclass(frozen=True, kw_only=True)
class DescribedApi:
    """An API as the shared tests see it."""

    credentials: dict[str, str]  # arguments of its client
    credential_headers: tuple[str, ...] = ()  # that a wrong call is sent without, in lower case
    # By resource.method: changes to the documented call that the spec forbids.
    wrong: Mapping[str, dict[str, Any]]
    vendor_file: str | None = None  # in tests/fixtures/vendor
    sandbox: InSandbox | None = None
    invoices: AsInvoices | None = None


def list_specs() -> list[str]:
    """The folders of specs/."""
    return sorted(path.parent.name for path in ROOT.glob("specs/*/package.toml"))


@cache
def read_settings(api: str) -> dict[str, str]:
    """package.toml."""
    return tomllib.loads((ROOT / "specs" / api / "package.toml").read_text(encoding="utf-8"))


def is_adopted(settings: Mapping[str, str]) -> bool:
    """Whether a package may be a client alone."""
    return settings.get("grade") == "adopted"


def find_file(api: str) -> Path:
    """Where an API is described for tests."""
    return ROOT / "tests/apis" / f"{api.replace('-', '_')}.py"


@cache
def describe(api: str) -> DescribedApi:
    """Read the `API` of an API's file."""
    found: DescribedApi = import_module(f"tests.apis.{find_file(api).stem}").API
    return found


def find_client(api: str, *, is_async: bool = False) -> Any:
    """The class of an API's client."""
    settings = read_settings(api)
    return getattr(
        import_module(settings["import"]), settings["async_client" if is_async else "client"]
    )


DESCRIBED = {api: describe(api) for api in list_specs() if find_file(api).is_file()}
SANDBOXES = {api: one.sandbox for api, one in DESCRIBED.items() if one.sandbox}
INVOICES = {api: one.invoices for api, one in DESCRIBED.items() if one.invoices}


def list_lacks(settings: Mapping[str, str], described: DescribedApi | None) -> list[str]:
    """Return the parts that an API's description lacks, in sentences; an adopted API needs none."""
    if is_adopted(settings):
        return []
    if described is None:
        return ["the file: describe the API as its neighbors are described there"]
    parts = {
        "sandbox": "how it behaves in the sandbox",
        "invoices": "how its records become invoices",
        "vendor_file": "the vendor's file that its spec is compared with",
    }
    return [f"{name}: {what}" for name, what in parts.items() if getattr(described, name) is None]
