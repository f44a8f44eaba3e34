"""What mapping does the same way for all: what counts as given, texts, countries, moments, notes on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import UNSET, Struct, UnsetType

from ..invoice import Address, Origin

if TYPE_CHECKING:
    from ..accounts import Account

ValueT = TypeVar("ValueT")
PartT = TypeVar("PartT")
StructT = TypeVar("StructT", bound=Struct)


class Notes:
    """What is noted about an invoice while it is mapped: where fields come from, and what looked wrong."""

    def __init__(self) -> None:
        self.provenance: dict[str, Origin] = {}
        self.warnings: list[str] = []

    def say(self, sentence: str) -> None:
        """Warn, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def computed(self, *paths: str) -> None:
        """Name fields that were worked out."""
        self.provenance.update(dict.fromkeys(paths, "computed"))

    def assumed(self, *paths: str) -> None:
        """Name fields that come from configuration or documentation."""
        self.provenance.update(dict.fromkeys(paths, "assumed"))


def given(value: ValueT | UnsetType | None) -> ValueT | None:
    """What was given: absent and null are both None."""
    return None if value is UNSET else value


def text(value: Any) -> str | None:
    """A text; an empty one is none."""
    return None if value is UNSET or not value else str(value)


def each(items: Iterable[Any] | UnsetType | None, make: Callable[[Any], PartT]) -> tuple[PartT, ...] | None:
    """Make a part of each item: None where there is no list, () where it is empty."""
    return None if items is UNSET or items is None else tuple([make(item) for item in items])


def unless_empty(part: StructT) -> StructT | None:
    """A part of an invoice, None where it holds nothing."""
    return part if any(getattr(part, name) is not None for name in part.__struct_fields__) else None


@cache
def find_country(code: str) -> str | None:
    """ISO 3166-1 alpha-2 of a code of two or three letters in either case; None where there is no such country."""
    import iso3166  # here, because reading invoices of one provider may need no countries

    upper = code.upper()
    found = iso3166.countries_by_alpha2.get(upper) or iso3166.countries_by_alpha3.get(upper)
    return found.alpha2 if found else None


def make_address(
    streets: Iterable[Any] | UnsetType | None, city: Any, region: Any, postal: Any, country: Any, notes: Notes
) -> Address | None:
    """An address of its parts; None where all are empty."""
    lines = None if streets is UNSET or streets is None else tuple([line for line in map(text, streets) if line])
    raw = text(country)
    code = find_country(raw) if raw else None
    if raw and not code:
        notes.say(f"country {raw!r} is not in ISO 3166-1: only country_raw has it")
    address = Address(
        streets=lines or None, city=text(city), region=text(region), postal=text(postal), country=code, country_raw=raw
    )
    return unless_empty(address)


def find_day(moment: datetime, account: Account) -> date:
    """The day of a moment in the account's zone, else by the offset that it came with."""
    return (moment.astimezone(account.zone) if account.time_zone else moment).date()


def whole_offset(moment: datetime) -> datetime:
    """The same moment; in UTC where its offset has seconds, as in the days of local time, which JSON cannot write."""
    offset = moment.utcoffset()
    return moment if offset is None or not offset.seconds % 60 else moment.astimezone(UTC)
