"""The sandbox's page in a real browser, without any request to another machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
from counterfoil_sandbox import Sandbox
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "this needs a browser: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(invoices=20) as box:
        yield box


@pytest.fixture
def page(browser: Browser, box: Sandbox) -> Iterator[Page]:
    """The page at /; whatever the browser complains of, or asks of another host, fails the test."""
    complaints: list[str] = []
    with box.serve() as url:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda sent: (
                None
                if sent.url.startswith((url, "data:"))
                else complaints.append(f"left: {sent.url}")
            ),
        )
        page.goto(url)
        yield page
        page.close()
    assert complaints == []


def test_a_visitor_sees_what_runs_and_with_which_keys(page: Page, box: Sandbox) -> None:
    expect(page.locator(".card")).to_have_count(5)
    for api in box.apis:
        for value in box.client_arguments(api).values():
            expect(page.locator(".card dd", has_text=value).first).to_be_visible()


def test_an_operation_is_opened_sent_and_answered_with_invoices(page: Page, box: Sandbox) -> None:
    page.get_by_text("Explore 10 operations").click()
    page.locator(".opblock-summary", has_text="List consumer invoices").click()
    page.locator(".opblock.is-open .execute").click()
    answer = page.locator(".opblock.is-open .live-responses-table .highlight-code code").first
    expect(answer).to_contain_text("W-30")

    [request] = [one for one in box.requests if one.api == "flow"]
    assert (request.method, request.status) == ("GET", 200)


def test_amazons_period_is_of_today_and_its_token_is_given(page: Page, box: Sandbox) -> None:
    page.get_by_text("Explore 4 operations").first.click()
    page.locator(".opblock-summary", has_text="List the customer invoices of a period").click()
    page.locator(".opblock.is-open .execute").click()

    expect(
        page.locator(".opblock.is-open .live-responses-table td.response-col_status").last
    ).to_contain_text("200")


def test_an_invoice_that_is_created_in_the_explorer_comes_back(page: Page, box: Sandbox) -> None:
    page.get_by_text("Explore 6 operations").click()
    page.locator(".opblock-summary", has_text="Create an invoice").click()
    address = {
        "firstName": "Nives",
        "lastName": "Tarabelli",
        "street1": "Corso Garibaldi 41",
        "city": "Parma",
        "postalCode": "43121",
        "country": "IT",
        "email": "studio@tarabelli.example",
    }
    body = {"billingAddress": address}
    page.locator(".opblock.is-open textarea.body-param__text").fill(json.dumps({"invoice": body}))
    page.locator(".opblock.is-open .execute").click()
    expect(page.locator(".opblock.is-open .live-responses-table code").first).to_contain_text(
        '"status": "ok"'
    )

    assert [one.status for one in box.requests] == [200]


def test_the_log_shows_requests_as_they_come_and_no_secret(page: Page, box: Sandbox) -> None:
    key = "Basic c2FuZGJveC1mbG93LXRva2VuOg=="
    page.evaluate(
        "key => fetch('/flow/lantern-house/consumer/invoices?limit=1',"
        " {headers: {Authorization: key}})",
        key,
    )

    row = page.locator("#log tr", has_text="/flow/lantern-house/consumer/invoices?limit=1")
    expect(row).to_be_visible()
    expect(row.locator("td").last).to_have_text("200")
    expect(page.locator("#log")).not_to_contain_text("c2FuZGJveC1mbG93LXRva2VuOg")
    page.get_by_role("button", name="Reset").click()
    expect(row).to_have_count(0)


def test_an_api_that_there_is_not_is_said(page: Page) -> None:
    page.goto(page.url + "_page/explore.html?api=<b>nothing</b>")

    expect(page.locator("#explorer")).to_contain_text("This sandbox has no API of that name")


def test_dark_and_narrow_screens_are_readable(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 21)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
