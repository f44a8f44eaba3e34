"""A good example for a finding: the line at the same place of a spec in this repository."""

from __future__ import annotations

from functools import cache

from ... import WORKSPACE
from ...openapi.document import METHODS, unescape
from ...openapi.walk import NAMED

MODELS = ("flow", "open2b-admin", "amazon")  # specs that use every word between them
LONGEST = 6  # parts of a place's form that are compared
WIDTH = 80  # characters of a line that is shown
Form = tuple[str, ...]
BETTER: dict[str, Form] = {  # where the place of the fault itself would show nothing
    "inline": ("properties", "*", "$ref"),
    "inline-object": ("properties", "*", "$ref"),
    "untagged-union": ("discriminator", "propertyName"),
    "discriminator": ("discriminator", "mapping"),
    "composition": ("discriminator", "propertyName"),
    "float": ("properties", "*", "x-decimal"),
    "field-names": ("properties", "*", "description"),
    "description": ("properties", "*", "description"),
    "documentation": ("METHOD", "externalDocs"),
    "parameter": ("parameters", "#", "in"),
    "example": ("examples", "*", "externalValue"),
    "example-file": ("examples", "*", "externalValue"),
    "argument-names": ("x-counterfoil", "body"),
    "method-names": ("x-counterfoil", "method"),
    "unique-names": ("x-counterfoil", "method"),
    "media-type": ("requestBody", "content"),
    "pattern": ("schema", "pattern"),
    "external-ref": ("properties", "*", "$ref"),
    "dangling-ref": ("properties", "*", "$ref"),
    "cyclic-ref": ("properties", "*", "$ref"),
    "empty-spec": ("paths",),
    "span": ("rate-limit", "per"),
    "endless": ("properties", "*", "items", "$ref"),
}


def find_sample(rule: str, pointer: str = "") -> str:
    """Return `file:line: its text`, "" if no spec of this repository shows it."""
    if rule in BETTER:
        return _find(BETTER[rule])
    form = form_of(pointer)
    while len(form) > 1:
        found = _find(form)
        if found:
            return found
        form = form[:-1]
    return ""


def _find(form: Form) -> str:
    """Return the line whose place agrees with the longest end of a form."""
    index = _index()
    for size in range(LONGEST, 0, -1):
        if form[-size:] in index:
            return index[form[-size:]]
    return ""


def form_of(pointer: str) -> Form:
    """Return a place's form: names chosen by an author are `*`, numbers `#`, methods METHOD."""
    form: list[str] = []
    for part in map(unescape, pointer.split("/")[1:]):
        if part.isdecimal():
            form.append("#")
        elif form and form[-1] in NAMED:
            form.append("*")
        elif part in METHODS:
            form.append("METHOD")
        else:
            form.append(part)
    return tuple(form)


@cache
def _index() -> dict[Form, str]:
    from ...openapi.errors import SpecErrors
    from ...openapi.ingest import read

    found: dict[Form, str] = {}
    for api in MODELS:
        folder = WORKSPACE / "specs" / api
        if not (folder / "openapi.yaml").is_file():
            continue
        lines = (folder / "openapi.yaml").read_text(encoding="utf-8").splitlines()
        try:
            locations = read(folder).locations
        except SpecErrors:  # it is being edited, and is not a good example
            continue
        for pointer, location in locations.items():
            text = lines[location.line - 1].strip()
            if len(text) > WIDTH:
                text = f"{text[: WIDTH - 3]}..."
            shown = f"{location.file}:{location.line}: {text}"
            form = form_of(pointer)
            for size in range(1, min(LONGEST, len(form)) + 1):
                found.setdefault(form[-size:], shown)
    return found
