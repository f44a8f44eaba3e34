"""The sandbox decodes every key of its generated data, and refuses any other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from counterfoil_sandbox.http import Request, Response
from counterfoil_sandbox.request_log import Censor
from counterfoil_sandbox.specification import (
    ErrorRow,
    Operation,
    Parameter,
    RateLimit,
    RequestBody,
    SecurityScheme,
    Specification,
    Window,
    decode_specification,
)
from counterfoil_tools.generate.sandbox_data import write_operations
from counterfoil_tools.openapi.ingest import read

from tests.behaviour.generate.packages import lay_out, operation, parcels, send_body
from tests.behaviour.generate.workspace import ROOT

APIS = sorted(path.parent.name for path in ROOT.glob("specs/*/openapi.yaml"))
KEY = {"type": "apiKey", "in": "header", "name": "X-Key", "description": "The key."}
BODY = {
    "type": "object",
    "description": "A login.",
    "properties": {
        "description": {"type": "string", "example": "blue", "default": "none"},
        "weight": {"type": "number", "x-decimal": {"digits": 6, "places": 2}},
        "passWord": {"type": "string", "format": "password"},
    },
}


def write(folder: Path, document: dict[str, Any]) -> str:
    return write_operations(read(lay_out(folder, document)))


def decode(folder: Path, document: dict[str, Any]) -> Specification:
    return decode_specification(write(folder, document))


def decode_operation(folder: Path, document: dict[str, Any]) -> Operation:
    [decoded] = decode(folder, document).operations
    return decoded


@pytest.mark.parametrize("api", APIS)
def test_the_sandbox_decodes_every_spec(api: str) -> None:
    document = read(ROOT / "specs" / api)

    decoded = decode_specification(write_operations(document))

    documented = [raw.node["operationId"] for raw in document.operations()]
    assert [one.id for one in decoded.operations] == documented
    assert decoded.title == document.root["info"]["title"]


def test_an_operation_without_settings(tmp_path: Path) -> None:
    assert decode(tmp_path, parcels()) == Specification(
        name="parcels",
        title="Parcels",
        summary="",
        package="counterfoil_parcels",
        client="ParcelsClient",
        lines={
            "/paths/~1parcels/get": 1,
            "/components/schemas/Parcel": 1,
            "/components/schemas/Parcel/properties/id": 1,
        },
        rate_limit=None,
        security_schemes=(),
        operations=(
            Operation(
                id="listParcels",
                method="GET",
                path="/parcels",
                resource="parcels",
                security=(),
                parameters=(),
                body=None,
                responses={200: {"$ref": "#/components/schemas/Parcel"}},
                rate_limit=None,
                items=None,
                window=None,
                errors=(),
            ),
        ),
        schemas={
            "Parcel": {
                "type": "object",
                "properties": {"id": {"type": "integer", "format": "int64"}},
            }
        },
    )


def test_the_parameters_of_path_and_operation_are_merged(tmp_path: Path) -> None:
    document = parcels()
    shop = {"name": "shop", "in": "query", "schema": {"type": "string"}}
    page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    accept = {"name": "Accept", "in": "header", "schema": {"type": "string"}}
    document["components"]["parameters"] = {"Page": page}
    document["paths"]["/parcels"]["parameters"] = [shop, {"$ref": "#/components/parameters/Page"}]
    narrower = shop | {"required": True, "schema": {"type": "string", "maxLength": 3}}
    operation(document)["parameters"] = [narrower, accept]

    assert decode_operation(tmp_path, document).parameters == (
        Parameter(
            name="shop",
            place="query",
            required=True,
            schema={"type": "string", "maxLength": 3},
        ),
        Parameter(name="page", place="query", required=False, schema={"type": "integer"}),
    )


@pytest.mark.parametrize(
    ("security", "alternatives", "secured"),
    [
        (None, (("shopKey", "token"), ("token",)), True),
        ([{"token": []}, {}], (("token",), ()), False),
        ([], (), False),
    ],
)
def test_an_operation_has_the_security_of_the_document_unless_it_has_its_own(
    security: Any, alternatives: Any, secured: bool, tmp_path: Path
) -> None:
    document = parcels()
    document["security"] = [{"shopKey": [], "token": []}, {"token": []}]
    schemes = {"shopKey": KEY, "token": {"type": "http", "scheme": "bearer"}}
    document["components"]["securitySchemes"] = schemes
    if security is not None:
        operation(document)["security"] = security

    decoded = decode_operation(tmp_path, document)

    assert (decoded.security, decoded.secured) == (alternatives, secured)


def test_the_headers_of_a_scheme_are_secret(tmp_path: Path) -> None:
    document = parcels()
    extended = KEY | {"x-counterfoil": {"headers": ["X-Key", "X-Secret-Key"]}}
    document["components"]["securitySchemes"] = {"shopKey": extended}

    decoded = decode(tmp_path, document)

    assert decoded.security_schemes == (
        SecurityScheme(id="shopKey", credential="shop_key", headers=("x-key", "x-secret-key")),
    )
    assert decoded.secret_headers == {"x-key", "x-secret-key"}


def test_the_query_parameter_of_a_key_is_secret(tmp_path: Path) -> None:
    document = parcels()
    key = KEY | {"in": "query", "name": "shop"}
    document["components"]["securitySchemes"] = {"shopKey": key}

    decoded = decode(tmp_path, document)
    request = Request("GET", "/parcels", "shop=abc123&page=2", {"cookie": "sid=a%20b; x=1"}, None)
    came = datetime.now(UTC)
    logged = Censor(decoded, {}).log(
        "parcels", request, None, Response(200), (), number=1, at=came, seconds=0.0
    )

    assert decoded.secret_parameters == {"shop"}
    assert logged.query == "shop=***&page=2"
    assert request.find_parameter("shop") == "abc123"
    assert request.find_parameter("other") is None
    assert request.cookies == {"sid": "a b", "x": "1"}


def test_durations_are_seconds_and_a_burst_is_a_number(tmp_path: Path) -> None:
    document = parcels()
    document["x-counterfoil"] = {"rate-limit": {"requests": 1000, "per": "5m"}}
    limit = {"requests": 5, "per": "P7D", "burst": 2, "scope": "operation"}
    operation(document)["x-counterfoil"]["rate-limit"] = limit

    decoded = decode(tmp_path, document)

    assert decoded.rate_limit == RateLimit(requests=1000, seconds=300, burst=1000)
    assert decoded.operations[0].rate_limit == RateLimit(requests=5, seconds=604800, burst=2)


@pytest.mark.parametrize(
    ("pointer", "items"), [("/", ()), ("/payload/rows", ("payload", "rows")), ("/a~1b", ("a/b",))]
)
def test_the_way_to_the_items_of_a_page(
    pointer: str, items: tuple[str, ...], tmp_path: Path
) -> None:
    document = parcels()
    operation(document)["x-counterfoil"]["pagination"] = {"style": "offset", "items": pointer}

    assert decode_operation(tmp_path, document).items == items


def test_a_window_and_the_documented_errors(tmp_path: Path) -> None:
    document = parcels()
    row = {"field": "shop", "type": "unknown", "message": "No shop <shop>"}
    operation(document)["x-counterfoil"] |= {
        "window": {"from": "after", "to": "before", "longest": "P7D"},
        "errors": [row | {"note": "seen in version 7"}],
    }

    decoded = decode_operation(tmp_path, document)

    assert decoded.window == Window(start="after", end="before")
    assert decoded.errors == (ErrorRow(field="shop", type="unknown", message="No shop <shop>"),)


def test_a_body_has_its_rules_and_its_secrets(tmp_path: Path) -> None:
    document = parcels()
    document["components"]["schemas"]["Login"] = BODY
    send_body(
        document, "application/json", {"$ref": "#/components/schemas/Login"}, {}, required=True
    )

    decoded = decode(tmp_path, document)

    assert decoded.operations[0].body == RequestBody(
        media_type="application/json",
        required=True,
        schema={"$ref": "#/components/schemas/Login"},
        secret_fields=("passWord",),
    )
    assert decoded.schemas["Login"] == {
        "type": "object",
        "properties": {
            "description": {"type": "string"},
            "weight": {"type": "number", "x-decimal": {"digits": 6, "places": 2}},
            "passWord": {"type": "string", "format": "password"},
        },
    }


def test_a_status_without_a_body_has_no_schema(tmp_path: Path) -> None:
    document = parcels()
    operation(document)["responses"]["204"] = {"description": "Nothing."}

    assert decode_operation(tmp_path, document).responses == {
        200: {"$ref": "#/components/schemas/Parcel"},
        204: None,
    }


OBJECTS = {  # each class of data, and the way to one of its objects in the data of the APIs below
    "the specification": ("vtex", ()),
    "a rate limit": ("open2b-admin", ("rate_limit",)),
    "a security scheme": ("vtex", ("security_schemes", 0)),
    "an operation": ("amazon", ("operations", 0)),
    "a parameter": ("amazon", ("operations", 0, "parameters", 0)),
    "a window": ("amazon", ("operations", 0, "window")),
    "a body": ("vtex", ("operations", 0, "body")),
    "an error": ("open2b-admin", ("operations", 3, "errors", 0)),
}


@pytest.mark.parametrize("kind", OBJECTS)
def test_unknown_and_missing_keys_are_refused(kind: str) -> None:
    api, steps = OBJECTS[kind]
    text = write_operations(read(ROOT / "specs" / api))

    for change in (lambda found: found.update(surprise=1), lambda found: found.popitem()):
        data = json.loads(text)
        found = data
        for step in steps:
            found = found[step]
        change(found)
        with pytest.raises((TypeError, KeyError)):
            decode_specification(json.dumps(data))
