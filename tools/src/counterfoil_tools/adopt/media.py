"""Pass 4, media: one media type for each body and each answer, JSON before all others."""

from __future__ import annotations

import re

from ..openapi.document import Node
from .speaks import ANY_TYPE, EVENTS, FORM, MULTIPART, essence, is_json
from .state import ORIGIN, Adoption, mark, origin
from .upgrade import mapping

JSON = "application/json"


def media(adoption: Adoption) -> None:
    """Keep one media type of every body and answer; mark those of which none is spoken."""
    for _, _, operation in adoption.operations():
        body = operation.get("requestBody")
        if isinstance(body, dict):
            _body(adoption, operation, body)
        for answer in operation["responses"].values():
            if "content" in answer:
                _choose(adoption, answer, takes_form=False)


def _body(adoption: Adoption, operation: Node, body: Node) -> None:
    content = body.get("content")
    if not isinstance(content, dict) or not content.keys() - {ORIGIN}:
        adoption.note("bodies without a media type are dropped", origin(body) or origin(operation))
        del operation["requestBody"]
        return
    _choose(adoption, body, takes_form=True)


def _choose(adoption: Adoption, node: Node, *, takes_form: bool) -> None:
    """Reduce `content` to the media type that suits best, or mark the node if there is none."""
    content = node["content"]
    found: Node = {}
    if isinstance(content, dict):
        found = {name: one for name, one in content.items() if name != ORIGIN}
    if not found:
        del node["content"]
        return
    rank = _rank_body if takes_form else _rank_response
    chosen = min(found, key=rank)  # of equals the first
    if essence(chosen) == FORM:
        chosen = _prefer_files(adoption, found, chosen)
    for name in found:
        if name != chosen:
            adoption.note(
                f"of several media types one is kept; dropped: `{essence(name)}`", origin(node)
            )
    if rank(chosen) == NONE:
        what = "the request body is" if takes_form else "the response is"
        mark(node, f"{what} `{essence(chosen)}`", origin(node))
        del node["content"]
        return
    node["content"] = {_spell(chosen): _keep(chosen, found[chosen])}


def _prefer_files(adoption: Adoption, found: Node, chosen: str) -> str:
    """Return the multipart form beside a plain one if it has a file, which a plain one cannot."""
    for name, media in found.items():
        if essence(name) == MULTIPART:
            schema = adoption.target(mapping(mapping(media).get("schema")))
            for child in mapping(schema.get("properties")).values():
                if adoption.target(mapping(child)).get("format") == "binary":
                    return name
    return chosen


def _keep(name: str, media: object) -> Node:
    """Return the kept part of a media type. Texts and files are sent and read as they are."""
    if not is_json(name) and essence(name) not in (FORM, MULTIPART, EVENTS):
        return {"schema": {"type": "string"}}
    return {"schema": {}, **media} if isinstance(media, dict) else {"schema": {}}


NONE = 9  # no media type that is spoken
MEDIA_TYPE = re.compile(r"[a-z0-9][\w.+-]*/([a-z0-9][\w.+-]*|\*)", re.ASCII)


def _rank_body(name: str) -> int:
    rank = _rank_json(name)
    plain = essence(name)
    if rank != NONE:
        return rank
    if plain in (FORM, MULTIPART):
        return 3
    is_type = MEDIA_TYPE.fullmatch(plain) is not None
    return 4 if is_type and not plain.startswith("multipart/") else NONE


def _rank_response(name: str) -> int:
    rank = _rank_json(name)
    if rank != NONE:
        return rank
    if essence(name) == EVENTS:
        return 5
    return 3 if essence(name).startswith("text/") else 4


def _rank_json(name: str) -> int:
    plain = essence(name)
    if plain == JSON:
        return 0
    if plain in ANY_TYPE:
        return 2
    return 1 if is_json(plain) else NONE


def _spell(name: str) -> str:
    plain = essence(name)
    return JSON if plain in ANY_TYPE or plain == "text/json" else plain
