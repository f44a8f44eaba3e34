"""What becomes of operations: parameters, bodies, answers, security, servers and names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .documents import Adopted, bare, document, swagger

Adopt = Callable[..., Adopted]


def parameter(name: str, where: str = "query", **words: Any) -> dict[str, Any]:
    return {"name": name, "in": where, "schema": {"type": "string"}, **words}


def names(operation: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["in"], one["name"]) for one in operation.get("parameters", [])]


def test_headers_that_the_client_sends_are_no_parameters(adopted: Adopt) -> None:
    headers = [parameter(name, "header") for name in ("Accept", "content-type", "AUTHORIZATION")]

    result = adopted(document(operation={"parameters": [*headers, parameter("X-Trace", "header")]}))

    assert names(result.operation()) == [("header", "X-Trace"), ("path", "id")]


def test_holes_and_parameters_of_a_path_agree(adopted: Adopt) -> None:
    result = adopted(document(operation={"parameters": [parameter("other", "path")]}))

    [one] = result.operation()["parameters"]
    assert one["name"] == "id"
    assert one["required"] is True
    assert one["schema"] == {"type": "string"}
    assert "a path parameter without a placeholder is dropped" in result.topics


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (
            parameter("f", style="matrix", schema={"type": "array", "items": {}}),
            "it is an array in the style matrix in a query",
        ),
        (
            parameter("f", schema={"type": "array", "items": {"type": "object"}}),
            "it is an array with others in it in a query",
        ),
        (
            {"name": "f", "in": "query", "content": {"application/xml": {"schema": {}}}},
            "it is sent as application/xml within a query",
        ),
        (parameter("+"), "its name has no letter"),
    ],
    ids=str,
)
def test_an_optional_parameter_that_cannot_be_sent_is_left_out(
    adopted: Adopt, one: dict[str, Any], reason: str
) -> None:
    result = adopted(document(operation={"parameters": [one]}))

    assert list(result.left_out("parameter").values()) == [reason]
    assert names(result.operation()) == [("path", "id")]


def test_a_required_one_takes_its_operation_along(adopted: Adopt) -> None:
    styled = parameter("s", "header", style="matrix", required=True, schema={"type": "object"})

    result = adopted(document(operation={"parameters": [styled]}))

    reason = (
        "it needs the header parameter 's', and it is an object in the style matrix in a header"
    )
    assert result.left_out() == {"GET /things/{id}": reason}
    assert result.root["paths"] == {}


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (parameter("session", "cookie"), ""),
        (parameter("f", schema={"type": "object"}), ""),
        (parameter("f", schema={"type": "array", "items": {}}, style="pipeDelimited"), "style"),
        (parameter("f", schema={"type": "object"}, style="deepObject"), "style"),
        (parameter("f", schema={"type": "array", "items": {}}, explode=False), "explode"),
        (parameter("f", allowReserved=True), "allowReserved"),
    ],
    ids=str,
)
def test_a_parameter_keeps_its_style(adopted: Adopt, one: dict[str, Any], words: str) -> None:
    result = adopted(document(operation={"parameters": [one]}))

    kept = next(made for made in result.operation()["parameters"] if made["in"] != "path")
    assert result.left_out("parameter") == {}
    assert kept["in"] == one["in"]
    if words:
        assert kept[words] == one[words]


def test_parameters_of_one_name_are_told_apart_by_their_place(adopted: Adopt) -> None:
    result = adopted(
        document(operation={"parameters": [parameter("id"), parameter("ID", "header")]})
    )

    renamed = {
        one["in"]: one.get("x-counterfoil", {}).get("name")
        for one in result.operation()["parameters"]
    }
    assert renamed == {"query": "id_query", "header": "id_header", "path": None}


def test_json_is_chosen_before_all_other_media_types(adopted: Adopt) -> None:
    content = {
        "application/xml": {},
        "application/json; charset=utf-8": {"schema": {"type": "string"}},
    }

    result = adopted(document(operation={"responses": {"200": {"content": content}}}))

    assert list(result.operation()["responses"]["200"]["content"]) == ["application/json"]
    assert "of several media types one is kept; dropped: `application/xml`" in result.topics


@pytest.mark.parametrize("status", ["2XX", "default"])
def test_a_range_that_is_the_only_success_is_200(adopted: Adopt, status: str) -> None:
    result = adopted(document(operation={"responses": {status: {"description": "Done."}}}))

    assert list(result.operation()["responses"]) == ["200"]
    assert f"the response `{status}` is used as 200" in result.topics


def test_an_error_that_is_no_json_keeps_its_operation(adopted: Adopt) -> None:
    answers = {"200": {"description": "Done."}, "400": {"content": {"text/html": {}}}}

    result = adopted(document(operation={"responses": answers}))

    content = result.operation()["responses"]["400"]["content"]
    assert content == {"text/html": {"schema": {"type": "string"}}}
    assert result.left_out("response") == {}


FORM = "application/x-www-form-urlencoded"
SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "login": {"type": "http", "scheme": "Basic"},
    "token": {"type": "http", "scheme": "bearer"},
    "oauth": {"type": "oauth2", "flows": {}},
    "mutual": {"type": "mutualTLS"},
    "timeout": {"type": "http", "scheme": "bearer"},
}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([{"key": []}], [{"key": []}]),
        ([{"login": []}, {"token": []}], [{"login": []}, {"token": []}]),
        ([{"oauth": ["read"]}], [{"oauth": []}]),
        ([{"query": []}, {"key": []}], [{"query": []}, {"key": []}]),
        ([{"mutual": []}, {"key": []}], [{"key": []}]),
        ([{"key": [], "token": []}], [{"key": [], "token": []}]),
        ([{"timeout": []}], [{"timeout_key": []}]),
        ([], None),
    ],
    ids=str,
)
def test_security(adopted: Adopt, asked: Any, expected: Any) -> None:
    components = {"schemas": {}, "securitySchemes": SCHEMES}

    result = adopted(document(components=components, security=asked))

    assert result.root.get("security") == expected
    schemes = result.root["components"]["securitySchemes"]
    assert schemes["oauth"]["type"] == "http"
    assert schemes["oauth"]["scheme"] == "bearer"
    assert schemes["login"]["x-counterfoil"]["password"] is True
    assert schemes["query"] | {"x-counterfoil": None, "description": None} == {
        "type": "apiKey",
        "in": "query",
        "name": "key",
        "x-counterfoil": None,
        "description": None,
    }
    assert "mutual" not in schemes


TOKEN_URL = "https://login.example/token"


@pytest.mark.parametrize(
    ("flows", "kept"),
    [
        (
            {"clientCredentials": {"tokenUrl": TOKEN_URL, "scopes": {"read": "Read."}}},
            {"clientCredentials": {"tokenUrl": TOKEN_URL, "scopes": {"read": "Read."}}},
        ),
        (
            {"authorizationCode": {"tokenUrl": TOKEN_URL, "authorizationUrl": "https://a.example"}},
            {"authorizationCode": {"tokenUrl": TOKEN_URL, "scopes": {}}},
        ),
        ({"implicit": {"authorizationUrl": "https://a.example", "scopes": {}}}, None),
        ({"clientCredentials": {"tokenUrl": "/token", "scopes": {}}}, None),
        ({"clientCredentials": {"tokenUrl": "https://{tenant}.example/token"}}, None),
        ({"clientCredentials": {"tokenUrl": 7}, "password": None}, None),
    ],
    ids=str,
)
def test_oauth2_flows_with_a_token_endpoint_are_kept(adopted: Adopt, flows: Any, kept: Any) -> None:
    schemes = {"oauth": {"type": "oauth2", "flows": flows}}
    components = {"schemas": {}, "securitySchemes": schemes}

    result = adopted(document(components=components, security=[{"oauth": ["read"]}]))

    made = result.root["components"]["securitySchemes"]["oauth"]
    assert made.get("flows") == kept
    assert made["type"] == ("oauth2" if kept else "http")


def test_what_can_only_be_signed_otherwise_is_left_out(adopted: Adopt) -> None:
    components = {"schemas": {}, "securitySchemes": SCHEMES}

    result = adopted(document(components=components, security=[{"mutual": []}]))

    assert result.left_out() == {
        "GET /things/{id}": "the security scheme 'mutual' is of type 'mutualTLS'"
    }


@pytest.mark.parametrize(
    ("servers", "url", "variables"),
    [
        ([], "https://{host}", ["host"]),
        ([{"url": "/v2"}], "https://{host}/v2", ["host"]),
        ([{"url": "//api.example/v1"}], "https://api.example/v1", []),
        ([{"url": "http://localhost:80"}, {"url": "https://a.example"}], "https://a.example", []),
        ([{"url": "https://{shop}.example"}], "https://{shop}.example", ["shop"]),
        (
            [{"url": "https://{timeout}.example"}],
            "https://{server_timeout}.example",
            ["server_timeout"],
        ),
    ],
    ids=str,
)
def test_servers(adopted: Adopt, servers: Any, url: str, variables: list[str]) -> None:
    result = adopted(document(servers=servers))

    first = result.root["servers"][0]
    assert first["url"] == url
    assert list(first.get("variables", {})) == variables


def test_a_paths_server_moves_to_its_operations(adopted: Adopt) -> None:
    root = document()
    root["paths"]["/things/{id}"]["servers"] = [{"url": "https://files.things.example"}]

    assert adopted(root).operation()["servers"] == [{"url": "https://files.things.example"}]


def test_a_body_whose_fields_clash_with_a_parameter_is_passed_whole(adopted: Adopt) -> None:
    schema = {"type": "object", "properties": {"id": {"type": "string"}}}
    body = {"content": {"application/json": {"schema": schema}}}

    result = adopted(document(operation={"requestBody": body, "parameters": [parameter("body")]}))

    assert result.operation()["x-counterfoil"]["body"] == "request_body"


@pytest.mark.parametrize(
    ("method", "path", "operation_id", "tag", "expected"),
    [
        ("get", "/v1/invoices", "listInvoices", "Invoices", "invoices.list"),
        ("get", "/v1/invoices", "getInvoices", None, "invoices.list"),
        ("get", "/v1/invoices/{id}", "retrieveInvoiceById", "Invoices", "invoices.get"),
        ("post", "/v1/invoices", "addInvoice", "Invoices", "invoices.create"),
        ("delete", "/v1/invoices/{id}", "Remove_Invoice", "Invoices", "invoices.delete"),
        ("post", "/v1/invoices/{id}/finalize", "PostInvoicesIdFinalize", None, "invoices.finalize"),
        ("get", "/v1/invoices/{id}/lines", "GetInvoicesIdLines", None, "invoices.list_lines"),
        ("get", "/v1/invoices/{id}/pdf", "invoice_pdf_view", "invoices", "invoices.get_pdf"),
        ("get", "/api/credit-notes", "v1.credit-note.list", "Credit Note API", "credit_note.list"),
        ("get", "/versions", "Listversions", "default", "versions.list"),
        ("get", "/accounts", "getAccountByKey", "Account", "account.get"),
        ("get", "/app/endpoint", "v1.endpoint.list", "Endpoint", "endpoint.list"),
        ("post", "/pay", "pay", "Import", "imports.pay"),
        ("get", "/pay", "", "Zahlung", "zahlung.get_pay"),
        ("post", "/terminals/{id}/return", "return", "Terminals", "terminals.return_terminal"),
    ],
)
def test_resources_and_methods(
    adopted: Adopt, method: str, path: str, operation_id: str, tag: str | None, expected: str
) -> None:
    operation = {"operationId": operation_id, "responses": {"200": {"description": "Done."}}}
    operation |= {"tags": [tag]} if tag else {}

    result = adopted(document(paths={path: {method: operation}}))

    extension = result.operation(path, method)["x-counterfoil"]
    assert f"{extension['resource']}.{extension['method']}" == expected


def test_an_id_that_two_operations_have_is_used_for_none(adopted: Adopt) -> None:
    one = {"operationId": "get", "responses": {"200": {"description": "Done."}}}

    result = adopted(document(paths={"/a": {"get": one}, "/b": {"get": one}}))

    ids = [result.operation(path)["operationId"] for path in ("/a", "/b")]
    assert ids == ["getA", "getB"]


def test_retry_comes_from_the_method_or_from_adopt_toml(adopted: Adopt) -> None:
    done = {"responses": {"200": {"description": "Done."}}}
    root = document(paths={"/a": dict.fromkeys(("get", "put", "delete", "post", "patch"), done)})

    result = adopted(root)

    operations = result.root["paths"]["/a"]
    retry = {method: one["x-counterfoil"]["retry"] for method, one in operations.items()}
    assert retry == {
        "get": "safe",
        "put": "keyed",
        "delete": "keyed",
        "post": "never",
        "patch": "never",
    }


def test_examples_that_fit_are_kept_and_others_dropped(adopted: Adopt) -> None:
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
    examples = {
        "Good One": {"value": {"n": 1}},
        "bad": {"value": {"n": "x"}},
        "far": {"externalValue": "a.json"},
    }
    media = {"schema": schema, "examples": examples}

    result = adopted(
        document(operation={"responses": {"200": {"content": {"application/json": media}}}})
    )

    [content] = result.operation()["responses"]["200"]["content"].values()
    assert content["examples"] == {"good-one": {"value": {"n": 1}}}


# Swagger 2.0


def test_swagger_bodies_forms_and_answers(adopted: Adopt) -> None:
    operation = {
        "consumes": ["application/json"],
        "parameters": [
            {
                "in": "body",
                "name": "any",
                "required": True,
                "schema": {"$ref": "#/definitions/thing"},
            },
            {
                "in": "query",
                "name": "tags",
                "type": "array",
                "items": {"type": "string"},
                "collectionFormat": "multi",
            },
            {"in": "query", "name": "ids", "type": "array", "items": {"type": "string"}},
            {"in": "query", "name": "n", "type": "integer", "maximum": 5},
        ],
        "responses": {"201": {"description": "Made.", "schema": {"$ref": "#/definitions/thing"}}},
    }
    thing = {"type": "object", "properties": {"x": {"type": "string", "x-nullable": True}}}

    result = adopted(swagger(operation, definitions={"thing": thing}))

    made = result.operation("/things", "post")
    assert result.root["servers"] == [{"url": "https://api.things.example/v1"}]
    assert bare(made["requestBody"]["content"]["application/json"]["schema"]) == {
        "$ref": "#/components/schemas/Thing"
    }
    assert result.schemas["Thing"]["properties"]["x"] == {"type": ["string", "null"]}
    assert names(made) == [("query", "tags"), ("query", "ids"), ("query", "n")]
    assert [parameter.get("explode") for parameter in made["parameters"]] == [None, False, None]
    assert made["parameters"][2]["schema"] == {"type": "integer", "maximum": 5}
    assert result.left_out("parameter") == {}


def test_swagger_forms(adopted: Adopt) -> None:
    fields = [{"in": "formData", "name": "a", "type": "string", "required": True}]
    done = {"200": {"description": "Done."}}

    form = adopted(swagger({"parameters": fields, "responses": done}))
    file = {"in": "formData", "name": "b", "type": "file"}
    upload = adopted(swagger({"parameters": [*fields, file], "responses": done}), name="upload")

    [media] = form.operation("/things", "post")["requestBody"]["content"]
    assert media == "application/x-www-form-urlencoded"
    assert upload.left_out() == {}
    [media] = upload.operation("/things", "post")["requestBody"]["content"]
    assert media == "multipart/form-data"
    [made] = [one for one in upload.schemas.values() if "b" in one["properties"]]
    assert made["properties"]["b"]["format"] == "binary"


@pytest.mark.parametrize("headers", [{}, {"location": {"schema": {"type": "string"}}}], ids=str)
def test_a_redirect_as_the_only_success_returns_its_address(adopted: Adopt, headers: Any) -> None:
    redirect = {"description": "The report.", "headers": headers}
    responses = {"302": redirect, "404": {"description": "None."}}

    operation = adopted(document(operation={"responses": responses})).operation()

    assert operation["x-counterfoil"]["result-header"] == "Location"
    assert [name.lower() for name in operation["responses"]["302"]["headers"]] == ["location"]


def test_a_redirect_with_a_body_returns_the_body(adopted: Adopt) -> None:
    body = {"schema": {"type": "object", "properties": {"redirect_to": {"type": "string"}}}}
    redirect = {"description": "The file.", "content": {"application/json": body}}

    result = adopted(document(operation={"responses": {"307": redirect}}))

    assert "result-header" not in result.operation()["x-counterfoil"]
    assert [*result.operation()["responses"]["307"]["content"]] == ["application/json"]
