"""Read a vendor's file as OpenAPI. Its format is detected from its content.

Nothing is fetched or executed. Raises InputError if the file cannot be read.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from ..openapi.shapes import ApiDescription, InputError, Node
from . import apibuilder, html_samples, swagger

LARGEST = 16 * 2**20  # bytes; the largest published files have about 5 MB


def read(file: Path, others: tuple[Path, ...] = ()) -> ApiDescription:
    """Read a vendor's file. `others` are the files that it may refer to."""
    text = _read_text(file)
    if html_samples.is_page(text):
        return ApiDescription(html_samples.convert(text, file.name))
    root = _parse(text, file.name)
    known = {other.name: _parse(_read_text(other), other.name) for other in others}
    for name, node in known.items():
        _qualify_references(node, name)
    if "openapi" in root and str(root["openapi"]).startswith("3."):
        return ApiDescription(root, known)
    if str(root.get("swagger")) == "2.0":
        return ApiDescription(swagger.convert(root), known)
    if all(isinstance(root.get(word), list) for word in ("resources", "models")):
        return ApiDescription(apibuilder.convert(root), says_null=False)
    raise InputError(
        f"{file.name} is neither OpenAPI 3, Swagger 2.0, an API Builder service "
        "nor a documentation page with samples"
    )


def _read_text(file: Path) -> str:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise InputError(
                f"{file.name} has {size / 2**20:.0f} MB, more than {LARGEST // 2**20}: "
                "cut out the relevant part"
            )
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name} is not text in UTF-8 (byte {error.start})") from None


def _parse(text: str, name: str) -> Node:
    try:
        if text.lstrip().startswith(("{", "[")):
            root = json.loads(text, parse_float=Decimal)
        else:
            root = yaml.load(text, Loader=_Loader)  # noqa: S506 -- a SafeLoader of our own
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        raise InputError(f"{where}: not JSON, or incomplete: {error.msg}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise InputError(f"{where}: not YAML: {problem}") from None
    except RecursionError:
        raise InputError(f"{name} is nested too deeply") from None
    except ValueError as error:
        raise InputError(f"{name} cannot be read: {error}") from None
    if not isinstance(root, dict):
        found = "is empty" if root is None else "is not a mapping"
        raise InputError(f"{name} describes no API: it {found}")
    return root


def _qualify_references(root: Node, name: str) -> None:
    """Add a file's name to its references to itself, so that another file can use them."""
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
    """A YAML loader whose aliases share their target. Merge keys, which copy it, are refused."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(
                    None, None, "merge keys (<<) are not read", key.start_mark
                )
