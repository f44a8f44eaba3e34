"""An adopted API beside the other platforms: its sandbox and its invoices, from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sharing import make_once

from .workspace_of_parts import make_workspace, run

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/adopting.md").read_text()


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_once(tmp_path_factory, "billing-parts", make_workspace)


def find_code(marker: str) -> str:
    """Return the guide's Python block that contains a text."""
    blocks = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    [found] = [block for block in blocks if marker in block]
    return str(found)


def test_the_guides_code_reads_invoices_from_the_sandbox(workspace: Path) -> None:
    done = run(workspace, "-c", find_code("iterate(account"))

    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "2026-0001 EUR 14.50"
    assert len(lines) == 3


def test_the_guides_fixture_is_called_in_process(workspace: Path) -> None:
    code = find_code('invoices.get("in_3").number')

    done = run(workspace, "-c", code)

    assert (done.stdout, done.stderr) == ("2026-0003\n", "")


def test_the_guides_files_pages_and_webhooks_work(workspace: Path) -> None:
    done = run(workspace, "-c", find_code("sign_webhook"))

    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert first.split()[1:] == ["18", "18"]
    assert second == "2026-0003 14.50"
    assert (workspace / "in_3.pdf").read_bytes() == b"%PDF-1.7 2026-0003"


def test_an_upload_that_is_broken_is_refused(workspace: Path) -> None:
    code = """
import counterfoil_core
from billing_client import BillingClient
from counterfoil_sandbox import Sandbox

box = Sandbox(["billing"])
arguments = box.client_arguments("billing")
with BillingClient(**arguments, transport=box.transport("billing")) as client:
    for body in (b"", b"--x\\r\\n\\r\\n1\\r\\n--x--\\r\\n"):
        try:
            kind = "multipart/form-data; boundary=x"
            client.request("POST", "/files", content=body, content_type=kind)
        except counterfoil_core.CounterfoilError as error:
            print(error.status)
"""
    done = run(workspace, "-c", code)

    assert (done.stdout, done.stderr) == ("400\n400\n", "")


def test_pages_are_followed_to_the_end(workspace: Path) -> None:
    code = """
from datetime import UTC, datetime, timedelta
from counterfoil import Account, iterate
from counterfoil_sandbox import Sandbox

with Sandbox(["billing"], invoices=250) as box, box.serve():
    account = Account(**box.account("billing"))
    found = iterate(account, since=datetime.now(UTC) - timedelta(days=999))
    print(len({invoice.number for invoice in found}), len(box.requests))
"""
    done = run(workspace, "-c", code)

    assert (done.stdout, done.stderr) == ("250 3\n", "")


def test_a_wrong_token_and_a_wrong_argument_are_refused(workspace: Path) -> None:
    code = """
import counterfoil_core
from billing_client import BillingClient
from counterfoil_sandbox import Sandbox

box = Sandbox(["billing"])
url, transport = box.name_base_url("billing"), box.transport("billing")
with BillingClient(bearer="other", base_url=url, transport=transport) as client:
    for limit in (1, 1000):
        try:
            client.with_options(validate=False).invoices.list(limit=limit)
        except counterfoil_core.CounterfoilError as error:
            print(error.status)
"""
    done = run(workspace, "-c", code)

    assert (done.stdout, done.stderr) == ("401\n401\n", "")


def test_the_commands_know_the_platform(workspace: Path) -> None:
    names = "import counterfoil; print('billing' in counterfoil.provider_names())"
    unknown = """
from counterfoil_sandbox import Sandbox, UnknownApi
try:
    Sandbox(["biling"])
except UnknownApi as error:
    print(error)
"""

    assert run(workspace, "-c", names).stdout == "True\n"
    assert "it has amazon, " in run(workspace, "-c", unknown).stdout
    assert "vtex, billing." in run(workspace, "-c", unknown).stdout


@pytest.mark.parametrize(
    ("group", "value", "code", "message"),
    [
        (
            "counterfoil_sandbox.platforms",
            "billing_parts.platform:Billing",
            "from counterfoil_sandbox import Sandbox; Sandbox(['broken']).account('broken')",
            "The platform 'broken': billing_parts.platform:Billing is not a Platform.",
        ),
        (
            "counterfoil.providers",
            "billing_parts.gone:PROVIDER",
            "import counterfoil; counterfoil.find_provider('broken')",
            "the provider 'broken' cannot be loaded: No module named 'billing_parts.gone'",
        ),
        (
            "counterfoil.providers",
            "billing_parts.reading:PROVIDER",
            "import counterfoil; counterfoil.find_provider('broken')",
            "billing_parts.reading:PROVIDER is not a Provider of this name",
        ),
    ],
)
def test_a_wrong_entry_point_is_named(
    group: str, value: str, code: str, message: str, workspace: Path, tmp_path: Path
) -> None:
    metadata = tmp_path / "broken-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{group}]\nbroken = {value}\n")
    begin = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"

    done = run(workspace, "-c", begin + code)

    assert done.returncode == 1
    assert message in done.stderr.splitlines()[-1]
