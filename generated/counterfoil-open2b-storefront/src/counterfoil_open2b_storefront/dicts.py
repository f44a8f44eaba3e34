# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The dicts that methods of Open2b storefront invoices take in the place of models.

The keys are the names of the model's fields in Python. At runtime these are plain dicts.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from counterfoil_core.types import SequenceNotStr

from . import models


class InvoiceConditionsDict(TypedDict):
    """`InvoiceConditions` as a dict."""

    ids: NotRequired[SequenceNotStr[int]]
    type: NotRequired[models.InvoiceTypeInput]
    after: NotRequired[int]
