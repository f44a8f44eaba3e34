# Generated from specs/token-pages/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from decimal import Decimal

from msgspec import field

from ._model import ApiModel


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int | None = None
    """Identifier of the parcel."""

    price: Decimal | None = None
    """Price in the shop's currency."""


class ParcelPage(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A page of parcels."""

    parcels: list[Parcel]
    """Parcels on this page."""

    next_token: str | None = field(name="nextToken", default=None)
    """Token of the next page, absent on the last."""
