"""Unions that msgspec cannot decode, such as unions of untagged objects.

msgspec decodes a union if its members have different JSON types, or a tag each. A field of any
other union is first decoded as raw JSON. Then a small struct with only the keys that distinguish
the members is decoded from it, and last the whole value with the decoder of its member, so that
amounts are exact. If an object matches the conditions of a member but not its type, this is an
error with a path; the next member is not tried.

    Payment = OneOf(
        Card | Transfer,
        Variant(Card, required=("number",)),
        Variant(Transfer, required=("iban",)),
    )
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import reduce
from operator import or_
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, structs

from .locks import FIRST_USE
from .types import NaiveDateTime, Secret, Unknown
from .variants import Probe, Variant, find_json_type

DecodeUnions = Callable[[Any], Any]
"""Takes a value as msgspec decoded it; returns it with the raw JSON of its unions decoded."""

_TEXTS = (str, datetime, date)
_DecoderClass: TypeAlias = Callable[[Any, Mapping[str, tuple[str, ...]]], Any]
_DECODERS: list[_DecoderClass] = []


def register_decoder(make: _DecoderClass) -> None:
    """Set the class of the members' decoders. `decode` registers its own, as it imports this."""
    _DECODERS[:] = [make]


class OneOf:
    """A union whose member is chosen by JSON type, and among objects by their keys.

    `members` is the union as a type. The first of `variants` that matches an object decides its
    member; an object that matches none becomes `Unknown`. `OneOf(...) | None` allows null.

    In a large package, a union imports its objects at the first value that is one of them:

        Payer = OneOf(str, by_need=lambda: (Variant(models.Person), Variant(models.Company)))

    `members` then has the types that are no objects, or is None.
    """

    __supertype__ = Raw  # what msgspec reads in its place, as it does for a typing.NewType

    def __init__(
        self,
        members: Any = None,
        *variants: Variant,
        nullable: bool = False,
        by_need: Callable[[], tuple[Variant, ...]] | None = None,
    ) -> None:
        self.nullable = nullable
        self._members = members
        self._compiled = _Compiled(by_need or (lambda: variants))
        self._by_need = by_need is not None
        self._has_objects = bool(variants) or self._by_need

    def __or__(self, other: Any) -> OneOf:
        """Return the union with null. A field that can be unset reads nothing else either."""
        if other is UnsetType:
            return self
        if other not in (None, type(None)):
            raise TypeError(f"{other} cannot be added to a OneOf: list it among its members")
        made = copy(self)
        made.nullable = True
        return made

    __ror__ = __or__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OneOf) or self.nullable != other.nullable:
            return False
        if self._compiled is other._compiled:
            return True
        # Two unions that import their objects by need are not imported in order to be compared.
        return not (self._by_need or other._by_need) and self._key == other._key

    def __hash__(self) -> int:
        return id(self._compiled) if self._by_need else hash(self._members)

    def __repr__(self) -> str:
        nullable = ", nullable" if self.nullable else ""
        return f"OneOf({' | '.join(map(_name, self.parts))}{nullable})"

    @property
    def _key(self) -> tuple[Any, ...]:
        return self._members, self.variants

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The objects, each with its conditions."""
        return self._compiled.variants

    @property
    def members(self) -> Any:
        """The union as a type, without null."""
        return reduce(or_, self.parts)

    @property
    def parts(self) -> tuple[Any, ...]:
        """The members as types, without null."""
        return tuple(dict.fromkeys([*self._listed, *(one.member for one in self.variants)]))

    @property
    def _listed(self) -> tuple[Any, ...]:
        """The members that need no import."""
        if get_origin(self._members) in (Union, UnionType):
            return get_args(self._members)
        return (self._members,) if self._members else ()

    def set_tags(self, tags: Mapping[str, tuple[str, ...]]) -> None:
        """Set the tag values of models that have more than one, see `Api.tags`."""
        self._compiled.set_tags(tags)

    def find_member(self, raw: bytes) -> Any:
        """Return the member that a value is decoded to; None if it is null or matches none."""
        json_type = find_json_type(raw)
        if json_type == "object" and self._has_objects:
            return self._compiled.find_probe().find_member(raw)
        found = [part for part in self._listed if _accepts(part, json_type)]
        if json_type == "string" and len(found) > 1:
            return next(part for part in found if part is not Decimal)
        return found[0] if found else None

    def read(self, raw: bytes) -> Any:
        """Decode a value to its member.

        Raises msgspec.ValidationError, with a path, if it does not fit.
        """
        member = self.find_member(raw)
        if member is not None:
            return self._compiled.find_decoder(member).decode(raw)
        json_type = find_json_type(raw)
        if json_type == "null" and self.nullable:
            return None
        if json_type == "object" and self._has_objects:
            return Unknown(bytes(raw))
        wanted = " | ".join(dict.fromkeys(map(_describe, self.parts)))
        raise msgspec.ValidationError(f"Expected `{wanted}`, got `{json_type}`")


class _Compiled:
    """The variants, the probe and the decoders of a union, each created at its first use."""

    def __init__(self, list_variants: Callable[[], tuple[Variant, ...]]) -> None:
        self._list_variants = list_variants
        self._variants: tuple[Variant, ...] | None = None
        self.tags: Mapping[str, tuple[str, ...]] = {}
        self._probe: Probe | None = None
        self._decoders: dict[Any, Any] = {}

    def set_tags(self, tags: Mapping[str, tuple[str, ...]]) -> None:
        """Set the tags for decoders. A webhook, which knows none, leaves those of the API."""
        if tags and tags is not self.tags:
            self.tags = tags
            self._decoders = {}

    @property
    def variants(self) -> tuple[Variant, ...]:
        if self._variants is None:
            with FIRST_USE:
                self._variants = self._list_variants()
        return self._variants

    def find_probe(self) -> Probe:
        if self._probe is None:
            with FIRST_USE:
                self._probe = self._probe or Probe(self.variants)
        return self._probe

    def find_decoder(self, member: Any) -> Any:
        decoder = self._decoders.get(member)
        if decoder is None:
            with FIRST_USE:
                decoder = self._decoders.get(member) or _DECODERS[0](member, self.tags)
                self._decoders[member] = decoder
        return decoder


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


def _name(part: Any) -> str:
    return part.__name__ if isinstance(part, type) and get_origin(part) is None else str(part)


def _describe(part: Any) -> str:
    """Return the name of a member's type in messages, as msgspec writes it."""
    plain = get_origin(part) or part
    if issubclass(plain, (Struct, dict)):
        return "object"
    if issubclass(plain, (Enum, NaiveDateTime, Secret)):
        return "str" if issubclass(plain, (str, datetime)) else "int"
    return "array" if issubclass(plain, list) else str(plain.__name__).lower()


# the fields of models


class StructWithUnions(Struct):
    """A model with fields of such unions, which are decoded after msgspec has decoded the model."""

    def __post_init__(self) -> None:
        cls = type(self)
        fields = _FIELDS.get(cls)
        if fields is None:
            fields = _FIELDS.setdefault(cls, _list_union_fields(cls))
        for name, wire, decode in fields:
            value = getattr(self, name)
            if value is None or value is UNSET:
                continue
            try:
                setattr(self, name, decode(value))
            except msgspec.ValidationError as error:
                # msgspec adds the path to this object to a ValueError, and to no other error.
                raise ValueError(add_path(str(error), f"$.{wire}")) from error


_FIELDS: dict[type, list[tuple[str, str, DecodeUnions]]] = {}


def _list_union_fields(cls: type[Struct]) -> list[tuple[str, str, DecodeUnions]]:
    """Return name, wire name and decoding function of each field with such a union."""
    found = []
    for field in structs.fields(cls):
        decode = make_union_decoder(field.type)
        if decode is not None:
            found.append((field.name, field.encode_name, decode))
    return found


def make_union_decoder(kind: Any) -> DecodeUnions | None:
    """Return the function that decodes the unions in a value of a type, or None without any.

    Unions within models are not counted, because a model decodes its own.
    """
    if isinstance(kind, OneOf):
        read = kind.read
        return lambda value: read(bytes(value)) if type(value) is Raw else value
    origin = get_origin(kind)
    parts = get_args(kind)
    if origin is list:
        return _decode_items(make_union_decoder(parts[0]))
    if origin is dict:
        return _decode_values(make_union_decoder(parts[1]))
    decoders = [decode for part in parts if (decode := make_union_decoder(part)) is not None]
    return _decode_any(decoders) if decoders else None


def _decode_items(decode: DecodeUnions | None) -> DecodeUnions | None:
    if decode is None:
        return None

    def decode_items(values: Any) -> Any:
        if not isinstance(values, list):
            return values
        for index, value in enumerate(values):
            try:
                values[index] = decode(value)
            except msgspec.ValidationError as error:
                message = add_path(str(error), f"$[{index}]")
                raise msgspec.ValidationError(message) from error
        return values

    return decode_items


def _decode_values(decode: DecodeUnions | None) -> DecodeUnions | None:
    if decode is None:
        return None

    def decode_values(values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        for key, value in values.items():
            try:
                values[key] = decode(value)
            except msgspec.ValidationError as error:
                raise msgspec.ValidationError(add_path(str(error), "$[...]")) from error
        return values

    return decode_values


def _decode_any(decoders: list[DecodeUnions]) -> DecodeUnions:
    """Decode the unions within a union that msgspec can decode, such as a list or null."""

    def decode_any(value: Any) -> Any:
        for decode in decoders:
            value = decode(value)
        return value

    return decode_any


def add_path(message: str, path: str) -> str:
    """Return a message of msgspec with `path` in front of its own path."""
    problem, _, place = message.partition(" - at `$")
    return f"{problem} - at `{path}{place.rstrip('`')}`"


def contains_one_of(kind: Any) -> bool:
    """Whether a type is such a union, or a list or map of them."""
    return make_union_decoder(kind) is not None


if TYPE_CHECKING:
    DecimalOrStr: TypeAlias = Decimal | str
else:
    DecimalOrStr: TypeAlias = OneOf(Decimal | str)
"""A value that is written as a JSON number or as a string: an amount, or a text such as "2.5%"."""
