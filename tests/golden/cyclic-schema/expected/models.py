# Generated from specs/cyclic-schema/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType


class Label(Struct, gc=False, kw_only=True):
    """A label on a parcel."""

    text: str | UnsetType = UNSET
    """What stands on it."""


class Parcel(Struct, kw_only=True):
    """A parcel on its way."""

    id: int | UnsetType = UNSET
    """Identifier of the parcel."""

    inside: list[Parcel] | UnsetType = UNSET
    """Parcels inside this one."""

    label: Label | UnsetType = UNSET
    """A label on a parcel."""
