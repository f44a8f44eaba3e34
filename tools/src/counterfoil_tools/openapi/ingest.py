"""Stage 1, ingest: specs/<api>/ -> Document. The only stage that reads files."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .adoption_counts import read_counts
from .document import AdoptionCounts, Document, Node, PackageSettings, escape
from .errors import Location, SpecError, SpecErrors
from .json_nodes import compose_json
from .package_settings import PLACEHOLDER, read_settings
from .walk import references, walk

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
LINE_END = re.compile(r"\r\n?")
MOST_NODES = 500_000  # Stripe's document, the largest that is known, has 80,000
FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
PROSE = {"title", "summary", "description", "x-counterfoil"}
EMPTY = "the document describes no operation"


def ingest(folder: Path) -> Document:
    """Read one API's folder. Raises SpecErrors with every error found."""
    document = read(folder)
    if document.faults:
        raise SpecErrors(document.faults)
    return document


def read(folder: Path) -> Document:
    """Read one API's folder. Errors go into `faults`, and lint reports them with its own.

    Raises SpecErrors if openapi.yaml is not YAML or describes no operation: then there is no
    document to check.
    """
    reader = _Reader(folder)
    package = reader.read_settings()
    root = reader.read_document(package)
    changelog = reader.read_text("CHANGELOG.md")
    adoption = reader.read_adoption()
    return Document(
        api=folder.name,
        root=root,
        locations=reader.locations,
        package=package or PLACEHOLDER,
        changelog=changelog,
        texts=reader.texts,
        faults=tuple(reader.errors),
        broken=frozenset(reader.broken),
        adoption=adoption,
    )


class _Reader:
    """Reads the files of one folder and collects the errors in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.locations: dict[str, Location] = {}
        self.errors: list[SpecError] = []
        self.texts: dict[str, bytes] = {}
        self.broken: set[str] = set()  # pointers to wrong nodes, which were emptied
        self.nodes = 0
        if not FOLDER.fullmatch(folder.name):
            message = f"the folder's name is {folder.name!r}"
            remedy = "Name it with letters, digits and hyphens: open2b-admin"
            self.complain(Location(f"specs/{folder.name}"), "folder", message, remedy)

    def file(self, name: str) -> str:
        return f"specs/{self.folder.name}/{name}"

    def read_text(self, name: str) -> str:
        """Return a file's text, or "" if it does not exist or cannot be read."""
        try:
            return self.read_inside(name)
        except ValueError as error:
            location = Location(self.file(name))
            remedy = "Put a plain file of UTF-8 text there"
            self.complain(location, "file", f"{name} {error}", remedy)
            return ""

    def read_inside(self, name: str) -> str:
        """Return a file's text, or "" if it does not exist.

        Raises ValueError if it is outside of the folder or cannot be read. The error's text
        continues a sentence that starts with the file's name.
        """
        path = self.folder / name
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):
                raise ValueError("leads out of the folder of the spec")
            if not path.is_file():
                return ""
            self.texts[name] = path.read_bytes()
        except (OSError, RuntimeError) as error:  # RuntimeError: a symbolic link to itself
            raise ValueError(f"cannot be read: {error.__class__.__name__}") from error
        try:
            return self.texts[name].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValueError(f"is not UTF-8: {error}") from error

    def complain(self, location: Location, rule: str, message: str, remedy: str) -> None:
        self.errors.append(SpecError(location, rule, message, remedy))

    def read_settings(self) -> PackageSettings | None:
        package, errors = read_settings(self.folder, self.read_text("package.toml"))
        self.errors += errors
        return package

    def read_adoption(self) -> AdoptionCounts | None:
        """Return the counts of an adopted document; None for a hand-written one."""
        try:
            return read_counts(self.read_text("adopt.toml"))
        except ValueError as error:
            place = Location(self.file("adopt.toml"))
            self.complain(place, "toml", f"not TOML: {error}", "Mend the syntax")
            return None

    def read_document(self, package: PackageSettings | None) -> Node:
        """Parse openapi.yaml, check its references and load its example files."""
        here = Location(self.file("openapi.yaml"))
        root = self.parse(here)
        is_adopted = package is not None and package.grade == "adopted"
        if not isinstance(root, dict) or not (root.get("paths") or is_adopted):
            self.complain(here, "empty-spec", EMPTY, "Describe at least one under `paths`")
            raise SpecErrors(self.errors)
        _fold_prose(root)
        self.check_references(root)
        self.load_examples(root)
        return root

    def parse(self, here: Location) -> Any:
        """Return openapi.yaml as plain data. Raises SpecErrors if it is neither JSON nor YAML."""
        text = self.read_yaml(here)
        try:
            tree = compose_json(text) or yaml.compose(text, Loader=Loader)
            return {} if tree is None else self.build(tree, "")
        except yaml.YAMLError as error:
            location = here
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            if mark:
                location = Location(here.file, mark.line + 1, mark.column + 1)
            problem = getattr(error, "problem", None) or str(error).splitlines()[0]
            message = f"not YAML: {problem}"
            remedy = "Correct the syntax; nothing else was checked"
        except RecursionError:
            location = here
            message = "it is nested without end"
            remedy = "An anchor (&) must not contain its own alias (*)"
        except OverflowError:
            location = here
            message = f"it has more than {MOST_NODES:,} nodes once every alias (*) is expanded"
            remedy = "Write components and refer to them with `$ref`, which is followed, not copied"
        self.complain(location, "yaml", message, remedy)
        raise SpecErrors(self.errors)

    def read_yaml(self, here: Location) -> str:
        """Return the text of openapi.yaml. Raises SpecErrors if it cannot be read."""
        try:
            return self.read_inside("openapi.yaml")
        except ValueError as error:
            is_encoding = isinstance(error.__cause__, UnicodeError)
            message = f"not YAML: {error.__cause__}" if is_encoding else f"openapi.yaml {error}"
            remedy = "Put a plain file of UTF-8 text there; nothing else was checked"
            self.complain(here, "yaml", message, remedy)
        raise SpecErrors(self.errors)

    def build(self, node: yaml.Node, pointer: str) -> Any:
        """Convert a YAML node to plain data: decimal numbers become Decimal, dates stay text."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise OverflowError
        self.locations[pointer] = self.location(node)
        if isinstance(node, yaml.SequenceNode):
            children = enumerate(node.value)
            return [self.build(child, f"{pointer}/{index}") for index, child in children]
        if isinstance(node, yaml.MappingNode):
            return self.build_mapping(node, pointer)
        self.check_text(str(node.value), self.locations[pointer])
        return _scalar(node)

    def location(self, node: yaml.Node) -> Location:
        mark = node.start_mark
        return Location(self.file("openapi.yaml"), mark.line + 1, mark.column + 1)

    def check_text(self, text: str, location: Location) -> None:
        if found := UNPRINTABLE.search(text):
            message = f"a text contains the invisible character U+{ord(found[0]):04X}"
            self.complain(location, "text", message, "Remove it, or describe it in words")

    def build_mapping(self, node: yaml.MappingNode, pointer: str) -> Node:
        built: Node = {}
        for key_node, child in node.value:
            is_text = isinstance(key_node, yaml.ScalarNode)
            key = str(key_node.value) if is_text else "a key that is not text"
            self.check_text(key, self.locations[pointer])
            if key in built:
                message = f"the key {key!r} is duplicated in one mapping"
                self.complain(
                    self.location(key_node), "duplicate-key", message, "Remove one of them"
                )
            built[key] = self.build(child, f"{pointer}/{escape(key)}")
        return built

    def check_references(self, root: Node) -> None:
        """Report broken references, and empty them so that the rest can still be checked."""
        wrong = []
        for node, pointer, _ in references(root):
            if found := _reference_error(root, node["$ref"]):
                rule, message, remedy = found
                self.complain(self.locations[pointer], rule, message, remedy)
                wrong.append((node, pointer))
        for node, pointer in wrong:
            node.clear()
            self.broken.add(pointer)

    def load_examples(self, root: Node) -> None:
        """Replace each example's `externalValue` by the file's content. Decimals stay exact."""
        for node, pointer, is_named in walk(root):
            if is_named or not isinstance(node.get("externalValue"), str):
                continue
            name = node.pop("externalValue")
            try:
                node["value"] = self.read_example(name)
            except (ValueError, RecursionError) as error:
                message = f"the example {name} {error}"
                remedy = "Correct the file or its name"
                self.complain(self.locations[pointer], "example-file", message, remedy)
                self.broken.add(pointer)
                node["value"] = None

    def read_example(self, name: str) -> Any:
        """Return the value of an example file.

        Raises ValueError. Its text continues a sentence that starts with the file's name.
        """
        text = self.read_inside(name)
        if name not in self.texts:
            raise ValueError("does not exist")
        try:
            return json.loads(text, parse_float=Decimal)
        except ValueError as error:
            raise ValueError(f"cannot be read: {error}") from error


def _fold_prose(root: Node) -> None:
    """Normalize the line endings of prose to \\n. Data is not changed."""
    for node, _, is_named in walk(root):
        if is_named:
            continue
        for word in PROSE & node.keys():
            node[word] = _fold(node[word])


def _fold(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _fold(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_fold(child) for child in value]
    return LINE_END.sub("\n", value) if isinstance(value, str) else value


def _reference_error(root: Node, reference: str) -> tuple[str, str, str] | None:
    """Return the rule, message and remedy of a broken reference, or None if it is valid."""
    if not reference.startswith("#/"):
        message = f"{reference!r} points outside of the document"
        return "external-ref", message, "Copy its target into `components`"
    fault = _reference_fault(root, reference)
    message = f"{reference!r} {fault}"
    if fault == "does not exist":
        return "dangling-ref", message, "Define it, or correct the reference"
    if fault:
        return "cyclic-ref", message, "Replace one of them by a schema"
    return None


def _reference_fault(root: Node, reference: Any) -> str:
    """Return why a reference is broken, or "" if it has a target."""
    document = Document("", root, {}, PLACEHOLDER)
    seen: set[str] = set()
    while isinstance(reference, str):
        if reference in seen:
            return "leads only to itself"
        seen.add(reference)
        try:
            target = document.find(reference.removeprefix("#"))
        except (KeyError, IndexError, ValueError, TypeError):
            return "does not exist"
        reference = target.get("$ref") if isinstance(target, dict) else None
    return ""


def _scalar(node: yaml.Node) -> Any:
    """Convert one scalar. Text that is not a JSON number, such as 1:30 or .inf, stays text."""
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
