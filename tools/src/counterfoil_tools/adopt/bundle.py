"""Pass 2, bundle: one document, in which references lead to component schemas and nowhere else.

Parameters, responses, bodies, headers and path items are written out where they are referred to. A
schema outside the components (in another file, or within another schema) becomes a component. Files
are given with `--ref`; nothing is fetched. A schema that is not there allows any value, so that an
operation can be called all the same; it is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import unquote

from ..openapi.document import METHODS, Node, unescape
from .state import LEFT_OUT, ORIGIN, Adoption, origin, unsayable
from .walk import copy_node

SCHEMA_WORDS = ("items", "additionalProperties", "not", "schema", "contains", "propertyNames")
SCHEMA_LISTS = ("allOf", "oneOf", "anyOf", "prefixItems")
SCHEMA_MAPS = ("properties", "patternProperties")
LONGEST_CHAIN = 50


def bundle(adoption: Adoption) -> None:
    """Write references out, and bring every schema that one leads to into the components."""
    _Bundler(adoption).run()


class _Bundler:
    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption
        self.root = adoption.root
        self.home = "definitions" if "swagger" in self.root else "components/schemas"
        self.prefix = f"#/{self.home}/"
        self.schemas = self._find_home()
        self.brought: dict[str, str] = {}  # reference -> the component that it became
        self.missing: set[str] = set()  # references to schemas that are not there
        self.waiting: list[Node] = []

    def _find_home(self) -> dict[str, Any]:
        node = self.root
        for part in self.home.split("/"):
            child = node.get(part)
            if not isinstance(child, dict):
                child = node[part] = {}
            node = child
        node.pop(ORIGIN, None)
        return node

    def run(self) -> None:
        for schema in list(self.schemas.values()):
            self.schema(schema)
        paths = self.root.get("paths")
        self.root["paths"] = self.paths(paths if isinstance(paths, dict) else {})
        for word in ("webhooks", "x-webhooks"):
            if isinstance(self.root.get(word), dict):
                self.root[word] = self.paths(self.root[word])
        while self.waiting:
            self.schema(self.waiting.pop())
        for name in self.schemas:
            self.check_circle(name)

    def check_circle(self, name: str) -> None:
        """Replace a component that only refers to itself."""
        seen = {name}
        node = self.schemas[name]
        while isinstance(node, dict) and "$ref" in node:
            target = node["$ref"].removeprefix(self.prefix)
            if target in seen:
                place = origin(self.schemas[name])
                fault = "the schema only refers to itself"
                self.schemas[name] = unsayable(fault, f"{place}/$ref", fault=True)
                return
            seen.add(target)
            node = self.schemas.get(target)

    # paths and what they hold

    def paths(self, paths: Node) -> Node:
        made = {path: self.resolve(item) for path, item in paths.items() if path != ORIGIN}
        for path in [path for path, item in made.items() if LEFT_OUT in item]:
            found = made.pop(path)[LEFT_OUT]
            self.adoption.leave_out("operation", path, found["reason"], found["place"], fault=True)
        for item in made.values():
            item["parameters"] = self.parameters(item.get("parameters"))
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    self.operation(item[method])
                elif method in item:
                    del item[method]
        return made

    def operation(self, node: Node) -> None:
        node["parameters"] = self.parameters(node.get("parameters"))
        if "requestBody" in node:
            node["requestBody"] = self.resolve(node["requestBody"])
            self.content(node["requestBody"])
        responses = node.get("responses")
        node["responses"] = {
            str(status): self.answer(one)
            for status, one in (responses.items() if isinstance(responses, dict) else ())
            if not str(status).startswith("x-")
        }

    def parameters(self, listed: Any) -> list[Node]:
        made = [self.resolve(one) for one in listed] if isinstance(listed, list) else []
        for one in made:
            self.words(one)
            self.content(one)
        return made

    def answer(self, node: Any) -> Node:
        made = self.resolve(node)
        self.words(made)
        self.content(made)
        headers = made.get("headers")
        if isinstance(headers, dict):
            made["headers"] = {
                name: self.resolve(one) for name, one in headers.items() if name != ORIGIN
            }
            for one in made["headers"].values():
                self.words(one)
        return made

    def content(self, node: Node) -> None:
        content = node.get("content")
        for media in content.values() if isinstance(content, dict) else ():
            if not isinstance(media, dict):
                continue
            self.words(media)
            examples = media.get("examples")
            if isinstance(examples, dict):
                media["examples"] = {name: self.resolve(one) for name, one in examples.items()}

    def resolve(self, node: Any) -> Node:
        """Return a copy of a reference's target, for anything but schemas; siblings override it."""
        beside: Node = {}
        for _ in range(LONGEST_CHAIN):
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                break
            beside = {
                **{key: one for key, one in node.items() if key not in ("$ref", ORIGIN)},
                **beside,
            }
            place = f"{origin(node)}/$ref"
            node, fault = self.find(node["$ref"])
            if fault:
                return unsayable(fault, place, fault=True)
        else:
            return unsayable("the reference only refers to itself", origin(node), fault=True)
        copied = copy_node(node) if isinstance(node, dict) else {}
        return {**copied, **beside}

    # schemas

    def schema(self, node: Any) -> None:
        """Make the references of a schema, and of all that it holds, lead to components."""
        if not isinstance(node, dict):
            return
        if isinstance(node.get("$ref"), str):
            self.refer(node)
        elif "$ref" in node:
            del node["$ref"]
        self.words(node)
        for word in SCHEMA_LISTS:
            for child in node[word] if isinstance(node.get(word), list) else ():
                self.schema(child)
        for word in SCHEMA_MAPS:
            children = node.get(word)
            if isinstance(children, dict):
                for child in children.values():
                    self.schema(child)

    def words(self, node: Node) -> None:
        for word in SCHEMA_WORDS:
            self.schema(node.get(word))

    def refer(self, node: Node) -> None:
        reference = node["$ref"]
        if reference.startswith(self.prefix):
            name = unescape(unquote(reference.removeprefix(self.prefix)))
            plain = unescape(reference.removeprefix(self.prefix))
            name = plain if plain in self.schemas else name
            if name in self.schemas:
                node["$ref"] = self.prefix + name
                return
        if reference not in self.brought:
            target, fault = self.find(reference)
            if fault:
                self.allow_any_value(node, fault)
                return
            self.brought[reference] = self.bring(reference, target)
        node["$ref"] = self.prefix + self.brought[reference]

    def allow_any_value(self, node: Node, fault: str) -> None:
        """Replace a reference that leads nowhere, and report it once."""
        reference = node.pop("$ref")
        if reference not in self.missing:
            self.missing.add(reference)
            place = f"{origin(node)}/$ref"
            self.adoption.leave_out(
                "schema", reference.rstrip("#"), f"{fault}; it allows any value", place, fault=True
            )
        node.setdefault(
            "description", f"Any value: its schema, `{reference.rstrip('#')}`, is not here."
        )

    def bring(self, reference: str, target: Any) -> str:
        """Copy a schema into the components, and return its name."""
        name = next(one for one in _names(reference) if one not in self.schemas)
        self.adoption.note("schemas outside the components are moved there", origin(target))
        copied = copy_node(target) if isinstance(target, dict) else {}
        self.schemas[name] = copied
        self.waiting.append(copied)
        if isinstance(target, dict):  # where it was, it is now referred to: one schema, one name
            target.clear()
            target.update({"$ref": self.prefix + name, ORIGIN: origin(copied)})
        return name

    def find(self, reference: str) -> tuple[Any, str]:
        """Return the target of a reference and a fault; the fault is "" if it resolves."""
        file, _, pointer = reference.partition("#")
        node = self.find_file(file) if file else self.root
        spelled = repr(reference.rstrip("#"))
        if node is None:
            return None, f"the reference {spelled} is to another file: add it with `--ref`"
        for part in filter(None, pointer.split("/")):
            node = _step(node, part)
            if node is None:
                return None, f"the reference {spelled} cannot be resolved"
        return node, ""

    def find_file(self, file: str) -> Any:
        """Return a file given with `--ref`, by its path or else by its name; None if it was not."""
        others = self.adoption.others
        return others.get(file, others.get(file.rpartition("/")[2]))


def _step(node: Any, part: str) -> Any:
    """Return the child that one part of a JSON pointer names, None if there is none."""
    if isinstance(node, list):
        return node[int(part)] if part.isdigit() and int(part) < len(node) else None
    if not isinstance(node, dict):
        return None
    for name in (unescape(part), unescape(unquote(part))):
        if name in node:
            return node[name]
    return None


def _names(reference: str) -> Iterator[str]:
    """Yield names for the target of a reference: its last part, then more of what leads to it."""
    file, _, pointer = reference.partition("#")
    stem = file.rpartition("/")[2].partition(".")[0]
    parts = [unescape(unquote(part)) for part in pointer.split("/") if part]
    telling = [part for part in parts if not part.isdigit() and part not in SCHEMA_MAPS]
    telling = [stem, *telling] if stem else telling
    for length in range(1, len(telling) + 1):
        yield "_".join(telling[-length:])
    yield from (f"{(telling or ['Schema'])[-1]}_{number}" for number in count(2))
