"""Compares SURFACE.md with a package: each of its lines is true, and nothing is missing."""

from __future__ import annotations

import ast
import enum
import inspect
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec
from trial_methods import public_members
from trial_types import Difference, make_scope, read_type

FIELD = re.compile(r"  - `([^`]*)`: `(.*)`")
MODEL = re.compile(r"- `([A-Z]\w*)`( \(alias\))?")
CLIENT = re.compile(r"^- `(\w+)\((.*)\)`$", re.MULTILINE)
_PREFIX = re.compile(r"\b(?:models|dicts)\.")
METHOD = re.compile(r"- `(\w+\(.*)`")


def check_surface(package: Any, resources: Any, expected: dict[str, Any]) -> Iterator[Difference]:
    """Yield each line of SURFACE.md that is wrong, and each that is missing."""
    text = files(package).joinpath("..", "..", "SURFACE.md").read_text(encoding="utf-8")
    methods, _, models = text.partition("\n## Models\n")
    yield from check_surface_models(package.models, models)
    yield from check_surface_clients(package, methods)
    for resource, section in split_sections(methods, "### client."):
        found = getattr(resources, expected["resources"].get(resource, ""), None)
        matches = [METHOD.fullmatch(line) for line in section]
        documented = {ast.unparse(ast.parse(f"def {one[1]}: ...")) for one in matches if one}
        members = public_members(found)
        made = {write_signature(name, value) for name, value in members.items()}
        for line in sorted(documented - made):
            yield "", f"SURFACE.md has client.{resource}: {line}, and the package has not"
        for line in sorted(made - documented):
            yield "", f"SURFACE.md does not have client.{resource}: {line}"


def check_surface_clients(package: Any, text: str) -> Iterator[Difference]:
    """Compare the arguments of the clients."""
    documented = dict(CLIENT.findall(text.partition("\n## Methods\n")[0]))
    for name, arguments in documented.items():
        parameters = inspect.signature(getattr(package, name)).parameters
        made = ", ".join(one for one in parameters if one != "self")
        if made != arguments:
            yield "", f"SURFACE.md has {name}({arguments}), and it is {name}({made})"


def split_sections(text: str, mark: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the title and the lines of each section whose title begins with a mark."""
    for part in text.split(f"\n{mark}")[1:]:
        name, *lines = part.splitlines()
        yield name.strip(), lines


def write_signature(name: str, method: Any) -> str:
    """Write a method's signature as SURFACE.md does."""
    signature = inspect.signature(method)
    parts = []
    has_star = False
    for one in list(signature.parameters.values())[1:]:
        if one.kind is one.VAR_KEYWORD:
            continue
        if one.kind is one.KEYWORD_ONLY and not has_star:
            parts.append("*")
            has_star = True
        default = "" if one.default is one.empty else f" = {one.default!r}"
        parts.append(f"{one.name}: {one.annotation}{default}")
    spelled = f"def {name}({', '.join(parts)}) -> {signature.return_annotation}: ..."
    return ast.unparse(ast.parse(_PREFIX.sub("", spelled.replace("List[", "list["))))


def check_surface_models(models: Any, text: str) -> Iterator[Difference]:
    """Compare the members of the enums and the fields of the models."""
    scope = make_scope(models)
    for name, fields in read_models(text).items():
        for message in compare_model(getattr(models, name, None), fields, scope):
            yield name, f"SURFACE.md: {name}{message}"


def read_models(text: str) -> dict[str, dict[str, str]]:
    """Read the fields of each model; an alias has no fields of its own."""
    documented: dict[str, dict[str, str]] = {}
    current = ""
    for line in text.splitlines():
        if (field := FIELD.fullmatch(line)) and current:
            documented[current][field[1]] = field[2]
        elif found := MODEL.fullmatch(line):
            current = "" if found[2] else found[1]
            if current:
                documented[current] = {}
    return documented


def compare_model(model: Any, documented: dict[str, str], scope: dict[str, Any]) -> Iterator[str]:
    """Compare one enum or Struct with its lines in SURFACE.md."""
    if not isinstance(model, type):
        return
    if issubclass(model, enum.Enum):
        made = {name: member.value for name, member in model.__members__.items()}
        values = {name: ast.literal_eval(value) for name, value in documented.items()}
        for name in sorted({*made, *values}):
            if made.get(name) != values.get(name):
                yield f".{name} has another value"
    elif issubclass(model, msgspec.Struct):
        fields = {field.name: field for field in msgspec.structs.fields(model)}
        for name in sorted(fields.keys() ^ documented.keys()):
            yield f".{name} is not in both"
        for name in sorted(fields.keys() & documented.keys()):
            yield from compare_field(fields[name], documented[name], scope)


def compare_field(field: Any, documented: str, scope: dict[str, Any]) -> Iterator[str]:
    """Compare the type and the wire name of one field."""
    annotation, _, wire = documented.partition("`, on the wire `")
    is_same_type = field.type == read_type(annotation, scope)
    if not is_same_type or field.encode_name != (wire or field.name):
        yield f".{field.name} is documented as {annotation}, and is {field.type}"
