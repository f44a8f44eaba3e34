"""A finding of `verify`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from .decimals import ZERO

Severity = Literal["error", "info"]


class Finding(Struct, frozen=True, kw_only=True):
    """An amount that is not consistent with others, or that could not be checked.

    `path` is the field ("lines[0].net"), `found` its amount, `expected` the amount according to the
    `rule`, and `tolerance` the accepted difference. `code` is stable, in kebab-case
    (docs/warnings.md). `text` is a sentence for people.

    The severity is "error" if an identity is violated that the provider documents, and "info" if
    the check relies on an undocumented assumption. An amount that could not be checked, because
    another one is unknown, has the code "not-checked", and no expected amount.
    """

    code: str
    path: str
    text: str
    rule: str
    expected: Decimal | None
    found: Decimal | None
    tolerance: Decimal
    severity: Severity

    def __str__(self) -> str:
        return f"{self.severity}: {self.text}"


CODES = {
    "sum of taxes": "tax-total",
    "net + tax": "gross-total",
    "sum of lines": "lines-total",
    "lines - discount + charges": "net-total",
    "price x quantity": "line-net",
    "net x rate": "line-tax",
    "taxable x rate": "tax-amount",
    "sum of payments": "payments-total",
    "complete": "not-checked",
    "net + tax of the line": "line-gross",
    "at most 80 digits": "too-many-digits",
}
"""The code of each rule."""


def compare(
    rule: str,
    path: str,
    expected: Decimal,
    found: Decimal,
    *,
    strict: bool = False,
    tolerance: Decimal = ZERO,
) -> Iterator[Finding]:
    """Yield a finding if an amount is not what a rule expects; `strict` makes it an error."""
    if abs(found - expected) <= tolerance:
        return
    yield Finding(
        code=CODES[rule],
        path=path,
        text=f"{path} is {found}, expected {expected} ({rule}, tolerance {tolerance})",
        rule=rule,
        expected=expected,
        found=found,
        tolerance=tolerance,
        severity="error" if strict else "info",
    )


def make_unchecked(path: str, found: Decimal, reason: str) -> Finding:
    """Return the finding of an amount that cannot be checked."""
    return Finding(
        code="not-checked",
        path=path,
        text=f"{path} was not checked: {reason}",
        rule="complete",
        expected=None,
        found=found,
        tolerance=ZERO,
        severity="info",
    )
