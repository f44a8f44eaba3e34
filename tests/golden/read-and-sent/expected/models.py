# Generated from specs/read-and-sent/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.types import OpenStrEnum, Unknown
from msgspec import UNSET, UnsetType

from ._model import ApiModel


class ParcelKind(OpenStrEnum):
    """How a parcel is packed."""

    LETTER = "letter"
    BOX = "box"


if TYPE_CHECKING:
    ParcelKindInput: TypeAlias = ParcelKind | Literal["letter", "box"] | str
    """`ParcelKind`, or its value."""
else:
    ParcelKindInput = ParcelKind


class Book(ApiModel, gc=False, omit_defaults=True, tag_field="type", tag="book", kw_only=True):
    """A book in a parcel."""

    pages: int | None = None
    """Number of its pages."""


class BookInput(ApiModel, gc=False, tag_field="type", tag="book", kw_only=True):
    """A book in a parcel."""

    pages: int | UnsetType = UNSET
    """Number of its pages."""


class Toy(ApiModel, gc=False, omit_defaults=True, tag_field="type", tag="toy", kw_only=True):
    """A toy in a parcel."""

    age: int | None = None
    """Youngest age that it is for, in years."""


class ToyInput(ApiModel, gc=False, tag_field="type", tag="toy", kw_only=True):
    """A toy in a parcel."""

    age: int | UnsetType = UNSET
    """Youngest age that it is for, in years."""


class Person(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A person who sends parcels."""

    name: str | None = None
    """Name of the person."""


class PersonInput2(ApiModel, gc=False, kw_only=True):
    """A person who sends parcels."""

    name: str | UnsetType = UNSET
    """Name of the person."""


class PersonInput(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A component that has the made name already."""

    id: int | None = None
    """Identifier of the person."""


if TYPE_CHECKING:
    Thing: TypeAlias = Book | Toy | Unknown
else:
    Thing: TypeAlias = Book | Toy
"""A thing in a parcel."""


ThingInput: TypeAlias = BookInput | ToyInput
"""A thing in a parcel."""


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    kind: ParcelKind
    """How a parcel is packed."""

    contents: list[Thing] | None = None
    """Things in the parcel."""

    note: str | None = None
    """Note for the carrier; null removes it."""

    sender: Person | None = None
    """A person who sends parcels."""


class ParcelInput(ApiModel, gc=False, kw_only=True):
    """A parcel on its way."""

    kind: ParcelKindInput
    """How a parcel is packed."""

    contents: list[ThingInput] | UnsetType = UNSET
    """Things in the parcel."""

    note: str | None | UnsetType = UNSET
    """Note for the carrier; null removes it."""

    sender: PersonInput2 | UnsetType = UNSET
    """A person who sends parcels."""
