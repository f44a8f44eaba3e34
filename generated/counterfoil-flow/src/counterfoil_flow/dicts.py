# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The dicts that methods of Flow Commerce consumer invoices take in the place of models.

The keys are the names of the model's fields in Python. At runtime these are plain dicts.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NotRequired, TypedDict

from counterfoil_core.types import SequenceNotStr

from . import models


class ConsumerInvoiceFormByOrderDict(TypedDict):
    """`ConsumerInvoiceFormByOrder` as a dict."""

    attributes: NotRequired[Mapping[str, str]]


class ConsumerInvoiceFormDict(TypedDict):
    """`ConsumerInvoiceForm` as a dict."""

    order_number: str
    attributes: NotRequired[Mapping[str, str]]


class CreditMemoFormDict(TypedDict):
    """`CreditMemoForm` as a dict."""

    refund_id: NotRequired[str]
    refund_key: NotRequired[str]
    refund_identifier: NotRequired[str]
    lines: SequenceNotStr[models.ConsumerInvoiceLineForm]
    attributes: NotRequired[Mapping[str, str]]


class InvoiceExportFormDict(TypedDict):
    """`InvoiceExportForm` as a dict."""

    date_from: NotRequired[datetime.date]
    date_to: NotRequired[datetime.date]
