"""Packages made from a small document that a test changes, and called over a test transport."""

from __future__ import annotations

import copy
import importlib
import itertools
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from counterfoil_core.transports.protocol import Request, StreamedResponse
from counterfoil_tools.generate import lint_all, make_all
from counterfoil_tools.openapi.errors import SpecErrors

from tests.behaviour.generate.workspace import ROOT

MINIMAL = yaml.safe_load((ROOT / "tests/golden/minimal/openapi.yaml").read_text())
SETTINGS = (ROOT / "tests/golden/package.toml").read_text()
NUMBERS = itertools.count()
Document = dict[str, Any]


class Wire:
    """Answers every request alike, and keeps them."""

    def __init__(self, content: bytes = b"{}", media_type: str = "application/json") -> None:
        self.content = content
        self.media_type = media_type
        self.requests: list[Request] = []

    def send(self, request: Request) -> StreamedResponse:
        self.requests.append(request)
        return StreamedResponse(
            status=200, headers={"content-type": self.media_type}, body=[self.content]
        )

    def close(self) -> None:
        pass

    @property
    def url(self) -> str:
        return self.requests[-1].url.removeprefix("https://parcels.example")


def parcels() -> Document:
    """A document with one operation, parcels.list, and one model, Parcel."""
    return copy.deepcopy(MINIMAL)


def operation(document: Document) -> Document:
    return document["paths"]["/parcels"]["get"]


def schemas(document: Document) -> Document:
    return document["components"]["schemas"]


def fields(document: Document) -> Document:
    return schemas(document)["Parcel"]["properties"]


def refer(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def describe(**words: Any) -> Document:
    """A schema or parameter with a description."""
    return {"description": "What a parcel has of it.", **words}


def answer_with(document: Document, media_type: str, schema: Document, example: Any) -> None:
    content = {media_type: {"schema": schema, "examples": {"typical": {"value": example}}}}
    operation(document)["responses"]["200"]["content"] = content


def send_body(
    document: Document, media_type: str, schema: Document, example: Any, **words: Any
) -> None:
    """Turn the operation into one that sends a body."""
    item = document["paths"]["/parcels"]
    item["post"] = item.pop("get")
    item["post"]["x-counterfoil"]["retry"] = "never"
    content = {media_type: {"schema": schema, "examples": {"typical": {"value": example}}}}
    item["post"]["requestBody"] = {"content": content, **words}


def lay_out(folder: Path, document: Document | str, settings: str = SETTINGS) -> Path:
    """Write a spec's folder and return it."""
    spec = folder / "specs" / "parcels"
    spec.mkdir(parents=True)
    text = document if isinstance(document, str) else json.dumps(document)
    (spec / "openapi.yaml").write_text(text)
    (spec / "package.toml").write_text(settings)
    return spec


def make_package(folder: Path, document: Document | str) -> ModuleType:
    """Make a package and import it, under a name that no other test has."""
    name = f"made_parcels_{next(NUMBERS)}"
    spec = lay_out(folder, document, SETTINGS.replace("counterfoil_parcels", name))
    for path, text in make_all([spec], ROOT / "templates").items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    sys.path.insert(0, str(folder / "generated/counterfoil-parcels/src"))
    importlib.invalidate_caches()
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


def call(package: ModuleType, wire: Wire, **arguments: Any) -> Any:
    """Call parcels.list."""
    return package.ParcelsClient(transport=wire, max_attempts=1).parcels.list(**arguments)


def refusal(folder: Path, document: Document | str, settings: str = SETTINGS) -> str:
    """Return lint's message about a document, or "" if it is accepted."""
    try:
        lint_all([lay_out(folder, document, settings)])
    except SpecErrors as errors:
        return str(errors)
    return ""
