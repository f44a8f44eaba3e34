"""Check kept requests against their documents with openapi-core: `read_requests.py FOLDER`.

FOLDER is what `counterfoil_tools.corpus --generate --call --keep FOLDER` wrote. Bounds, patterns
and security are left out of the documents, because the arguments are made without them; what is
checked is where and how values are written. openapi-core does not read arrays in the style
deepObject, which OpenAPI does not define, and knows no JSON with a vendor's name: such requests are
counted apart. Exit status: 0 if no other request is refused.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import b64decode
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

BOUNDS = {
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "example",
    "examples",
}
OWN_FORMATS = {"decimal", "naive-date-time", "binary", "password"}
MAPS = {
    "properties",
    "schemas",
    "paths",
    "content",
    "headers",
    "responses",
    "encoding",
}
HOST = "http://host"
Node = dict[str, Any]


class KeptRequest:
    """A request in the form that openapi-core reads."""

    def __init__(self, row: Node) -> None:
        address = urlsplit(row["url"])
        cookies = {}
        for pair in row["headers"].get("cookie", "").split("; "):
            name, mark, value = pair.partition("=")
            if mark:
                cookies[name] = unquote(value)
        self.host_url = HOST
        self.path = address.path
        self.full_url_pattern = HOST + address.path
        self.method = row["method"].lower()
        self.body = None if row["body"] is None else b64decode(row["body"])
        self.content_type = row["headers"].get("content-type", "application/json")
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(address.query, keep_blank_values=True)),
            header=Headers(list(row["headers"].items())),
            cookie=ImmutableMultiDict(cookies),
            path={},
        )


def main(folder: Path) -> int:
    total: Counter[str] = Counter()
    for spec in sorted(folder.iterdir()):
        if not (spec / "requests.jsonl").is_file():
            continue
        rows = [json.loads(line) for line in (spec / "requests.jsonl").read_text().splitlines()]
        counted: Counter[str] = Counter()
        document = json.loads((spec / "document.json").read_text())
        deep = find_deep(document)
        api = load(document)
        for row in rows:
            has_deep = row["operation"] in deep
            verdict = read(api, row, has_deep=has_deep) if "error" not in row else "not called"
            counted["refused" if verdict.startswith("refused") else verdict] += 1
            if verdict.startswith("refused"):
                print(f"{spec.name} {row['operation']}: {verdict}")
        print(f"{spec.name}: {dict(counted)}")
        total.update(counted)
    print(f"all: {dict(total)}")
    return 1 if total["refused"] else 0


def find_deep(document: Node) -> set[str]:
    """Return the methods of the operations with a value in the style deepObject."""
    found = set()
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and '"deepObject"' in json.dumps(operation):
                words = operation["x-counterfoil"]
                found.add(f"{words['resource']}.{words['method']}")
    return found


def load(document: Node) -> OpenAPI:
    root = strip(document)
    url = re.sub(r"\{[^}]*\}", "host", root["servers"][0]["url"])
    root["servers"] = [{"url": HOST + urlsplit(url).path.rstrip("/")}]
    root.pop("security", None)
    schemas = root.get("components", {}).get("schemas", {})
    for item in root["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                prepare(operation, schemas)
    return OpenAPI.from_dict(root, config=Config(spec_validator_cls=None))


def strip(node: Any, is_named: bool = False) -> Any:
    """Copy a document without bounds, extensions and our formats."""
    if isinstance(node, list):
        return [strip(child) for child in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for word, child in node.items():
        is_dropped = word in BOUNDS or word.startswith("x-")
        is_own = word == "format" and str(child) in OWN_FORMATS
        # A value that a client writes as one member of a union may be valid as another one too.
        if word == "oneOf" and not is_named and "discriminator" not in node:
            word = "anyOf"
        if is_named or not (is_dropped or is_own):
            kept[word] = strip(child, not is_named and word in MAPS)
    return kept


def prepare(operation: Node, schemas: Node) -> None:
    """Simplify what openapi-core cannot read: nullable types of parameters, files as texts."""
    operation.pop("security", None)
    operation.pop("servers", None)
    for parameter in operation.get("parameters", []):
        if "schema" in parameter:
            parameter["schema"] = without_null(parameter["schema"], schemas)
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        if "form" in media:
            schema = without_null(content["schema"], schemas)
            properties = schema.get("properties", {})
            schema["properties"] = {
                name: without_null(child, schemas) for name, child in properties.items()
            }
            content["schema"] = schema
        elif "json" not in media:
            content["schema"] = {}


def without_null(schema: Node, schemas: Node) -> Node:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    copy = dict(schema)
    if isinstance(copy.get("type"), list):
        kinds = [kind for kind in copy["type"] if kind != "null"]
        copy["type"] = kinds[0] if len(kinds) == 1 else kinds
    return copy


def read(api: OpenAPI, row: Node, *, has_deep: bool) -> str:
    """Return what openapi-core says of a request."""
    try:
        api.validate_request(KeptRequest(row))
    except Exception as error:
        told = f"{error!r} {error.__cause__!r}"
        if has_deep and ("deepObject" in told or "CastError" in told):
            return "in a style that openapi-core does not read"
        if re.search(r"application/vnd\.", row["headers"].get("content-type", "")):
            return "in a media type that openapi-core does not know"
        if "ServerNotFound" in told:
            return "on a server of its own"
        return f"refused: {told[:300]}"
    return "read"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
