"""Python types of schemas, for arguments and results.

The types of the models' fields come from datamodel-code-generator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...openapi.document import Document, Node, reference_name
from ...openapi.walk import references, walk
from .names import field_name

Tag = tuple[str, tuple[str, ...]]  # the property that identifies a union's member; its values
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
    "binary": "bytes",  # of responses that are neither JSON nor text
    "password": "str",  # an argument takes any text; in a model it is a Secret
}
REQUEST_FORMATS = {**FORMATS, "binary": "FileInput"}
MODEL_FORMATS = {**REQUEST_FORMATS, "password": "Secret"}
DECIMAL_OR_TEXT = {"number", "string"}  # the types of a union that msgspec cannot tell apart
CONSTANTS = {str: "string", bool: "boolean", int: "integer"}
TYPE_WORDS = {"$ref", "type", "oneOf", "anyOf", "const", "enum"}
CUSTOM_TYPES = {
    "naive-date-time": "counterfoil_core.types.NaiveDateTime",
    "password": "counterfoil_core.types.Secret",
    "binary": "counterfoil_core.multipart.FileInput",
}


def split_nullable(schema: Node) -> tuple[Node, bool]:
    """Return a schema without its null, and whether it had one.

    Null is written as `type: [string, "null"]`, or as the member of a union.
    """
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        rest = [kind for kind in kinds if kind != "null"]
        return {**schema, "type": rest[0] if len(rest) == 1 else rest}, True
    for word in ("oneOf", "anyOf"):
        members = schema.get(word, [])
        rest = [member for member in members if member.get("type") != "null"]
        if not rest or len(rest) == len(members):
            continue
        kept = {key: value for key, value in schema.items() if key != word}
        if len(rest) == 1:
            return {**kept, **rest[0]}, True
        return {**kept, word: rest}, True
    return schema, False


def typed(schema: Node) -> Node:
    """Return a schema with `type`, which a constant implies."""
    kind = CONSTANTS.get(type(schema.get("const")))
    return {"type": kind, **schema} if kind else schema


def core(document: Document, schema: Node) -> Node:
    """Return the schema that another one refers to, without its null."""
    return document.resolve(split_nullable(document.resolve(schema))[0])


def follow(document: Document, schema: Node, pointer: str) -> Node:
    """Return the schema of a property, by a JSON pointer into instances.

    Raises KeyError if there is none.
    """
    for part in filter(None, pointer.split("/")):
        schema = core(document, schema)["properties"][part]
    return schema


def names_along(document: Document, schema: Node, pointer: str) -> tuple[str, ...]:
    """Return the Python names of the properties on the path of a JSON pointer from a schema.

    Raises KeyError if a property does not exist.
    """
    found = []
    for part in filter(None, pointer.split("/")):
        schema = core(document, schema)["properties"][part]
        found.append(field_name(part, schema))
    return tuple(found)


def alternatives(schema: Node) -> list[str]:
    """Return the properties of which `anyOf: [{required: [one]}, ...]` requires one, else []."""
    found: list[str] = []
    for branch in schema.get("anyOf", []):
        if set(branch) != {"required"}:
            return []
        found += branch["required"]
    return found


def union_members(schema: Node) -> list[Node]:
    """Return the members of a union without null; [] for other schemas."""
    members = schema.get("oneOf") or []
    if not members and not alternatives(schema):
        members = schema.get("anyOf") or []
    return [member for member in members if member.get("type") != "null"]


def is_decimal_or_text(schema: Node) -> bool:
    """Whether a schema is the union of a decimal number and a string, and of nothing else."""
    members = union_members(schema)
    kinds = [member.get("type") for member in members if "$ref" not in member]
    texts = [member for member in members if member.get("type") == "string"]
    if any(member.get("format") in FORMATS for member in texts):
        return False
    return len(members) == len(kinds) == 2 and set(map(str, kinds)) == DECIMAL_OR_TEXT


def annotate(schema: Node, formats: Mapping[str, str] = FORMATS) -> str:
    """Return the type of a schema as source; components are `models.Name`."""
    schema, nullable = split_nullable(schema)
    spelled = _annotate(typed(schema), formats)
    return f"{spelled} | None" if nullable else spelled


def _annotate(schema: Node, formats: Mapping[str, str]) -> str:
    if name := reference_name(schema):
        return f"models.{name}"
    if is_decimal_or_text(schema):
        return "DecimalOrStr"
    if members := union_members(schema):
        return " | ".join(annotate(member, formats) for member in members)
    if schema.get("type") == "array":
        return f"list[{annotate(schema.get('items', {}), formats)}]"
    if schema.get("type") == "object":
        extra = schema.get("additionalProperties")
        value = annotate(extra, formats) if isinstance(extra, dict) else "Any"
        return f"dict[str, {value}]"
    kind = schema.get("type")
    if schema.get("format") in formats and kind != "integer":
        return formats[schema["format"]]
    return SCALARS.get(kind, "Any") if isinstance(kind, str) else "Any"


def referred(node: object) -> set[str]:
    """Return the names of the components that a node refers to directly."""
    found = (reference_name(visit.node) for visit in references(node))
    return {name for name in found if name}


def reachable(document: Document, roots: object) -> set[str]:
    """Return the names of the components that a node refers to, directly or not."""
    found: set[str] = set()
    waiting = [roots]
    while waiting:
        names = (referred(waiting.pop()) & document.schemas.keys()) - found
        found |= names
        waiting += [document.schemas[name] for name in names]
    return found


def find_tracked(document: Document) -> set[str]:
    """Return the components that the garbage collector must see.

    These are the components in a cycle, and those that can contain a value of any shape.
    """
    graph: dict[str, set[str]] = {}
    users: dict[str, set[str]] = {name: set() for name in document.schemas}
    for name, schema in document.schemas.items():
        graph[name] = referred(schema) & document.schemas.keys()
        for other in graph[name]:
            users[other].add(name)
    found = {name for name, schema in document.schemas.items() if _is_open(schema)}
    waiting = list(found)
    while waiting:
        fresh = users[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found | find_cycles(graph)


def find_cycles(graph: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the names that lead back to themselves."""
    return {name for cycle in list_cycles(graph) for name in cycle}


def list_cycles(graph: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """Return the sets of names that lead to each other.

    This is Tarjan's algorithm, without recursion, since documents can be deep.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[set[str]] = []
    for start in graph:
        ways = [] if start in index else [(start, iter(graph[start]))]
        if ways:
            _enter(start, index, low, stack, on_stack)
        while ways:
            name, others = ways[-1]
            other = next(others, None)
            if other is None:
                ways.pop()
                if ways:
                    parent = ways[-1][0]
                    low[parent] = min(low[parent], low[name])
                if low[name] == index[name]:
                    found.append(_leave(name, graph, stack, on_stack))
            elif other not in index:
                _enter(other, index, low, stack, on_stack)
                ways.append((other, iter(graph[other])))
            elif other in on_stack:
                low[name] = min(low[name], index[other])
    return list(filter(None, found))


def _enter(
    name: str, index: dict[str, int], low: dict[str, int], stack: list[str], on_stack: set[str]
) -> None:
    index[name] = low[name] = len(index)
    stack.append(name)
    on_stack.add(name)


def _leave(
    name: str, graph: Mapping[str, Iterable[str]], stack: list[str], on_stack: set[str]
) -> set[str]:
    """Take a component of the graph off the stack; return it if it is a cycle."""
    members: set[str] = set()
    while name not in members:
        members.add(stack.pop())
    on_stack -= members
    is_cycle = len(members) > 1 or name in graph[name]
    return members if is_cycle else set()


def _is_open(node: object) -> bool:
    """Return whether a schema, or one within it, accepts a value of any shape."""
    if isinstance(node, list):
        return any(map(_is_open, node))
    if not isinstance(node, dict):
        return False
    if not TYPE_WORDS & node.keys():
        return True
    extra = node.get("additionalProperties")
    is_map = isinstance(extra, dict)
    if extra is True:
        return True
    if node.get("type") == "object" and "properties" not in node and not is_map:
        return True
    children = list(node.get("properties", {}).values())
    if "items" in node:
        children.append(node["items"])
    if is_map:
        children.append(extra)
    for member in [*node.get("oneOf", []), *node.get("anyOf", [])]:
        if set(member) != {"required"}:
            children.append(member)
    return any(map(_is_open, children))


def tag_properties(document: Document) -> dict[str, str]:
    """Return, by component, the property that identifies it as a member of a union."""
    found: dict[str, str] = {}
    for node, _, is_named in walk(document.root):
        tag = node.get("discriminator") if not is_named else None
        if isinstance(tag, dict) and tag.get("propertyName"):
            for name in map(reference_name, union_members(node)):
                if name:
                    found[name] = str(tag["propertyName"])
    return found


def tag_values(document: Document) -> dict[str, Tag]:
    """Return, by component, the tag of a union's member with its values; the first is sent."""
    found = {}
    for name, wire in tag_properties(document).items():
        properties = document.schemas[name].get("properties", {})
        if wire in properties:
            declared = document.resolve(properties[wire])
            values = declared.get("enum", [declared.get("const")])
            found[name] = (wire, tuple(map(str, values)))
    return found
