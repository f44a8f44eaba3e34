# Generated from specs/field-called-field/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType, field


class Parcel(Struct, gc=False, kw_only=True):
    """A parcel on its way."""

    id: int | UnsetType = UNSET
    """Identifier of the parcel."""

    field_: str | UnsetType = field(name="field", default=UNSET)
    """Field it lies in."""

    postal_code: str | UnsetType = field(name="postalCode", default=UNSET)
    """Postal code it goes to."""
