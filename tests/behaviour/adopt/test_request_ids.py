"""The response headers that name a request are taken over for errors and the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from counterfoil_tools.generate import lint_all

from .documents import Adopted, document, swagger

Adopt = Callable[..., Adopted]
TEXT = {"schema": {"type": "string"}, "description": "Of the vendor."}


def declare(*headers: str, status: str = "200") -> dict[str, Any]:
    """Responses of one status that declare headers."""
    described = {"description": "Done.", "headers": dict.fromkeys(headers, TEXT)}
    return {"responses": {"200": {"description": "Done."}, status: described}}


@pytest.mark.parametrize(
    "name", ["X-Request-Id", "Request-ID", "x-acme-RequestId", "X-Correlation-Id", "Acme-Debug-Id"]
)
def test_a_declared_header_is_taken_over(name: str, adopted: Adopt) -> None:
    result = adopted(document(operation=declare(name, "X-Rate-Remaining")))

    assert result.root["x-counterfoil"] == {"request-id-headers": [name]}
    lint_all([result.folder])


@pytest.mark.parametrize("status", ["404", "default", "5XX"])
def test_headers_of_errors_count(status: str, adopted: Adopt) -> None:
    result = adopted(document(operation=declare("X-Request-Id", status=status)))

    assert result.root["x-counterfoil"] == {"request-id-headers": ["X-Request-Id"]}


def test_the_most_frequent_header_comes_first_in_its_first_spelling(adopted: Adopt) -> None:
    root = document(operation=declare("X-Trace-Id", "X-Request-Id"))
    other = {"operationId": "listThings", **declare("x-request-id")}
    root["paths"]["/things"] = {"get": other}

    result = adopted(root)

    expected = ["X-Request-Id", "X-Trace-Id"]
    assert result.root["x-counterfoil"]["request-id-headers"] == expected


def test_headers_of_components_and_of_swagger_count(adopted: Adopt) -> None:
    reference = {"$ref": "#/components/responses/Gone"}
    root = document(operation={"responses": {"410": reference}})
    gone = declare("X-Request-Id")["responses"]["200"]
    root["components"]["responses"] = {"Gone": gone}
    old = {"description": "Done.", "headers": {"X-Acme-Request-Id": {"type": "string"}}}

    new = adopted(root)
    swagger_result = adopted(swagger({"responses": {"200": old}}), name="old")

    assert new.root["x-counterfoil"]["request-id-headers"] == ["X-Request-Id"]
    found = swagger_result.root["x-counterfoil"]["request-id-headers"]
    assert found == ["X-Acme-Request-Id"]


def test_a_header_with_a_credential_is_never_shown(adopted: Adopt) -> None:
    root = document(operation=declare("X-Request-Id"), security=[{"key": []}])
    key = {"type": "apiKey", "in": "header", "name": "x-request-id"}
    root["components"]["securitySchemes"] = {"key": key}

    assert "x-counterfoil" not in adopted(root).root


def test_without_such_a_header_nothing_is_written(adopted: Adopt) -> None:
    result = adopted(document(operation=declare("X-Rate-Remaining", "My-Requestid-Count")))

    assert "x-counterfoil" not in result.root
