"""Files, names and links in docs/ exist, and its examples work."""

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
        if (clients / f"{module}.py").is_file()
        and f"def test_{name}(" not in (clients / f"{module}.py").read_text()
    ]

    assert not missing
    assert len(re.findall(r"^\| (?!sentence)", text, re.MULTILINE)) > 80


def test_every_test_of_a_feature_exists() -> None:
    text = (ROOT / "docs/wire.md").read_text()
    named = re.findall(r"\| (test_\w+\.py): (\w+) \|$", text, re.MULTILINE)
    features = re.findall(r"^\| (?!in |fault |---)", text, re.MULTILINE)
    missing = []
    for file, name in named:
        files = ROOT.glob(f"tests/behaviour/*/{file}")
        if not any(f"def test_{name}(" in path.read_text() for path in files):
            missing.append(f"{file}: {name}")

    assert missing == []
    assert len(named) == len(features) > 30


def test_every_feature_that_is_compared_names_a_test() -> None:
    text = (ROOT / "docs/compared.md").read_text()
    features = re.findall(r"^\| (?!\|)\S.*$", text, re.MULTILINE)
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)` \|$", text, re.MULTILINE)
    missing = []
    for file, name in named:
        path = ROOT / file
        if not path.is_file() or f"def {name}(" not in path.read_text():
            missing.append(f"{file}::{name}")

    assert missing == []
    assert len(named) == len(features) > 20


def test_every_file_that_the_architecture_names_exists() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    files = set(re.findall(r"`([\w./-]+/[\w.-]+\.\w+)`", text))

    assert {name for name in files if not (ROOT / name).is_file()} == set()
    for walk in text.split("\n## ")[2:]:
        assert len(re.findall(r"^\| `", walk, re.MULTILINE)) >= 10


def test_every_room_that_the_architecture_shows_has_what_it_lists() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    folder = ""
    missing = []
    for indent, name in re.findall(r"^ {4}( *)([\w/]+) *.*$", text, re.MULTILINE):
        folder = folder if indent else name
        path = ROOT / (folder + name if indent else name)
        if not path.exists() and not path.with_suffix(".py").is_file():
            missing.append(str(path.relative_to(ROOT)))

    assert missing == []


def test_every_name_in_a_walk_is_in_its_file() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    missing = []
    for file, happens in re.findall(r"^\| `([\w./-]+\.py)` \| (.*) \|$", text, re.MULTILINE):
        code = (ROOT / file).read_text()
        for name in re.findall(r"`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)`", happens):
            if not re.search(rf"\b{name.rpartition('.')[2]}\b", code):
                missing.append(f"{file}: {name}")

    assert missing == []


DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "*/README.md", ".github/*.md")
    for path in ROOT.glob(pattern)
)


def test_every_link_between_documents_leads_somewhere() -> None:
    missing = []
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text()):
            if not target.startswith("https://") and not (document.parent / target).exists():
                missing.append(f"{document.relative_to(ROOT)}: {target}")

    assert missing == []


def test_every_guide_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text()
    guides = [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md"]

    for name in [*guides, "demo.py"]:
        assert f"({name})" in index
    for package in ("overlay", "runtime", "sandbox", "specs"):
        assert f"(../{package}/README.md)" in index


def test_every_decision_has_its_form_and_its_line_in_the_index() -> None:
    folder = ROOT / "docs/decisions"
    rows = []
    for number, path in enumerate(sorted(folder.glob("[0-9]*.md")), 1):
        lines = path.read_text().splitlines()
        title = lines[0].removeprefix(f"# {number}. ")
        date, status = lines[2].split(", ")
        sections = [line for line in lines if line.startswith("## ")]

        assert path.name.startswith(f"{number:04}-")
        assert lines[0] == f"# {number}. {title}"
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", date)
        assert re.fullmatch(r"accepted|deferred|rejected|superseded by \d{4}", status)
        assert sections == ["## Context", "## Decision", "## Consequences"]
        rows.append(f"| [{number:04}]({path.name}) | {title} | {date} | {status} |")
    index = (folder / "README.md").read_text()

    assert re.findall(r"^\| \[.*$", index, re.MULTILINE) == rows


def test_the_provider_of_the_guide_reads_and_maps() -> None:
    guide = (ROOT / "docs/adding-a-provider.md").read_text()
    [code] = [
        block
        for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
        if "PROVIDER" in block
    ]
    module: dict[str, Any] = {
        "__name__": "counterfoil.providers.lanternpay",
        "__package__": "counterfoil.providers",
    }
    exec(code, module)
    account: Any = SimpleNamespace(
        name="mine", provider="lanternpay", time_zone=None, has_facts=False
    )
    noon = datetime(2026, 10, 6, 12, tzinfo=UTC)
    record = SimpleNamespace(
        id="7", number="LP-7", issued_at=noon, currency="EUR", total=Decimal("12.30"), tax=None
    )
    part = Slice(
        account="mine",
        provider="lanternpay",
        since=noon,
        until=noon + timedelta(days=1),
        by="issued",
    )
    client = SimpleNamespace(invoices=SimpleNamespace(pages=lambda **_: "the pages"))
    steps = module["PROVIDER"].read(account, part, client)
    assert next(steps) == "the pages"

    batch = steps.send(Page(items=[record], cursor=None))

    [invoice] = batch.invoices
    assert (invoice.number, invoice.issue_date, invoice.totals.gross) == (
        "LP-7",
        date(2026, 10, 6),
        Decimal("12.30"),
    )
