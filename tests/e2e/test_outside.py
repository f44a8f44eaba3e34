"""The tools, installed from a throwaway index, in a folder outside of this project.

A package is made of a vendor's document, installed and called; then the document changes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from counterfoil_tools.release.build import build
from counterfoil_tools.release.publish import Index, forget_settings, publish
from counterfoil_tools.release.rehearse import install, serve_index

pytestmark = pytest.mark.soak  # it builds, downloads and installs for a minute

ROOT = Path(__file__).parents[2]
BILLING = ROOT / "tests/fixtures/adopting/billing.yaml"
USE = """
import sys
from billing_client import BillingClient

with BillingClient(bearer="t0k-9", base_url=sys.argv[1], max_attempts=1) as billing:
    customer = billing.customers.get("cus_1")
    print(type(customer).__module__, customer.name, repr(customer.balance))
"""
CUSTOMER = b'{"id": "cus_1", "name": "Ada Ruscelli", "email": "ada@example.com", "balance": 0.10}'
AUTHOR = ["-c", "user.name=Nives", "-c", "user.email=nives@tarabelli.example"]


class Outside:
    """An empty folder, and an environment with the tools that knows the throwaway index alone."""

    def __init__(self, python: Path, folder: Path, index: Index) -> None:
        self.python = python
        self.folder = folder
        self.index = index

    def run(self, *words: str, status: int = 0) -> str:
        """Run a command of the tools, check its exit status, and return all that it printed."""
        command = [str(self.python.with_name("counterfoil-tools")), *words]
        return self._run(command, status)

    def run_python(self, *words: str) -> str:
        return self._run([str(self.python), "-I", *words], 0)

    def install(self, path: str) -> None:
        words = ["install", "--isolated", "--quiet", "--index-url", f"{self.index.simple}/", path]
        self.run_python("-m", "pip", *words)

    def commit(self) -> None:
        self._run(["git", "add", "--all"], 0)
        self._run(["git", *AUTHOR, "commit", "--quiet", "--message", "As it is."], 0)

    def tag(self, name: str) -> None:
        self._run(["git", "tag", name], 0)

    def _run(self, command: list[str], status: int) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=forget_settings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == status, done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Index]]:
    """The Python of an environment with counterfoil-tools, and the index that it came from."""
    folder = tmp_path_factory.mktemp("outside")
    build_packages(folder / "project", folder / "dist")
    with serve_index(folder / "index") as index:
        publish(folder / "dist", index, folder / "project")
        fetch_dependencies(folder / "dist", folder / "index")
        yield install(folder / "venv", index, "counterfoil-tools"), index


def build_packages(project: Path, dist: Path) -> None:
    """Build the runtime and the tools of a copy of this project."""
    leave_out = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
    for name in ("runtime", "tools", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=leave_out)
    build(dist, project)


def fetch_dependencies(dist: Path, folder: Path) -> None:
    """Put the wheels of others into the index, from wherever this machine has them."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--prefer-binary"]
    command += ["--dest", str(folder), "hatchling", *map(str, sorted(dist.glob("*.whl")))]
    subprocess.run(command, check=True)


@pytest.fixture
def outside(installed: tuple[Path, Index], tmp_path: Path) -> Outside:
    python, index = installed
    shutil.copy(BILLING, tmp_path)
    found = Outside(python, tmp_path, index)
    found.run("adopt", "billing", "billing.yaml")
    found.run("generate", "billing")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return found


@pytest.fixture
def server() -> Iterator[str]:
    """A billing API with one customer, for the holder of one token."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_known = self.headers["authorization"] == "Bearer t0k-9"
            self.send_response(200 if is_known and self.path == "/customers/cus_1" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(CUSTOMER)))
            self.end_headers()
            self.wfile.write(CUSTOMER)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def write_breaking_document(outside: Outside) -> None:
    """Write the vendor's next document: a customer has no VAT number and cannot be deleted."""
    text = BILLING.read_text()
    field = "        vat_id: {type: string, nullable: true, description: VAT number.}\n"
    begin = text.index("    delete:\n      operationId: deleteCustomer")
    end = text.index("  /invoices:\n")
    assert field in text
    shorter = text[:begin] + text[end:]
    (outside.folder / "next.yaml").write_text(shorter.replace(field, ""))


def test_a_package_is_made_installed_and_called(outside: Outside, server: str) -> None:
    outside.install("./generated/billing-client")

    printed = outside.run_python("-c", USE, server)

    assert printed == "billing_client.models Ada Ruscelli Decimal('0.10')\n"
    made = {path.name for path in outside.folder.iterdir()}
    assert made == {".git", ".generated", "billing.yaml", "generated", "specs"}


def test_lint_and_drift_work_there(outside: Outside) -> None:
    write_breaking_document(outside)

    assert "error" not in outside.run("lint", "billing")
    assert "nothing new" in outside.run("drift", "billing", "billing.yaml")
    assert "operation removed" in outside.run("drift", "billing", "next.yaml", status=1)


def test_a_breaking_document_is_a_major_version(outside: Outside) -> None:
    outside.commit()
    write_breaking_document(outside)

    outside.run("adopt", "billing", "next.yaml")
    outside.run("generate", "billing")
    verdict = json.loads(outside.run("surface", "billing", "--json"))

    assert verdict["level"] == "major"
    sentences = {reason["sentence"] for reason in verdict["reasons"]}
    assert {"`Customers.delete` is gone", "`Customer.vat_id` is gone"} <= sentences


def test_a_version_is_raised_with_its_changelog(outside: Outside) -> None:
    outside.commit()
    assert "`git tag billing-client-0.1.0`" in outside.run("bump", "billing", status=1)
    outside.tag("billing-client-0.1.0")
    write_breaking_document(outside)
    outside.run("adopt", "billing", "next.yaml")
    outside.run("generate", "billing")
    fragment = outside.folder / "specs/billing/changes/delete.broken.md"
    fragment.parent.mkdir()
    fragment.write_text("Customers can no longer be deleted.\n")

    printed = outside.run("bump", "billing")
    outside.run("generate", "billing")

    changelog = (outside.folder / "generated/billing-client/CHANGELOG.md").read_text()
    project = (outside.folder / "generated/billing-client/pyproject.toml").read_text()
    assert printed == "billing-client 0.1.0 -> 0.2.0\n"
    assert "Customers can no longer be deleted." in changelog
    assert 'version = "0.2.0"' in project
