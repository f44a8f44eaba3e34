"""Reading JSON as a provider's client does, and accounts to map it for."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from counterfoil import Account, Invoice, to_invoices
from counterfoil_core.decode import make_reader
from counterfoil_core.response import RawResponse

from tests.described_apis import INVOICES
from tests.schema_strategies import Digits, spell

DOCUMENTED = Path(__file__).parents[2] / "fixtures/documented"
SPECS = Path(__file__).parents[3] / "specs"


def make_account(provider: str, **about: Any) -> Account:
    return Account(name="mine", provider=provider, settings=INVOICES[provider].settings, **about)


def example(api: str, name: str) -> Any:
    """Return a spec's example as JSON values, to be changed; numbers keep their digits."""
    return json.loads((SPECS / api / f"examples/{name}.json").read_text(), parse_float=Digits)


def map_one(api: str, model: str, found: Any, **about: Any) -> Invoice:
    """The one invoice that a record becomes."""
    [invoice] = to_invoices(decode(api, model, spell(found)), make_account(api, **about))
    return invoice


def decode(api: str, model: str, text: str | bytes) -> Any:
    package = import_module("counterfoil_" + api.replace("-", "_"))
    content = text.encode() if isinstance(text, str) else text
    return make_reader(getattr(package, model))(
        RawResponse(status=200, headers={"content-type": "application/json"}, content=content)
    )
