"""Types that generated models use where Python's own would lose something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Self

from msgspec import Raw

__all__ = ["NaiveDateTime", "OpenIntEnum", "OpenStrEnum", "Secret", "Unknown", "read_custom", "write_custom"]


class NaiveDateTime(datetime):
    """A date and time without a zone, "yyyy-mm-dd hh:mm:ss" on the wire, in whole seconds.

    A plain `datetime` is refused in its place: whoever writes one has to say that no zone is meant.
    """

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-02-03 14:05:09".

        Raises ValueError where `text` has another form, a zone or fractions of a second.
        """
        if len(text) != 19 or text[4::3] != "-- ::":  # fromisoformat alone takes other forms too
            raise ValueError(f'{text!r} is not "yyyy-mm-dd hh:mm:ss"')
        return cls.fromisoformat(text)

    @classmethod
    def from_datetime(cls, moment: datetime) -> Self:
        """Drop the zone and the fractions of a second of `moment`; its clock reading stays."""
        return cls(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02} {self.hour:02}:{self.minute:02}:{self.second:02}"


class Secret(str):
    """A text that its repr does not show: passwords, keys, tokens. str() of it and slices show it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('***')"


class OpenStrEnum(StrEnum):
    """An enum that takes texts which it does not list: an API may grow.

    An unknown text becomes a member of its own, which equals its text, hashes like it, is sent as it came
    and pickles. Compare with ==: two unknown members of the same text are not the same object.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        return member


class OpenIntEnum(IntEnum):
    """An enum that takes numbers which it does not list; see OpenStrEnum."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_, member._value_ = str(value), int(value)
        return member


class Unknown:
    """A member of a union that no model stands for, because the API has grown: its JSON, every digit kept.

    It equals another of the same JSON, pickles, and is sent as it came.
    """

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"Unknown({self.raw!r})"

    def __reduce__(self) -> tuple[type[Unknown], tuple[bytes]]:
        return Unknown, (self.raw,)


def write_custom(value: object) -> str | Raw:
    """Write one of these types to the wire. Raises TypeError for anything else."""
    if isinstance(value, Unknown):
        return Raw(value.raw)
    if isinstance(value, (NaiveDateTime, Secret)):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be sent")


def read_custom(kind: type[Any], value: Any) -> object:
    """Read one of these types from the wire.

    Raises ValueError where the text is malformed, TypeError for anything else.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected a text, got {type(value).__name__}")
    if kind not in _READERS:
        raise TypeError(f"{kind.__name__} cannot be read")
    return _READERS[kind](value)


_READERS: dict[type, Callable[[str], object]] = {NaiveDateTime: NaiveDateTime.parse, Secret: Secret}
