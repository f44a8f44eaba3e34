"""Python types of schemas, as arguments and results spell them. (The models' own fields are datamodel-code-generator's.)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...openapi.document import Document, Node, reference_name
from ...openapi.walk import references, walk
from .names import field_name

SCALARS = {
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "number": "Decimal",
    "null": "None",
}
FORMATS = {
    "decimal": "Decimal",
    "date": "datetime.date",
    "date-time": "datetime.datetime",
    "naive-date-time": "NaiveDateTime",
    "binary": "builtins.bytes",  # said by us, of answers that are neither JSON nor text
    "password": "str",  # an argument takes any text; in a model it is a Secret
}
MODEL_FORMATS = {**FORMATS, "password": "Secret"}
CONSTANTS = {str: "string", bool: "boolean", int: "integer"}
CUSTOM_TYPES = {
    "naive-date-time": "counterfoil_core.types.NaiveDateTime",
    "password": "counterfoil_core.types.Secret",
}


def split_nullable(schema: Node) -> tuple[Node, bool]:
    """Return a schema without its null, and whether it had one: `type: [string, "null"]`, or a union with null."""
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        rest = [kind for kind in kinds if kind != "null"]
        return {**schema, "type": rest[0] if len(rest) == 1 else rest}, True
    for word in ("oneOf", "anyOf"):
        members = schema.get(word, [])
        rest = [member for member in members if member.get("type") != "null"]
        if rest and len(rest) < len(members):
            kept = {key: value for key, value in schema.items() if key != word}
            return ({**kept, **rest[0]} if len(rest) == 1 else {**kept, word: rest}), True
    return schema, False


def typed(schema: Node) -> Node:
    """Return a schema with its type said, where only its constant tells it."""
    return (
        {"type": CONSTANTS[type(schema["const"])], **schema}
        if type(schema.get("const")) in CONSTANTS
        else schema
    )


def core(document: Document, schema: Node) -> Node:
    """Return what a schema refers to, without its null."""
    return document.resolve(split_nullable(document.resolve(schema))[0])


def follow(document: Document, schema: Node, pointer: str) -> Node:
    """Return the schema of a property, by a JSON pointer into instances; KeyError if there is none."""
    for part in filter(None, pointer.split("/")):
        schema = core(document, schema)["properties"][part]
    return schema


def names_along(document: Document, schema: Node, pointer: str) -> tuple[str, ...]:
    """Return the Python names on the way that a JSON pointer goes from a schema; KeyError if it leads nowhere."""
    found = []
    for part in filter(None, pointer.split("/")):
        schema = core(document, schema)["properties"][part]
        found.append(field_name(part, schema))
    return tuple(found)


def alternatives(schema: Node) -> list[str]:
    """Return the properties of which `anyOf: [{required: [one]}, ...]` demands one; [] if it says no such thing."""
    branches = schema.get("anyOf", [])
    return (
        [one for branch in branches for one in branch["required"]]
        if all(set(one) == {"required"} for one in branches)
        else []
    )


def union_members(schema: Node) -> list[Node]:
    """Return the members of a union, null left out; [] if it is none."""
    members = (
        schema.get("oneOf") or (schema.get("anyOf") if not alternatives(schema) else None) or []
    )
    return [member for member in members if member.get("type") != "null"]


def annotate(schema: Node, formats: Mapping[str, str] = FORMATS) -> str:
    """Spell the type of a schema; components are `models.Name`."""
    schema, nullable = split_nullable(schema)
    return (
        f"{_annotate(typed(schema), formats)} | None"
        if nullable
        else _annotate(typed(schema), formats)
    )


def _annotate(schema: Node, formats: Mapping[str, str]) -> str:
    if name := reference_name(schema):
        return f"models.{name}"
    if members := union_members(schema):
        return " | ".join(annotate(member, formats) for member in members)
    if schema.get("type") == "array":
        return f"builtins.list[{annotate(schema.get('items', {}), formats)}]"
    if schema.get("type") == "object":
        extra = schema.get("additionalProperties")
        return (
            f"builtins.dict[str, {annotate(extra, formats) if isinstance(extra, dict) else 'Any'}]"
        )
    kind = schema.get("type")
    if schema.get("format") in formats and kind != "integer":
        return formats[schema["format"]]
    return SCALARS.get(kind, "Any") if isinstance(kind, str) else "Any"


def referred(node: object) -> set[str]:
    """Return the names of the components that a node refers to itself."""
    found = (reference_name(visit.node) for visit in references(node))
    return {name for name in found if name}


def reachable(document: Document, roots: object) -> set[str]:
    """Return the names of the components that a node leads to."""
    found: set[str] = set()
    waiting = [roots]
    while waiting:
        names = (referred(waiting.pop()) & document.schemas.keys()) - found
        found |= names
        waiting += [document.schemas[name] for name in names]
    return found


def find_tracked(document: Document) -> set[str]:
    """Return the components that the garbage collector must see: those in a cycle, and those that reach a value of any shape."""
    graph = {
        name: referred(schema) & document.schemas.keys()
        for name, schema in document.schemas.items()
    }
    users: dict[str, set[str]] = {name: set() for name in graph}
    for name, others in graph.items():
        for other in others:
            users[other].add(name)
    found = {name for name, schema in document.schemas.items() if _is_open(schema)}
    waiting = list(found)
    while waiting:
        fresh = users[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found | find_cycles(graph)


def find_cycles(graph: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the names that lead back to themselves (Tarjan's algorithm, without recursion: documents are deep)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    standing: set[str] = set()
    found: set[str] = set()
    for start in graph:
        ways = [] if start in index else [(start, iter(graph[start]))]
        if ways:
            _enter(start, index, low, stack, standing)
        while ways:
            name, others = ways[-1]
            other = next(others, None)
            if other is None:
                ways.pop()
                if ways:
                    low[ways[-1][0]] = min(low[ways[-1][0]], low[name])
                if low[name] == index[name]:
                    found |= _leave(name, graph, stack, standing)
            elif other not in index:
                _enter(other, index, low, stack, standing)
                ways.append((other, iter(graph[other])))
            elif other in standing:
                low[name] = min(low[name], index[other])
    return found


def _enter(
    name: str, index: dict[str, int], low: dict[str, int], stack: list[str], standing: set[str]
) -> None:
    index[name] = low[name] = len(index)
    stack.append(name)
    standing.add(name)


def _leave(
    name: str, graph: Mapping[str, Iterable[str]], stack: list[str], standing: set[str]
) -> set[str]:
    """Take a component of the graph off the stack; return it if it is a cycle."""
    members: set[str] = set()
    while name not in members:
        members.add(stack.pop())
    standing -= members
    return members if len(members) > 1 or name in graph[name] else set()


def _is_open(node: object) -> bool:
    if isinstance(node, list):
        return any(map(_is_open, node))
    if not isinstance(node, dict):
        return False
    schema_like = not ({"$ref", "type", "oneOf", "anyOf", "const", "enum"} & node.keys())
    children = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
    children += [
        member
        for member in node.get("oneOf", []) + node.get("anyOf", [])
        if set(member) != {"required"}
    ]
    extra = node.get("additionalProperties")
    is_any = extra is True or (
        node.get("type") == "object" and "properties" not in node and not isinstance(extra, dict)
    )
    return (
        schema_like
        or is_any
        or any(map(_is_open, [*children, *([extra] if isinstance(extra, dict) else [])]))
    )


def tag_properties(document: Document) -> dict[str, str]:
    """Return, by component, the property that tells it from the other members of a union, wherever the union stands."""
    found: dict[str, str] = {}
    for node, _, is_named in walk(document.root):
        tag = node.get("discriminator") if not is_named else None
        if isinstance(tag, dict) and tag.get("propertyName"):
            members = filter(None, map(reference_name, union_members(node)))
            found |= {name: str(tag["propertyName"]) for name in members}
    return found
