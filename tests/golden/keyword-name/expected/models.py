# Generated from specs/keyword-name/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from builtins import list as list_aliased
from datetime import date as date_aliased

from msgspec import UNSET, Struct, UnsetType, field


class Parcel(Struct, gc=False, kw_only=True):
    """A parcel on its way."""

    id: int | UnsetType = UNSET
    """Identifier of the parcel."""

    class_: str | UnsetType = field(name="class", default=UNSET)
    """Class of the service."""

    import_: bool | UnsetType = field(name="import", default=UNSET)
    """Whether it comes from abroad."""

    date: date_aliased | UnsetType = UNSET
    """Day it was sent."""

    list: list_aliased[int] | UnsetType = UNSET
    """Numbers of the labels."""
