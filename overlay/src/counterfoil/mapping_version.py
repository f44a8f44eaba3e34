"""The version of the mapping from records to invoices."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from .accounts import Account
from .sinks import Sink

MAPPING = 2  # incremented when records are mapped to invoices differently


def describe_mapping(account: Account) -> str:
    """Return the version of the mapping, with a hash of the account's settings that it depends on.

    Invoices of another mapping may differ; `remap` brings them up to date.
    """
    settings = msgspec.json.encode(account.mapped_with, order="deterministic")
    return f"{MAPPING}-{sha256(settings).hexdigest()[:16]}"


def is_outdated(account: Account, sink: Sink) -> bool:
    """Return whether stored invoices of an account were made with another mapping.

    The mapping of an account without stored invoices is stored, because they will be made with it.
    A sink that stores no mapping has no outdated invoices.
    """
    find = getattr(sink, "find_mapping", None)
    if find is None:
        return False
    current = describe_mapping(account)
    stored = find(account.name)
    if stored is None:
        keep_mapping(account, sink)
    return stored not in (None, current)


def keep_mapping(account: Account, sink: Sink) -> None:
    """Store the mapping of an account, if the sink can."""
    keep = getattr(sink, "keep_mapping", None)
    if keep is not None:
        keep(account.name, describe_mapping(account))
