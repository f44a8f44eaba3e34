"""Stage 1, ingest: specs/<api>/ -> Document. The only stage that reads."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .document import Document, Node, PackageSettings, escape
from .errors import Place, SpecError, SpecErrors
from .forms import faults

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SETTINGS = {
    "dist": "dist",
    "import": "import_name",
    "client": "client",
    "async_client": "async_client",
    "version": "version",
    "runtime_floor": "runtime_floor",
    "api_version": "api_version",
    "title": "title",
    "summary": "summary",
    "documentation": "documentation",
    "example": "example",
}


def ingest(folder: Path) -> Document:
    """Read one API's folder; raise SpecErrors with all that cannot be read or found."""
    reader = _Reader(folder)
    root = reader.read_document()
    package = reader.read_settings()
    if reader.errors or package is None:
        raise SpecErrors(reader.errors)
    return Document(folder.name, root, reader.places, package, reader.read_text("CHANGELOG.md"), reader.texts)


class _Reader:
    """Reads the files of one folder and collects what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places: dict[str, Place] = {}
        self.errors: list[SpecError] = []
        self.texts: dict[str, bytes] = {}

    def file(self, name: str) -> str:
        return f"specs/{self.folder.name}/{name}"

    def read_text(self, name: str) -> str:
        """Return a file's text, "" if there is no such file."""
        path = self.folder / name
        if not path.is_file():
            return ""
        self.texts[name] = path.read_bytes()
        return self.texts[name].decode("utf-8-sig")

    def complain(self, place: Place, rule: str, message: str, remedy: str) -> None:
        self.errors.append(SpecError(place, rule, message, remedy))

    def read_document(self) -> Node:
        """Parse openapi.yaml, note every node's place, check its references and take in its example files."""
        here = Place(self.file("openapi.yaml"))
        root = self.parse(here)
        if not isinstance(root, dict) or not root.get("paths"):
            self.complain(here, "empty-spec", "the document describes no operation", "Describe at least one under `paths`")
            raise SpecErrors(self.errors)
        self.check_references(root, root, "")
        if not self.errors:
            self.take_in_examples(root, "")
        return root

    def parse(self, here: Place) -> Any:
        """Return openapi.yaml as plain data; what is not YAML ends the reading."""
        try:
            tree = yaml.compose(self.read_text("openapi.yaml"), Loader=Loader)
            return {} if tree is None else self.build(tree, "")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            place = Place(here.file, mark.line + 1, mark.column + 1) if mark else here
            said = getattr(error, "problem", None) or str(error).splitlines()[0]
            self.complain(place, "yaml", f"not YAML: {said}", "Mend the syntax; nothing else was looked at")
        except RecursionError:
            self.complain(here, "yaml", "it is nested without end", "An anchor (&) must not hold its own alias (*)")
        raise SpecErrors(self.errors)

    def build(self, node: yaml.Node, pointer: str) -> Any:
        """Turn a YAML node into plain data: numbers with a point become Decimal, dates stay text."""
        self.places[pointer] = Place(self.file("openapi.yaml"), node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, f"{pointer}/{index}") for index, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self.build_mapping(node, pointer)
        self.check_text(str(node.value), self.places[pointer])
        return _scalar(node)

    def check_text(self, text: str, place: Place) -> None:
        if found := UNPRINTABLE.search(text):
            message = f"a text holds the character U+{ord(found[0]):04X}, which cannot be seen"
            self.complain(place, "text", message, "Drop it, or describe it in words")

    def build_mapping(self, node: yaml.MappingNode, pointer: str) -> Node:
        built: Node = {}
        for key_node, child in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "a key that is no text"
            self.check_text(key, self.places[pointer])
            if key in built:
                place = Place(self.file("openapi.yaml"), key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                self.complain(place, "duplicate-key", f"the key {key!r} stands twice in one mapping", "Drop one of them")
            built[key] = self.build(child, f"{pointer}/{escape(key)}")
        return built

    def check_references(self, root: Node, node: Any, pointer: str) -> None:
        for child, where in _children(node, pointer):
            self.check_references(root, child, where)
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str):
            return
        place = self.places[pointer]
        if not reference.startswith("#/"):
            message, remedy = f"{reference!r} leads out of the document", "Bring what it names into `components`"
            self.complain(place, "external-ref", message, remedy)
        elif (fault := _reference_fault(root, reference)) == "does not exist":
            self.complain(place, "dangling-ref", f"{reference!r} {fault}", "Define it, or correct the reference")
        elif fault:
            self.complain(place, "cyclic-ref", f"{reference!r} {fault}", "Let one of them be a schema of its own")

    def take_in_examples(self, node: Any, pointer: str) -> None:
        """Put the file that an example's `externalValue` names in its place, every digit kept."""
        for child, where in _children(node, pointer):
            self.take_in_examples(child, where)
        if isinstance(node, dict) and isinstance(node.get("externalValue"), str):
            name = node["externalValue"]
            text = ""
            try:
                text = self.read_text(name)
                node["value"] = json.loads(text, parse_float=Decimal)
            except (ValueError, RecursionError) as error:
                lost = not text and isinstance(error, json.JSONDecodeError)
                message = f"the example {name} does not exist" if lost else f"the example {name} cannot be read: {error}"
                self.complain(self.places[pointer], "example-file", message, "Mend the file, or correct its name")
            del node["externalValue"]

    def read_settings(self) -> PackageSettings | None:
        place = Place(self.file("package.toml"))
        try:
            found = tomllib.loads(self.read_text("package.toml"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.complain(place, "toml", f"not TOML: {error}", "Mend the syntax")
            return None
        if not found:
            self.complain(place, "package-settings", "package.toml does not exist, or is empty", "Copy that of another API")
            return None
        wrong = list(faults("frame.schema.json", "settings", found))
        for pointer, message, remedy in wrong:
            self.complain(place, "package-settings", f"{pointer.lstrip('/') or 'package.toml'}: {message}", remedy)
        return None if wrong else PackageSettings(**{field: found[key] for key, field in SETTINGS.items()})


def _children(node: Any, pointer: str) -> Iterator[tuple[Any, str]]:
    if isinstance(node, dict):
        yield from ((child, f"{pointer}/{escape(key)}") for key, child in node.items())
    elif isinstance(node, list):
        yield from ((child, f"{pointer}/{index}") for index, child in enumerate(node))


def _reference_fault(root: Node, reference: Any) -> str:
    """Tell what is wrong with a reference, "" if it ends at something."""
    document, seen = Document("", root, {}, None), set()  # type: ignore[arg-type]
    while isinstance(reference, str):
        if reference in seen:
            return "leads to nothing but itself"
        seen.add(reference)
        try:
            target = document.find(reference.removeprefix("#"))
        except (KeyError, IndexError, ValueError, TypeError):
            return "does not exist"
        reference = target.get("$ref") if isinstance(target, dict) else None
    return ""


def _scalar(node: yaml.Node) -> Any:
    """Read one scalar; what only looks like a number (1:30, .inf) stays text."""
    text = str(node.value)
    try:
        match node.tag.rpartition(":")[2]:
            case "int":
                return int(text.replace("_", ""), 0)
            case "float":
                return Decimal(text)
            case "bool":
                return text.lower() in ("true", "yes", "on")
            case "null":
                return None
            case _:
                return text
    except (ValueError, ArithmeticError):
        return text
