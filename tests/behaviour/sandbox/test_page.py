"""The page at / and its files, as programs see them."""

from __future__ import annotations

import pytest
from counterfoil_sandbox import Sandbox
from starlette.testclient import TestClient

from tests.described_apis import SANDBOXES

HTML = {"Accept": "text/html,application/xhtml+xml"}


def test_a_browser_gets_a_page_and_a_program_gets_json(http: TestClient) -> None:
    page = http.get("/", headers=HTML)
    data = http.get("/", headers={"Accept": "*/*"})

    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert set(data.json()["apis"]) == set(SANDBOXES)


@pytest.mark.parametrize(
    "name",
    [
        "page.css",
        "page.js",
        "theme.js",
        "explore.html",
        "icon.svg",
        "swagger-ui/swagger-ui-bundle.js",
    ],
)
def test_the_files_of_the_page_come_with_the_package(http: TestClient, name: str) -> None:
    answer = http.get(f"/_page/{name}")

    assert answer.status_code == 200
    assert "http://" not in answer.text.replace("http://www.w3.org", "") or "swagger" in name


@pytest.mark.parametrize(
    "path",
    [
        "../sandbox.py",
        "..%2Fsandbox.py",
        "swagger-ui/../../sandbox.py",
        "nothing.css",
        "",
        "swagger-ui/",
        "LICENSE",
        "index.html.jinja",
        "log.html.jinja",
    ],
)
def test_nothing_else_can_be_had_from_there(http: TestClient, path: str) -> None:
    answer = http.get(f"/_page/{path}")

    assert answer.status_code == 404
    assert "import" not in answer.text


def test_the_page_takes_no_writes(http: TestClient) -> None:
    assert http.put("/_page/page.css").status_code == 405


@pytest.mark.parametrize("api", SANDBOXES)
def test_the_explorers_document_calls_this_sandbox_with_its_keys(
    box: Sandbox, http: TestClient, api: str
) -> None:
    document = http.get(f"/_page/{api}.json", headers={"Host": "127.0.0.1:8123"}).json()

    assert document["servers"][0]["url"] == f"http://127.0.0.1:8123/{api}"
    assert set(document["x-keys"].values()) <= set(box.credentials(api).values())
    assert document["x-keys"]
