"""Features of generated clients. Anything beyond them is left out by name; each
line that is added here brings operations in."""

from __future__ import annotations

import re

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON_TYPE = re.compile(r"(application|text)/([\w.!#$&^+-]+\+)?json", re.IGNORECASE)
ANY_TYPE = {"*/*", "application/*"}

PARAMETER_STYLES = {  # of arrays and objects, by place; of scalars, all are alike
    "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
    "path": {"simple", "label", "matrix"},
    "header": {"simple"},
    "cookie": {"form"},
}
JSON_STYLE = "json"  # of a parameter with `content`, until the document is written
PLACES = set(PARAMETER_STYLES)
KEY_PLACES = {"header", "query", "cookie"}  # where an apiKey is sent
HTTP_SCHEMES = {"basic", "bearer"}

EVENTS = "text/event-stream"


def is_json(media: str) -> bool:
    """Tell whether a media type is read and written as JSON."""
    plain = essence(media)
    return plain in ANY_TYPE or JSON_TYPE.fullmatch(plain) is not None


def essence(media: str) -> str:
    """Return a media type without its parameters: `application/json; charset=utf-8` is
    `application/json`.
    """
    return media.partition(";")[0].strip().lower()
