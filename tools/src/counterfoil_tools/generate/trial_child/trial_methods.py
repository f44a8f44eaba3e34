"""Compares the operations and the resources' methods of a package with the IR."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from trial_types import Difference, build_decoder, describe_error, inspect_type

# operations


def check_operations(package: Any, expected: list[str]) -> Iterator[Difference]:
    """Yield each operation that is missing, or whose types or paths do not work."""
    runtime = importlib.import_module("counterfoil_core.operations")
    members = runtime.import_operations(package.__name__)
    for name in expected:
        operation: Any = members.get(name)
        if operation is None:
            yield "", f"the operation {name} is missing"
            continue
        for message in [*check_types(operation), *check_paths(members, operation, name)]:
            yield "", f"{operation.name}{message}"


def check_types(operation: Any) -> Iterator[str]:
    """Build the decoder of each response, and inspect the type of each value that is sent."""
    attempts: list[tuple[Any, Callable[[Any], None]]] = []
    received = [*operation.responses.values(), *operation.errors().values()]
    attempts += [(kind, build_decoder) for kind in received]
    attempts += [(parameter.type, inspect_type) for parameter in operation.parameters]
    if operation.body:
        attempts.append((operation.body.type, inspect_type))
    for kind, attempt in attempts:
        try:
            attempt(kind)
        except Exception as error:
            yield f" uses {kind}, which cannot be read or written: {describe_error(error)}"


def check_paths(members: dict[str, Any], operation: Any, name: str) -> Iterator[str]:
    """Follow each path into a response, or into an item of a page."""
    for kind in operation.responses.values():
        if operation.result and not leads(kind, operation.result):
            path = ".".join(operation.result)
            yield f": `result` leads to {path}, which the response does not have"
    if operation.error:
        for part in ("code", "message", "field"):
            if not leads(operation.error.type, getattr(operation.error, part)):
                type_name = operation.error.type.__name__
                yield f": an error's {part} leads to a field that {type_name} does not have"
    paging = members.get(f"{name}_PAGES")
    if paging and not leads(paging.item, paging.key):
        path = ".".join(paging.key)
        yield f": the key of an item leads to {path}, which the item does not have"


def leads(kind: Any, path: tuple[str, ...]) -> bool:
    """Return whether a path follows fields of a type; one member of a union must have them."""
    if not path:
        return True
    for member in typing.get_args(kind) or (kind,):
        if not (isinstance(member, type) and issubclass(member, msgspec.Struct)):
            continue
        fields = {field.name: field.type for field in msgspec.structs.fields(member)}
        if path[0] in fields and leads(fields[path[0]], path[1:]):
            return True
    return False


# methods


def check_classes(resources: Any, expected: dict[str, dict[str, Any]]) -> Iterator[Difference]:
    """Yield the difference of each method of each resource class."""
    for name, wanted in expected.items():
        made = public_members(getattr(resources, name, None))
        for method in sorted({*made, *wanted}):
            if method not in made:
                yield "", f"{name}.{method} is missing"
            elif method not in wanted:
                yield "", f"{name}.{method} is there, and is not an operation"
            else:
                for message in check_method(made[method], wanted[method]):
                    yield "", f"{name}.{method}{message}"


def check_responding(resources: Any, expected: dict[str, list[str]]) -> Iterator[Difference]:
    """Yield each class of `with_response` that does not have the methods of its resource."""
    for name, methods in expected.items():
        made = public_members(getattr(resources, name)(None))
        if sorted(made) != sorted(methods):
            yield "", f"{name} has {sorted(made)}, and should have {sorted(methods)}"
        for method, found in made.items():
            if inspect.unwrap(found).__name__ != method:
                yield "", f"{name}.{method} is {found.__qualname__}"


def check_webhooks(package: Any, expected: list[str]) -> Iterator[Difference]:
    """Yield each webhook that is missing, or whose body cannot be decoded."""
    for name in expected:
        webhook = getattr(package.webhooks, name, None)
        if webhook is None:
            yield "", f"webhooks.{name} is missing"
            continue
        try:
            build_decoder(webhook.kind)
        except Exception as error:
            yield "", f"webhooks.{name} cannot be read: {describe_error(error)}"


def public_members(found: Any) -> dict[str, Any]:
    """Return the public members that a class defines itself; {} for no class."""
    if found is None:
        return {}
    return {name: value for name, value in vars(found).items() if not name.startswith("_")}


def check_method(found: Any, wanted: dict[str, Any]) -> Iterator[str]:
    """Compare one method's signature."""
    try:
        # The module of dicts is imported by type checkers alone.
        typing.get_type_hints(found, localns={"dicts": find_dicts(found.__module__)})
    except Exception as error:
        yield f" has a type that cannot be read: {describe_error(error)}"
    if inspect.iscoroutinefunction(found) != wanted["is_async"]:
        yield f" is {'not ' if wanted['is_async'] else ''}async"
    signature = inspect.signature(found)
    *parameters, options = list(signature.parameters.values())[1:]
    if str(options) != "**request_options: 'Unpack[RequestOptions]'":
        yield f" takes {options}, and should take the options of a call"
    made = [describe_parameter(one) for one in parameters]
    asked = []
    for name, kind, default, by_position in wanted["arguments"]:
        asked.append([name, normalise(kind), default, by_position])
    if made != asked:
        yield f" takes {made}, and should take {asked}"
    if normalise(str(signature.return_annotation)) != normalise(wanted["returns"]):
        yield f" returns {signature.return_annotation}, and should return {wanted['returns']}"


def find_dicts(resources: str) -> Any:
    """Return the module `dicts` of the package that a module of resources is in, or None."""
    package = resources.partition(".")[0]
    is_there = importlib.util.find_spec(f"{package}.dicts") is not None
    return importlib.import_module(f"{package}.dicts") if is_there else None


def check_dicts(package: Any, expected: dict[str, str]) -> Iterator[Difference]:
    """Yield each dict that has other fields than its model, or types that cannot be read."""
    dicts = find_dicts(f"{package.__name__}.resources")
    for name, model in expected.items():
        found = getattr(dicts, name, None)
        if found is None:
            yield model, f"dicts.{name} is missing"
            continue
        try:
            hints = typing.get_type_hints(found, include_extras=True)
        except Exception as error:
            yield model, f"dicts.{name} has a type that cannot be read: {describe_error(error)}"
            continue
        fields = msgspec.structs.fields(getattr(package.models, model))
        wanted = {field.name: field.required for field in fields}
        # `__required_keys__` has them all where annotations are texts.
        made = {field: typing.get_origin(hints[field]) is not typing.NotRequired for field in hints}
        if made != wanted:
            yield model, f"dicts.{name} has the fields {made}, and should have {wanted}"


def describe_parameter(parameter: inspect.Parameter) -> list[Any]:
    """Return a parameter's name, type, default and whether it can be passed by position."""
    default = None if parameter.default is parameter.empty else repr(parameter.default)
    by_position = parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    return [parameter.name, normalise(str(parameter.annotation)), default, by_position]


def normalise(annotation: str) -> str:
    """Return an annotation in the one form that `ast` writes."""
    return ast.unparse(ast.parse(annotation, mode="eval"))
