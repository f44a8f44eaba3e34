"""Documents with random unions are adopted and generated, and read whatever their schemas allow."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from counterfoil_core.decode import JsonDecoder
from counterfoil_core.types import Unknown, write_custom
from counterfoil_tools.generate import make_all

from .documents import adopt_document, document

TEMPLATES = Path(__file__).parents[3] / "templates"
UNIONS = 12  # in one document
VALUES = 40  # of each document
NAMES = ("kind", "number", "iban", "amount", "note", "lines", "size")
ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=write_custom)
LOAD = msgspec.json.Decoder(float_hook=Decimal).decode


class Draw:
    """Random schemas, and random values of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def scalar(self) -> Any:
        return self.random.choice(
            [
                {"type": "string"},
                {"type": "string", "enum": [self.word(), self.word()]},
                {"type": "integer"},
                {"type": "number"},
                {"type": "boolean"},
                {"type": "string", "format": "date-time"},
            ]
        )

    def word(self) -> str:
        return "".join(self.random.choices("abcdefgh", k=5))

    def object(self, depth: int = 0) -> Any:
        names = self.random.sample(NAMES, self.random.randint(1, 4))
        properties = {name: self.property(depth) for name in names}
        if self.random.random() < 0.4:
            properties["kind"] = {"type": "string", "enum": [self.word()]}
        # An object without the property whose value identifies it would rightly be unknown.
        required = [
            name for name, one in properties.items() if "enum" in one or self.random.random() < 0.6
        ]
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }

    def property(self, depth: int) -> Any:
        choice = self.random.random()
        if choice < 0.15 and depth < 2:
            return {"type": "array", "items": self.union(depth + 1)}
        if choice < 0.25 and depth < 2:
            return self.union(depth + 1)
        return self.scalar()

    def union(self, depth: int = 0) -> Any:
        members = [self.object(depth) for _ in range(self.random.randint(1, 4))]
        if self.random.random() < 0.3:
            members.append(self.scalar())
        if self.random.random() < 0.2:
            members.append({"type": "array", "items": self.scalar()})
        if self.random.random() < 0.3:
            members.append({"type": "null"})
        self.random.shuffle(members)
        return {self.random.choice(["oneOf", "anyOf"]): members}

    def place(self) -> Any:
        """A union as a property, in an array or in a map."""
        union = self.union()
        return self.random.choice(
            [
                union,
                {"type": "array", "items": union},
                {"type": "object", "additionalProperties": union},
            ]
        )

    def value(self, schema: Any) -> Any:
        if members := schema.get("oneOf") or schema.get("anyOf"):
            return self.value(self.random.choice(members))
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        match schema["type"]:
            case "object" if "properties" in schema:
                return dict(self.fields(schema))
            case "object":
                return {self.word(): self.value(schema["additionalProperties"])}
            case "array":
                return [self.value(schema["items"]) for _ in range(self.random.randint(0, 3))]
            case "integer":
                return self.random.randint(-(10**12), 10**12)
            case "number":
                return Decimal(self.random.randint(1, 10**22)).scaleb(-2)
            case "boolean":
                return self.random.random() < 0.5
            case "null":
                return None
        return "2026-02-03T14:05:09Z" if "format" in schema else self.word()

    def fields(self, schema: Any) -> Iterator[tuple[str, Any]]:
        for name, child in schema["properties"].items():
            if name in schema.get("required", ()) or self.random.random() < 0.5:
                yield name, self.value(child)


def lost(made: Any, found: Any, place: str = "$") -> Iterator[str]:
    """Yield what was written and is not read; null may be absent."""
    if isinstance(made, dict) and isinstance(found, dict):
        for key, value in made.items():
            if value is not None:
                yield from lost(value, found.get(key), f"{place}.{key}")
    elif isinstance(made, list) and isinstance(found, list) and len(made) == len(found):
        for index, value in enumerate(made):
            yield from lost(value, found[index], f"{place}[{index}]")
    elif str(made) != str(found):
        yield f"{place}: {made} became {found}"


def unknowns(value: Any) -> Iterator[Unknown]:
    """Yield what was read as a member that no model describes."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from unknowns(msgspec.structs.asdict(value))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from unknowns(one)
    elif isinstance(value, dict):
        yield from unknowns(list(value.values()))


def make_package(root: Any, folder: Path, name: str) -> ModuleType:
    result = adopt_document(root, folder, name)
    assert not result.left_out()
    for path, text in make_all([result.folder], TEMPLATES).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    sys.path.insert(0, str(folder / f"generated/{name}-client/src"))
    importlib.invalidate_caches()
    try:
        return importlib.import_module(f"{name}_client")
    finally:
        sys.path.pop(0)


@pytest.mark.parametrize("seed", range(8))
def test_what_random_unions_allow_is_read_with_every_digit(seed: int, tmp_path: Path) -> None:
    draw = Draw(seed)
    thing = {
        "type": "object",
        "properties": {f"value{number}": draw.place() for number in range(UNIONS)},
    }
    root = document({"$ref": "#/components/schemas/Thing"}, {"Thing": thing})
    package = make_package(root, tmp_path, f"random{seed}")
    decoder = JsonDecoder(package.Thing, {})

    for _ in range(VALUES):
        written = dict(draw.fields(thing))
        content = ENCODER.encode(written)
        read = decoder.decode(content)
        assert not list(lost(LOAD(content), LOAD(ENCODER.encode(read)))), content
        assert not list(unknowns(read)), content
