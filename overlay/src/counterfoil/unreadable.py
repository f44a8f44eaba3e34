"""Descriptions of records that cannot be read, mapped or stored."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from counterfoil_core.errors import (
    ApiError,
    AuthenticationFailed,
    DecodeError,
    NotFound,
    PermissionDenied,
    RateLimited,
    ServerError,
)
from counterfoil_core.type_information import decode
from counterfoil_core.types import write_custom
from msgspec import structs

from .cursors import Slice, Unreadable
from .errors import AccountError
from .invoice import Invoice
from .registry import find_description

# Errors that would also occur with the next record.
_OF_ALL_RECORDS = (AuthenticationFailed, PermissionDenied, RateLimited, ServerError)
LONGEST_TEXT = 300
NO_KEY = "sha256:"  # before the hash that stands for the key of a record without one


def is_about_one_record(error: Exception) -> bool:
    """Return whether an error concerns one record only, so that the next one may be read."""
    return isinstance(error, (ApiError, DecodeError)) and not isinstance(error, _OF_ALL_RECORDS)


def describe_failed(part: Slice, key: str, error: Exception) -> Unreadable:
    """Describe a record that was requested by its key and not received."""
    code = "refused"
    if isinstance(error, DecodeError):
        code = "undecodable"
    elif isinstance(error, NotFound):
        code = "not-found"
    return Unreadable(
        account=part.account,
        slice=structs.replace(part, warnings=()),
        key=key,
        code=code,
        path=getattr(error, "path", None),
        text=_cut(str(error)),
        raw=getattr(error, "content", b""),
    )


def describe_undecoded(part: Slice, raw: bytes, error: DecodeError) -> Unreadable:
    """Describe a record of a page that cannot be decoded."""
    return Unreadable(
        account=part.account,
        slice=structs.replace(part, warnings=()),
        key=find_key(part.provider, raw),
        code="undecodable",
        path=error.path,
        text=_cut(error.message),
        raw=raw,
    )


def describe_unmapped(
    part: Slice, found: object, error: Exception, raw: bytes | None = None
) -> Unreadable:
    """Describe a decoded record that cannot be mapped to an invoice. `raw` is its bytes, if known.

    An AccountError means that the record contradicts a fact of the account.
    """
    if raw is None:
        raw = encode_record(found)
    return Unreadable(
        account=part.account,
        slice=structs.replace(part, warnings=()),
        key=find_key(part.provider, raw),
        code="contradicted-fact" if isinstance(error, AccountError) else "unmappable",
        text=_cut(_describe(error)),
        raw=raw,
    )


def _describe(error: Exception) -> str:
    if isinstance(error, AccountError):
        return error.message
    return f"{type(error).__name__}: {error}"


def describe_unstored(part: Slice, invoice: Invoice, code: str, reason: str) -> Unreadable:
    """Describe an invoice that a sink cannot store."""
    raw = invoice.record.content if invoice.record else encode_record(invoice.raw)
    return Unreadable(
        account=part.account,
        slice=structs.replace(part, warnings=()),
        key=invoice.ref.key or find_key(part.provider, raw),
        code=code,
        text=_cut(reason),
        raw=raw,
    )


def find_key(provider: str, raw: bytes) -> str:
    """Return the key in a record's bytes, or "sha256:" and their hash if there is no key."""
    name = find_description(provider).record_key
    try:
        key = decode(raw, dict[str, Any]).get(name)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        key = None
    is_key = type(key) in (int, str) and key != ""  # not a bool
    if is_key and is_text(str(key)):
        return str(key)
    return f"{NO_KEY}{hashlib.sha256(raw).hexdigest()}"


def is_text(text: str) -> bool:
    """Return whether a text can be encoded as UTF-8."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def encode_record(found: object) -> bytes:
    """Encode a decoded record as JSON, or describe it if it cannot be encoded."""
    try:
        return msgspec.json.encode(found, enc_hook=write_custom)
    except (TypeError, ValueError, OverflowError, RecursionError, NotImplementedError) as error:
        return f"{type(found).__name__}, which cannot be written: {error}".encode(errors="replace")


def _cut(text: str) -> str:
    """Return a text of limited length that can be encoded as UTF-8."""
    short = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}..."
    return short.encode(errors="backslashreplace").decode()
