"""Python types of schemas, as arguments and results spell them. (The models' own fields are datamodel-code-generator's.)"""

from __future__ import annotations

from .document import Document, Node, reference_name

SCALARS = {"string": "str", "integer": "int", "boolean": "bool", "number": "Decimal", "null": "None"}
FORMATS = {
    "decimal": "Decimal",
    "date": "datetime.date",
    "date-time": "datetime.datetime",
    "naive-date-time": "NaiveDateTime",
    "password": "str",  # an argument takes any text; in a model it is a Secret
}
CUSTOM_TYPES = {"naive-date-time": "counterfoil_core.types.NaiveDateTime", "password": "counterfoil_core.types.Secret"}


def split_nullable(schema: Node) -> tuple[Node, bool]:
    """Return a schema without its null, and whether it had one: `type: [string, "null"]`, or a union with null."""
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        rest = [kind for kind in kinds if kind != "null"]
        return {**schema, "type": rest[0] if len(rest) == 1 else rest}, True
    for word in ("oneOf", "anyOf"):
        members = schema.get(word, [])
        rest = [member for member in members if member.get("type") != "null"]
        if len(rest) == 1 and len(members) == 2:
            return {**{key: value for key, value in schema.items() if key != word}, **rest[0]}, True
    return schema, False


def core(document: Document, schema: Node) -> Node:
    """Return what a schema refers to, without its null."""
    return document.resolve(split_nullable(document.resolve(schema))[0])


def follow(document: Document, schema: Node, pointer: str) -> Node:
    """Return the schema of a property, by a JSON pointer into instances; KeyError if there is none."""
    for part in filter(None, pointer.split("/")):
        schema = core(document, schema)["properties"][part]
    return schema


def alternatives(schema: Node) -> list[str]:
    """Return the properties of which `anyOf: [{required: [one]}, ...]` demands one; [] if it says no such thing."""
    branches = schema.get("anyOf", [])
    return [one for branch in branches for one in branch["required"]] if all(set(one) == {"required"} for one in branches) else []


def union_members(schema: Node) -> list[Node]:
    """Return the members of a union, null left out; [] if it is none."""
    members = schema.get("oneOf") or (schema.get("anyOf") if not alternatives(schema) else None) or []
    return [member for member in members if member.get("type") != "null"]


def annotate(schema: Node) -> str:
    """Spell the type of a schema; components are `models.Name`."""
    schema, nullable = split_nullable(schema)
    return f"{_annotate(schema)} | None" if nullable else _annotate(schema)


def _annotate(schema: Node) -> str:
    if name := reference_name(schema):
        return f"models.{name}"
    if members := union_members(schema):
        return " | ".join(map(annotate, members))
    if schema.get("type") == "array":
        return f"builtins.list[{annotate(schema.get('items', {}))}]"
    if schema.get("type") == "object":
        extra = schema.get("additionalProperties")
        return f"builtins.dict[str, {annotate(extra) if isinstance(extra, dict) else 'Any'}]"
    kind = schema.get("type")
    if schema.get("format") in FORMATS and kind != "integer":
        return FORMATS[schema["format"]]
    return SCALARS.get(kind, "Any") if isinstance(kind, str) else "Any"


def reachable(document: Document, *roots: object) -> set[str]:
    """Return the names of the components that the given nodes lead to."""
    found: set[str] = set()
    waiting: list[object] = list(roots)
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            name = reference_name(node)
            if name and name in document.schemas and name not in found:
                found.add(name)
                waiting.append(document.schemas[name])
            waiting += [child for key, child in node.items() if key not in ("example", "examples", "x-counterfoil", "mapping")]
    return found


def holds_itself(document: Document, name: str) -> bool:
    """Tell whether a component is part of a cycle."""
    return name in reachable(document, document.schemas[name])


def is_tracked(document: Document, name: str) -> bool:
    """Tell whether the garbage collector must see a component: it is in a cycle, or reaches a value of any shape."""
    names = {name, *reachable(document, document.schemas[name])}
    return holds_itself(document, name) or any(_is_open(document.schemas[one]) for one in names)


def _is_open(node: object) -> bool:
    if isinstance(node, list):
        return any(map(_is_open, node))
    if not isinstance(node, dict):
        return False
    schema_like = not ({"$ref", "type", "oneOf", "anyOf", "const", "enum"} & node.keys())
    children = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
    children += [member for member in node.get("oneOf", []) + node.get("anyOf", []) if set(member) != {"required"}]
    extra = node.get("additionalProperties")
    return schema_like or extra is True or any(map(_is_open, [*children, *([extra] if isinstance(extra, dict) else [])]))


def tag_properties(document: Document) -> dict[str, str]:
    """Return, by component, the property that tells it from the other members of a union, wherever the union stands."""
    found: dict[str, str] = {}
    waiting: list[object] = [document.root.get("paths"), document.root.get("components")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            tag = node.get("discriminator", {}).get("propertyName") if isinstance(node.get("discriminator"), dict) else None
            found |= {name: str(tag) for member in union_members(node) if tag and (name := reference_name(member))}
        waiting += list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    return found
