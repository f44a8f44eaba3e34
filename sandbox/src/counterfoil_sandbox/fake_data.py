"""Invented people, companies, places and products: the same for the same seed on every machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")

FIRST_NAMES = (
    "Alda",
    "Berto",
    "Clelia",
    "Dario",
    "Elvia",
    "Fosco",
    "Gilda",
    "Ivo",
    "Lidia",
    "Nives",
    "Oreste",
    "Tullia",
)
LAST_NAMES = (
    "Abrotani",
    "Bressulli",
    "Cormandini",
    "Dalverti",
    "Fuscaldoni",
    "Gramellotti",
    "Quaglini",
    "Tarabelli",
)
STREETS = (
    "Via dei Vetrai",
    "Corso delle Lanterne",
    "Piazza del Telaio",
    "Via Molinella",
    "Lungofiume Basso",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A town and its postal code."""

    city: str
    postal_code: str
    state: str
    country: str


@dataclass(frozen=True, slots=True)
class Product:
    """Something that can be sold: its price and weight are those of one unit."""

    sku: str
    name: str
    price: Decimal
    weight: Decimal


PLACES = (
    Place("Parma", "43121", "PR", "IT"),
    Place("Ferrara", "44121", "FE", "IT"),
    Place("Faenza", "48018", "RA", "IT"),
    Place("Lübeck", "23552", "", "DE"),
    Place("Dijon", "21000", "", "FR"),
    Place("Linz", "4020", "", "AT"),
    Place("Chur", "7000", "GR", "CH"),
)
PRODUCTS = (
    Product("LMP-204", "Brass desk lamp", Decimal("56.330"), Decimal("1.250")),
    Product("BLB-011", "LED bulb, warm white", Decimal("6.250"), Decimal("0.050")),
    Product("CHR-031", "Folding chair", Decimal("89.500"), Decimal("4.200")),
    Product("NBK-117", "Notebook, squared", Decimal("3.990"), Decimal("0.210")),
    Product("TEA-508", "Herbal tea, 20 bags", Decimal("4.125"), Decimal("0.060")),
    Product("RUG-077", "Woven rug", Decimal("148.000"), Decimal("6.750")),
    Product("MUG-042", "Stoneware mug", Decimal("11.905"), Decimal("0.380")),
)


class FakeData:
    """Random choices that depend on seed and purpose only."""

    def __init__(self, seed: int, purpose: str) -> None:
        # Python guarantees the same numbers in every version for random() only, not for choice().
        self.chance = random.Random(f"{purpose} {seed}").random  # noqa: S311

    def pick(self, options: Sequence[T]) -> T:
        """Draw one of several."""
        return options[int(self.chance() * len(options))]

    def happens(self, probability: float) -> bool:
        """Draw yes or no."""
        return self.chance() < probability

    def number(self, lowest: int, highest: int) -> int:
        """Draw a whole number, both ends included."""
        return lowest + int(self.chance() * (highest - lowest + 1))

    def code(self, alphabet: str, length: int) -> str:
        """Draw a word of an alphabet."""
        return "".join(self.pick(alphabet) for _ in range(length))

    def person(self) -> tuple[str, str]:
        """Draw a first and a last name."""
        return self.pick(FIRST_NAMES), self.pick(LAST_NAMES)

    def street(self) -> str:
        """Draw a street and a house number."""
        return f"{self.pick(STREETS)} {self.number(1, 98)}"
