"""Pass 14, operations: an operationId, and under x-counterfoil the resource, the method and when it
is repeated.

The resource is the tag, or the first fixed part of the path; the method is the operationId less the
resource. An id that only spells the path is read as the path: `GET /customers/{id}/sources` lists
sources. Last time's names stay.
"""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterator

from ..generate.python.names import CLIENT_METHODS, RESOURCE_MODULE, class_name, constant_name
from ..openapi.document import Node
from .english import pascal, plural, singular, snake, words
from .methods import find_method, fixed_parts
from .resources import find_resources
from .state import Adoption, origin
from .upgrade import text_of

RETRY = {
    "get": "safe",
    "head": "safe",
    "options": "safe",
    "trace": "safe",
    "put": "keyed",
    "delete": "keyed",
}
WORDS = {
    *(
        "operationId",
        "summary",
        "description",
        "externalDocs",
        "tags",
        "deprecated",
        "parameters",
        "requestBody",
    ),
    *("responses", "security", "servers", "x-origin", "x-left-out", "x-counterfoil"),
}
TAKEN = RESOURCE_MODULE | {"iterate", "pages"}
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
BY = re.compile(r"(_by_\w+?)(_(get|put|post|patch|delete|head))?$")
IDEMPOTENCY = re.compile(r"([a-z0-9]+-)*idempotency-?key", re.IGNORECASE)
LONGEST_SUMMARY = 120


def operation_ids(adoption: Adoption) -> None:
    """Make every operationId unique. `inline` names schemas by them, so it runs later."""
    counted = Counter(_stated_id(operation) for _, _, operation in adoption.operations())
    taken = {name for name, count in counted.items() if count == 1 and name}
    for path, method, operation in adoption.operations():
        stated = _stated_id(operation)
        if stated in taken and counted[stated] == 1:
            operation["operationId"] = stated
            continue
        topic = "an operation without operationId is named by its path"
        if stated:
            topic = "a duplicate operationId is replaced"
        adoption.note(topic, origin(operation))
        operation["operationId"] = _make_id(path, method, taken)


def _stated_id(operation: Node) -> str:
    return " ".join(str(operation.get("operationId") or "").split())


def _make_id(path: str, method: str, taken: set[str]) -> str:
    """Return an operationId made of method and path that no other operation has."""
    made = method + pascal(path.split("/"))
    candidates = (made, f"{made}ByPath", *(f"{made}{number}" for number in range(2, 10000)))
    name = next(one for one in candidates if one not in taken)
    taken.add(name)
    return name


def operations(adoption: Adoption) -> None:
    """Name resources and methods, and finish what operations say of themselves."""
    names = _Names(adoption)
    names.keep_previous()
    resources = find_resources(adoption)
    for path, method, operation in sorted(adoption.operations(), key=_order):
        _finish(adoption, path, method, operation)
        name = names.name(path, method, operation, resources[f"{method} {path}"])
        retry = adoption.choices.retry.get(origin(operation)) or RETRY.get(method, "never")
        chosen = {"resource": name[0], "method": name[1], "retry": retry}
        operation["x-counterfoil"] = chosen | operation.get("x-counterfoil", {})
        _read_idempotency(adoption, operation)


def _read_idempotency(adoption: Adoption, operation: Node) -> None:
    """Let the client make the keys of an idempotency header; a call that reads needs none."""
    for one in list(operation.get("parameters", [])):
        if one["in"] != "header" or not IDEMPOTENCY.fullmatch(one["name"]):
            continue
        if operation["x-counterfoil"]["retry"] == "safe" and not one.get("required"):
            operation["parameters"].remove(one)
            adoption.note("an idempotency key of an operation that reads is dropped", origin(one))
            continue
        operation["x-counterfoil"]["idempotency-header"] = one["name"]
        topic = "each call makes a key for the header of idempotency keys, and is retried"
        adoption.note(topic, origin(operation))


def _order(found: tuple[str, str, Node]) -> tuple[int, int, str, str]:
    """Short ids and paths first, so that they have the short names, in whatever order the vendor
    wrote them.
    """
    path, method, operation = found
    return len(words(operation["operationId"])), path.count("/"), path, method


class _Names:
    """The names of resources and methods that are given so far."""

    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption
        self.methods: set[tuple[str, str]] = set()
        self.constants: set[str] = set()
        self.classes: dict[str, str] = {}  # class in lower case -> resource
        self.kept: dict[str, tuple[str, str]] = {}  # method and path -> the names of last time

    def keep_previous(self) -> None:
        """Find the names of last time: by place in the vendor's file, then by operationId."""
        previous = self.adoption.previous
        for path, method, operation in self.adoption.operations():
            known = previous.methods.get(origin(operation)) or previous.operation_ids.get(
                operation["operationId"]
            )
            if known and self.is_free(*known):
                self.kept[f"{method} {path}"] = known
                self.take(*known)

    def name(self, path: str, method: str, operation: Node, resource: str) -> tuple[str, str]:
        key = f"{method} {path}"
        if key in self.kept:
            return self.kept[key]
        resource = self.find_resource(resource)
        name = find_method(path, method, operation, resource)
        chosen = next(
            one
            for one in _candidates(name, path, method, operation, resource)
            if self.is_free(resource, one)
        )
        self.take(resource, chosen)
        return resource, chosen

    def find_resource(self, resource: str) -> str:
        """Return a resource's name that Python, the client and other resources leave free."""
        if self.is_taken(resource):
            resource = plural(singular(resource))
        while self.is_taken(resource):
            resource = f"{resource}_api" if not resource.endswith("_api") else f"the_{resource}"
        self.classes.setdefault(class_name(resource).lower(), resource)
        return resource

    def is_taken(self, resource: str) -> bool:
        other = self.classes.get(class_name(resource).lower(), resource)
        is_word = (
            keyword.iskeyword(resource)
            or resource in CLIENT_METHODS | {"self"}
            or resource.startswith("async_")
        )
        return is_word or class_name(resource) in RESOURCE_MODULE or other != resource

    def is_free(self, resource: str, method: str) -> bool:
        is_word = not NAME.fullmatch(method) or keyword.iskeyword(method) or method in TAKEN
        is_known = (resource, method) in self.methods or constant_name(
            resource, method
        ) in self.constants
        return not is_word and not is_known and not self.is_taken(resource)

    def take(self, resource: str, method: str) -> None:
        self.methods.add((resource, method))
        self.constants.add(constant_name(resource, method))
        self.classes.setdefault(class_name(resource).lower(), resource)


def _candidates(name: str, path: str, method: str, operation: Node, resource: str) -> Iterator[str]:
    """Yield candidates for a method's name, best first; later ones add path segments."""
    whole = snake(operation["operationId"])
    yield name
    if by := BY.search(whole):
        yield f"{name}{by[1]}"
    yield f"{name}_{singular(resource)}"  # where the name alone is a word of Python
    parts = [snake(part) for part in fixed_parts(path)]
    yield from (
        f"{name}_{part}"
        for part in reversed(parts)
        if part and part not in name and part != resource
    )
    segments = [part for part in path.split("/") if part[:1] == "{"]
    for hole in reversed([snake(part[1:-1]) for part in segments]):
        if hole:
            yield f"{name}_by_{hole}"
    if whole[:1].isalpha():
        yield from (whole, f"{method}_{whole}")
    yield from (f"{name}{number}" for number in range(2, 10000))


def _finish(adoption: Adoption, path: str, method: str, operation: Node) -> None:
    """Keep the words that house style has for operations."""
    for word in sorted(operation.keys() - WORDS):
        place = f"{origin(operation)}/{word}"
        if word == "callbacks":
            adoption.leave_out(
                "webhook",
                f"{method.upper()} {path}: {word}",
                "callbacks are not supported yet",
                place,
            )
        else:
            adoption.note(f"`{word}` is dropped from an operation", place)
        del operation[word]
    for word in ("summary", "description"):
        text = str(operation.pop(word, None) or "").strip()
        if text:
            operation[word] = text
    if "summary" in operation:
        operation["summary"] = _shorten(" ".join(operation["summary"].split()))
    if operation.get("deprecated") is not True:
        operation.pop("deprecated", None)
    docs = operation.pop("externalDocs", None)
    url = text_of(docs, "url")
    if url.startswith(("https://", "http://")):
        operation["externalDocs"] = {"url": url}
    tags = operation.pop("tags", None)
    listed = tags if isinstance(tags, list) else []
    texts = [str(one) for one in listed if isinstance(one, (str, int))]
    if texts:
        operation["tags"] = list(dict.fromkeys(texts))


def _shorten(text: str) -> str:
    return (
        text
        if len(text) <= LONGEST_SUMMARY
        else f"{text[: LONGEST_SUMMARY - 3].rsplit(' ', 1)[0]}..."
    )
