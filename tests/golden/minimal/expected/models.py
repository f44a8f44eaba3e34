# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType


class Parcel(Struct, gc=False, kw_only=True):
    """A parcel on its way."""

    id: int | UnsetType = UNSET
    """Identifier of the parcel."""
