"""The conversions of models to values and from JSON, imported when a model is converted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from .decode import JsonDecoder
from .exact_decode import Tags, read_json_values
from .locks import FIRST_USE
from .types import Unknown, write_custom

_DECODERS: dict[type[Any], JsonDecoder] = {}


def find_decoder(kind: type[Any], tags: Tags) -> JsonDecoder:
    """Return the decoder of a model, which is created at its first use."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        with FIRST_USE:
            decoder = _DECODERS.setdefault(kind, JsonDecoder(kind, tags))
    return decoder


def to_values(model: object) -> Any:
    """Return a model as JSON values, with a Decimal for each amount."""
    return msgspec.to_builtins(model, enc_hook=_to_value, builtin_types=(Decimal,))


def _to_value(value: object) -> Any:
    """msgspec encode hook: JSON values for the types of `types`."""
    return read_json_values(value.raw) if isinstance(value, Unknown) else write_custom(value)
