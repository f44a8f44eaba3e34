# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The dicts that methods of Amazon SP-API vendor direct-fulfilment customer invoices take in the place of models.

The keys are the names of the model's fields in Python. At runtime these are plain dicts.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from counterfoil_core.types import SequenceNotStr

from . import models


class RestrictedResourceDict(TypedDict):
    """`RestrictedResource` as a dict."""

    method: models.RestrictedMethodInput
    path: str
    data_elements: NotRequired[SequenceNotStr[str]]
