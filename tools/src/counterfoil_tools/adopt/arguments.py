"""Pass 16, arguments: distinct Python names for a method's arguments and a model's fields.

Parameters of one Python name are renamed with their place (`id_query`). A body whose fields clash
with a parameter is passed whole.
"""

from __future__ import annotations

from ..generate.python.names import REQUEST_OPTIONS, parameter_name, python_name
from ..openapi.document import Node
from .state import Adoption, origin


def arguments(adoption: Adoption) -> None:
    """Rename what clashes, under x-counterfoil."""
    for schema in adoption.schemas.values():
        _name_fields(adoption, schema)
    for _, _, operation in adoption.operations():
        names = _name_parameters(adoption, operation)
        if "requestBody" in operation:
            _name_body(adoption, operation, names)


def _name_fields(adoption: Adoption, schema: Node) -> None:
    """Name the fields of a model whose Python names would be the same."""
    properties = schema.get("properties", {})
    taken: set[str] = set()
    for wire in sorted(properties, key=lambda wire: python_name(wire) != wire):
        name = python_name(wire)
        if name in taken:
            stem = name.strip("_")
            options = (f"{stem}_field", *(f"{stem}_field{number}" for number in range(2, 10000)))
            name = next(one for one in options if one not in taken)
            _rename(properties[wire], name)
            adoption.note("a property with a clashing Python name is renamed", origin(schema))
        taken.add(name)


def _rename(node: Node, name: str) -> None:
    node["x-counterfoil"] = {"name": name}


def _name_parameters(adoption: Adoption, operation: Node) -> set[str]:
    """Name the parameters, those of the path first, and return their names."""
    taken: set[str] = set()
    listed = operation.get("parameters", [])
    for one in sorted(
        listed, key=lambda one: ("path", "query", "header", "cookie").index(one["in"])
    ):
        name = parameter_name(one)
        if name in taken:
            options = (
                f"{name}_{one['in']}",
                *(f"{name}_{one['in']}{number}" for number in range(2, 10000)),
            )
            name = next(each for each in options if each not in taken)
            _rename(one, name)
            adoption.note("a parameter with a clashing name is renamed", origin(one))
        taken.add(name)
    return taken


def _name_body(adoption: Adoption, operation: Node, names: set[str]) -> None:
    schema = next(iter(operation["requestBody"]["content"].values()))["schema"]
    fields = [python_name(wire) for wire in adoption.target(schema).get("properties", {})]
    taken = names | REQUEST_OPTIONS
    is_doubled = len(set(fields)) < len(fields)
    has_clash = is_doubled or bool(taken.intersection(fields))
    if fields and not has_clash:
        return
    if fields:
        adoption.note(
            "a body whose fields clash with parameters is passed as one argument", origin(operation)
        )
    elif "body" not in names:
        return
    options = ("body", "request_body", *(f"body{number}" for number in range(2, 10000)))
    operation["x-counterfoil"]["body"] = next(one for one in options if one not in names)
