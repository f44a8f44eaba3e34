"""What docs/ refers to exists, and what it shows works."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from counterfoil import Slice
from counterfoil_core import Page

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_checklist_names_exists() -> None:
    text = (ROOT / "docs/documented-limits.md").read_text()
    clients = ROOT / "tests/behaviour/clients"
    missing = [
        f"{module}: {name}"
        for module, names in re.findall(r"(test_\w+): ([a-z_0-9, ]+?)(?: \||;)", text)
        for name in names.split(", ")
        if (clients / f"{module}.py").is_file() and f"def test_{name}(" not in (clients / f"{module}.py").read_text()
    ]

    assert not missing
    assert len(re.findall(r"^\| (?!sentence)", text, re.MULTILINE)) > 80


def test_the_provider_of_the_guide_reads_and_maps() -> None:
    guide = (ROOT / "docs/adding-a-provider.md").read_text()
    [code] = [block for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "PROVIDER" in block]
    module: dict[str, Any] = {"__name__": "counterfoil.providers.lanternpay", "__package__": "counterfoil.providers"}
    exec(code, module)
    account: Any = SimpleNamespace(name="mine", provider="lanternpay", time_zone=None)
    noon = datetime(2026, 10, 6, 12, tzinfo=UTC)
    record = SimpleNamespace(id="7", number="LP-7", issued_at=noon, currency="EUR", total=Decimal("12.30"), tax=None)
    part = Slice(account="mine", provider="lanternpay", since=noon, until=noon + timedelta(days=1), by="issued")
    client = SimpleNamespace(invoices=SimpleNamespace(pages=lambda **_: "the pages"))
    steps = module["PROVIDER"].read(account, part, client)
    assert next(steps) == "the pages"

    batch = steps.send(Page(items=[record], cursor=None))

    [invoice] = batch.invoices
    assert (invoice.number, invoice.issue_date, invoice.totals.gross) == ("LP-7", date(2026, 10, 6), Decimal("12.30"))
