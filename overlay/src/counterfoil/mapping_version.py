"""The version of the mapping from records to invoices."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from .accounts import Account

MAPPING = 2  # incremented when records are mapped to invoices differently


def describe_mapping(account: Account) -> str:
    """Return the version of the mapping, with a hash of the account's settings that it depends on.

    Invoices of another mapping may differ; `remap` brings them up to date.
    """
    settings = msgspec.json.encode(account.mapped_with, order="deterministic")
    return f"{MAPPING}-{sha256(settings).hexdigest()[:16]}"
