"""Classify media types as JSON, form, text or bytes, ignoring case and parameters."""

from __future__ import annotations

import re

from .document import Node

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
EVENTS = "text/event-stream"
BYTES: Node = {"type": "string", "format": "binary"}
FILE_DOC = "The file: bytes, a `pathlib.Path`, an open binary file, or a `counterfoil_core.File`."
FORM_OF_NAME = re.compile(
    r"[A-Za-z0-9][\w.+-]*/([A-Za-z0-9][\w.+-]*|\*)(\s*;\s*[\w.-]+=(\"[^\"]*\"|[\w./+-]+))*",
    re.ASCII,
)
CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\";\s]+)", re.IGNORECASE)
UTF8 = {"utf-8", "utf8", "us-ascii"}


def normal_form(media: str) -> str:
    """Return a media type in lower case, without its parameters."""
    return media.partition(";")[0].strip().lower()


def is_json(media: str) -> bool:
    name = normal_form(media)
    return name == JSON or name.endswith("+json")


def is_form(media: str) -> bool:
    return normal_form(media) == FORM


def is_multipart(media: str) -> bool:
    return normal_form(media) == MULTIPART


def is_text(media: str) -> bool:
    """Return whether it is text, which has one encoding; XML names its own."""
    name = normal_form(media)
    return name.startswith("text/") and name not in ("text/xml", EVENTS)


def is_events(media: str) -> bool:
    """Return whether it is a stream of server-sent events."""
    return normal_form(media) == EVENTS


def is_fields(media: str) -> bool:
    """Return whether a request of the media type consists of described values."""
    return is_json(media) or is_form(media) or is_multipart(media)


def charset(media: str) -> str:
    """Return the `charset` parameter in lower case, or "utf-8" if it is missing."""
    found = CHARSET.search(media)
    return found[1].lower() if found else "utf-8"


def answer_type(media: str, schema: Node) -> Node:
    """Return the schema for decoding a response: binary unless it is JSON or text.

    Of a stream of events, it is the schema of an event's data.
    """
    if is_json(media) or is_text(media) or (is_events(media) and schema):
        return schema
    if is_events(media):
        return {"type": "string"}
    return {**BYTES, "description": schema.get("description", "The response's bytes.")}


def request_type(media: str, schema: Node) -> Node:
    """Return the schema of a request's body: a text or a file unless it has fields."""
    if is_fields(media):
        return schema
    if is_text(media):
        return {"type": "string", "description": schema.get("description", "The text to send.")}
    return {**BYTES, "description": schema.get("description", FILE_DOC)}
