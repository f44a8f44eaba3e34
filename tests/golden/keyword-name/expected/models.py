# Generated from specs/keyword-name/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from builtins import list as list_aliased
from datetime import date as date_aliased

from msgspec import field

from ._model import ApiModel


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int | None = None
    """Identifier of the parcel."""

    class_: str | None = field(name="class", default=None)
    """Class of the service."""

    import_: bool | None = field(name="import", default=None)
    """Whether it comes from abroad."""

    date: date_aliased | None = None
    """Day it was sent."""

    list: list_aliased[int] | None = None
    """Numbers of the labels."""
