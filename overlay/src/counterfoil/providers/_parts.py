"""What mapping does the same way for all: what counts as given, countries, moments, notes on the way.

An absent or empty text is none by `found.number or None`; `given` is for numbers, where zero counts; in a part that is absent,
by `found.vat or NOTHING`, everything is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from msgspec import UNSET, Struct, UnsetType, field

from ..accounts import Account
from ..invoice import Address, Origin

ValueT = TypeVar("ValueT")
PartT = TypeVar("PartT")


class Notes(Struct):
    """What is noted about an invoice while it is mapped: where fields come from, and what looked wrong, each once.

    `provenance` is the invoice's: "computed" is what was worked out, "assumed" what comes from configuration or documentation.
    """

    provenance: dict[str, Origin] = field(default_factory=dict)
    warnings: dict[str, None] = field(default_factory=dict)  # in their order

    def say(self, sentence: str) -> None:
        """Warn."""
        self.warnings[sentence] = None


class _Nothing:
    """A part that was not given: it has every attribute, and each is None."""

    def __getattribute__(self, name: str) -> None:
        return None


NOTHING: Any = _Nothing()


def given(value: ValueT | UnsetType | None) -> ValueT | None:
    """What was given: absent and null are both None."""
    return None if value is UNSET else value


def each(items: Iterable[ValueT] | UnsetType | None, make: Callable[[ValueT], PartT]) -> tuple[PartT, ...] | None:
    """Make a part of each item: None where there is no list, () where it is empty."""
    return None if items is UNSET or items is None else tuple([make(item) for item in items])


def unless_empty(part: PartT) -> PartT | None:
    """A part of an invoice, None where it holds nothing."""
    return None if part == type(part)() else part


@cache
def find_country(code: str) -> str | None:
    """ISO 3166-1 alpha-2 of a code of two or three letters in either case; None where there is no such country."""
    import iso3166  # here, because reading invoices of one provider may need no countries

    upper = code.upper()
    found = iso3166.countries_by_alpha2.get(upper) or iso3166.countries_by_alpha3.get(upper)
    return found.alpha2 if found else None


def make_address(streets: Iterable[Any], city: Any, region: Any, postal: Any, country: Any, notes: Notes) -> Address | None:
    """An address of its parts; None where all are empty."""
    code = find_country(country) if country else None
    if country and not code:
        notes.say(f"country {country!r} is not in ISO 3166-1: only country_raw has it")
    lines, raw = tuple([line for line in streets if line]) or None, country or None
    address = Address(
        streets=lines, city=city or None, region=region or None, postal=postal or None, country=code, country_raw=raw
    )
    return unless_empty(address)


def find_day(moment: datetime, account: Account) -> date:
    """The day of a moment in the account's zone, else by the offset that it came with."""
    return (moment.astimezone(account.zone) if account.time_zone else moment).date()
