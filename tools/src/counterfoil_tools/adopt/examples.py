"""Pass 17, examples: those of the vendor's that fit their schema; the others are dropped with a
note.
"""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs

from ..openapi.document import Node
from .origins import UNSEEN
from .speaks import FORM, MULTIPART
from .state import ORIGIN, SCHEMAS, Adoption, origin
from .walk import rewrite_schemas

DOCUMENT = "urn:adopted"
FORMS = (FORM, MULTIPART)
MOST = 5  # of one body or answer
LARGEST = 100_000  # characters of one example


def examples(adoption: Adoption) -> None:
    """Keep what fits under `examples` of bodies and answers, and take the rest away."""
    judge = _Judge(adoption)
    for _, _, operation in adoption.operations():
        nodes = [operation["requestBody"]] if "requestBody" in operation else []
        for node in [*nodes, *operation["responses"].values()]:
            for name, media in node.get("content", {}).items():
                if name not in FORMS:
                    media.pop("encoding", None)
                _finish(adoption, media, judge)
    rewrite_schemas(adoption, _without_examples)


def _finish(adoption: Adoption, media: Node, judge: _Judge) -> None:
    place = origin(media)
    kept: Node = {}
    for name, value in _listed(adoption, media):
        if len(kept) < MOST and judge.fits(media["schema"], value):
            kept[_free(_slug(name), kept)] = {"value": value}
        else:
            adoption.note("examples that are invalid or too many are dropped", place)
    for word in media.keys() - {"schema", "encoding", ORIGIN}:
        if word not in ("example", "examples"):
            adoption.note(f"`{word}` of a media type is dropped", place)
        del media[word]
    if kept:
        media["examples"] = kept


def _listed(adoption: Adoption, media: Node) -> list[tuple[str, Any]]:
    """Return the examples of a media type; without one, those of its schema."""
    found: list[tuple[str, Any]] = []
    if "example" in media:
        found.append(("typical", media["example"]))
    named = media.get("examples")
    if isinstance(named, dict):
        found += [
            (str(name), one["value"])
            for name, one in named.items()
            if isinstance(one, dict) and "value" in one
        ]
    if found:
        return found
    schema = adoption.target(media["schema"])
    listed = schema.get("examples")
    found = [("typical", schema["example"])] if "example" in schema else []
    return found + [("typical", one) for one in listed] if isinstance(listed, list) else found


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "typical"


def _free(name: str, taken: Node) -> str:
    return next(
        one
        for one in (name, *(f"{name}-{number}" for number in range(2, 1000)))
        if one not in taken
    )


class _Judge:
    """Tells whether a value fits a schema, each component compiled once."""

    def __init__(self, adoption: Adoption) -> None:
        self.schemas = adoption.schemas
        self.registry: Any = None
        self.validators: dict[str, Any] = {}

    def fits(self, schema: Node, value: Any) -> bool:
        if not _is_readable(value):
            return False
        reference = schema.get("$ref")
        if reference is None:
            return self.is_valid(self.compile(schema), value)
        if reference not in self.validators:
            self.validators[reference] = self.compile(schema)
        return self.is_valid(self.validators[reference], value)

    def compile(self, schema: Node) -> Any:
        """Return a validator; None for what jsonschema-rs does not take, such as a pattern of
        another dialect.
        """
        if self.registry is None:
            document = {"components": {"schemas": _for_validator(self.schemas)}}
            self.registry = jsonschema_rs.Registry([(DOCUMENT, document)])
        try:
            return jsonschema_rs.Draft202012Validator(
                _for_validator(schema), registry=self.registry, validate_formats=True
            )
        except ValueError:
            return None

    def is_valid(self, validator: Any, value: Any) -> bool:
        try:
            return validator is not None and bool(validator.is_valid(value))
        except ValueError:
            return False


def _is_readable(value: Any) -> bool:
    """Return whether a value can be written: not too large, and without characters that
    cannot be seen.
    """
    text = repr(value)
    return len(text) <= LARGEST and not UNSEEN.search("".join(_texts(value)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, one in value.items() for text in [str(key), *_texts(one)]]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


def _for_validator(node: Any) -> Any:
    """Copy schemas for the validator: references lead into the registry, and texts go."""
    if isinstance(node, list):
        return [_for_validator(one) for one in node]
    if not isinstance(node, dict):
        return node
    made: Node = {}
    for key, one in node.items():
        # A client decodes the member that it finds; a second one may be valid as well.
        if key == "oneOf" and "discriminator" not in node:
            key = "anyOf"
        if key == "$ref" and isinstance(one, str):
            made[key] = f"{DOCUMENT}{SCHEMAS}{one.removeprefix(SCHEMAS)}"
        elif key not in ("example", "examples", "description", ORIGIN) or isinstance(one, dict):
            made[key] = _for_validator(one)
    return made


def _without_examples(schema: object, place: str) -> Node:
    node = schema if isinstance(schema, dict) else {}
    return {word: one for word, one in node.items() if word not in ("example", "examples")}
