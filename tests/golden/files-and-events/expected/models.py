# Generated from specs/files-and-events/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from counterfoil_core.multipart import FileInput
from msgspec import UNSET, UnsetType

from ._model import ApiModel


class LabelUpload(ApiModel, gc=False, kw_only=True):
    """A label with photos."""

    label: FileInput
    """The label as PDF."""

    photos: list[FileInput] | UnsetType = UNSET
    """Photos of the parcel."""

    note: str | UnsetType = UNSET
    """A note for the carrier."""


class Label(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A label that is stored."""

    id: int | None = None
    """Identifier of the label."""


class Move(ApiModel, gc=False, kw_only=True):
    """A parcel that moved."""

    parcel: int
    """Identifier of the parcel."""

    place: str
    """Where it is now."""
