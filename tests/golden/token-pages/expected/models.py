# Generated from specs/token-pages/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from decimal import Decimal

from msgspec import UNSET, Struct, UnsetType, field


class Parcel(Struct, gc=False, kw_only=True):
    """A parcel on its way."""

    id: int | UnsetType = UNSET
    """Identifier of the parcel."""

    price: Decimal | UnsetType = UNSET
    """Price in the shop's currency."""


class ParcelPage(Struct, gc=False, kw_only=True):
    """A page of parcels."""

    parcels: list[Parcel]
    """Parcels on this page."""

    next_token: str | UnsetType = field(name="nextToken", default=UNSET)
    """Token of the next page, absent on the last."""
