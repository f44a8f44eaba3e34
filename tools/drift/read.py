"""A vendor's file, whatever its format, as OpenAPI: read, told apart by what it says, and handed to its reader.

Nothing is fetched and nothing of it is run. Raises InputError, in words, for what cannot be read.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from . import apibuilder, page, swagger
from .facts import Described, InputError, Node

LARGEST = 16 * 2**20  # bytes; the largest files that vendors publish have some 5 MB


def read(file: Path, others: tuple[Path, ...] = ()) -> Described:
    """Read a vendor's file; `others` are files that its references may lead to, by their names."""
    text = _read_text(file)
    if page.is_page(text):
        return Described(page.convert(text, file.name))
    root = _parse(text, file.name)
    known = {other.name: _parse(_read_text(other), other.name) for other in others}
    for name, node in known.items():
        _lead_home(node, name)
    if "openapi" in root and str(root["openapi"]).startswith("3."):
        return Described(root, known)
    if str(root.get("swagger")) == "2.0":
        return Described(swagger.convert(root), known)
    if isinstance(root.get("resources"), list) and isinstance(root.get("models"), list):
        return Described(apibuilder.convert(root), says_null=False)
    raise InputError(
        f"{file.name} is neither OpenAPI 3, Swagger 2.0, an API Builder service nor a documentation page with samples"
    )


def _read_text(file: Path) -> str:
    try:
        if (size := file.stat().st_size) > LARGEST:
            raise InputError(f"{file.name} has {size / 2**20:.0f} MB, more than {LARGEST // 2**20}: cut out what concerns us")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name} is not text in UTF-8 (byte {error.start})") from None


def _parse(text: str, name: str) -> Node:
    try:
        root = json.loads(text, parse_float=Decimal) if text.lstrip().startswith(("{", "[")) else yaml.load(text, Loader=_Loader)  # noqa: S506
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}:{error.colno}: not JSON, or not whole: {error.msg}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise InputError(f"{where}: not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}") from None
    except RecursionError:
        raise InputError(f"{name} is nested too deeply") from None
    except ValueError as error:
        raise InputError(f"{name} cannot be read: {error}") from None
    if not isinstance(root, dict):
        raise InputError(f"{name} describes no API: it holds {'nothing' if root is None else 'no mapping'}")
    return root


def _lead_home(root: Node, name: str) -> None:
    """References of another file to itself, spelled as from outside."""
    waiting: list[Any] = [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str) and node["$ref"].startswith("#"):
                node["$ref"] = name + node["$ref"]
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML whose aliases share what they name. Merge keys, which would copy it, are refused."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(None, None, "merge keys (<<) are not read", key.start_mark)
