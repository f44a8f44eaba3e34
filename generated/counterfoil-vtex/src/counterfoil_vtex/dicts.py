# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The dicts that methods of VTEX order invoices take in the place of models.

The keys are the names of the model's fields in Python. At runtime these are plain dicts.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class InvoicedItemDict(TypedDict):
    """`InvoicedItem` as a dict."""

    id: str
    price: int
    quantity: int
    description: NotRequired[str]
