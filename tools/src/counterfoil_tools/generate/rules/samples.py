"""The line of a spec that does it well: what stands, in one of ours, where a faulty spec has its fault."""

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
    """Return `file:line: its text`, "" if no spec of ours shows it."""
    form = BETTER.get(rule) or form_of(pointer)
    while len(form) > 1 or rule in BETTER:
        found = next(
            (_index()[form[-size:]] for size in range(LONGEST, 0, -1) if form[-size:] in _index()),
            "",
        )
        if found or rule in BETTER:
            return found
        form = form[:-1]
    return ""


def form_of(pointer: str) -> Form:
    """The form of a place: names that an author chose are `*`, numbers `#`, HTTP methods METHOD."""
    form: list[str] = []
    for part in map(unescape, pointer.split("/")[1:]):
        is_name = bool(form) and form[-1] in NAMED and not part.isdecimal()
        form.append(
            "*" if is_name else "#" if part.isdecimal() else "METHOD" if part in METHODS else part
        )
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
        except SpecErrors:  # it is being edited, and shows nothing well
            continue
        for pointer, location in locations.items():
            text = lines[location.line - 1].strip()
            shown = f"{location.file}:{location.line}: {text if len(text) <= WIDTH else text[: WIDTH - 3] + '...'}"
            form = form_of(pointer)
            for size in range(1, min(LONGEST, len(form)) + 1):
                found.setdefault(form[-size:], shown)
    return found
