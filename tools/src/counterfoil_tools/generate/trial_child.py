"""The child process of trial.py: reads a task from stdin, tries the packages out, and writes what differs to stdout.

It runs by its path, isolated, and imports nothing of tools.
"""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import json
import pkgutil
import re
import sys
import threading
import typing
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

SURFACE_FIELD = re.compile(r"  - `([^`]*)`: `(.*)`")
SURFACE_MODEL = re.compile(r"- `([A-Z]\w*)`( \(alias\))?")
SURFACE_CLIENT = re.compile(r"^- `(\w+)\((.*)\)`$", re.MULTILINE)
SURFACE_METHOD = re.compile(r"- `(\w+\(.*)`")
Difference = tuple[str, str]  # the model it is about, "" for none; what differs


DEPTH = 20_000  # models that hold each other; a chain of thousands is read as well as a short one
STACK = 512 * 1024 * 1024


def main() -> None:
    """Work in a thread whose stack is large enough for the deepest document."""
    sys.setrecursionlimit(DEPTH)
    threading.stack_size(STACK)
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


def work() -> None:
    task = json.load(sys.stdin)
    sys.path[:0] = task["paths"]
    importlib.import_module(
        "counterfoil_core.types"
    )  # without it nothing can be tried out: say so, and not of each package
    found = []
    for expected in task["packages"]:
        for model, message in try_safely(expected):
            found.append({"api": expected["api"], "model": model, "message": message})
    json.dump(found, sys.stdout)


def try_safely(expected: dict[str, Any]) -> list[Difference]:
    """All that is wrong with one package; what cannot even be looked at is a difference too."""
    try:
        return list(try_package(expected))
    except Exception as error:
        return [("", f"it could not be compared: {say(error)}")]


def try_package(expected: dict[str, Any]) -> Iterator[Difference]:
    """Yield what is wrong with one package; what cannot be imported is all that is said of it."""
    try:
        package = importlib.import_module(expected["import"])
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{expected['import']}.{module.name}")
    except Exception as error:
        yield "", f"it cannot be imported: {say(error)}"
        return
    yield from check_names(package, expected)
    yield from check_models(package.models, expected["models"])
    yield from check_operations(package, expected["operations"])
    yield from check_classes(
        importlib.import_module(f"{expected['import']}.resources"), expected["classes"]
    )
    yield from check_surface(package, expected)


def say(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


# names


def check_names(package: Any, expected: dict[str, Any]) -> Iterator[Difference]:
    names = package.__all__
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield name, f"{name} stands twice in __all__"
    for name in names:
        if not hasattr(package, name):
            yield name, f"{name} is in __all__, and cannot be imported"
    for name in expected["clients"]:
        client = getattr(package, name, None)
        for resource, class_name in expected["resources"].items():
            if not hasattr(client, resource):
                yield "", f"{name} has no {resource}, which is to be a {class_name}"
    for one in expected["models"]:
        if getattr(package, one["name"], None) is not getattr(package.models, one["name"], None):
            yield one["name"], f"{one['name']} of the package is not that of its models"


# models


def check_models(models: Any, expected: list[dict[str, Any]]) -> Iterator[Difference]:
    scope = make_scope(models)
    for one in expected:
        name, found = one["name"], getattr(models, one["name"], None)
        if found is None:
            yield name, f"{name} is not there"
            continue
        check = {"enum": check_enum, "object": check_struct, "alias": check_alias}[one["kind"]]
        try:
            yield from ((name, f"{name}{message}") for message in check(found, one, scope))
            build(found)
        except Exception as error:
            yield name, f"{name} cannot be read or written: {say(error)}"


def make_scope(models: Any) -> dict[str, Any]:
    """The names in which types are written, in models.py and in SURFACE.md."""
    import builtins
    import datetime
    import decimal

    import msgspec

    types = importlib.import_module("counterfoil_core.types")
    known = {name: getattr(types, name) for name in types.__all__}
    own = {name: value for name, value in vars(models).items() if not name.startswith("_")}
    standard = {
        "builtins": builtins,
        "Decimal": decimal.Decimal,
        "Any": Any,
        "UnsetType": msgspec.UnsetType,
    }
    return {
        **known,
        **own,
        **standard,
        "models": models,
        "datetime": datetime,
        "date": datetime.date,
    }


def read_type(text: str, scope: dict[str, Any]) -> Any:
    found = eval(text.replace("builtins.", ""), scope)  # noqa: S307 -- the generator wrote it
    return type(None) if found is None else found


def build(kind: Any) -> None:
    """Build the decoder that a client builds at its first call."""
    import msgspec

    msgspec.json.Decoder(kind, dec_hook=lambda kind, value: value)


def build_check(kind: Any) -> None:
    """Look at a type as the check of what is sent does."""
    import msgspec

    msgspec.inspect.type_info(kind)


def check_enum(found: Any, one: dict[str, Any], scope: dict[str, Any]) -> Iterator[str]:
    if not (isinstance(found, type) and issubclass(found, enum.Enum)):
        yield " is no enum"
        return
    members = {name: member.value for name, member in found.__members__.items()}
    wanted = {name: ast.literal_eval(value) for name, _, value, _ in one["fields"]}
    for name in sorted({*members, *wanted}):
        if members.get(name) != wanted.get(name):
            yield f".{name} is {members.get(name, 'not there')!r}, and should be {wanted.get(name, 'nothing')!r}"
    unknown = 987654321 if issubclass(found, int) else "a value of tomorrow"
    try:
        found(unknown)
    except ValueError:
        yield " is closed: it refuses a value that the API may add"


def check_struct(found: Any, one: dict[str, Any], scope: dict[str, Any]) -> Iterator[str]:
    import msgspec

    if not (isinstance(found, type) and issubclass(found, msgspec.Struct)):
        yield " is no Struct"
        return
    made = {field.name: field for field in msgspec.structs.fields(found)}
    wanted = {name: rest for name, *rest in one["fields"]}
    for name in sorted({*made, *wanted}):
        if name not in made or name not in wanted:
            yield f".{name} is {'not there' if name not in made else 'there, and no property'}"
            continue
        wire, annotation, required = wanted[name]
        if made[name].encode_name != wire:
            yield f".{name} is {made[name].encode_name!r} on the wire, and should be {wire!r}"
        if made[name].required != required:
            yield f".{name} is {'required' if made[name].required else 'optional'}, and should not be"
        if made[name].type != read_type(annotation, scope):
            yield f".{name} is {made[name].type}, and should be {annotation}"
    config = found.__struct_config__
    tag = [config.tag_field, config.tag] if config.tag is not None else None
    if tag != one["tag"]:
        yield f" has the tag {tag}, and should have {one['tag']}"


def check_alias(found: Any, one: dict[str, Any], scope: dict[str, Any]) -> Iterator[str]:
    if resolve(found, scope) != resolve(read_type(one["annotation"], scope), scope):
        yield f" is {found}, and should be {one['annotation']}"


def resolve(kind: Any, scope: dict[str, Any]) -> Any:
    """A type with the names in it looked up: an alias may stand before what it names."""
    holder = type("holder", (), {"__annotations__": {"kind": kind}})
    return typing.get_type_hints(holder, globalns=scope)["kind"]


# operations and methods


def check_operations(package: Any, expected: list[str]) -> Iterator[Difference]:
    module = importlib.import_module(f"{package.__name__}._operations")
    for name in expected:
        operation = getattr(module, name, None)
        if operation is None:
            yield "", f"the operation {name} is not there"
            continue
        sent = [
            *(one.type for one in operation.parameters),
            *([operation.body.type] if operation.body else []),
        ]
        for kind, attempt in [
            *((one, build) for one in operation.responses.values()),
            *((one, build_check) for one in sent),
        ]:
            try:
                attempt(kind)
            except Exception as error:
                yield (
                    "",
                    f"{operation.name} takes or gives {kind}, which cannot be read or written: {say(error)}",
                )
        yield from (
            ("", f"{operation.name}: {message}") for message in check_paths(module, operation, name)
        )


def check_paths(module: Any, operation: Any, name: str) -> Iterator[str]:
    """What leads into an answer, or into an item of a page, leads through fields that are there."""
    for kind in operation.responses.values():
        if operation.result and not leads(kind, operation.result):
            yield f"`result` leads to {'.'.join(operation.result)}, which the answer does not have"
    if operation.error:
        for part in ("code", "message", "field"):
            if not leads(operation.error.type, getattr(operation.error, part)):
                yield f"an error's {part} leads to what {operation.error.type.__name__} does not have"
    paging = getattr(module, f"{name}_PAGES", None)
    if paging and not leads(paging.item, paging.key):
        yield f"the key of an item leads to {'.'.join(paging.key)}, which it does not have"


def leads(kind: Any, path: tuple[str, ...]) -> bool:
    """Tell whether a path goes through fields of a type; of a union, one member has to have it."""
    import msgspec

    if not path:
        return True
    members = typing.get_args(kind) or (kind,)
    for member in members:
        if isinstance(member, type) and issubclass(member, msgspec.Struct):
            fields = {field.name: field.type for field in msgspec.structs.fields(member)}
            if path[0] in fields and leads(fields[path[0]], path[1:]):
                return True
    return False


def check_classes(resources: Any, expected: dict[str, dict[str, Any]]) -> Iterator[Difference]:
    for name, methods in expected.items():
        found = getattr(resources, name, None)
        made = (
            {key: value for key, value in vars(found).items() if not key.startswith("_")}
            if found
            else {}
        )
        for method in sorted({*made, *methods}):
            if method not in made or method not in methods:
                yield (
                    "",
                    f"{name}.{method} is {'not there' if method not in made else 'there, and no operation'}",
                )
                continue
            yield from (
                ("", f"{name}.{method}{message}")
                for message in check_method(made[method], methods[method])
            )


def check_method(found: Any, wanted: dict[str, Any]) -> Iterator[str]:
    try:
        typing.get_type_hints(found)
    except Exception as error:
        yield f" has a type that cannot be read: {say(error)}"
    if inspect.iscoroutinefunction(found) != wanted["is_async"]:
        yield f" is {'not ' if wanted['is_async'] else ''}async"
    signature = inspect.signature(found)
    made = [describe(one) for one in list(signature.parameters.values())[1:]]
    asked = [
        [name, normal(kind), default, by_position]
        for name, kind, default, by_position in wanted["arguments"]
    ]
    if made != asked:
        yield f" takes {made}, and should take {asked}"
    if normal(str(signature.return_annotation)) != normal(wanted["returns"]):
        yield f" returns {signature.return_annotation}, and should return {wanted['returns']}"


def describe(parameter: inspect.Parameter) -> list[Any]:
    default = None if parameter.default is parameter.empty else repr(parameter.default)
    by_position = parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    return [parameter.name, normal(str(parameter.annotation)), default, by_position]


def normal(annotation: str) -> str:
    return ast.unparse(ast.parse(annotation, mode="eval"))


# SURFACE.md


def check_surface(package: Any, expected: dict[str, Any]) -> Iterator[Difference]:
    """Every line of SURFACE.md says what is there, and nothing that is there is left out."""
    text = files(package).joinpath("..", "..", "SURFACE.md").read_text(encoding="utf-8")
    methods, _, models = text.partition("\n## Models\n")
    yield from check_surface_models(package.models, models)
    yield from check_surface_clients(package, methods)
    resources = importlib.import_module(f"{package.__name__}.resources")
    for resource, section in split(methods, "### client."):
        found = getattr(resources, expected["resources"].get(resource, ""), None)
        signatures = [SURFACE_METHOD.fullmatch(line) for line in section]
        told = {ast.unparse(ast.parse(f"def {one[1]}: ...")) for one in signatures if one}
        made = (
            {
                write_signature(name, value)
                for name, value in vars(found).items()
                if not name.startswith("_")
            }
            if found
            else set()
        )
        for line in sorted(told ^ made):
            yield (
                "",
                f"SURFACE.md {'says' if line in told else 'does not say'} client.{resource}: {line}",
            )


def check_surface_clients(package: Any, text: str) -> Iterator[Difference]:
    told = dict(SURFACE_CLIENT.findall(text.partition("\n## Methods\n")[0]))
    for name, arguments in told.items():
        made = [
            one for one in inspect.signature(getattr(package, name)).parameters if one != "self"
        ]
        if made != arguments.split(", "):
            yield "", f"SURFACE.md says {name}({arguments}), and it is {name}({', '.join(made)})"


def split(text: str, mark: str) -> Iterator[tuple[str, list[str]]]:
    for part in text.split(f"\n{mark}")[1:]:
        name, *lines = part.splitlines()
        yield name.strip(), lines


def write_signature(name: str, method: Any) -> str:
    signature = inspect.signature(method)
    parts, has_star = [], False
    for one in list(signature.parameters.values())[1:]:
        if one.kind is one.KEYWORD_ONLY and not has_star:
            parts.append("*")
            has_star = True
        default = "" if one.default is one.empty else f" = {one.default!r}"
        parts.append(f"{one.name}: {one.annotation}{default}")
    spelled = f"def {name}({', '.join(parts)}) -> {signature.return_annotation}: ..."
    return ast.unparse(ast.parse(spelled.replace("builtins.", "").replace("models.", "")))


def check_surface_models(models: Any, text: str) -> Iterator[Difference]:
    scope, current = make_scope(models), ""
    told: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if (found := SURFACE_FIELD.fullmatch(line)) and current:
            told[current][found[1]] = found[2]
        elif found := SURFACE_MODEL.fullmatch(line):
            current = "" if found[2] else found[1]  # an alias has no fields of its own
            if current:
                told[current] = {}
    for name, fields in told.items():
        model = getattr(models, name, None)
        for message in compare_surface(model, fields, scope):
            yield name, f"SURFACE.md: {name}{message}"


def compare_surface(model: Any, told: dict[str, str], scope: dict[str, Any]) -> Iterator[str]:
    import msgspec

    if isinstance(model, type) and issubclass(model, enum.Enum):
        made = {name: member.value for name, member in model.__members__.items()}
        said = {name: ast.literal_eval(value) for name, value in told.items()}
        yield from (
            f".{name} is another"
            for name in sorted({*made, *said})
            if made.get(name) != said.get(name)
        )
    elif isinstance(model, type) and issubclass(model, msgspec.Struct):
        fields = {field.name: field for field in msgspec.structs.fields(model)}
        yield from (f".{name} is not in both" for name in sorted(fields.keys() ^ told.keys()))
        for name in fields.keys() & told.keys():
            annotation, _, wire = told[name].partition("`, on the wire `")
            if fields[name].type != read_type(annotation, scope) or fields[name].encode_name != (
                wire or name
            ):
                yield f".{name} is said to be {annotation}, and is {fields[name].type}"


if __name__ == "__main__":
    main()
