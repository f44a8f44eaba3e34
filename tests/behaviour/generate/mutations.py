"""Spoil a spec: one random wrong thing at a time, the same ones for the same seed."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[str | int, ...]
VALUES: list[Any] = [
    None,
    "",
    "x",
    "/",
    5,
    0,
    -1,
    1.5,
    True,
    [],
    {},
    [None],
    [{}],
    ["x", "x"],
    {"x": None},
    {"$ref": "#/info"},
]
NAMES = [
    "",
    "class",
    "None",
    "field",
    "self",
    "str",
    "list",
    "Decimal",
    "datetime",
    "models",
    "é",
    "a b",
    'a"b',
    "{{x}}",
    "0",
    "$",
    "x\\",
    "Client",
    "Page",
    "UNSET",
    "close",
    "import",
    "timeout",
    "msgspec",
    "Enum",
    "cursor",
    "type",
]
TEXTS = ['"""', "\\", "{{ 1/0 }}", "\0", "\ud800", "\u2028", "a\r\nb", "'", "x" * 300, "-->", "|"]
TYPES = [
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "null",
    ["string", "integer"],
    ["array", "null"],
    ["null"],
]
FORMATS = [
    "decimal",
    "date",
    "date-time",
    "naive-date-time",
    "password",
    "uuid",
    "binary",
    "byte",
    "int64",
    "uri",
    "email",
    "time",
]
METHODS = ("get", "put", "post", "patch", "delete")
WORDS: dict[str, list[Any]] = {
    "cursor": ["nowhere", "/conditions/nowhere", "/", "limit"],
    "items": ["/", "/nowhere", "/id", "/x/y"],
    "next": ["/", "/nowhere"],
    "total": ["/nowhere", "/"],
    "size": ["nowhere", "/nowhere"],
    "order": [{"parameter": "nowhere", "value": 1}],
    "select": [{"parameter": "nowhere", "value": "id"}],
    "excludes": [["nowhere"]],
    "style": ["token", "keyset", "offset", "page"],
    "end": ["no-next", "empty-page", "total"],
    "result": ["/", "/nowhere", "/status", "/id", "/items"],
    "result-header": ["Nowhere", ""],
    "body": ["class", "id", "form", "cursor"],
    "resource": ["import", "with_response", "page", "client", "models", "async_parcels", "parcels"],
    "method": [
        "import",
        "iterate",
        "pages",
        "str",
        "list",
        "models",
        "get",
        "builtins",
        "datetime",
    ],
    "window": [
        {"from": "nowhere", "to": "x"},
        {"from": "x", "to": "x", "longest": "P1D"},
        {"from": "id", "to": "id"},
    ],
    "successor": ["x.y"],
    "errors": [[{"field": 1}], [{"field": '"""', "type": "\\", "message": "{{x}}"}]],
    "retry": ["safe", "keyed", "never", "often"],
    "statuses": [{"403": "Nothing"}, {"403": "NotFound"}],
    "raises": [{"x": "NotFound"}, {"x": "Nothing"}],
    "in": ["query", "header", "cookie", "path", "body"],
    "scheme": ["bearer", "basic", "digest"],
    "const": [5, True, None, {}, "x", ""],
    "enum": [
        [],
        [1, "a"],
        [None],
        ["a", "a"],
        [1.5],
        [True],
        ["a", "A"],
        ["", "-", "+"],
        [None, "a"],
        [1, 2],
        ["mro", "name", "value"],
    ],
    "discriminator": [
        {"propertyName": "nowhere"},
        {},
        {"propertyName": "id"},
        {"propertyName": "type"},
    ],
    "parameters": [
        {},
        [{}],
        {"a": {"name": "a", "in": "query"}},
        [{"name": "a", "in": "query", "content": {}}],
    ],
    "responses": [
        {},
        {"default": {"description": "x"}},
        {"2XX": {"description": "x"}},
        {"200": {"description": "x"}},
    ],
    "content": [
        {},
        {"text/plain": {"schema": {"type": "string"}}},
        {"image/png": {"schema": {"type": "string"}}},
        {"x": {}},
    ],
    "security": [[{"nowhere": []}], [{}], [], [{"x": ["a"]}], {"x": []}],
    "required": [["nowhere"], [], True, ["id", "id"]],
    "additionalProperties": [True, False, {}, {"type": "integer"}],
    "oneOf": [
        [],
        [{"type": "string"}, {"type": "integer"}],
        [{"type": "null"}],
        [{"type": "string"}, {"type": "null"}],
    ],
    "pattern": ["(", "[", "^a$", "\\p{L}", "(?<x>a)"],
    "minimum": [5, -5, 1.5, "5"],
    "default": ["x", 5, None, {}, []],
    "url": ["", "{nowhere}", "/", "https://x.example/{", 'https://x"y'],
    "securitySchemes": [
        {"o": {"type": "oauth2", "flows": {}}},
        {"o": {"type": "openIdConnect", "openIdConnectUrl": "https://x.example"}},
        {"o": {"type": "apiKey", "in": "query", "name": "k"}},
        {"timeout": {"type": "http", "scheme": "basic"}},
    ],
    "openapi": ["3.0.3", "2.0", 3.1, "3.1.1"],
}


def mutants(root: Any, seed: str, count: int) -> Iterator[tuple[str, Any]]:
    """Yield spoilt copies of a document, each with a word on how."""
    chance = random.Random(seed)
    for _ in range(count):
        spoilt = copy.deepcopy(root)
        changes = chance.choice((1, 1, 1, 2))
        said = [_spoil(chance, spoilt) for _ in range(changes)]
        yield "; ".join(said), spoilt


def as_yaml(root: Any) -> str:
    """Write a document as YAML: JSON is, as good as."""
    return json.dumps(root, default=str, indent=1)


def _spoil(chance: random.Random, root: Any) -> str:
    places = [path for path in _paths(root, ()) if path]
    path = chance.choice(places)
    if chance.random() < 0.3:  # rare words would hardly be met otherwise
        path = chance.choice([one for one in places if one[-1] in WORDS] or places)
    change = chance.choice(
        [
            _delete,
            _replace,
            _replace,
            _reword,
            _reword,
            _reword,
            _rename,
            _retype,
            _point,
            _duplicate,
            _retext,
        ]
    )
    change(chance, root, path)
    return f"{change.__name__.strip('_')} {'/'.join(map(str, path))}"


def _paths(node: Any, path: Path) -> Iterator[Path]:
    yield path
    if path and path[-1] in ("examples", "example"):
        return
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, child in items:
        yield from _paths(child, (*path, key))


def _at(root: Any, path: Path) -> Any:
    for part in path:
        root = root[part]
    return root


def _delete(chance: random.Random, root: Any, path: Path) -> None:
    del _at(root, path[:-1])[path[-1]]


def _replace(chance: random.Random, root: Any, path: Path) -> None:
    holder = _at(root, path[:-1])
    holder[path[-1]] = copy.deepcopy(chance.choice(VALUES))


def _reword(chance: random.Random, root: Any, path: Path) -> None:
    """Set a word to a value that is often invalid, or add a word of another place."""
    word = path[-1] if path[-1] in WORDS else chance.choice(list(WORDS))
    holder = _at(root, path[:-1])
    if isinstance(holder, dict):
        holder[word] = copy.deepcopy(chance.choice(WORDS[str(word)]))


def _rename(chance: random.Random, root: Any, path: Path) -> None:
    holder = _at(root, path[:-1])
    name = chance.choice(NAMES)
    if isinstance(holder, dict):
        items = [(name if key == path[-1] else key, value) for key, value in holder.items()]
        holder.clear()
        holder.update(items)
        if len(path) > 2 and path[-2] == "schemas":
            _refer(root, f"#/components/schemas/{path[-1]}", f"#/components/schemas/{name}")


def _refer(node: Any, old: str, new: str) -> None:
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        _refer(child, old, new)
    if isinstance(node, dict) and node.get("$ref") == old:
        node["$ref"] = new


def _retype(chance: random.Random, root: Any, path: Path) -> None:
    node = _at(root, path)
    if isinstance(node, dict):
        key, values = chance.choice(
            [("type", TYPES), ("format", FORMATS), ("name", NAMES), ("in", WORDS["in"])]
        )
        node[key] = chance.choice(values)


def _point(chance: random.Random, root: Any, path: Path) -> None:
    """Put a reference to a random component in a node's place."""
    kinds = root.get("components")
    sections = kinds.items() if isinstance(kinds, dict) else ()
    names = [
        f"#/components/{kind}/{name}"
        for kind, components in sections
        if isinstance(components, dict)
        for name in components
    ]
    references = [one for one in _paths(root, ()) if one and one[-1] == "$ref"]
    target = chance.choice([*names, "#/nowhere", "#/info", "other.yaml#/x"])
    if references and chance.random() < 0.5:
        path = chance.choice(references)
        _at(root, path[:-1])["$ref"] = target
    else:
        _at(root, path[:-1])[path[-1]] = {"$ref": target}


def _duplicate(chance: random.Random, root: Any, path: Path) -> None:
    holder = _at(root, path[:-1])
    if isinstance(holder, list):
        holder.append(copy.deepcopy(holder[int(path[-1])]))
    elif chance.random() < 0.5 and "get" in holder:
        holder[chance.choice(METHODS)] = copy.deepcopy(holder[path[-1]])
    else:
        holder[f"{path[-1]}{chance.choice(['_', '2', '-', ' '])}"] = copy.deepcopy(holder[path[-1]])


def _retext(chance: random.Random, root: Any, path: Path) -> None:
    texts = [one for one in _paths(root, ()) if one and isinstance(_at(root, one), str)]
    path = chance.choice(texts)
    beginning = chance.choice(["", _at(root, path)])
    holder = _at(root, path[:-1])
    holder[path[-1]] = beginning + chance.choice(TEXTS)


Change = Callable[[random.Random, Any, Path], None]
