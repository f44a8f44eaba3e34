"""Request ids: response headers that name a request, for questions to the vendor's support.

Their values are shown in errors and in the log, so credentials are never among them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..openapi.document import Node
from .state import Adoption
from .upgrade import mapping

# X-Request-Id, Request-ID, x-amzn-RequestId, X-Correlation-Id, Acme-Debug-Id, X-Trace-Id
NAME = re.compile(r"([a-z0-9]+-)*(request|correlation|debug|trace)[-_]?id", re.IGNORECASE)


def request_ids(adoption: Adoption) -> None:
    """Note the request-id headers that responses declare, the most frequent one first."""
    counted: Counter[str] = Counter()
    spelled: dict[str, str] = {}  # header names are case-insensitive: the first spelling is kept
    for _path, _method, operation in adoption.operations():
        for name in _find_headers(operation):
            spelled.setdefault(name.lower(), name)
            counted[name.lower()] += 1
    secret = _find_secrets(adoption.root)
    ordered = sorted(counted.keys() - secret, key=lambda name: (-counted[name], name))
    adoption.request_id_headers = [spelled[name] for name in ordered]


def _find_headers(operation: Node) -> Iterator[str]:
    for response in mapping(operation.get("responses")).values():
        if isinstance(response, dict):
            yield from filter(NAME.fullmatch, mapping(response.get("headers")))


def _find_secrets(root: Node) -> set[str]:
    """Return the headers that carry credentials, in lower case."""
    components = mapping(root.get("components"))
    schemes = mapping(components.get("securitySchemes")).values()
    return {str(one.get("name")).lower() for one in schemes if isinstance(one, dict)}
