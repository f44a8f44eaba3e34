"""The invoice itself: equality, JSON, and what importing costs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import counterfoil
import jsonschema_rs
import msgspec
import pydantic
import pytest
from counterfoil import Invoice, InvoiceRef, InvoiceWarning, Line, Payment, Totals, json_schema
from counterfoil_sandbox import Sandbox
from msgspec import structs

from tests.behaviour.overlay.sandbox_accounts import write_accounts

INVOICE = Invoice(
    ref=InvoiceRef(provider="flow", account="mine", kind="invoice", key="W-1"),
    completeness="full",
    issue_date=date(2026, 10, 5),
    issued_at=datetime(2026, 10, 5, 8, 14, 25, 902000, tzinfo=UTC),
    lines=(Line(sku="LMP", quantity=Decimal("2.00"), net=Decimal("19.900")),),
    discounts=(),
    totals=Totals(gross=Decimal("1234567890123456.789")),
    payments=(
        Payment(at=datetime(2026, 10, 5, tzinfo=UTC), amount=Decimal("1E+2"), currency="GBP"),
    ),
    attributes={"channel": "web"},
    provenance={"totals.gross": "computed"},
    raw=object(),
)


def test_json_brings_back_every_digit_and_tells_none_from_empty() -> None:
    back = Invoice.from_json(INVOICE.to_json())

    assert back == INVOICE
    assert (back.discounts, back.charges) == ((), None)
    assert str(back.lines and back.lines[0].net) == "19.900"
    assert back.raw is None
    assert b'"gross":"1234567890123456.789"' in INVOICE.to_json()
    assert b'"raw"' not in INVOICE.to_json()


def test_the_schema_describes_the_json() -> None:
    validator = jsonschema_rs.Draft202012Validator(json_schema())

    validator.validate(msgspec.json.decode(INVOICE.to_json()))
    assert not validator.is_valid({"ref": {}})
    assert "raw" not in json_schema()["$defs"]["Invoice"]["properties"]


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="issued_at"):
        Invoice.from_json(INVOICE.to_json().replace(b"25.902000Z", b"25.902000"))


def test_raw_counts_neither_in_equality_nor_in_the_hash_of_the_content() -> None:
    other = structs.replace(INVOICE, raw={"another": "object"})

    assert other == INVOICE
    assert hash(other) == hash(INVOICE)
    assert other.content_hash() == INVOICE.content_hash()


def test_any_other_change_is_one_of_the_content() -> None:
    other = structs.replace(
        INVOICE, warnings=(InvoiceWarning(code="unknown-value", text="something"),)
    )

    assert other != INVOICE
    assert other.content_hash() != INVOICE.content_hash()
    assert hash(other) == hash(INVOICE)


def test_importing_counterfoil_imports_no_provider_and_no_http() -> None:
    code = (
        "import sys, counterfoil; print([name for name in sys.modules"
        " if name.startswith(('counterfoil', 'http', 'msgspec'))])"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "['counterfoil']"


def test_reading_accounts_and_planning_import_no_providers_package_and_no_http() -> None:
    code = (
        "import sys; from counterfoil import Account, plan_slices; from datetime import *; "
        "a = Account(name='a', provider='vtex'); "
        "plan_slices(a, datetime.now(UTC) - timedelta(days=2)); "
        "print([name for name in sys.modules if name.startswith(('counterfoil_vtex', 'httpx'))])"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]", said.stderr


def test_every_public_name_is_there() -> None:
    import counterfoil

    assert all(
        callable(getattr(counterfoil, name))
        for name in counterfoil.__all__
        if name != "__version__"
    )
    with pytest.raises(AttributeError, match="no attribute 'Invoise'"):
        counterfoil.Invoise  # noqa: B018


def test_help_begins_with_how_to_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example of `help(counterfoil)` runs as it stands."""
    doc = str(counterfoil.__doc__)
    example = textwrap.dedent(doc[doc.index("    from datetime") : doc.index("`help(")])
    with Sandbox() as box, box.serve():
        secrets = write_accounts(box, tmp_path, "flow", "vtex")
        monkeypatch.chdir(tmp_path)
        for name, text in secrets.items():
            monkeypatch.setenv(name, text)
        exec(example, {})

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 10
    assert "EUR" in "".join(lines)
    assert (tmp_path / "invoices.db").exists()


def test_help_of_an_invoice_has_a_line_for_each_field() -> None:
    text = str(Invoice.__doc__)
    for field in msgspec.structs.fields(Invoice):
        assert re.search(rf"^ +(\w+, )*{field.name}(, \w+)*:  +\S", text, re.MULTILINE), field.name


def test_an_invoice_and_its_parts_become_dicts_and_return() -> None:
    invoice = INVOICE

    values = invoice.to_dict()
    assert Invoice.from_dict(values) == invoice
    assert isinstance(values["totals"]["gross"], Decimal)
    line = invoice.lines[0] if invoice.lines else None
    assert line is not None
    assert type(line).from_dict(line.to_dict()) == line


def test_pydantic_writes_invoices_with_exact_amounts() -> None:
    invoice = INVOICE
    adapter = pydantic.TypeAdapter(Invoice)

    written = adapter.dump_json(invoice)
    assert json.loads(written)["totals"]["gross"] == str(invoice.gross)
    assert adapter.validate_json(written) == invoice
    assert "raw" not in adapter.json_schema()["properties"]
