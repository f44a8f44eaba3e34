"""Decodes request bodies by their media type, to what a specification describes."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from . import exact_json
from .specification import FORM

MULTIPART = "multipart/form-data"


def decode_body(media_type: str, content_type: str, body: bytes) -> Any:
    """Return JSON and forms as values, everything else as text; each byte of a file is a character.

    Raises ValueError if the body is not what its media type says.
    """
    if media_type == FORM:
        return gather(parse_qsl(body.decode(), True))
    if media_type == MULTIPART:
        return _decode_multipart(content_type, body)
    if media_type.endswith("json"):
        return exact_json.decode(body, exact_json.read_whole)
    return body.decode() if media_type.startswith("text/") else body.decode("latin-1")


def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Collect values by name. A repeated name has a list, which only an array schema accepts."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
        else:
            values[name] = [values[name], value]
    return values


def _decode_multipart(content_type: str, body: bytes) -> dict[str, Any]:
    """Decode a multipart form with the MIME parser of the standard library."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if message.defects or not message.is_multipart():
        raise ValueError("not a multipart form")
    pairs = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if name is None:
            raise ValueError("a part has no name")
        pairs.append((str(name), _decode_part(part)))
    return gather(pairs)


def _decode_part(part: Any) -> Any:
    content = part.get_payload(decode=True)
    if part.get_filename() is not None:
        return content.decode("latin-1")
    if part.get_content_type() == "application/json":
        return exact_json.decode(content, exact_json.read_whole)
    return content.decode()
