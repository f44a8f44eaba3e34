"""Documented bodies of errors: `error.model`."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from counterfoil_core import ApiError, InvalidRequest, NotFound, ServerError
from counterfoil_core.transports.protocol import Request, StreamedResponse

from tests.behaviour.generate.packages import (
    describe,
    make_package,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
)


class Errors:
    """Answers with one status and body."""

    def __init__(self, status: int, content: bytes, media_type: str = "application/json") -> None:
        self.status = status
        self.content = content
        self.media_type = media_type

    def send(self, request: Request) -> StreamedResponse:
        headers = {"content-type": self.media_type}
        return StreamedResponse(status=self.status, headers=headers, body=[self.content])

    def close(self) -> None:
        pass


def with_errors(*statuses: str, media_type: str = "application/json") -> dict[str, Any]:
    document = parcels()
    for status in statuses:
        name = f"Problem{status}"
        schemas(document)[name] = describe(
            type="object", required=["fee"], properties={"fee": describe(type="string")}
        )
        content = {media_type: {"schema": refer(name), "examples": {"a": {"value": {"fee": "x"}}}}}
        operation(document)["responses"][status] = {"description": "No.", "content": content}
    return document


def fail(package: Any, status: int, content: bytes, **settings: Any) -> ApiError:
    client = package.ParcelsClient(transport=Errors(status, content), max_attempts=1, **settings)
    with pytest.raises(ApiError) as caught:
        client.parcels.list()
    return caught.value


def test_a_documented_error_has_its_model(tmp_path: Path) -> None:
    package = make_package(tmp_path, with_errors("404", "4XX", "default"))
    models = package.models
    missing = fail(package, 404, b'{"fee": "1.10"}')
    assert isinstance(missing, NotFound)
    assert missing.model == models.Problem404(fee="1.10")
    wrong = fail(package, 422, b'{"fee": "1.10"}')
    assert isinstance(wrong, InvalidRequest)
    assert wrong.model == models.Problem4XX(fee="1.10")
    broken = fail(package, 500, b'{"fee": "1.10"}')
    assert isinstance(broken, ServerError)
    assert broken.model == models.Problemdefault(fee="1.10")


@pytest.mark.parametrize("content", [b"<html>", b"{}", b'{"fee": 1}', b"", b"\xff"])
def test_a_body_of_another_form_has_no_model_and_hides_nothing(
    content: bytes, tmp_path: Path
) -> None:
    package = make_package(tmp_path, with_errors("404"))
    error = fail(package, 404, content)
    assert isinstance(error, NotFound)
    assert error.model is None


def test_an_error_that_is_not_documented_has_no_model(tmp_path: Path) -> None:
    package = make_package(tmp_path, with_errors("404"))
    assert fail(package, 409, b'{"fee": "1.10"}').model is None


def test_an_error_with_a_model_can_be_pickled(tmp_path: Path, monkeypatch: Any) -> None:
    package = make_package(tmp_path, with_errors("404"))
    error = fail(package, 404, b'{"fee": "1.10"}')
    monkeypatch.syspath_prepend(str(Path(package.__file__).parents[1]))
    assert pickle.loads(pickle.dumps(error)).model == error.model


def test_a_model_that_would_show_a_credential_is_left_out(tmp_path: Path) -> None:
    document = with_errors("403")
    scheme = {"type": "apiKey", "in": "header", "name": "X-Key", "description": "The shop's key."}
    document["components"]["securitySchemes"] = {"key": scheme}
    document["security"] = [{"key": []}]
    package = make_package(tmp_path, document)
    error = fail(package, 403, b'{"fee": "no such key: s3cr3t-9"}', key="s3cr3t-9")
    assert error.model is None
    assert "s3cr3t" not in repr(vars(error))
    assert fail(package, 403, b'{"fee": "no"}', key="s3cr3t-9").model.fee == "no"


def test_an_error_of_text_has_no_model(tmp_path: Path) -> None:
    document = with_errors("404")
    content = {"text/plain": {"schema": {"type": "string"}, "examples": {"a": {"value": "no"}}}}
    operation(document)["responses"]["404"]["content"] = content
    package = make_package(tmp_path, document)
    assert fail(package, 404, b"no").model is None


@pytest.mark.parametrize("status", ["2XX", "1XX", "40X", "Default", "x-error"])
def test_other_ranges_are_refused(status: str, tmp_path: Path) -> None:
    document = parcels()
    operation(document)["responses"][status] = {"description": "No."}
    assert "frame" in refusal(tmp_path, document)
