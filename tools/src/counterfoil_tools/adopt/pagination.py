"""Pass 15, pagination: lists that look paged get a suggestion, which a person turns on in
overlay.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..openapi.document import Node
from .state import Adoption
from .walk import members_but_null

CURSORS = (
    "starting_after",
    "cursor",
    "after",
    "page_token",
    "pagetoken",
    "next_token",
    "nexttoken",
    "continuationtoken",
    "page[after]",
)
PAGES = ("page", "page_number", "pagenumber", "page[number]", "_page")
OFFSETS = ("offset", "skip", "start", "_from", "page[offset]")
SIZES = (
    "limit",
    "per_page",
    "perpage",
    "page_size",
    "pagesize",
    "size",
    "count",
    "max_results",
    "maxresults",
    "page[size]",
)
MORE = ("has_more", "hasmore", "has_next", "hasnext", "has_next_page")
TOKENS = (
    "next_cursor",
    "nextcursor",
    "next_token",
    "nexttoken",
    "next_page_token",
    "nextpagetoken",
    "cursor",
    "end_cursor",
)
LINKS = ("next", "next_url", "next_page_url", "next_page_uri", "nextlink", "next_link")
TOTALS = (
    "total",
    "total_count",
    "totalcount",
    "total_items",
    "totalitems",
    "count",
    "total_results",
)


DEEPEST = 2  # objects around a field of a response


class Scalar(NamedTuple):
    """A parameter or a field: its name or pointer, and its JSON type."""

    place: str
    kind: str


Scalars = dict[str, Scalar]


def pagination(adoption: Adoption) -> None:
    """Suggest how the lists of a document page."""
    for path, method, operation in adoption.operations():
        if method != "get":
            continue
        suggestion = _suggest(adoption, operation)
        if suggestion is not None:
            adoption.suggestions.append((path, method, suggestion))


def _suggest(adoption: Adoption, operation: Node) -> Node | None:
    """Return the words of x-counterfoil's pagination, or None if nothing suggests pages."""
    schema = _answer(operation)
    items = _find_items(adoption, schema)
    if items is None:
        return None
    response = _list_scalars(adoption, schema)
    arguments = _list_arguments(adoption, operation)
    found = (
        _suggest_flag(adoption, schema, items, response, arguments)
        or _suggest_token(response, arguments)
        or _suggest_count(response, arguments)
        or _suggest_link(operation, response)
    )
    size = _first(arguments, SIZES, "integer")
    return _complete(found, items, size, _first(response, TOTALS, "integer"))


def _suggest_flag(
    adoption: Adoption, schema: Node, items: str, response: Scalars, arguments: Scalars
) -> Node | None:
    """Suggest paging by a flag and the last item's id, if the cursor parameter takes the id."""
    more = _first(response, MORE, "boolean")
    item = _find_item(adoption, schema, items)
    key = _list_scalars(adoption, item).get("id")
    cursor = key and _first(arguments, CURSORS, key.kind)
    if more is None or cursor is None:
        return None
    return {
        "style": "token",
        "cursor": cursor,
        "next": f"{items.rstrip('/')}/-1/id",
        "has-more": more,
        "end": "has-more",
    }


def _suggest_token(response: Scalars, arguments: Scalars) -> Node | None:
    for kind in ("string", "integer"):
        token = _first(response, TOKENS, kind)
        cursor = _first(arguments, CURSORS, kind)
        if token and cursor:
            return {"style": "token", "cursor": cursor, "next": token, "end": "no-next"}
    return None


def _suggest_count(response: Scalars, arguments: Scalars) -> Node | None:
    """Suggest paging by the number of a page or of items."""
    page = _first(arguments, PAGES, "integer")
    offset = _first(arguments, OFFSETS, "integer")
    if page:
        found = {"style": "page", "cursor": page}
    elif offset and _first(arguments, SIZES, "integer"):
        found = {"style": "offset", "cursor": offset}
    else:
        return None
    more = _first(response, MORE, "boolean")
    return (
        {**found, "has-more": more, "end": "has-more"} if more else {**found, "end": "empty-page"}
    )


def _suggest_link(operation: Node, response: Scalars) -> Node | None:
    link = _first(response, LINKS, "string")
    if link:
        return {"style": "next-url", "next": link}
    if _has_link_header(operation):
        return {"style": "next-url", "next": "header Link"}
    return None


def _complete(found: Node | None, items: str, size: str | None, total: str | None) -> Node | None:
    if found is None:
        return None
    found["items"] = items
    if size:
        found["size"] = size
    if total and found["style"] in ("page", "offset"):
        found["total"] = total
    return found


def _first(found: Scalars, wanted: tuple[str, ...], kind: str) -> str | None:
    """Return where the first of these names is that has the type `kind`."""
    for name in wanted:
        if name in found and found[name].kind == kind:
            return found[name].place
    return None


def _answer(operation: Node) -> Node:
    for status, answer in operation["responses"].items():
        for media in answer.get("content", {}).values() if status.startswith("2") else ():
            schema: Node = media["schema"]
            return schema
    return {}


def _core(adoption: Adoption, schema: Node) -> Node:
    """Return the target of a schema, without null."""
    target = adoption.target(schema)
    members = members_but_null(target)
    return _core(adoption, members[0]) if len(members) == 1 else target


def _find_items(adoption: Adoption, schema: Node) -> str | None:
    """Return where the items of a page are: the answer itself, or the one array in it."""
    core = _core(adoption, schema)
    if _is_array(core):
        return "/"
    arrays = []
    for name, one in core.get("properties", {}).items():
        if _is_array(_core(adoption, one)):
            arrays.append(name)
    usual = [
        name
        for name in arrays
        if name.lower() in ("data", "items", "results", "records", "list", "values", "content")
    ]
    chosen = usual or arrays
    return f"/{chosen[0]}" if len(chosen) == 1 else None


def _is_array(schema: Node) -> bool:
    kinds = schema.get("type")
    return kinds == "array" or (isinstance(kinds, list) and "array" in kinds)


def _find_item(adoption: Adoption, schema: Node, items: str) -> Node:
    node = _core(adoption, schema)
    for name in filter(None, items.split("/")):
        node = _core(adoption, node["properties"][name])
    item: Node = node.get("items", {})
    return item


def _list_arguments(adoption: Adoption, operation: Node) -> Scalars:
    """Return the query parameters by lower-case name."""
    found = {}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query":
            name = str(parameter["name"])
            kind = _read_kind(_core(adoption, parameter["schema"]))
            found[name.lower()] = Scalar(name, kind)
    return found


def _list_scalars(adoption: Adoption, schema: Node) -> Scalars:
    """Return the scalar fields of a schema and of the objects in it, by lower-case name."""
    return dict(_walk_scalars(adoption, schema, "", 0))


def _walk_scalars(
    adoption: Adoption, schema: Node, pointer: str, level: int
) -> Iterator[tuple[str, Scalar]]:
    for name, child in _core(adoption, schema).get("properties", {}).items():
        core = _core(adoption, child)
        if "properties" in core and level < DEEPEST:
            yield from _walk_scalars(adoption, core, f"{pointer}/{name}", level + 1)
        elif not _is_array(core):
            yield name.lower(), Scalar(f"{pointer}/{name}", _read_kind(core))


def _read_kind(schema: Node) -> str:
    """Return the type of a schema without null; "" if there is none or several."""
    kinds = schema.get("type", "")
    if isinstance(kinds, list):
        others = [kind for kind in kinds if kind != "null"]
        kinds = others[0] if len(others) == 1 else ""
    return str(kinds)


def _has_link_header(operation: Node) -> bool:
    for status, answer in operation["responses"].items():
        names = [name.lower() for name in answer.get("headers", {})]
        if status.startswith("2") and "link" in names:
            return True
    return False
