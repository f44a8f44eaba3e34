"""Pass 1, read: a vendor's file to plain data. JSON first, then YAML 1.2's core schema with merge
keys.

Numbers with a point are Decimal, dates stay text. A file that is too large, too deep, truncated, or
has a duplicate key is refused with its place.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .places import find_duplicate
from .recognize import check_bytes, check_text
from .state import AdoptError

LARGEST = 25 * 1024 * 1024  # bytes; the largest of 238 published documents has 12 MB
DEEPEST = 200  # levels; the deepest of 238 has 60
MOST_NODES = 4_000_000  # after aliases are written out
PAIR = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML with the core schema of YAML 1.2: `on`, `yes` and `2026-11-26` are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own form


STANDARD = "tag:yaml.org,2002:"
CORE_SCHEMA = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    "merge": (r"<<", ["<"]),
}
for _tag, (_pattern, _first) in CORE_SCHEMA.items():
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first
    )


def read(path: Path) -> Any:
    """Return the file's content as plain data; raise AdoptError with a place for what cannot be
    read.
    """
    file = path.name
    try:
        size = path.stat().st_size
        if size > LARGEST:
            limit = f"documents of up to {LARGEST >> 20} MB are read"
            raise AdoptError(
                f"{file}:1:1: the file has {size >> 20} MB; {limit}. Ask the vendor for a part."
            )
        content = path.read_bytes()
    except OSError as error:
        raise AdoptError(f"{path}: the file cannot be opened: {error.strerror}.") from error
    check_bytes(file, content)
    text = _decode(file, content)
    check_text(file, text)
    tree = _parse_json(file, text) if text.lstrip()[0] in "{[" else _parse_yaml(file, text)
    _check_extent(file, tree)
    return tree


def _decode(file: str, content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise AdoptError(
            f"{file}:{line}:1: the file is not UTF-8 text. Save it as UTF-8."
        ) from error


def _parse_json(file: str, text: str) -> Any:
    """Parse JSON; what begins like JSON and is none may still be YAML in flow style."""
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_build_object,
        )
    except _Twice:
        line, column, key = find_duplicate(text)
        advice = "Drop one of them, or ask the vendor which holds."
        raise AdoptError(
            f"{file}:{line}:{column}: the key {key!r} is duplicated. {advice}"
        ) from None
    except json.JSONDecodeError as error:
        return _parse_flow_yaml(file, text, error)
    except RecursionError:
        raise _too_deep(file) from None
    except ValueError as error:
        raise AdoptError(f"{file}:1:1: the file is not JSON: {error}.") from None


def _parse_flow_yaml(file: str, text: str, error: json.JSONDecodeError) -> Any:
    try:
        return _parse_yaml(file, text)
    except AdoptError:
        place = f"{file}:{error.lineno}:{error.colno}"
        if error.msg == "Extra data":
            raise AdoptError(
                f"{place}: a second document begins here. Give each a file of its own."
            ) from None
        raise AdoptError(
            f"{place}: not JSON, or not whole: {error.msg}. Download the file again."
        ) from None


class _Twice(Exception):
    pass


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len(built) != len(pairs):
        raise _Twice
    return built


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON number")


def _too_deep(file: str) -> AdoptError:
    return AdoptError(f"{file}:1:1: the document is nested more than {DEEPEST} levels deep.")


def _parse_yaml(file: str, text: str) -> Any:
    text = PAIR.sub(_join_pair, text)
    try:
        tree = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise AdoptError(_yaml_sentence(file, error)) from None
    except RecursionError:
        raise _too_deep(file) from None
    builder = _Builder(file)
    return builder.build(tree, 1) if tree is not None else None


def _join_pair(match: re.Match[str]) -> str:
    """JSON spells characters beyond the first plane as two surrogates, which YAML does not know."""
    return (
        (rb"\u" + match[1].encode() + rb"\u" + match[2].encode())
        .decode("unicode_escape")
        .encode("utf-16", "surrogatepass")
        .decode("utf-16")
    )


def _yaml_sentence(file: str, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else f"{file}:1:1"
    said = str(getattr(error, "problem", None) or str(error).splitlines()[0])
    if "nesting depth" in said:
        return f"{place}: the document is nested more than {DEEPEST} levels deep."
    if "another document" in said:
        return f"{place}: a second document begins here. Give each a file of its own."
    return f"{place}: not YAML, or not whole: {said}. Download the file again."


class _Builder:
    """Builds plain data of YAML nodes; an alias is built once, however often it is used."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.built: dict[int, Any] = {}
        self.open: set[int] = set()

    def place(self, node: yaml.Node) -> str:
        return f"{self.file}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"

    def build(self, node: yaml.Node, level: int) -> Any:
        if not node.tag.startswith(STANDARD):
            raise AdoptError(
                f"{self.place(node)}: the tag {node.tag} is another tool's. Let it bundle the file."
            )
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        key = id(node)
        if key in self.built:
            return self.built[key]
        if key in self.open:
            raise AdoptError(
                f"{self.place(node)}: this anchor (&) holds its own alias (*), without end."
            )
        if level > DEEPEST:
            raise AdoptError(
                f"{self.place(node)}: the document is nested more than {DEEPEST} levels deep."
            )
        self.open.add(key)
        built: Any = []
        if isinstance(node, yaml.MappingNode):
            built = self.build_mapping(node, level)
        else:
            built = [self.build(child, level + 1) for child in node.value]
        self.open.discard(key)
        self.built[key] = built
        return built

    def build_mapping(self, node: yaml.MappingNode, level: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, child in node.value:
            if key_node.tag.endswith(":merge"):
                merged |= self.merge(child, level)
                continue
            key = self.key(key_node)
            if key in built:
                advice = "Drop one of them, or ask the vendor which holds."
                raise AdoptError(f"{self.place(key_node)}: the key {key!r} is duplicated. {advice}")
            built[key] = self.build(child, level + 1)
        return {**merged, **built} if merged else built

    def merge(self, node: yaml.Node, level: int) -> dict[str, Any]:
        """Return the mapping that a merge key (`<<: *anchor`) refers to."""
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        merged: dict[str, Any] = {}
        for part in reversed(parts):
            found = self.build(part, level + 1)
            merged |= found if isinstance(found, dict) else {}
        return merged

    def key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise AdoptError(f"{self.place(node)}: a key is no text. Quote it.")
        return str(node.value)


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    try:
        match node.tag.rpartition(":")[2]:
            case "int":
                return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
            case "float":
                return Decimal(text)
            case "bool":
                return text.lower() == "true"
            case "null":
                return None
    except (ValueError, ArithmeticError):
        return text
    return text


def _check_extent(file: str, tree: Any) -> None:
    """Refuse a document that is too deep, or too large once its aliases are expanded."""
    counted: dict[int, int] = {}
    waiting: list[tuple[Any, int, bool]] = [(tree, 1, False)]
    while waiting:
        node, level, is_done = waiting.pop()
        children = _children(node)
        if is_done:
            below = [counted.get(id(child), 1) for child in children]
            counted[id(node)] = 1 + sum(below)
        elif id(node) not in counted:
            if level > DEEPEST:
                raise _too_deep(file)
            waiting.append((node, level, True))
            waiting += [
                (child, level + 1, False) for child in children if isinstance(child, (dict, list))
            ]
    if counted.get(id(tree), 1) > MOST_NODES:
        grown = f"its aliases (*) write out to more than {MOST_NODES:,} values"
        raise AdoptError(f"{file}:1:1: {grown}, which is not supported.")


def _children(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []
