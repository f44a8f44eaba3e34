# Generated from specs/tagged-lines/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from counterfoil_core.types import OpenStrEnum, Unknown

from ._model import ApiModel


class Goods(ApiModel, gc=False, omit_defaults=True, tag_field="kind", tag="goods", kw_only=True):
    """Goods in the parcel."""

    price: Decimal | None = None
    """Price in the shop's currency."""


class GoodsTag(OpenStrEnum):
    """Tags of a line of goods; the first is sent."""

    GOODS = "goods"
    PARCEL_GOODS = "parcel_goods"


class Postage(
    ApiModel, gc=False, omit_defaults=True, tag_field="kind", tag="postage", kw_only=True
):
    """What the post takes."""

    weight: int | None = None
    """Weight in grams."""


if TYPE_CHECKING:
    Line: TypeAlias = Goods | Postage | Unknown
else:
    Line: TypeAlias = Goods | Postage
"""One line of what is charged."""


class Parcel(ApiModel, gc=False, kw_only=True):
    """A parcel on its way."""

    id: int
    """Identifier of the parcel."""

    lines: list[Line]
    """What is charged."""
