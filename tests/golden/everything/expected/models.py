# Generated from specs/everything/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from counterfoil_core.types import NaiveDateTime, OpenIntEnum, OpenStrEnum, Secret, Unknown
from msgspec import UNSET, UnsetType, field

from ._model import ApiModel


class Sort(OpenStrEnum):
    """What parcels are sorted by."""

    ID = "id"
    ID_DESCENDING = "-id"
    EMPTY = ""
    SIGN_2B = "+"
    N1_A = "1a"


if TYPE_CHECKING:
    SortInput: TypeAlias = Sort | Literal["id", "-id", "", "+", "1a"] | str
    """`Sort`, or its value."""
else:
    SortInput = Sort


class Number(OpenIntEnum):
    """Numbers of boxes."""

    N1 = 1
    N2 = 2
    MINUS_3 = -3


if TYPE_CHECKING:
    NumberInput: TypeAlias = Number | Literal[1, 2, -3] | int
    """`Number`, or its value."""
else:
    NumberInput = Number


Weight: TypeAlias = Decimal
"""A weight in kilos."""


class Goods(ApiModel, gc=False, omit_defaults=True, tag_field="kind", tag="goods", kw_only=True):
    """Goods of a parcel."""

    name: str | None = None
    """Name of the goods."""


class GoodsInput(ApiModel, gc=False, tag_field="kind", tag="goods", kw_only=True):
    """Goods of a parcel."""

    name: str | UnsetType = UNSET
    """Name of the goods."""


class Fee(ApiModel, gc=False, tag_field="kind", tag="toll", kw_only=True):
    """A fee of a parcel."""


class FeeInput(ApiModel, gc=False, tag_field="kind", tag="toll", kw_only=True):
    """A fee of a parcel."""


class FeeKind(OpenStrEnum):
    """The kinds of fees."""

    TOLL = "toll"
    TAX = "tax"


if TYPE_CHECKING:
    FeeKindInput: TypeAlias = FeeKind | Literal["toll", "tax"] | str
    """`FeeKind`, or its value."""
else:
    FeeKindInput = FeeKind


class Created(ApiModel, gc=False, omit_defaults=True, tag_field="status", tag="ok", kw_only=True):
    """It is created."""

    id: int | None = None
    """Its identifier."""


class Refused(
    ApiModel, gc=False, omit_defaults=True, tag_field="status", tag="error", kw_only=True
):
    """It is refused."""

    code: str | None = None
    """What went wrong."""

    field_: str | None = field(name="field", default=None)
    """Where it went wrong."""

    message: str | None = None
    """Why it went wrong."""


Weights: TypeAlias = list[Weight]
"""Weights of a parcel."""


if TYPE_CHECKING:
    Line: TypeAlias = Goods | Fee | Unknown
else:
    Line: TypeAlias = Goods | Fee
"""A line of one of two kinds."""


LineInput: TypeAlias = GoodsInput | FeeInput
"""A line of one of two kinds."""


class Parcel(ApiModel, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int
    """Identifier of the parcel."""

    code: str | None = None
    """Code of the parcel."""

    day: date | None = None
    """Day it was sent."""

    at: datetime | None = None
    """Time it was sent."""

    naive: NaiveDateTime | None = None
    """Time without a zone."""

    secret: Secret | None = None
    """Secret of the parcel."""

    weight: Decimal | None = None
    """Weight in kilos."""

    weights: Weights | None = None
    """Weights of a parcel."""

    number: Number | None = None
    """Number of boxes."""

    notes: dict[str, str] | None = None
    """Notes by language."""

    free: Any | None = None
    """Anything at all."""

    parent: Parcel | None = None
    """The parcel it is in."""

    line: Line | None = None
    """A line of one of two kinds."""

    flag: bool | None = None
    """Whether it flies."""


class ParcelInput(ApiModel, kw_only=True):
    """A parcel on its way."""

    id: int
    """Identifier of the parcel."""

    code: str | UnsetType = UNSET
    """Code of the parcel."""

    day: date | UnsetType = UNSET
    """Day it was sent."""

    at: datetime | None | UnsetType = UNSET
    """Time it was sent."""

    naive: NaiveDateTime | UnsetType = UNSET
    """Time without a zone."""

    secret: Secret | UnsetType = UNSET
    """Secret of the parcel."""

    weight: Decimal | UnsetType = UNSET
    """Weight in kilos."""

    weights: Weights | UnsetType = UNSET
    """Weights of a parcel."""

    number: NumberInput | None | UnsetType = UNSET
    """Number of boxes."""

    notes: dict[str, str] | UnsetType = UNSET
    """Notes by language."""

    free: Any | UnsetType = UNSET
    """Anything at all."""

    parent: ParcelInput | UnsetType = UNSET
    """The parcel it is in."""

    line: LineInput | UnsetType = UNSET
    """A line of one of two kinds."""

    flag: bool | UnsetType = UNSET
    """Whether it flies."""


class ParcelPage(ApiModel, omit_defaults=True, kw_only=True):
    """A page of parcels."""

    parcels: list[Parcel]
    """The parcels of a page."""

    next: str | None = None
    """Where to go on."""
