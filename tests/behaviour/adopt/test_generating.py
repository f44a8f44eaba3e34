"""From a vendor's file to a package in a user's folder: generated, imported, typed and called."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from counterfoil_tools.generate import lint_all, make_all
from counterfoil_tools.openapi.errors import SpecErrors

from tests.sharing import make_once

from .documents import BILLING, Adopted, document

GUIDE = (Path(__file__).parents[3] / "docs/adopting.md").read_text()
TEMPLATES = Path(__file__).parents[3] / "templates"
COMMAND = (
    "import sys; from counterfoil_tools.adopt.command import main; sys.exit(main(sys.argv[1:]))"
)
USE = """
import sys
from billing_client import BillingClient

with BillingClient(bearer="t0k-9", base_url=sys.argv[1], max_attempts=1) as billing:
    customer = billing.customers.get("cus_1")
    print(type(customer).__name__, customer.name)
"""
USER = """
from billing_client import AsyncBillingClient, BillingClient, Customer

def name(billing: BillingClient) -> str:
    customer: Customer = billing.customers.get("cus_1")
    return customer.name

async def count(billing: AsyncBillingClient) -> int:
    page = await billing.customers.list(limit=3)
    return len(page.data)
"""
WATCH = """
import importlib, sys
seen = []
ACTS = (
    "os.system", "os.exec", "os.posix_spawn", "subprocess.Popen",
    "socket.connect", "os.remove", "os.rename", "os.mkdir",
)
sys.addaudithook(lambda event, words: seen.append(event) if event in ACTS else None)
package = importlib.import_module(sys.argv[1])
names = [getattr(package, name) for name in package.__all__]
for part in ("_api", "_operations", "client", "models", "resources"):
    importlib.import_module(f"{sys.argv[1]}.{part}")
print(seen)
"""
HOSTILE = '"""; import os; os.mkdir("owned") #\'\'\' \\ {{ x }} {% raw %} \\N{BULLET} %s ` ``` */'


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", COMMAND, *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


def run_with(folder: Path, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run code in a child process that finds the generated packages."""
    paths = [str(path) for path in folder.glob("generated/*/src")]
    begin = f"import sys; sys.path[:0] = {paths!r}\n"
    command = [sys.executable, "-B", "-c", begin + code, *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


def make_workspace(folder: Path) -> None:
    folder.mkdir(parents=True)
    for words in (("adopt", "billing", str(BILLING)), ("generate", "billing")):
        done = run(folder, *words)
        (folder / f"{words[0]}.txt").write_text(done.stdout + done.stderr)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_once(tmp_path_factory, "adopted-billing", make_workspace)


@pytest.fixture
def server() -> Iterator[tuple[str, list[Any]]]:
    """A billing API with one customer, and the requests that it got."""
    requests: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append((self.path, self.headers.get_all("authorization")))
            body = (
                b'{"id": "cus_1", "name": "Ada Ruscelli",'
                b' "email": "ada@example.com", "balance": 0.10}'
            )
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}", requests
        http.shutdown()


def test_two_commands_in_an_empty_folder_make_a_package(workspace: Path) -> None:
    found = {path.name for path in workspace.iterdir()}
    package = workspace / "generated/billing-client"

    assert found == {"specs", "generated", ".generated", "adopt.txt", "generate.txt"}
    assert {"pyproject.toml", "README.md", "SURFACE.md", "CHANGELOG.md", "LICENSE"} <= {
        path.name for path in package.iterdir()
    }
    assert (package / "src/billing_client/py.typed").is_file()


def test_an_operation_is_called_with_the_token(
    workspace: Path, server: tuple[str, list[Any]]
) -> None:
    url, requests = server

    done = run_with(workspace, USE, url)

    assert (done.stdout, done.stderr) == ("Customer Ada Ruscelli\n", "")
    assert requests == [("/customers/cus_1", ["Bearer t0k-9"])]


def test_the_guides_code_runs(workspace: Path, server: tuple[str, list[Any]]) -> None:
    code = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)[0]
    place = f"import os; os.environ['COUNTERFOIL_BILLING_BASE_URL'] = {server[0]!r}\n"

    done = run_with(workspace, place + code)

    assert (done.stdout, done.stderr) == ("Ada Ruscelli 0.10\n", "")


def test_code_that_uses_the_package_is_typed(workspace: Path, tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "user.py").write_text(USER)
    source = str(workspace / "generated/billing-client/src")
    environment = {"MYPYPATH": source, "PATH": ""}
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        str(tmp_path / "cache"),
        "user.py",
    ]

    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_what_the_document_lacks_is_counted(workspace: Path) -> None:
    said = (workspace / "generate.txt").read_text()
    surface = (workspace / "generated/billing-client/SURFACE.md").read_text()

    lines = [line.split(" ") for line in said.splitlines() if line.startswith("billing: warning: ")]
    counts = {words[4].rstrip(":"): words[2] for words in lines}
    assert counts.keys() == {"description", "documentation", "example"}
    assert all(f"- {rule}: {count}\n" in surface for rule, count in counts.items())


def test_without_the_grade_the_same_document_is_refused(billing: Adopted) -> None:
    settings = billing.folder / "package.toml"
    settings.write_text(settings.read_text().replace('grade = "adopted"\n', ""))

    with pytest.raises(SpecErrors) as caught:
        lint_all([billing.folder])

    assert {error.rule for error in caught.value.errors} == {
        "description",
        "documentation",
        "example",
    }


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("operationId: listCustomers", "operationId: ''", "frame"),
        ("method: finalize", "method: Finalize", "extension"),
        ("    Customer:", "    customer:", "schema-name"),
        ("format: decimal", "format: double", "float"),
        ("scheme: bearer", "scheme: digest", "frame"),
    ],
)
def test_names_types_and_the_wire_stay_errors(
    billing: Adopted, old: str, new: str, rule: str
) -> None:
    path = billing.folder / "openapi.yaml"
    assert old in path.read_text()
    text = path.read_text().replace(old, new)
    path.write_text(
        text.replace("schemas/Customer'", "schemas/customer'") if "customer:" in new else text
    )

    with pytest.raises(SpecErrors) as caught:
        lint_all([billing.folder])

    rules = {error.rule for error in caught.value.errors}
    assert rule in rules
    assert not rules & {"description", "documentation", "example", "cross-check"}


def test_a_grade_that_is_none_is_refused(billing: Adopted) -> None:
    settings = billing.folder / "package.toml"
    settings.write_text(settings.read_text().replace('grade = "adopted"', 'grade = "loose"'))

    with pytest.raises(SpecErrors, match=r"package.toml:\d+:1: package-settings: grade: .*adopted"):
        lint_all([billing.folder])


EMPTY = [
    pytest.param(
        {"paths": {}, "components": {"schemas": {"Thing": {"type": "string"}}}}, id="no operation"
    ),
    pytest.param(
        {
            "paths": {
                "/things": {
                    "put": {"requestBody": {"required": True, "content": {"image/png": {}}}}
                }
            }
        },
        id="left out",
    ),
]


@pytest.mark.parametrize("words", EMPTY)
def test_a_document_without_operations_becomes_a_package(
    words: Any, tmp_path: Path, adopted: Callable[..., Adopted]
) -> None:
    # Making a package imports it in a child process.
    make_all([adopted(document(**words)).folder], TEMPLATES)


def test_hostile_texts_do_nothing_when_the_package_is_imported(tmp_path: Path) -> None:
    thing = {
        "type": "object",
        "description": HOSTILE,
        "properties": {
            HOSTILE: {
                "type": "string",
                "description": HOSTILE,
                "enum": [HOSTILE, "b"],
                "default": HOSTILE,
            }
        },
    }
    operation = {
        "operationId": HOSTILE,
        "summary": HOSTILE,
        "description": HOSTILE,
        "tags": [HOSTILE],
        "parameters": [
            {
                "name": f"a {HOSTILE}",
                "in": "query",
                "description": HOSTILE,
                "schema": {"type": "string"},
            }
        ],
    }
    scheme = {"type": "http", "scheme": "bearer", "description": HOSTILE}
    made = document(
        thing,
        operation=operation,
        info={"title": HOSTILE, "version": HOSTILE, "description": HOSTILE},
    )
    made["components"]["securitySchemes"] = {HOSTILE: scheme}
    made["security"] = [{HOSTILE: []}]
    made["tags"] = [{"name": HOSTILE, "description": HOSTILE}]
    (tmp_path / "hostile.json").write_text(json.dumps(made))

    for words in (("adopt", "hostile", "hostile.json"), ("generate", "hostile")):
        done = run(tmp_path, *words)
        assert done.returncode == 0, done.stderr
    seen = run_with(tmp_path, WATCH, "hostile_client")

    assert (seen.stdout, seen.stderr) == ("[]\n", "")
    assert not list(tmp_path.rglob("owned"))


def test_a_workspace_is_begun_once_and_nothing_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Mine.")

    first = run(tmp_path, "init")
    again = run(tmp_path, "init")
    wrong = run(tmp_path, "init", "here")

    assert first.stdout.split() == ["specs/.gitkeep", ".gitignore"]
    assert (tmp_path / "README.md").read_text() == "Mine."
    assert (again.returncode, again.stdout) == (0, "nothing to do: the folder is a workspace\n")
    assert (wrong.returncode, wrong.stderr[:32]) == (2, "counterfoil-tools init: 'here' i")
    assert run(tmp_path, "generate").returncode == 2  # there is nothing to generate yet


def test_generating_where_there_are_no_specs_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "generate")
    assert done.returncode == 2
    assert "there is no folder specs/ here" in done.stderr


NAMES = {
    "openapi": "3.1.0",
    "info": {"title": "Names", "version": "1"},
    "servers": [{"url": "https://names.example"}],
    "paths": {
        "/models": {
            "get": {
                "operationId": "getModel",
                "responses": {
                    "200": {
                        "description": "A model",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Model"}}
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Model": {
                "type": "object",
                "properties": {
                    "to_dict": {"type": "string"},
                    "fromJson": {"type": "string"},
                    "parent": {"$ref": "#/components/schemas/Model"},
                },
            }
        }
    },
}
USE_NAMES = """
from names_client import Model

model = Model.from_json('{"to_dict": "a", "fromJson": "b", "parent": {"to_dict": "c"}}')
print(model.to_dict_, model.from_json_, model.parent.to_dict())
"""


def test_a_schema_and_fields_with_names_of_the_base_class(tmp_path: Path) -> None:
    (tmp_path / "names.json").write_text(json.dumps(NAMES))
    for words in (("adopt", "names", "names.json"), ("generate", "names")):
        done = run(tmp_path, *words)
        assert done.returncode == 0, done.stderr

    used = run_with(tmp_path, USE_NAMES)

    assert (used.stdout, used.stderr) == ("a b {'to_dict': 'c'}\n", "")
