"""What `counterfoil datasette` writes, in Datasette itself and in a browser."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from counterfoil import Account, open_sink, pull
from counterfoil_sandbox import Sandbox
from playwright.sync_api import Browser, Page, expect

LONGEST = 60  # seconds until Datasette answers


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with invoices of every platform."""
    file = tmp_path_factory.mktemp("store") / "our_invoices.db"
    with Sandbox(invoices=60) as box, box.serve():
        accounts = [Account(**box.account(api), **box.facts(api)) for api in box.apis]
        with open_sink(file) as sink:
            pull(accounts, datetime.now(UTC) - timedelta(days=900), into=sink)
    return file


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    """The address of a Datasette that shows the store as the command says."""
    metadata = store.with_name("datasette.json")
    words = ["datasette", "--store", str(store), "--output", str(metadata)]
    subprocess.run([sys.executable, "-m", "counterfoil.cli", *words], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["datasette", str(store), "--metadata", str(metadata), "--port", str(port)]
    server = subprocess.Popen([sys.executable, "-m", *command])
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        try:
            httpx2.get(url)
            return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError("Datasette does not answer")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that asks no other host."""
    left: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("request", lambda sent: None if is_own(sent.url, address) else left.append(sent.url))
    page.on("pageerror", lambda error: left.append(str(error)))
    yield page
    page.close()
    assert left == []


def is_own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))


def test_the_charts_are_drawn_by_month_and_account(page: Page, address: str) -> None:
    page.goto(f"{address}/-/dashboards/invoices")

    charts = page.locator("svg.marks, canvas.marks")
    expect(charts).to_have_count(2)
    expect(page.locator("select#currency")).to_have_value("EUR")
    expect(page.locator("body")).to_contain_text("Gross by month and account")
    height = charts.first.evaluate("one => one.getBoundingClientRect().height")
    assert height > 100


def test_the_invoices_have_facets_and_the_latest_come_first(page: Page, address: str) -> None:
    page.goto(f"{address}/our_invoices/invoices")

    expect(page.locator(".facet-results")).to_contain_text("open2b-admin")
    days = page.locator("td.col-day").all_text_contents()
    assert days[0] > days[20]
    expect(page.locator("body")).to_contain_text("negative in a credit note")


@pytest.mark.parametrize(
    ("query", "column"), [("latest", "number"), ("unpaid", "due"), ("totals", "gross")]
)
def test_the_queries_find_rows(page: Page, address: str, query: str, column: str) -> None:
    page.goto(f"{address}/our_invoices/{query}")

    cell = page.locator(f"td.col-{column}").first
    expect(cell).to_have_text(re.compile(r"\S"))


def test_tables_of_no_use_to_people_are_hidden(page: Page, address: str) -> None:
    page.goto(f"{address}/our_invoices")

    expect(page.locator(".db-table")).to_have_count(3)
