# Generated from specs/empty-enum-value/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from counterfoil_core.types import OpenStrEnum
from msgspec import UNSET, Struct, UnsetType


class State(OpenStrEnum):
    """Where a parcel is."""

    EMPTY = ""
    SENT = "sent"
    SENT_DESCENDING = "-sent"
    N2_ND_CLASS = "2nd-class"


class Parcel(Struct, gc=False, kw_only=True):
    """A parcel on its way."""

    id: int | UnsetType = UNSET
    """Identifier of the parcel."""

    state: State | UnsetType = UNSET
    """Where a parcel is."""
