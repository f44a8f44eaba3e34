"""Reduced copies of models, with which msgspec reads selected fields and skips the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import UNSET, Struct, UnsetType, defstruct, structs

from .exact_decode import is_struct, is_union, list_fields
from .type_information import make_decoder
from .types import read_custom

Look = Callable[[Any, str], Any]
"""Takes a type and its field's wire name; returns the type to decode it to, or None to skip it."""


def make_sketch(kind: Any, look: Look) -> msgspec.json.Decoder[Any] | None:
    """Return a decoder for `kind` that reads only the fields that `look` selects.

    Returns None if nothing is selected. Raises RecursionError if a model contains itself.
    """
    sketched = _Sketcher(look).sketch(kind, "")
    return None if sketched is None else make_decoder(sketched, read_custom)


class _Sketcher:
    def __init__(self, look: Look) -> None:
        self._look = look
        self._made: dict[Any, type[Struct] | None] = {}
        self._within: list[Any] = []

    def sketch(self, kind: Any, name: str) -> Any:
        """Return the type to decode in place of `kind`, or None to skip it."""
        chosen = self._look(kind, name)
        if chosen is not None:
            return chosen
        if is_struct(kind):
            return self._sketch_model(kind)
        members = get_args(kind)
        sketched = [self.sketch(member, name) for member in members]
        if all(each is None for each in sketched):
            return None
        kept = [
            member if each is None else each for member, each in zip(members, sketched, strict=True)
        ]
        if is_union(kind):
            return Union[tuple(kept)]  # noqa: UP007 -- they are in a list
        origin: Any = get_origin(kind)
        return origin[tuple(kept)]

    def _sketch_model(self, model: type[Struct]) -> type[Struct] | None:
        if model in self._within:
            raise RecursionError(f"{model.__name__} contains itself")
        if model not in self._made:
            self._within.append(model)
            fields = [
                (field, self.sketch(field.type, field.encode_name)) for field in list_fields(model)
            ]
            self._within.pop()
            chosen = [(field, kind) for field, kind in fields if kind is not None]
            self._made[model] = _define(model, chosen) if chosen else None
        return self._made[model]


def _define(model: type[Struct], chosen: list[tuple[structs.FieldInfo, Any]]) -> type[Struct]:
    """Define a model with the same name and tag but only these fields, all optional."""
    config = model.__struct_config__
    return defstruct(
        model.__name__,
        [(field.name, kind | UnsetType, UNSET) for field, kind in chosen],
        rename={field.name: field.encode_name for field, _ in chosen},
        tag_field=config.tag_field,
        tag=config.tag,
        kw_only=True,
        gc=False,
    )
