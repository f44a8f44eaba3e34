# Generated from specs/tagged-answer/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from ._model import ApiModel


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int | None = None
    """Identifier of the parcel."""


class Found(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """The parcel that was found."""

    parcel: Parcel | None
    """The parcel, or null if there is none."""


class Refused(ApiModel, gc=False, tag_field="status", tag="error", kw_only=True):
    """The reason why there is no answer."""

    code: str
    """Kind of the failure."""

    text: str
    """Reason in words."""
