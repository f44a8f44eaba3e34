# Generated from specs/field-called-field/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from msgspec import field

from ._model import ApiModel


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int | None = None
    """Identifier of the parcel."""

    field_: str | None = field(name="field", default=None)
    """Field it lies in."""

    postal_code: str | None = field(name="postalCode", default=None)
    """Postal code it goes to."""
