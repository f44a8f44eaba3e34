"""Encode invoices as JSON, and check that the same invoice can be read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from decimal import Decimal
from typing import get_args

from msgspec import Struct

from ..errors import InvoiceRefused
from ..invoice import Completeness, Invoice, InvoiceRef, Kind, Shipment, Status

KINDS = frozenset(get_args(Kind))
STATUSES = frozenset((None, *get_args(Status)))
COMPLETENESSES = frozenset(get_args(Completeness))
MOST_DIGITS = 200  # digits of an amount on either side of the point, without an exponent
# Three patterns, because one that begins with a letter is searched for as fast as that letter.
_SUSPECT = [re.compile(text) for text in (rb"E[+-](?<=[0-9]E.)", rb"N(?=aN)", rb"I(?=nf)")]


def encode_invoices(invoices: Sequence[Invoice]) -> list[bytes]:
    """Return the JSON of each invoice.

    Raises InvoiceRefused, which lists all invoices that cannot be read back from their JSON.
    """
    texts: list[bytes] = []
    reasons: dict[InvoiceRef, tuple[str, str]] = {}
    for invoice in invoices:
        text, reason = _encode(invoice)
        texts.append(text)
        if reason is not None:
            reasons[invoice.ref] = reason
    if reasons:
        raise refuse(reasons)
    return texts


def refuse(reasons: dict[InvoiceRef, tuple[str, str]]) -> InvoiceRefused:
    """Return the exception for invoices that cannot be stored."""
    ref, (_, reason) = next(iter(reasons.items()))
    more = f", nor can {len(reasons) - 1} more" if len(reasons) > 1 else ""
    return InvoiceRefused(f"invoice {ref.key!r} cannot be stored{more}: {reason}", reasons)


def _encode(invoice: Invoice) -> tuple[bytes, tuple[str, str] | None]:
    if invoice.ref.key is None:
        reason = f"invoice {invoice.number!r} has no key, so it cannot be identified"
        return b"", ("missing-key", reason)
    try:
        text = invoice.to_json()
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        return b"", ("unstorable", f"it cannot be written as JSON: {error}")
    flaw = _find_flaw(invoice, text)
    return text, None if flaw is None else ("unstorable", flaw)


def _find_flaw(invoice: Invoice, text: bytes) -> str | None:
    """Return the reason why an invoice cannot be read back from its JSON, or None."""
    for name, moment in _find_moments(invoice):
        offset = moment.utcoffset()
        if offset is None or offset.seconds % 60 or offset.microseconds:
            return f"{name} has no offset in whole minutes: {moment}"
        if moment != moment.replace(tzinfo=timezone(offset)):  # nothing is equal to it (PEP 495)
            return f"{name} is in an hour that clocks skip or repeat, give it an offset: {moment}"
    if not _has_known_words(invoice):
        return _read_back(invoice, text)
    if _is_suspect(text):
        return _find_absurd_amount(invoice) or _read_back(invoice, text)
    return None


def _find_moments(invoice: Invoice) -> Iterator[tuple[str, datetime]]:
    for name in ("issued_at", "created_at", "updated_at"):
        moment = getattr(invoice, name)
        if moment is not None:
            yield name, moment
    for payment in invoice.payments or ():
        if payment.at is not None:
            yield "payments[].at", payment.at
    dispatched_at = (invoice.shipment or Shipment()).dispatched_at
    if dispatched_at is not None:
        yield "shipment.dispatched_at", dispatched_at


def _has_known_words(invoice: Invoice) -> bool:
    return (
        invoice.ref.kind in KINDS
        and invoice.status in STATUSES
        and invoice.completeness in COMPLETENESSES
    )


def _is_suspect(text: bytes) -> bool:
    """Return whether an amount may have an exponent, or be NaN or infinite.

    Decoding every invoice again would take a fifth of the time of a pull.
    """
    return any(pattern.search(text) for pattern in _SUSPECT)


def _find_absurd_amount(value: object, path: str = "") -> str | None:
    """Return a sentence about the first amount that is not finite or has too many digits."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int):
            return f"{path} is not a finite number"
        if exponent < -MOST_DIGITS or value.adjusted() > MOST_DIGITS:
            return f"{path} has more than {MOST_DIGITS} digits"
        return None
    for name, part in _find_parts(value):
        found = _find_absurd_amount(part, f"{path}.{name}" if path else name)
        if found is not None:
            return found
    return None


def _find_parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name != "raw":
                yield name, getattr(value, name)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield str(index), part


def _read_back(invoice: Invoice, text: bytes) -> str | None:
    try:
        same = Invoice.from_json(text) == invoice
    except (ValueError, ArithmeticError) as error:
        return f"it could not be read back: {error}"
    return None if same else "reading it back would return a different invoice"
