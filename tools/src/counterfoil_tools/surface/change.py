"""A change of a package's surface."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A change that users notice, with the version step that it requires."""

    level: str  # patch, minor or major
    place: str
    sentence: str
