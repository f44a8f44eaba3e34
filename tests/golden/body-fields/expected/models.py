# Generated from specs/body-fields/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.types import NaiveDateTime, OpenStrEnum, Secret
from msgspec import UNSET, UnsetType, field

from ._model import ApiModel


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int | None = None
    """Identifier of the parcel."""


class DiscountKind(OpenStrEnum):
    """How a discount is counted."""

    PERCENT = "percent"
    AMOUNT = "amount"


if TYPE_CHECKING:
    DiscountKindInput: TypeAlias = DiscountKind | Literal["percent", "amount"] | str
    """`DiscountKind`, or its value."""
else:
    DiscountKindInput = DiscountKind


class Discount(ApiModel, gc=False, kw_only=True):
    """A discount on the price."""

    kind: DiscountKindInput
    """How a discount is counted."""

    value: Decimal
    """Percentage or amount."""


class CreateParcel(ApiModel, gc=False, kw_only=True):
    """A parcel to create."""

    weight: Decimal
    """Weight in kilograms."""

    sent_at: NaiveDateTime | None | UnsetType = field(name="sentAt", default=UNSET)
    """Moment it was sent, null if it was not."""

    discounts: list[Discount] | UnsetType = UNSET
    """Discounts on the price, up to five."""

    secret: Secret | UnsetType = UNSET
    """Password of the locker."""
