# Generated from specs/argument-types/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The dicts that methods of Parcels take in the place of models.

The keys are the names of the model's fields in Python. At runtime these are plain dicts.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from counterfoil_core.types import SequenceNotStr

from . import models

ThingDict = TypedDict(
    "ThingDict",
    {
        "name": "str",
        "str": "NotRequired[str]",
        "states": "NotRequired[SequenceNotStr[models.StateInput2]]",
        "parts": "NotRequired[SequenceNotStr[models.Thing | ThingDict]]",
        "key": "NotRequired[str]",
    },
)
"""`Thing` as a dict."""
