"""Install the built wheels outside the repository and use them: `bare_install.py DIST_FOLDER`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

BILLING = Path(__file__).parents[1] / "fixtures/adopting/billing.yaml"
USE = """
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from counterfoil_sandbox import Sandbox
from counterfoil_amazon import AmazonClient
from counterfoil_open2b_admin import BillingAddressForm, InvoiceForm, Open2bAdminClient

with Sandbox(seed=1, invoices=3) as box, box.serve():
    with Open2bAdminClient(**box.client_arguments("open2b-admin")) as shop:
        before = shop.invoices.count()
        address = BillingAddressForm(
            first_name="Ada", last_name="Ruscelli", street1="Via del Mulino 1", city="Lodi",
            postal_code="26900", country="IT", email="ada@example.com",
        )
        made = shop.invoices.create(InvoiceForm(billing_address=address))
        assert shop.invoices.get(made).billing_address.city == "Lodi"
        assert shop.invoices.count() == before + 1
    now = datetime.now(UTC)
    with AmazonClient(**box.client_arguments("amazon")) as amazon:
        week_ago = now - timedelta(days=7)
        pages = amazon.customer_invoices.pages(created_after=week_ago, created_before=now)
        found = [invoice for page in pages for invoice in page.items]
        assert all(b64decode(invoice.content).startswith(b"%PDF") for invoice in found)
from counterfoil_flow import FlowClient
from counterfoil_open2b_storefront import Open2bStorefrontClient
from counterfoil_vtex import VtexClient
from counterfoil_core.testing import ExampleTransport

transport = ExampleTransport("counterfoil_vtex")
with VtexClient(account="a", app_key="k", app_token="t", transport=transport) as vtex:
    assert vtex.orders.get("1-01").order_id
transport = ExampleTransport("counterfoil_flow")
with FlowClient(organization="o", token="t", transport=transport) as flow:
    assert flow.consumer_invoices.get("k").lines
transport = ExampleTransport("counterfoil_open2b_storefront")
with Open2bStorefrontClient(store="s", customer_key="k", transport=transport) as shop:
    assert shop.invoices.list().count
from counterfoil import Account, iterate

with Sandbox(seed=1, invoices=3) as box, box.serve():
    account = Account(**box.account("flow"))
    year_ago = datetime.now(UTC) - timedelta(days=365)
    assert all(invoice.totals.gross for invoice in iterate(account, year_ago))
print("used from outside the repository:", ", ".join(f"{name} {version(name)}" for name in NAMES))
"""


SERVE = """
import re
from subprocess import PIPE, Popen
from urllib.request import Request, urlopen

with Popen([COMMAND, "serve", "--api", "vtex"], stdout=PIPE, text=True) as process:
    url = re.search(r"http://127[.]0[.]0[.]1:[0-9]+", process.stdout.readline())[0]
    try:
        page = urlopen(Request(url, headers={"Accept": "text/html"})).read()
        assert b"<title>Counterfoil sandbox</title>" in page
        assert len(urlopen(url + "/_page/swagger-ui/swagger-ui-bundle.js").read()) > 1_000_000
    finally:
        process.terminate()
print("served from outside the repository, page and explorer included")
"""


def adopt(folder: Path, python: str) -> None:
    """Make and install a package from a vendor's document in an empty folder."""
    workspace = folder / "workspace"
    workspace.mkdir()
    tools = str(folder / "bin" / "counterfoil-tools")
    subprocess.run([tools, "adopt", "billing", str(BILLING)], check=True, cwd=workspace)
    subprocess.run([tools, "generate", "billing"], check=True, cwd=workspace)
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "./generated/billing-client"],
        check=True,
        cwd=workspace,
    )
    use = "from billing_client import BillingClient; BillingClient(bearer='t0k-9').close()"
    subprocess.run([python, "-I", "-c", use], check=True, cwd=folder)


def main(dist: Path, sbom: Path | None = None) -> None:
    """Install every wheel of the folder, with what they need from the index, and run `USE` there.

    With `sbom`, write a CycloneDX list of all installed packages there.
    """
    wheels = sorted(dist.glob("*.whl"))
    names = [wheel.name.split("-")[0].replace("_", "-") for wheel in wheels]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        wanted = [
            f"{wheel}[all,cli]" if wheel.name.startswith("counterfoil-") else str(wheel)
            for wheel in wheels
        ]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True, cwd=folder)
        subprocess.run([python, "-I", "-c", f"NAMES = {names!r}\n{USE}"], check=True, cwd=folder)
        subprocess.run(
            [str(Path(folder) / "bin" / "counterfoil"), "--version"], check=True, cwd=folder
        )
        adopt(Path(folder), python)
        command = str(Path(folder) / "bin" / "counterfoil-sandbox")
        subprocess.run(
            [python, "-I", "-c", f"COMMAND = {command!r}\n{SERVE}"], check=True, cwd=folder
        )
        if sbom is not None:
            subprocess.run(
                [python, "-m", "pip", "uninstall", "--quiet", "--yes", "pip", "setuptools"],
                check=True,
                cwd=folder,
            )
            words = [
                "environment",
                "--output-reproducible",
                "--output-format",
                "JSON",
                "--output-file",
                str(sbom),
                python,
            ]
            subprocess.run([sys.executable, "-m", "cyclonedx_py", *words], check=True)
            print(
                "made of:",
                ", ".join(each["name"] for each in json.loads(sbom.read_text())["components"]),
            )


if __name__ == "__main__":
    sbom = Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
    main(Path(sys.argv[1]).resolve(), sbom)
