"""Records become invoices with values that were worked out by hand; see records/README.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from counterfoil import Account, DocumentError, Invoice, provider_names, to_invoices, verify

from tests.behaviour.overlay.reading import decode
from tests.described_apis import INVOICES
from tests.schema_strategies import Digits, spell

RECORDS = Path(__file__).parent / "records"
FILES = sorted(path for path in RECORDS.glob("*/*.yaml") if path.name != "base.yaml")
FIELDS = {"title", "model", "account", "record", "expect", "warnings", "errors"}


class Loader(yaml.SafeLoader):
    """YAML whose numbers keep their digits, and whose dates are text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"])
Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: Digits(node.value))


def load(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


def map_record(path: Path) -> list[Invoice]:
    """The invoices of a record, read from JSON as the client reads it."""
    provider = path.parent.name
    case = load(path)
    assert set(case) <= FIELDS, "a misspelt field would be left out in silence"
    merged = load(path.parent / "base.yaml") | (case.get("record") or {})
    record = {name: value for name, value in merged.items() if value != REMOVED}
    account = Account(
        name="mine",
        provider=provider,
        settings=INVOICES[provider].settings,
        **case.get("account", {}),
    )
    return list(
        to_invoices(
            decode(provider, case.get("model", INVOICES[provider].models[0]), spell(record)),
            account,
        )
    )


REMOVED = "(removed)"


def find(invoice: Invoice, path: str) -> Any:
    """The value at a path, such as lines[0].net."""
    value: Any = invoice
    for name, index in re.findall(r"(\w+)|\[(\d+)\]", path):
        if name == "count":
            return len(value)
        if name == "refused":
            return find_refusal(value)
        if value is None:
            return None
        value = value[int(index)] if index else getattr(value, name)
    return value() if callable(value) else value


def find_refusal(document: Any) -> str:
    with pytest.raises(DocumentError) as refused:
        document.bytes()
    return str(refused.value)


def agrees(path: str, found: Any, expected: Any) -> bool:
    if path.endswith(".refused"):
        return str(expected) in found
    if isinstance(found, Decimal):
        return expected is not None and found == Decimal(str(expected))
    if isinstance(found, bool) or found is None or isinstance(found, int):
        return type(found) is type(expected) and found == expected
    if isinstance(found, (date, datetime)):
        return found.isoformat().replace("+00:00", "Z") == expected
    if isinstance(found, tuple):
        return list(found) == expected
    return str(found) == expected


def list_expected(path: Path) -> list[dict[str, Any]]:
    """Return the expected values of each invoice."""
    case = load(path)
    values = case["expect"]
    warnings = case.get("warnings", [])
    if isinstance(values, list):
        return values
    return [values | {"warnings": warnings, "errors": case.get("errors", [])}]


def list_values(path: Path) -> Iterator[tuple[int, str, Any]]:
    for index, values in enumerate(list_expected(path)):
        yield from (
            (index, name, value)
            for name, value in values.items()
            if name not in ("warnings", "errors")
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_record_has_the_values_that_were_worked_out_by_hand(path: Path) -> None:
    invoices = map_record(path)

    assert len(invoices) == len(list_expected(path))
    wrong = {
        f"invoice {index}: {name}": (find(invoices[index], name), value)
        for index, name, value in list_values(path)
        if not agrees(name, find(invoices[index], name), value)
    }
    assert not wrong, "found and expected"
    for invoice, expected in zip(invoices, list_expected(path), strict=True):
        said = [f"{one.code} {one.path or ''}".strip() for one in invoice.warnings]
        errors = [f"{one.code} {one.path}" for one in verify(invoice) if one.severity == "error"]
        assert sorted(said) == sorted(expected.get("warnings", []))
        assert sorted(errors) == sorted(expected.get("errors", []))
        assert Invoice.from_json(invoice.to_json()) == invoice


def test_there_are_twenty_records_of_each_provider() -> None:
    counts = Counter(path.parent.name for path in FILES)

    assert set(counts) == set(provider_names())
    assert min(counts.values()) >= 20, counts
