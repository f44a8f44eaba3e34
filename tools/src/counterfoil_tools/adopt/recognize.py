"""Tell an OpenAPI document from what people have in its place."""

from __future__ import annotations

import re
from typing import Any

from .state import AdoptError

MARKUP = re.compile(r"\s*<(!doctype|html|\?xml|head|body|svg)", re.IGNORECASE)
BINARY = {
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
}
OTHERS = {  # a key at the root -> what the file is then
    "asyncapi": "an AsyncAPI document, which describes messages",
    "overlay": "an OpenAPI Overlay, which changes another document",
    "arazzo": "an Arazzo document, which describes workflows",
    "swaggerVersion": "a Swagger 1.x document: convert it to 2.0 or later first",
    "__schema": "a GraphQL schema",
    "$schema": "a JSON schema",
}


def check_bytes(file: str, content: bytes) -> None:
    """Raise AdoptError for a binary file."""
    for start, kind in BINARY.items():
        if content.startswith(start):
            raise AdoptError(
                f"{file}:1:1: this is {kind}, not an OpenAPI document. Unpack or export it first."
            )


def check_text(file: str, text: str) -> None:
    """Raise AdoptError for an empty file, and for a page or markup."""
    if not text.strip():
        raise AdoptError(f"{file}:1:1: the file is empty. Download the vendor's document again.")
    if MARKUP.match(text):
        advice = (
            "Save the document itself; a page often links to it as openapi.json or openapi.yaml."
        )
        raise AdoptError(f"{file}:1:1: this is HTML or XML, not an OpenAPI document. {advice}")


def check_root(file: str, root: Any) -> str:
    """Return `2.0`, `3.0` or `3.1`; raise AdoptError for any other document."""
    if not isinstance(root, dict):
        raise AdoptError(f"{file}:1:1: the file is not a mapping, so not an OpenAPI document.")
    version = str(root.get("openapi") or root.get("swagger") or "")
    if re.match(r"3\.[01](\D|$)", version):
        return version[:3]
    if version.startswith("2.0") or version == "2":
        return "2.0"
    if version.startswith("3.2"):
        return "3.1"  # what 3.2 adds is noted word by word
    raise AdoptError(f"{file}:1:1: {_name(root, version)}.")


def _name(root: dict[str, Any], version: str) -> str:
    info = root.get("info")
    if isinstance(info, dict) and (
        "_postman_id" in info or "getpostman" in str(info.get("schema"))
    ):
        return "this is a Postman collection. Export it from Postman as OpenAPI, and adopt that"
    if version:
        return f"the document says that it is OpenAPI {version}; 2.0, 3.0 and 3.1 are read"
    for key, kind in OTHERS.items():
        if key in root:
            return f"this is {kind}; 2.0, 3.0 and 3.1 of OpenAPI are read"
    if isinstance(root.get("log"), dict) and "entries" in root["log"]:
        return "this is a HAR recording, not an OpenAPI document"
    return "neither `openapi` nor `swagger` says that this is an OpenAPI document"
