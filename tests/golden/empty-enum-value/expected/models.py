# Generated from specs/empty-enum-value/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from counterfoil_core.types import OpenStrEnum

from ._model import ApiModel


class State(OpenStrEnum):
    """Where a parcel is."""

    EMPTY = ""
    SENT = "sent"
    SENT_DESCENDING = "-sent"
    N2_ND_CLASS = "2nd-class"


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A parcel on its way."""

    id: int | None = None
    """Identifier of the parcel."""

    state: State | None = None
    """Where a parcel is."""
