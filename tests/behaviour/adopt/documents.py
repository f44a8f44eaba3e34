"""Small invented documents, and what adopting them gives."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import yaml
from counterfoil_tools.adopt import Adoption, adopt

BILLING = Path(__file__).parents[2] / "fixtures/adopting/billing.yaml"
Node = dict[str, Any]


def document(
    schema: Any = None, schemas: Node | None = None, operation: Node | None = None, **root: Any
) -> Node:
    """An OpenAPI 3.0 document with one operation that answers a schema."""
    answer = {"description": "Done.", "content": {"application/json": {"schema": schema or {}}}}
    one = {"operationId": "getThing", "responses": {"200": answer}, **(operation or {})}
    made = {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.things.example"}],
        "paths": {"/things/{id}": {"get": one}},
        "components": {"schemas": schemas or {}},
    }
    return copy.deepcopy({**made, **root})


def swagger(operation: Node, **root: Any) -> Node:
    """A Swagger 2.0 document with one operation."""
    made = {
        "swagger": "2.0",
        "info": {"title": "Things", "version": "1"},
        "host": "api.things.example",
        "basePath": "/v1",
        "schemes": ["http", "https"],
        "paths": {"/things": {"post": {"operationId": "createThing", **operation}}},
    }
    return copy.deepcopy({**made, **root})


class Adopted:
    """A document that was adopted into a folder: the result as written, and what adopting noted."""

    def __init__(self, adoption: Adoption, folder: Path) -> None:
        self.adoption = adoption
        self.folder = folder
        self.text = (folder / "openapi.yaml").read_text()
        self.root: Node = yaml.safe_load(self.text)

    @property
    def schemas(self) -> Node:
        found: Node = self.root.get("components", {}).get("schemas", {})
        return {name: bare(schema) for name, schema in found.items()}

    def operation(self, path: str = "/things/{id}", method: str = "get") -> Node:
        found: Node = self.root["paths"][path][method]
        return found

    @property
    def answer(self) -> Node:
        """The schema that the one operation answers."""
        [(_, media)] = self.operation()["responses"]["200"]["content"].items()
        found: Node = media["schema"]
        return found

    @property
    def topics(self) -> set[str]:
        return {note.topic for note in self.adoption.notes}

    def left_out(self, kind: str = "operation") -> dict[str, str]:
        """Return the operations that were left out, each with the reason."""
        return {one.name: one.reason for one in self.adoption.left_out if one.kind == kind}


def bare(node: Any) -> Any:
    """A node without x-counterfoil, for comparing."""
    if isinstance(node, list):
        return [bare(one) for one in node]
    if isinstance(node, dict):
        return {key: bare(one) for key, one in node.items() if key != "x-counterfoil"}
    return node


def adopt_file(file: Path, folder: Path, **words: Any) -> Adopted:
    return Adopted(adopt(folder, file, **words), folder)


def adopt_document(root: Node, place: Path, name: str = "things", **words: Any) -> Adopted:
    """Write a document beside specs/, and adopt it."""
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{name}.json"
    file.write_text(json.dumps(root, indent=1))
    return adopt_file(file, place / "specs" / name, **words)
