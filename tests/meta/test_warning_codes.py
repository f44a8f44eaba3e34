"""Every code of a warning or finding is in the table of docs/warnings.md, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from counterfoil import en16931
from counterfoil.finding import CODES

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "overlay/src/counterfoil").rglob("*.py"))


def listed(title: str) -> set[str]:
    """The codes of the table under a title."""
    _, _, rest = (ROOT / "docs/warnings.md").read_text().partition(f"## {title}\n")
    section, _, _ = rest.partition("\n## ")
    return set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE))


def find_codes(path: Path) -> Iterator[str]:
    """Yield a module's codes: the first argument of `.warn`, or `code=` of InvoiceWarning."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        codes: list[ast.expr] = []
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "warn"
            and len(node.args) == 3
        ):
            codes = [node.args[0]]
        if ast.unparse(node.func).endswith("InvoiceWarning"):
            codes = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        yield from (code.value for code in codes if isinstance(code, ast.Constant))


def test_every_code_of_a_warning_is_documented() -> None:
    used = {code for path in SOURCES for code in find_codes(path)}

    assert used == listed("Warnings")


def test_every_code_of_a_finding_is_documented() -> None:
    assert set(CODES.values()) == listed("Findings")


def test_every_rule_of_en16931_is_documented() -> None:
    text = (ROOT / "docs/warnings.md").read_text()
    documented = set(re.findall(r"`(BR-[A-Z]+-\d+)`", text))
    parts = {rule for *_, rule in en16931.DECIMALS_OF_PARTS}
    rules = {*en16931.RULES, *en16931.DECIMALS_OF_TOTALS.values(), *parts}
    for name in en16931.NAMES.values():
        rules |= {f"BR-{name}-{number}" for number in ("08", "09", "10")}

    assert documented == rules


def test_every_code_of_an_unreadable_record_is_documented() -> None:
    """Codes are written as `code=...`, or passed on with a reason: the first of a pair."""
    written = "\n".join(path.read_text() for path in SOURCES if path.name in CODED)

    assert listed("Unreadable records") <= set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', written))
    assert set(re.findall(r'code="([a-z-]+)"', written)) <= listed("Unreadable records")
    assert set(re.findall(r'\("([a-z-]+)", (?:said|reason|flaw|f")', written)) <= listed(
        "Unreadable records"
    )


CODED = ("unreadable.py", "_vtex_orders.py", "encoding.py", "parquet.py")
