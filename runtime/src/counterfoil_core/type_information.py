"""Thread-safe first use of msgspec's decoders and conversions.

msgspec 0.22 caches its information about a type on the type itself, and publishes it before it is
complete. Another thread that decodes the same type then dereferences a null pointer, and the
process ends with SIGSEGV (docs/msgspec-threads.md). Here the first use of each type happens under
a process-wide lock; later uses do not lock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from .locks import FIRST_USE

_PREPARED: set[Any] = set()


def prepare(kind: Any) -> None:
    """Create msgspec's information about a type and all types it contains."""
    if kind in _PREPARED:
        return
    with FIRST_USE:
        msgspec.json.Decoder(kind)
        _PREPARED.add(kind)


def make_decoder(
    kind: Any,
    dec_hook: Callable[[type, Any], Any] | None = None,
) -> msgspec.json.Decoder[Any]:
    """Return a JSON decoder for a type, which threads may share and use without a lock."""
    with FIRST_USE:
        decoder = msgspec.json.Decoder(kind, dec_hook=dec_hook)
        _PREPARED.add(kind)
    return decoder


def decode(content: bytes | str, kind: Any) -> Any:
    """Decode JSON to a type.

    Raises msgspec.DecodeError, or its subclass ValidationError if the JSON does not fit the type.
    """
    prepare(kind)
    return msgspec.json.decode(content, type=kind)


def convert(value: Any, kind: Any, dec_hook: Callable[[type, Any], Any] | None = None) -> Any:
    """Convert builtin values to a type. Raises msgspec.ValidationError."""
    prepare(kind)
    return msgspec.convert(value, kind, dec_hook=dec_hook)
