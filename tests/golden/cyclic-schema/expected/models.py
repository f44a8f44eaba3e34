# Generated from specs/cyclic-schema/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from ._model import ApiModel


class Label(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A label on a parcel."""

    text: str | None = None
    """What stands on it."""


class Parcel(ApiModel, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int | None = None
    """Identifier of the parcel."""

    inside: list[Parcel] | None = None
    """Parcels inside this one."""

    label: Label | None = None
    """A label on a parcel."""
