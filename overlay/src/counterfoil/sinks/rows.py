"""What people ask for, of each invoice: the columns of SQLite and Parquet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..invoice import Invoice, Party, Totals


def make_row(invoice: Invoice) -> dict[str, Any]:
    """The columns of an invoice. `day` is the day of issue, else that of creation."""
    ref, totals = invoice.ref, invoice.totals or Totals()
    day = invoice.issue_date or invoice.issued_at or invoice.created_at
    return {
        "provider": ref.provider,
        "account": ref.account,
        "kind": ref.kind,
        "key": ref.key,
        "number": invoice.number,
        "status": invoice.status,
        "day": day.date() if isinstance(day, datetime) else day,
        **{name: getattr(invoice, name) for name in ("issued_at", "created_at", "updated_at", "due_date", "currency")},
        "seller": name_party(invoice.seller),
        "buyer": name_party(invoice.buyer),
        **{name: getattr(totals, name) for name in ("net", "tax", "gross")},
        "paid": invoice.paid,
        "completeness": invoice.completeness,
    }


def name_party(party: Party | None) -> str | None:
    """What to call a party: its company, name, or first and last name."""
    if party is None:
        return None
    return party.company or party.name or " ".join(filter(None, (party.first_name, party.last_name))) or None
