"""Dicts in the arguments of a method, which become models before anything else is done with them.

The keys of such a dict are the names of the model's fields in Python. Lists and dicts are searched
for others; unions of several objects take models only, because a dict could be any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from msgspec import Struct, structs

from .api import Operation
from .types import Secret

Build: TypeAlias = Callable[[Any, str, list[str]], Any]
"""Takes a value and its path; returns the value with models. Adds to the list what is wrong."""


def compile_builders(operation: Operation[Any]) -> dict[str, Build]:
    """Return the builders of the arguments that can contain models, by name."""
    kinds = {each.name: each.type for each in operation.parameters}
    body = operation.body
    if body is not None and body.argument is not None:
        kinds[body.argument] = body.type
    elif body is not None:
        for field in structs.fields(body.type):
            kinds.setdefault(field.name, field.type)
    compiled = {name: compile_builder(kind) for name, kind in kinds.items()}
    return {name: build for name, build in compiled.items() if build is not None}


def compile_builder(kind: Any) -> Build | None:
    """Return the function that puts models into a value of this type; None if it has none."""
    return _compile(kind, {})


def _compile(kind: Any, known: dict[type, Build]) -> Build | None:
    if get_origin(kind) in (Union, UnionType):
        return _compile_union(get_args(kind), known)
    if _is(kind, list):
        [item] = get_args(kind) or (Any,)
        return _make_list_builder(_compile(item, known))
    if _is(kind, dict):
        [_key, value] = get_args(kind) or (str, Any)
        return _make_dict_builder(_compile(value, known))
    if _is_struct(kind):
        return _compile_struct(kind, known)
    return None


def _compile_union(members: tuple[Any, ...], known: dict[type, Build]) -> Build | None:
    """Return the builder of the only list and the only object among the members."""
    lists = [one for one in members if _is(one, list)]
    objects = [one for one in members if _is(one, dict) or _is_struct(one)]
    build_list = _compile(lists[0], known) if len(lists) == 1 else None
    build_object = _compile(objects[0], known) if len(objects) == 1 else None

    def build(value: Any, path: str, wrong: list[str]) -> Any:
        chosen = build_object if isinstance(value, Mapping) else build_list
        return chosen(value, path, wrong) if chosen is not None else value

    return build if build_list or build_object else None


def _is(kind: Any, cls: type) -> bool:
    return kind is cls or get_origin(kind) is cls


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _make_list_builder(build_item: Build | None) -> Build:
    def build(value: Any, path: str, wrong: list[str]) -> Any:
        if not isinstance(value, Sequence) or isinstance(value, (str, bytes, bytearray)):
            return value
        if build_item is None:
            return value if isinstance(value, (list, tuple)) else list(value)
        return [build_item(item, f"{path}[{index}]", wrong) for index, item in enumerate(value)]

    return build


def _make_dict_builder(build_value: Build | None) -> Build:
    def build(value: Any, path: str, wrong: list[str]) -> Any:
        if not isinstance(value, Mapping):
            return value
        if build_value is None:
            return value if isinstance(value, dict) else dict(value)
        return {key: build_value(one, f"{path}[{key!r}]", wrong) for key, one in value.items()}

    return build


def _compile_struct(cls: type[Struct], known: dict[type, Build]) -> Build:
    """Return the builder of a model. A model may contain itself, so its fields come later."""
    if cls in known:
        return known[cls]
    builders: dict[str, Build | None] = {}
    required: list[str] = []

    def build(value: Any, path: str, wrong: list[str]) -> Any:
        if not isinstance(value, Mapping):
            return value
        unknown = [name for name in value if name not in builders]
        absent = [name for name in required if name not in value]
        wrong += [_refuse_name(name, path, builders) for name in unknown]
        wrong += [f"{path}.{name}: is required" for name in absent]
        fields = {}
        for name, one in value.items():
            build_field = builders.get(name)
            fields[name] = build_field(one, f"{path}.{name}", wrong) if build_field else one
        return value if unknown or absent else cls(**fields)

    known[cls] = build
    for field in structs.fields(cls):
        builders[field.name] = _compile_field(field.type, known)
        if field.required:
            required.append(field.name)
    return build


def _compile_field(kind: Any, known: dict[type, Build]) -> Build | None:
    if kind is Secret or Secret in get_args(kind):
        return _hide
    return _compile(kind, known)


def _hide(value: Any, path: str, wrong: list[str]) -> Any:
    return Secret(value) if isinstance(value, str) else value


def _refuse_name(name: object, path: str, fields: Mapping[str, object]) -> str:
    from difflib import get_close_matches  # here, because few calls end with this error

    close = get_close_matches(str(name), fields, n=1)
    guess = f"; did you mean {close[0]}?" if close else ""
    return f"{path}.{name}: is no field of it{guess}"
