"""Types of generated models for values that Python's own types would not preserve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, Protocol, Self, SupportsIndex, TypeVar

from msgspec import Raw

__all__ = [
    "NaiveDateTime",
    "OpenIntEnum",
    "OpenStrEnum",
    "Secret",
    "SequenceNotStr",
    "Unknown",
    "hide",
    "read_custom",
    "write_custom",
]

ValueT = TypeVar("ValueT")
ItemT_co = TypeVar("ItemT_co", covariant=True)

if TYPE_CHECKING:

    class SequenceNotStr(Protocol[ItemT_co]):
        """A list, a tuple or another sequence, but no str, which is a sequence of str as well."""

        def __contains__(self, value: object, /) -> bool: ...  # a str refuses most objects
        def __getitem__(self, index: SupportsIndex, /) -> ItemT_co: ...
        def __iter__(self) -> Iterator[ItemT_co]: ...
        def __len__(self) -> int: ...
        def __reversed__(self) -> Iterator[ItemT_co]: ...  # a set has none

else:
    SequenceNotStr = list


class NaiveDateTime(datetime):
    """A date and time without a zone, in whole seconds; "yyyy-mm-dd hh:mm:ss" on the wire.

    A plain `datetime` is rejected in its place, so that a zone is never dropped by accident.
    """

    __slots__ = ()  # responses contain thousands; instances without a __dict__ are faster to create

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse "2026-02-03 14:05:09".

        Raises ValueError if `text` has another form, a zone or fractions of a second.
        """
        # fromisoformat alone accepts other forms too.
        if len(text) != 19 or text[4::3] != "-- ::":
            raise ValueError(f'{text!r} is not "yyyy-mm-dd hh:mm:ss"')
        return cls.fromisoformat(text)

    @classmethod
    def from_datetime(cls, moment: datetime) -> Self:
        """Return `moment` without its zone and fractions of a second; the clock time is kept."""
        return cls(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)

    def __str__(self) -> str:
        day = f"{self.year:04}-{self.month:02}-{self.day:02}"
        time = f"{self.hour:02}:{self.minute:02}:{self.second:02}"
        return f"{day} {time}"


class Secret(str):
    """A str that its repr does not show: a password, key or token.

    `str()` and slices of it show the text.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('***')"


class HiddenBytes(bytes):
    """Bytes whose repr shows only their length, because a server may echo a credential."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


def hide(value: ValueT) -> ValueT:
    """Wrap a str in Secret, so that tracebacks with local variables do not show it.

    Other values are returned unchanged.
    """
    hidden: Any = Secret(value) if isinstance(value, str) else value
    result: ValueT = hidden
    return result


class OpenStrEnum(StrEnum):
    """A str enum that accepts values it does not list, because an API may add some.

    An unlisted value becomes a pseudo-member that equals and hashes like its text, is sent
    unchanged and can be pickled. Compare with ==: two pseudo-members of the same text are distinct
    objects.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = str(value)
        member._value_ = str(value)
        return member


class OpenIntEnum(IntEnum):
    """An int enum that accepts values it does not list; see OpenStrEnum."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = str(value)
        member._value_ = int(value)
        return member


class Unknown:
    """A union member that no model describes, because the API has added it; its raw JSON is kept.

    Two instances with the same JSON are equal. Unknown can be pickled and is sent unchanged.
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
    """msgspec encode hook for these types. Raises TypeError for any other type."""
    if isinstance(value, Unknown):
        return Raw(value.raw)
    if isinstance(value, (NaiveDateTime, Secret)):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be sent")


def read_custom(kind: type[object], value: object) -> object:
    """msgspec decode hook for these types.

    Raises ValueError if the text is malformed, and TypeError for other types and values.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected a str, got {type(value).__name__}")
    reader = _READERS.get(kind)
    if reader is None:
        raise TypeError(f"{kind.__name__} cannot be read")
    return reader(value)


_READERS: dict[type, Callable[[str], object]] = {
    NaiveDateTime: NaiveDateTime.parse,
    Secret: Secret,
}
