"""The conditions under which an object is decoded to a member of a union, see one_of.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, defstruct, structs

JSON_TYPES = {
    ord("{"): "object",
    ord("["): "array",
    ord('"'): "string",
    ord("t"): "boolean",
    ord("f"): "boolean",
    ord("n"): "null",
}
"""The JSON types by the first byte of a value; all other bytes begin a number."""

_ABSENT = (None, None)  # or null
_SPACE = b" \t\r\n"
_WITHOUT_VALUE = {name: (name, None) for name in ("object", "array", "string", "boolean", "number")}


class Variant(Struct, frozen=True):
    """The conditions under which an object is decoded to a member of a union. All must be met."""

    member: Any
    required: tuple[str, ...] = ()  # keys with a value other than null
    absent: tuple[str, ...] = ()  # keys that are absent or null
    values: Mapping[str, tuple[Any, ...]] = {}  # the values that a key may have
    types: Mapping[str, tuple[str, ...]] = {}  # the JSON types that a key's value may have


class Probe:
    """Chooses the member for an object, by the keys that variants have conditions for."""

    def __init__(self, variants: tuple[Variant, ...]) -> None:
        self._variants = variants
        self._keys = list(dict.fromkeys(key for one in variants for key in _list_keys(one)))
        self._values: list[frozenset[Any]] = []
        for key in self._keys:
            values = [value for one in variants for value in one.values.get(key, ())]
            self._values.append(frozenset(map(_distinguish, values)))
        fields = [(f"key{index}", Raw | UnsetType, UNSET) for index in range(len(self._keys))]
        rename = {f"key{index}": key for index, key in enumerate(self._keys)}
        self._decoder = msgspec.json.Decoder(defstruct("Probe", fields, rename=rename, gc=False))
        # Earlier choices by the contents of the keys, of which there are few combinations.
        self._found: dict[tuple[Any, ...], Any] = {}

    def find_member(self, raw: bytes) -> Any:
        probe = self._decoder.decode(raw)
        contents = tuple(map(_classify, structs.astuple(probe), self._values))
        if contents not in self._found:
            self._found[contents] = self._choose(dict(zip(self._keys, contents, strict=True)))
        return self._found[contents]

    def _choose(self, contents: Mapping[str, tuple[Any, Any]]) -> Any:
        for one in self._variants:
            if _matches(one, contents):
                return one.member
        return None


def _list_keys(variant: Variant) -> Iterator[str]:
    yield from variant.required
    yield from variant.absent
    yield from variant.values
    yield from variant.types


def _classify(value: Any, values: frozenset[Any]) -> tuple[Any, Any]:
    """Return the JSON type of a key's value, and the value itself if it is one of `values`."""
    if value is UNSET:
        return _ABSENT
    content = bytes(value)
    json_type = find_json_type(content)
    if json_type == "null":
        return _ABSENT
    if not values or json_type in ("object", "array"):
        return _WITHOUT_VALUE[json_type]
    found = _distinguish(msgspec.json.decode(content))
    return json_type, found if found in values else None


def _distinguish(value: Any) -> Any:
    """Return a value that is equal only to itself: True and 1 are two values in JSON."""
    return type(value), value


def _matches(variant: Variant, contents: Mapping[str, tuple[Any, Any]]) -> bool:
    if any(contents[key][0] is None for key in variant.required):
        return False
    if any(contents[key][0] is not None for key in variant.absent):
        return False
    for key, values in variant.values.items():
        if contents[key][1] not in map(_distinguish, values):
            return False
    return all(contents[key][0] in types for key, types in variant.types.items())


def find_json_type(raw: bytes) -> str:
    """Return the JSON type of a value by its first byte."""
    found = JSON_TYPES.get(raw[0])
    if found is None and raw[0] in _SPACE:
        found = JSON_TYPES.get(raw.lstrip(_SPACE)[0])
    return found or "number"
