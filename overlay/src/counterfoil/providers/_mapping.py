"""Functions that the mappings of all providers share.

Texts are mapped with `found.number or None`, because an empty text counts as missing; numbers as
they are, because zero is a value. For a part that may be missing, `found.vat or NOTHING` allows
access to its attributes, which are all None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import Any, TypeVar

from msgspec import Struct, field

from ..accounts import Account
from ..invoice import Address, InvoiceWarning, Origin

# At the ends of the calendar, a time in one time zone may be out of range in another one.
FIRST_YEAR = 1
LAST_YEAR = 9999
WIDEST_OFFSET = timedelta(hours=14)  # no time zone is further from UTC
ValueT = TypeVar("ValueT")
PartT = TypeVar("PartT")


class Notes(Struct):
    """The provenance and the warnings of an invoice, collected while it is mapped.

    Each warning is collected once. See `Invoice` for the values of `provenance`.
    """

    provenance: dict[str, Origin] = field(default_factory=dict)
    warnings: dict[InvoiceWarning, None] = field(default_factory=dict)  # an ordered set

    def warn(self, code: str, path: str | None, text: str) -> None:
        """Add a warning; see `InvoiceWarning`. Each code is listed in docs/warnings.md."""
        self.warnings[InvoiceWarning(code=code, path=path, text=text)] = None


class _Nothing:
    """A missing part: every attribute exists, and is None."""

    def __getattribute__(self, name: str) -> None:
        return None


NOTHING: Any = _Nothing()


def each(
    items: Iterable[ValueT] | None, make: Callable[[ValueT], PartT]
) -> tuple[PartT, ...] | None:
    """Map each item of a list. Return None if there is no list, and () if it is empty."""
    if items is None:
        return None
    return tuple([make(item) for item in items])


def unless_empty(part: PartT) -> PartT | None:
    """Return a part of an invoice, or None if all its fields are None."""
    return None if part == type(part)() else part


@cache
def find_country(code: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code for a code of two or three letters, or None."""
    import iso3166  # imported here, because not all providers have countries

    upper = code.upper()
    found = iso3166.countries_by_alpha2.get(upper) or iso3166.countries_by_alpha3.get(upper)
    return found.alpha2 if found else None


def make_address(
    path: str,
    streets: Iterable[Any],
    city: Any,
    region: Any,
    postal: Any,
    country: Any,
    notes: Notes,
) -> Address | None:
    """Return an address, or None if it is empty. `path` is its field, such as buyer.address.

    A country that is not in ISO 3166-1 adds a warning.
    """
    code = find_country(country) if country else None
    if country and not code:
        text = f"country {country!r} is not in ISO 3166-1: only country_raw has it"
        notes.warn("unknown-country", f"{path}.country", text)
    lines = tuple([line for line in streets if line])
    address = Address(
        streets=lines or None,
        city=city or None,
        region=region or None,
        postal=postal or None,
        country=code,
        country_raw=country or None,
    )
    return unless_empty(address)


def place_moment(moment: datetime, path: str, account: Account, notes: Notes) -> datetime | None:
    """Return a datetime with its own offset, or else with that of the account's time zone.

    Return None, with a warning, if it has no offset and the account no time zone, or if it is at
    the very beginning or end of the calendar. Some platforms write such a date for "none"; it
    cannot be converted to all time zones, and so cannot be stored.
    """
    if moment.tzinfo is None and account.time_zone is None:
        text = f"{path} came without an offset and is left out: set the account's time_zone"
        notes.warn("missing-offset", path, text)
        return None
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        text = f"the time of {path}, {moment.isoformat()}, is out of range: it is left out"
        notes.warn("time-out-of-range", path, text)
        return None
    if moment.tzinfo is not None:
        return _make_storable(moment)
    notes.provenance[path] = "assumed"
    # A plain datetime, also if the client returns a subclass.
    return _make_storable(datetime.combine(moment, moment.time(), account.zone))


def _make_storable(moment: datetime) -> datetime:
    """Return a datetime with a fixed offset of whole minutes, as JSON requires.

    In a time zone with rules, a datetime within a repeated hour is not equal to any other one (PEP
    495), not even to itself read from JSON. Historical offsets may have seconds.
    """
    if moment.tzinfo is UTC:  # as most providers write it
        return moment
    offset = moment.utcoffset() or timedelta()
    if offset.seconds % 60:
        return moment.astimezone(UTC)
    return datetime.combine(moment, moment.time(), _find_zone(offset))  # faster than replace


@lru_cache(maxsize=64)
def _find_zone(offset: timedelta) -> timezone:
    return timezone(offset) if offset else UTC


def find_day(moment: datetime, account: Account) -> date | None:
    """Return the day of a datetime in the account's time zone, or else by its own offset.

    Return None if it is out of range; see `place_moment`.
    """
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        return None
    if moment.tzinfo is not None and account.time_zone:
        return moment.astimezone(account.zone).date()
    return moment.date()


def is_within(moment: datetime, since: datetime, until: datetime, account: Account) -> bool:
    """Return whether a datetime is within a time span.

    Without an offset, it is in the account's time zone. If that is not set, it may be in any one.
    """
    if moment.tzinfo is not None:
        return since <= moment < until
    if account.time_zone:
        return since <= moment.replace(tzinfo=account.zone) < until
    placed = moment.replace(tzinfo=UTC)
    return since - WIDEST_OFFSET <= placed < until + WIDEST_OFFSET
