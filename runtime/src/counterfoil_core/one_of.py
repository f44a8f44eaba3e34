"""Unions that msgspec does not read: their members are told apart by what a value contains.

msgspec reads a union if its members have different JSON types, or a tag each. For all others a
model's field is read as raw JSON first. A small struct, which has only the keys that tell the
members apart, is decoded from it; then the member's own decoder reads the whole, with exact amounts
and strictly: a value that was told by its keys, but does not fit, is an error with a path and never
tried as the next member.

    Payment = OneOf(Card | Transfer, Told(Card, has=("number",)), Told(Transfer, has=("iban",)))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, defstruct, structs

from .locks import FIRST_USE
from .types import NaiveDateTime, Secret, Unknown

Restore = Callable[[Any], Any]
"""Takes a value as msgspec decoded it; returns it with the raw JSON of unions decoded."""

JSON_TYPES = {
    ord("{"): "object",
    ord("["): "array",
    ord('"'): "string",
    ord("t"): "boolean",
    ord("f"): "boolean",
    ord("n"): "null",
}
"""The JSON types by the first byte of a value; all other bytes begin a number."""

_TEXTS = (str, datetime, date)
_NULL = (None, None)
_ABSENT = (None, "absent")
_SPACE = b" \t\r\n"
_WITHOUT_VALUE = {name: (name, None) for name in ("object", "array", "string", "boolean", "number")}


_MAKERS: list[Callable[[Any, Mapping[str, tuple[str, ...]]], Any]] = []


def use_decoder(make: Callable[[Any, Mapping[str, tuple[str, ...]]], Any]) -> None:
    """Set what makes the decoder of a member; `decode` does, which needs this module itself."""
    _MAKERS[:] = [make]


class Told(Struct, frozen=True):
    """What an object must contain to be read as one member of a union. All conditions must hold."""

    member: Any
    has: tuple[str, ...] = ()  # keys with a value other than null
    lacks: tuple[str, ...] = ()  # keys that are absent or null
    equals: Mapping[str, tuple[Any, ...]] = {}  # the values that a key may have
    types: Mapping[str, tuple[str, ...]] = {}  # the JSON types that a key's value may have


class OneOf:
    """A union whose members are found by JSON type, and objects by the keys that they contain.

    `members` is the union as a type, `told` has the conditions of its objects, of which the first
    that hold decide. An object for which none hold is `Unknown`. A union with None allows null.
    """

    __supertype__ = Raw  # what msgspec reads in its place, as it does for a typing.NewType

    def __init__(self, members: Any, *told: Told, nullable: bool = False) -> None:
        self.members = members
        self.told = told
        self.nullable = nullable
        self._compiled = _Compiled(told)

    def __or__(self, other: Any) -> OneOf:
        """Return the union with null. A field that can be unset reads nothing else either."""
        if other is UnsetType:
            return self
        if other not in (None, type(None)):
            raise TypeError(f"{other} cannot be added to a OneOf: list it among its members")
        made = OneOf(self.members, *self.told, nullable=True)
        made._compiled = self._compiled
        return made

    __ror__ = __or__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OneOf) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self.members)

    def __repr__(self) -> str:
        return f"OneOf({self.members}{', nullable' if self.nullable else ''})"

    @property
    def _key(self) -> tuple[Any, ...]:
        return self.members, self.told, self.nullable

    @property
    def parts(self) -> tuple[Any, ...]:
        """The members as types, without null."""
        return get_args(self.members) or (self.members,)

    def prepare(self, tags: Mapping[str, tuple[str, ...]]) -> None:
        """Set the tag values of models that have more than one, see `Api.tags`."""
        self._compiled.tags = tags

    def find_member(self, raw: bytes) -> Any:
        """Return the member that a value is read as; None if it is null or fits none."""
        json_type = find_json_type(raw)
        if json_type == "object" and self.told:
            return self._compiled.find_probe().find_member(raw)
        found = [part for part in self.parts if _accepts(part, json_type)]
        if json_type == "string" and len(found) > 1:
            return next(part for part in found if part is not Decimal)
        return found[0] if found else None

    def read(self, raw: bytes) -> Any:
        """Decode a value to the member that it is.

        Raises msgspec.ValidationError, with a path, if it does not fit.
        """
        member = self.find_member(raw)
        if member is not None:
            return self._compiled.find_decoder(member).decode(raw)
        json_type = find_json_type(raw)
        if json_type == "null" and self.nullable:
            return None
        if json_type == "object" and self.told:
            return Unknown(bytes(raw))
        wanted = " | ".join(dict.fromkeys(map(_describe, self.parts)))
        raise msgspec.ValidationError(f"Expected `{wanted}`, got `{json_type}`")


class _Compiled:
    """The probe and the decoders of a union, each made when it is first needed."""

    def __init__(self, told: tuple[Told, ...]) -> None:
        self._told = told
        self.tags: Mapping[str, tuple[str, ...]] = {}
        self._probe: _Probe | None = None
        self._decoders: dict[Any, Any] = {}

    def find_probe(self) -> _Probe:
        if self._probe is None:
            with FIRST_USE:
                self._probe = self._probe or _Probe(self._told)
        return self._probe

    def find_decoder(self, member: Any) -> Any:
        decoder = self._decoders.get(member)
        if decoder is None:
            with FIRST_USE:
                decoder = self._decoders.get(member) or _MAKERS[0](member, self.tags)
                self._decoders[member] = decoder
        return decoder


class _Probe:
    """Finds the member of a union that an object is, by its telling keys alone."""

    def __init__(self, told: tuple[Told, ...]) -> None:
        self._told = told
        self._keys = list(dict.fromkeys(key for one in told for key in _list_keys(one)))
        self._values: list[frozenset[Any]] = []
        for key in self._keys:
            values = [value for one in told for value in one.equals.get(key, ())]
            self._values.append(frozenset(map(_distinguish, values)))
        fields = [(f"key{index}", Raw | UnsetType, UNSET) for index in range(len(self._keys))]
        rename = {f"key{index}": key for index, key in enumerate(self._keys)}
        self._decoder = msgspec.json.Decoder(defstruct("Probe", fields, rename=rename, gc=False))
        # What was found before, by what the keys contained: there are few such combinations.
        self._found: dict[tuple[Any, ...], Any] = {}

    def find_member(self, raw: bytes) -> Any:
        probe = self._decoder.decode(raw)
        contents = tuple(map(_look_at, structs.astuple(probe), self._values))
        if contents not in self._found:
            self._found[contents] = self._choose(dict(zip(self._keys, contents, strict=True)))
        return self._found[contents]

    def _choose(self, contents: Mapping[str, tuple[Any, Any]]) -> Any:
        for one in self._told:
            if _holds(one, contents):
                return one.member
        return None


def _list_keys(told: Told) -> Iterator[str]:
    yield from told.has
    yield from told.lacks
    yield from told.equals
    yield from told.types


def _look_at(value: Any, values: frozenset[Any]) -> tuple[Any, Any]:
    """Return the JSON type of a key's value, and the value itself if it is one of `values`."""
    if value is UNSET:
        return _ABSENT
    content = bytes(value)
    json_type = find_json_type(content)
    if json_type == "null":
        return _NULL
    if not values or json_type in ("object", "array"):
        return _WITHOUT_VALUE[json_type]
    found = _distinguish(msgspec.json.decode(content))
    return json_type, found if found in values else None


def _distinguish(value: Any) -> Any:
    """Return a value that is equal only to itself: True and 1 are two values in JSON."""
    return type(value), value


def _holds(told: Told, contents: Mapping[str, tuple[Any, Any]]) -> bool:
    if any(contents[key][0] is None for key in told.has):
        return False
    if any(contents[key][0] is not None for key in told.lacks):
        return False
    for key, values in told.equals.items():
        if contents[key][1] not in map(_distinguish, values):
            return False
    return all(contents[key][0] in types for key, types in told.types.items())


def find_json_type(raw: bytes) -> str:
    """Return the JSON type of a value by its first byte."""
    found = JSON_TYPES.get(raw[0])
    if found is None and raw[0] in _SPACE:
        found = JSON_TYPES.get(raw.lstrip(_SPACE)[0])
    return found or "number"


def _accepts(part: Any, json_type: str) -> bool:
    """Whether a member of a union has values of a JSON type."""
    plain = get_origin(part) or part
    if not isinstance(plain, type):
        return False
    match json_type:
        case "object":
            return issubclass(plain, (Struct, dict))
        case "array":
            return issubclass(plain, list)
        case "string":
            return issubclass(plain, _TEXTS) or plain is Decimal
        case "boolean":
            return plain is bool
        case "number":
            is_text = issubclass(plain, str)
            return issubclass(plain, (int, float, Decimal)) and plain is not bool and not is_text
        case _:
            return False


def _describe(part: Any) -> str:
    """Return what messages call a member of a union: as msgspec calls it."""
    plain = get_origin(part) or part
    if issubclass(plain, (Struct, dict)):
        return "object"
    if issubclass(plain, (Enum, NaiveDateTime, Secret)):
        return "str" if issubclass(plain, (str, datetime)) else "int"
    return "array" if issubclass(plain, list) else str(plain.__name__).lower()


# the fields of models


class StructWithUnions(Struct):
    """A model with fields whose types are such unions: they are read after msgspec has read it."""

    def __post_init__(self) -> None:
        cls = type(self)
        fields = _FIELDS.get(cls)
        if fields is None:
            fields = _FIELDS.setdefault(cls, _list_restored(cls))
        for name, wire, restore in fields:
            value = getattr(self, name)
            if value is None or value is UNSET:
                continue
            try:
                setattr(self, name, restore(value))
            except msgspec.ValidationError as error:
                # msgspec adds the path to this object to a ValueError, and to no other error.
                raise ValueError(add_path(str(error), f"$.{wire}")) from error


_FIELDS: dict[type, list[tuple[str, str, Restore]]] = {}


def _list_restored(cls: type[Struct]) -> list[tuple[str, str, Restore]]:
    """Return name, wire name and decoding of each field that contains such a union."""
    found = []
    for field in structs.fields(cls):
        restore = make_restore(field.type)
        if restore is not None:
            found.append((field.name, field.encode_name, restore))
    return found


def make_restore(kind: Any) -> Restore | None:
    """Return the function that decodes the unions in a value of a type; None if it has none.

    Those within models are not counted: a model decodes its own.
    """
    if isinstance(kind, OneOf):
        read = kind.read
        return lambda value: read(bytes(value)) if type(value) is Raw else value
    origin = get_origin(kind)
    parts = get_args(kind)
    if origin is list:
        return _restore_items(make_restore(parts[0]))
    if origin is dict:
        return _restore_values(make_restore(parts[1]))
    restores = [restore for part in parts if (restore := make_restore(part)) is not None]
    return _restore_any(restores) if restores else None


def _restore_items(restore: Restore | None) -> Restore | None:
    if restore is None:
        return None

    def restore_items(values: Any) -> Any:
        if not isinstance(values, list):
            return values
        for index, value in enumerate(values):
            try:
                values[index] = restore(value)
            except msgspec.ValidationError as error:
                message = add_path(str(error), f"$[{index}]")
                raise msgspec.ValidationError(message) from error
        return values

    return restore_items


def _restore_values(restore: Restore | None) -> Restore | None:
    if restore is None:
        return None

    def restore_values(values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        for key, value in values.items():
            try:
                values[key] = restore(value)
            except msgspec.ValidationError as error:
                raise msgspec.ValidationError(add_path(str(error), "$[...]")) from error
        return values

    return restore_values


def _restore_any(restores: list[Restore]) -> Restore:
    """The members of a union that msgspec reads, such as a list or null."""

    def restore_any(value: Any) -> Any:
        for restore in restores:
            value = restore(value)
        return value

    return restore_any


def add_path(message: str, path: str) -> str:
    """Return a message of msgspec with a path before the one that it has."""
    problem, _, place = message.partition(" - at `$")
    return f"{problem} - at `{path}{place.rstrip('`')}`"


def holds_one_of(kind: Any) -> bool:
    """Whether a type is such a union, or a list or map of them."""
    return make_restore(kind) is not None


if TYPE_CHECKING:
    DecimalOrStr: TypeAlias = Decimal | str
else:
    DecimalOrStr: TypeAlias = OneOf(Decimal | str)
"""A value that is written as a JSON number or as a string: an amount, or a text such as "2.5%"."""
