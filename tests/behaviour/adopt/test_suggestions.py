"""Lists that look paged: what adopting suggests, and that the suggestion is accepted as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from counterfoil_tools.generate import lint_all

from .documents import adopt_document, adopt_file

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
FLAG = {"type": "boolean"}
Node = dict[str, Any]


def make_document(
    parameters: Node, fields: Node, key: Node = TEXT, headers: Node | None = None
) -> Node:
    """A list of things with query parameters, and fields beside the things."""
    page = {"type": "object", "properties": {"data": {"type": "array", "items": {}}, **fields}}
    page["properties"]["data"]["items"] = {"$ref": "#/components/schemas/Thing"}
    response: Node = {"description": "Done.", "content": {"application/json": {"schema": page}}}
    response["headers"] = headers or {}
    operation = {
        "operationId": "listThings",
        "summary": "List things",
        "parameters": [
            {"name": name, "in": "query", "schema": schema} for name, schema in parameters.items()
        ],
        "responses": {"200": response},
    }
    thing = {"type": "object", "properties": {"id": key, "name": TEXT}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.things.example"}],
        "paths": {"/things": {"get": operation}},
        "components": {"schemas": {"Thing": thing}},
    }


@pytest.mark.parametrize(
    ("parameters", "fields", "expected"),
    [
        (
            {"starting_after": TEXT, "limit": NUMBER},
            {"has_more": FLAG},
            {
                "style": "token",
                "cursor": "starting_after",
                "next": "/data/-1/id",
                "has-more": "/has_more",
                "end": "has-more",
                "size": "limit",
            },
        ),
        (
            {"cursor": TEXT},
            {"meta": {"type": "object", "properties": {"next_cursor": TEXT}}},
            {"style": "token", "cursor": "cursor", "next": "/meta/next_cursor", "end": "no-next"},
        ),
        (
            {"page": NUMBER, "per_page": NUMBER},
            {"total": NUMBER},
            {
                "style": "page",
                "cursor": "page",
                "end": "empty-page",
                "size": "per_page",
                "total": "/total",
            },
        ),
        (
            {"offset": NUMBER, "limit": NUMBER},
            {"hasMore": FLAG},
            {
                "style": "offset",
                "cursor": "offset",
                "has-more": "/hasMore",
                "end": "has-more",
                "size": "limit",
            },
        ),
        (
            {},
            {"links": {"type": "object", "properties": {"next": {**TEXT, "nullable": True}}}},
            {"style": "next-url", "next": "/links/next"},
        ),
    ],
)
def test_a_suggestion_is_accepted_as_it_is(
    parameters: Node, fields: Node, expected: Node, tmp_path: Path
) -> None:
    root = make_document(parameters, fields)
    result = adopt_document(root, tmp_path)

    [(path, method, found)] = result.adoption.suggestions
    assert (path, method) == ("/things", "get")
    assert found == {**expected, "items": "/data"}
    assert turn_on(tmp_path, found) == found


def test_a_link_header_is_suggested(tmp_path: Path) -> None:
    root = make_document({}, {}, headers={"Link": {"schema": TEXT}})
    result = adopt_document(root, tmp_path)

    [(_, _, found)] = result.adoption.suggestions

    assert found == {"style": "next-url", "next": "header Link", "items": "/data"}
    assert turn_on(tmp_path, found) == found


def turn_on(place: Path, found: Node) -> Any:
    """Turn a suggestion on in overlay.yaml, adopt and lint; return the operation's paging."""
    update = {"x-counterfoil": {"pagination": found}}
    actions = [{"target": "$.paths['/things'].get", "update": update}]
    mine = {"overlay": "1.1.0", "info": {"title": "Mine", "version": "1"}, "actions": actions}
    folder = place / "specs/things"
    (folder / "overlay.yaml").write_text(json.dumps(mine))
    result = adopt_file(place / "things.json", folder)
    lint_all([folder])
    return result.operation("/things")["x-counterfoil"]["pagination"]


@pytest.mark.parametrize(
    ("parameters", "fields", "key"),
    [
        ({"starting_after": TEXT}, {"has_more": FLAG}, NUMBER),
        ({"starting_after": TEXT}, {"has_more": TEXT}, TEXT),
        ({"page": TEXT}, {}, TEXT),
        ({"cursor": TEXT}, {"next_cursor": NUMBER}, TEXT),
        ({"offset": NUMBER}, {}, TEXT),
        ({}, {"next": NUMBER}, TEXT),
    ],
)
def test_what_would_be_refused_is_not_suggested(
    parameters: Node, fields: Node, key: Node, tmp_path: Path
) -> None:
    result = adopt_document(make_document(parameters, fields, key), tmp_path)

    assert result.adoption.suggestions == []
