"""The tax classes of charges without one, such as shipping where a platform sends no rate of it.

A platform that sends the taxable amount of each class, and no class of a charge, has added the
charge to one of them. Of all ways to do so, one explains the taxable amounts: without a discount
they are the sums of the classes, and with one, each class has its share of it. If two ways explain
them, the class is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import TypeAlias

from ..decimals import ZERO

Class: TypeAlias = tuple[str | None, Decimal | None]
Sums: TypeAlias = Mapping[Class, Decimal]
MOST_WAYS = 1000


def find_classes(
    charges: Sequence[Decimal], lines: Sums, others: Sums, taxable: Sums, tolerance: Decimal
) -> tuple[Class, ...] | None:
    """Return the class of each charge; None if they cannot be told.

    `lines` and `others` are the sums of lines and of charges with a class, by class, and `taxable`
    the taxable amounts. `tolerance` is the largest difference that rounding makes.
    """
    classes = list(taxable)
    if not charges or len(classes) ** len(charges) > MOST_WAYS:
        return None
    errors = []
    for way in product(classes, repeat=len(charges)):
        sums = {place: lines.get(place, ZERO) + others.get(place, ZERO) for place in classes}
        for place, charge in zip(way, charges, strict=True):
            sums[place] += charge
        errors.append((min(_list_errors(sums, lines, taxable)), way))
    errors.sort(key=lambda one: one[0])
    [(least, way), *rest] = errors
    if least > tolerance or (rest and rest[0][0] <= 2 * tolerance):
        return None
    return way


def _list_errors(sums: Sums, lines: Sums, taxable: Sums) -> Iterator[Decimal]:
    """Yield how far the taxable amounts are from sums less the share of a discount.

    The discount is divided by the sums, or by the lines alone.
    """
    less = {place: amount - taxable[place] for place, amount in sums.items()}
    discount = sum(less.values(), ZERO)
    for weights in (sums, {place: lines.get(place, ZERO) for place in sums}):
        whole = sum(weights.values(), ZERO)
        if whole:
            yield max(
                abs(less[place] - discount * weight / whole) for place, weight in weights.items()
            )
    yield max(map(abs, less.values()))
