"""Method names: list, get, create, replace, update, delete, or the vendor's own verb."""

from __future__ import annotations

import re

from ..openapi.document import Node
from .english import plural, singular, snake

VERSION = re.compile(
    r"v?\d+([._-]\d+)*|\d{4}-\d\d-\d\d|api|rest|latest|v\d+(alpha|beta)\d*", re.IGNORECASE
)
SYNONYMS = {  # HTTP method -> the vendor's verb -> the house's
    "get": {
        "retrieve": "get",
        "fetch": "get",
        "read": "get",
        "show": "get",
        "view": "get",
        "find": "get",
        "index": "list",
    },
    "post": {"add": "create", "new": "create", "insert": "create", "post": "create"},
    "put": {"put": "replace", "edit": "update", "modify": "update"},
    "patch": {"patch": "update", "edit": "update", "modify": "update", "change": "update"},
    "delete": {"remove": "delete", "destroy": "delete", "del": "delete"},
}
VERBS = {
    *(
        "get",
        "list",
        "create",
        "update",
        "delete",
        "replace",
        "post",
        "put",
        "patch",
        "find",
        "fetch",
        "retrieve",
    ),
    *("add", "remove", "view", "search", "cancel", "show", "read", "edit"),
}
ONE = {
    "settings",
    "details",
    "preferences",
    "stats",
    "statistics",
    "analytics",
    "metrics",
    "terms",
    "totals",
    "limits",
}
PAGED = {"limit", "offset", "page", "per_page", "page_size", "pagesize", "cursor", "starting_after"}
DANGLING = re.compile(r"(_(for|of|by|in|from|to|on|at|a|an|the|all|with))+$")
PREFIX = re.compile(r"^(v\d+_|api_)+")
WHOLE = {
    "get": "get",
    "head": "check",
    "post": "create",
    "put": "replace",
    "patch": "update",
    "delete": "delete",
}
TRAILING = re.compile(r"_?(by_(\w+_)?(id|ids|key|code|name|number|uuid|sid)|v\d+)$")
LONGEST = 60
FEWEST = 4  # letters of a resource that is found within a word


def fixed_parts(path: str) -> list[str]:
    """Return the fixed segments of a path, without versions."""
    fixed = []
    for segment in path.split("/"):
        part = segment.rpartition("}:")[2] if "{" in segment else segment
        if part and "{" not in part and not VERSION.fullmatch(part):
            fixed.append(part)
    return fixed


def find_method(path: str, method: str, operation: Node, resource: str) -> str:
    """Return the method's name, as the document's words suggest it; it may still clash with
    another.
    """
    words = snake(operation["operationId"]).split("_")
    if _spells_path(words, path, method):
        name = _from_path(path, method, operation, resource)
    else:
        name = _from_words(words, path, method, operation, resource)
    name = re.sub(r"_+", "_", name).strip("_")[:LONGEST].rstrip("_")
    return name if name and name[0].isalpha() else WHOLE.get(method, method)


def _spells_path(words: list[str], path: str, method: str) -> bool:
    """Tell whether an operationId is made of method and path, without a name of its own."""
    spelled = [word for part in re.split(r"[/{}]", path) for word in snake(part).split("_") if word]
    rest = [word for word in words if word not in ("by", "and", "with", "id")]
    known = {*spelled, *map(singular, spelled), method}
    return (
        method in words
        and len(rest) > 1
        and all(word in known or VERSION.fullmatch(word) for word in rest)
        and len(rest) >= len(fixed_parts(path))
    )


def _from_path(path: str, method: str, operation: Node, resource: str) -> str:
    parts = [snake(part) for part in fixed_parts(path)]
    own = next((part for part in parts if part in _forms(resource)), None)
    below = parts[parts.index(own) + 1 :] if own else parts[-1:]
    below = [part for part in below if part]
    is_item = path.rstrip("/").endswith("}")
    if not below:
        return _whole(path, method, operation)
    name = "_".join(below[-2:])
    is_singular = singular(below[-1]) == below[-1]
    if method == "post" and not is_item and is_singular:
        return name  # POST /invoices/{id}/finalize
    verb = _whole(path, method, operation)
    return f"{verb}_{singular(name) if verb not in ('list',) else name}"


def _whole(path: str, method: str, operation: Node) -> str:
    """Return the house's verb for a method on a resource."""
    is_item = path.rstrip("/").endswith("}")
    if method == "get":
        return "list" if not is_item and _answers_many(path, operation) else "get"
    if method == "post":
        return "update" if is_item else "create"
    return WHOLE.get(method, method)


def _answers_many(path: str, operation: Node) -> bool:
    """Tell whether an operation answers many: its path ends in a plural, it takes pages, or it
    answers an array.
    """
    last = snake((fixed_parts(path) or [""])[-1])
    if singular(last) != last and last.rpartition("_")[2] not in ONE:
        return True
    names = {str(one.get("name", "")).lower() for one in operation.get("parameters", ())}
    if names & PAGED:
        return True
    for status, answer in operation["responses"].items():
        for media in answer.get("content", {}).values() if status.startswith("2") else ():
            if media["schema"].get("type") == "array":
                return True
    return False


def _from_words(words: list[str], path: str, method: str, operation: Node, resource: str) -> str:
    """Return the operationId's words less those of the resource."""
    name = PREFIX.sub("", "_".join(words)) or "_".join(words)
    name = _split(name, [resource, *map(snake, fixed_parts(path))])
    is_one = "_by_" in name  # getAccountByKey gets one, wherever it is
    name = TRAILING.sub("", name) or name
    is_many = False
    for form in _forms(resource):
        stripped = _without(name, form)
        if stripped != name:
            name = stripped
            is_many = singular(form) != form
            break
    plain = DANGLING.sub("", name.strip("_"))
    name = _verb_first(plain) or _whole(path, method, operation)
    is_item = path.rstrip("/").endswith("}") or (is_one and not is_many)
    if name == "get" and not is_item and (is_many or _answers_many(path, operation)):
        return "list"
    verb, mark, rest = name.partition("_")
    if name in ("find_all", "get_all", "fetch_all"):
        return "list"
    return f"{SYNONYMS.get(method, {}).get(verb, verb)}{mark}{rest}"


def _split(name: str, nouns: list[str]) -> str:
    """Split a name written as one word, by the nouns of the path: `listversions` lists
    versions.
    """
    if "_" in name:
        return name
    for noun in nouns:
        for form in sorted({noun, singular(noun)}, key=len, reverse=True):
            plain = form.replace("_", "")
            if name.endswith(plain) and name != plain and len(plain) >= FEWEST:
                return f"{name.removesuffix(plain)}_{form}"
    return name


def _verb_first(name: str) -> str:
    """Put the verb before its object: `network_interface_view` views one."""
    first, _, _ = name.partition("_")
    rest, _, last = name.rpartition("_")
    return f"{last}_{rest}" if rest and last in VERBS and first not in VERBS else name


def _forms(resource: str) -> list[str]:
    """Return a resource's name as one and as many, and its last word alone."""
    forms = [resource, singular(resource), plural(singular(resource))]
    forms += [form.replace("_", "") for form in forms]
    return sorted(set(forms), key=lambda form: (-len(form), form))


def _without(name: str, form: str) -> str:
    """Take a resource's words out of a name, at its end or beginning, or after a verb."""
    if name.endswith(f"_{form}"):
        return name.removesuffix(f"_{form}")
    if name.startswith(f"{form}_") or (
        name.startswith(form) and "_" not in name and len(form) > FEWEST
    ):
        return name.removeprefix(form).strip("_")
    first, _, rest = name.partition("_")
    if first in VERBS and rest.startswith(f"{form}_"):
        return f"{first}_{rest.removeprefix(f'{form}_')}"
    return "" if name == form else name
