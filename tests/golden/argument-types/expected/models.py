# Generated from specs/argument-types/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from builtins import str as str_aliased
from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.one_of import OneOf
from counterfoil_core.types import OpenStrEnum, Secret, SequenceNotStr
from counterfoil_core.variants import Variant
from msgspec import UNSET, UnsetType

from ._model import ApiModel, ApiModelWithUnions


class Card(ApiModel, gc=False, tag_field="type", tag="card", kw_only=True):
    """A payment by card."""


class Cash(ApiModel, gc=False, tag_field="type", tag="cash", kw_only=True):
    """A payment in cash."""


class Book(ApiModel, gc=False, kw_only=True):
    """A book in a parcel."""

    pages: int
    """Number of its pages."""


class State(OpenStrEnum):
    """State of a parcel."""

    NEW = "new"
    SENT = "sent"


if TYPE_CHECKING:
    StateInput2: TypeAlias = State | Literal["new", "sent"] | str
    """`State`, or its value."""
else:
    StateInput2 = State


class StateInput(OpenStrEnum):
    """A component that has the made name already."""

    OLD = "old"


class File(OpenStrEnum):
    """An enum whose alias would hide FileInput."""

    A4 = "a4"
    A5 = "a5"


if TYPE_CHECKING:
    FileInput2: TypeAlias = File | Literal["a4", "a5"] | str
    """`File`, or its value."""
else:
    FileInput2 = File


class Answer(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """The state of a parcel, and what was in it."""

    state: State
    """State of a parcel."""

    old: StateInput | None = None
    """A component that has the made name already."""


class Thing(ApiModel, kw_only=True):
    """A thing in a parcel."""

    name: str_aliased
    """Name of the thing."""

    str: str_aliased | UnsetType = UNSET
    """A field with the name of a type."""

    states: SequenceNotStr[StateInput2] | UnsetType = UNSET
    """States of the thing."""

    parts: list[Thing] | UnsetType = UNSET
    """Things that it is made of."""

    key: Secret | UnsetType = UNSET
    """Key of its lock."""


if TYPE_CHECKING:
    Extra: TypeAlias = Thing | Book
else:
    Extra: TypeAlias = OneOf(
        Thing | Book, Variant(Thing, required=("name",)), Variant(Book, required=("pages",))
    )
"""A thing, or a book."""


Things: TypeAlias = list[Thing]
"""Things in a parcel."""


class ParcelForm(ApiModelWithUnions, gc=False, kw_only=True):
    """A parcel to create."""

    things: Things
    """Things in a parcel."""

    state: StateInput2 | UnsetType = UNSET
    """State of a parcel."""

    file: FileInput2 | UnsetType = UNSET
    """An enum whose alias would hide FileInput."""

    by_day: dict[str_aliased, Thing] | UnsetType = UNSET
    """Things by the day they are sent."""

    extra: Extra | UnsetType = UNSET
    """A thing, or a book."""

    payment: Card | Cash | UnsetType = UNSET
    """A card, or cash."""

    gift: Thing | None | UnsetType = UNSET
    """A thing that is added, or null."""
