"""`counterfoil-tools docs` writes pages with everything that a package has, and calls that work."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import httpx2
import pytest
from counterfoil_core import ApiError
from counterfoil_core.testing import ExampleTransport
from counterfoil_flow import FlowClient
from counterfoil_tools.reference.document import name_exception

from ..clients.packages import apis, operations, package, settings

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests/golden"
BILLING = ROOT / "tests/fixtures/adopting/billing.yaml"
EXAMPLE = re.compile(r"^Example:\n\n```python\n(.*?)```", re.MULTILINE | re.DOTALL)


def run(command: str, *words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", f"counterfoil_tools.{command}", *words)
    return subprocess.run(words, cwd=folder, capture_output=True, text=True)


def read_pages(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text() for path in folder.glob("*.md")}


@cache
def write_reference(api: str, folder: Path) -> dict[str, str]:
    done = run("reference", api, "--into", str(folder / api))
    assert done.returncode == 0, done.stderr
    return read_pages(folder / api)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reference")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one golden spec, whose descriptions try to become markup."""
    shutil.copytree(GOLDEN / "hostile-description", tmp_path / "specs/parcels")
    shutil.copy(GOLDEN / "package.toml", tmp_path / "specs/parcels/package.toml")
    return tmp_path


@pytest.mark.parametrize("api", apis())
def test_each_operation_has_its_section_and_each_model_its_fields(api: str, folder: Path) -> None:
    pages = write_reference(api, folder)

    for name, operation in operations(api).items():
        resource, method = name.split(".")
        [section] = re.findall(
            rf"^## {method}\n(.*?)(?=^## |\Z)", pages[resource], re.MULTILINE | re.DOTALL
        )
        assert f"`{operation.method} {operation.path}`" in section
        for parameter in operation.parameters:
            assert f"| `{parameter.name}`" in section
        assert "retr" in section.partition("Limits and retries:")[2].lower()
        assert f"[`{method}`]({resource}.md#{method})" in pages["index"]
    models = package(api).models
    for name in re.findall(r"^## (\w+)$", pages["models"], re.MULTILINE):
        for field in getattr(getattr(models, name), "__struct_fields__", ()):
            assert f"| `{field}`" in pages["models"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # deprecated methods have pages, too
@pytest.mark.parametrize("api", apis())
def test_each_example_is_a_call_that_works(
    api: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is made with a client whose transport answers from the spec's examples."""
    pages = write_reference(api, folder)
    module = package(api)
    transport = ExampleTransport(module)
    client = getattr(module, settings(api)["client"])
    made = []

    def construct(**arguments: object) -> object:
        made.append(client(**arguments, transport=transport))
        return made[-1]

    monkeypatch.setattr(module, settings(api)["client"], construct)

    examples = [code for page in pages.values() for code in EXAMPLE.findall(page)]
    not_sent = []
    for code in examples:
        try:
            exec(compile(code, f"{api}.md", "exec"), {})
        except ApiError as error:
            if error.status is None:  # else it is the only example of a response
                not_sent.append(str(error))

    assert not_sent == []
    assert len(examples) == len(made) == len(operations(api))
    assert len(transport.calls) >= len(examples)


def find_doubts(text: str) -> list[str]:
    """Return what a spec says is unverified, without its YAML."""
    found = re.findall(r"^ *unverified: *(.+)$", text, re.MULTILINE)
    return [one.strip().strip("'\"").removesuffix("}") for one in found]


@pytest.mark.parametrize("api", apis())
def test_what_a_spec_does_not_know_is_said(api: str, folder: Path) -> None:
    index = write_reference(api, folder)["index"]
    doubts = find_doubts((ROOT / f"specs/{api}/openapi.yaml").read_text())

    missing = [one for one in doubts if one.split("`")[0].strip() not in index]
    assert missing == []


def test_documented_errors_and_limits_are_said(folder: Path) -> None:
    admin = write_reference("open2b-admin", folder)
    amazon = write_reference("amazon", folder)

    assert "1000 requests in 5 minutes" in admin["index"]
    assert "| `customer` | `NotFound` |" in admin["invoices"]
    assert "at most 7 days" in amazon["customer_invoices"]
    assert "at most 6 months ago" in amazon["customer_invoices"]
    assert "| 429 | `RateLimited` |" in amazon["customer_invoices"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 409, 410, 412, 422, 429, 500, 503])
def test_a_status_has_the_exception_that_the_runtime_raises(status: int) -> None:
    arguments = {"max_attempts": 1, "rate_limit": None}
    transport = httpx2.MockTransport(lambda request: httpx2.Response(status))
    client = FlowClient(organization="lantern", token="t", transport=transport, **arguments)

    with pytest.raises(ApiError) as caught:
        client.consumer_invoices.list()

    assert type(caught.value).__name__ == name_exception(str(status))


def test_an_adopted_document_has_a_reference_too(tmp_path: Path) -> None:
    assert run("adopt", "billing", str(BILLING), folder=tmp_path).returncode == 0

    done = run("reference", "billing", "--site", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    pages = read_pages(tmp_path / "docs/billing")
    assert {"index", "customers", "invoices", "models"} <= set(pages)
    assert "## Left out of the vendor's document" in pages["index"]
    assert "GET /payments/{payment_id}/methods" in pages["index"]
    assert "## Webhooks" in pages["index"]
    assert 'docs_dir = "docs/billing"' in (tmp_path / "zensical.toml").read_text()


def test_what_a_vendor_writes_is_shown_as_text(workspace: Path) -> None:
    spec = workspace / "specs/parcels/openapi.yaml"
    spec.write_text(spec.read_text().replace("Show the parcels", "Show <script>alert(1)</script>"))

    done = run("reference", "parcels", folder=workspace)

    assert done.returncode == 0, done.stderr
    pages = "".join(read_pages(workspace / "docs/parcels").values())
    assert "&lt;script>alert(1)&lt;/script>" in pages
    assert "<script" not in pages
    assert "{{ x }} {% raw %}" in pages


def test_links_within_a_vendors_site_become_text(workspace: Path) -> None:
    spec = workspace / "specs/parcels/openapi.yaml"
    text = (
        "Show [all](#parcels), [terms](/terms), ![logo](https://a.example/l.png) and "
        "[docs](https://parcels.example/docs)"
    )
    spec.write_text(spec.read_text().replace("Show the parcels", text))

    assert run("reference", "parcels", folder=workspace).returncode == 0

    page = (workspace / "docs/parcels/parcels.md").read_text()
    shown = (
        "Show all, terms, [logo](https://a.example/l.png) and [docs](https://parcels.example/docs)."
    )
    assert shown in page


WRONG = """
openapi: 3.1.0
info: {title: Parcels, version: v1}
servers: [{url: "https://parcels.example"}]
paths:
  /parcels:
    post:
      operationId: createParcel
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [weight, name]
              properties:
                weight: {type: WEIGHT, example: EXAMPLE}
                name: {type: string, example: 'a "quoted" name, \\ and a line\n'}
                sent: {type: string, format: date-time}
            example: {weight: EXAMPLE, sent: '2026-01-01T00:00:00" + str(1) + "'}
      responses: {"204": {description: It was created.}}
"""


@pytest.mark.parametrize(
    ("kind", "example"),
    [("integer", "heavy"), ("number", "heavy"), ("object", "[1]"), ("string", "'^'")],
)
def test_an_example_that_is_wrong_stops_nothing(tmp_path: Path, kind: str, example: str) -> None:
    document = tmp_path / "parcels.yaml"
    document.write_text(WRONG.replace("WEIGHT", kind).replace("EXAMPLE", example))
    assert run("adopt", "parcels", str(document), folder=tmp_path).returncode == 0

    done = run("reference", "parcels", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    page = (tmp_path / "docs/parcels/parcels.md").read_text()
    for code in EXAMPLE.findall(page):
        compile(code, "parcels.md", "exec")  # a vendor's text stays a text
    assert EXAMPLE.search(page) or "There is no example of a call: " in page


def test_a_file_of_yours_is_not_overwritten(workspace: Path) -> None:
    own = workspace / "docs/parcels/index.md"
    own.parent.mkdir(parents=True)
    own.write_text("# Mine\n")

    done = run("reference", "parcels", folder=workspace)

    assert done.returncode == 2
    assert "was not written by this command" in done.stderr
    assert own.read_text() == "# Mine\n"


def test_a_page_without_a_resource_is_removed(workspace: Path) -> None:
    assert run("reference", "parcels", folder=workspace).returncode == 0
    old = workspace / "docs/parcels/old.md"
    old.write_text((workspace / "docs/parcels/models.md").read_text())

    assert run("reference", "parcels", folder=workspace).returncode == 0
    assert not old.exists()


def test_a_wrong_spec_and_an_unknown_name_are_told(workspace: Path) -> None:
    unknown = run("reference", "parcel", folder=workspace)
    spec = workspace / "specs/parcels/openapi.yaml"
    spec.write_text(spec.read_text().replace("retry: safe", "retry: always"))
    wrong = run("reference", "parcels", folder=workspace)

    assert (unknown.returncode, wrong.returncode) == (2, 1)
    assert "'parcel' is not a folder of specs/ (parcels)" in unknown.stderr
    assert "specs/parcels/openapi.yaml:" in wrong.stderr
    assert not (workspace / "docs").exists()
