"""The sandbox's page in a real browser, without any request to another machine."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from counterfoil.account_file import read_accounts
from counterfoil_sandbox import FaultRule, Sandbox
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(invoices=20) as box:
        yield box


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of."""
    return []


@pytest.fixture
def page(browser: Browser, box: Sandbox, complaints: list[str]) -> Iterator[Page]:
    """The page at /; whatever the browser complains of, or asks of another host, fails the test."""
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


def test_all_of_it_is_there_before_any_script_ran(browser: Browser, box: Sandbox) -> None:
    with box.serve() as url:
        httpx2.get(f"{url}/flow/nothing")
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(url)

        expect(page.locator(".card")).to_have_count(5)
        expect(page.locator(".row")).to_contain_text("404 refused")
        expect(page.locator(".panel")).to_have_count(3)
        context.close()


@pytest.mark.parametrize("kind", ["Python", "curl", "accounts.toml"])
def test_what_is_copied_works(
    page: Page, box: Sandbox, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for card in page.locator(".card").all():
        card.get_by_role("button", name=kind).click()
        expect(card.get_by_role("button", name="Copied")).to_be_visible()
        text = page.evaluate("navigator.clipboard.readText()")
        for name, value in re.findall(r"^# export (\w+)=(.+)$", text, re.MULTILINE):
            monkeypatch.setenv(name, shlex.split(value)[0])
        run_copied(kind, text, tmp_path)

    called = set() if kind == "accounts.toml" else set(box.apis)
    assert {one.api for one in box.requests} == called
    assert all(one.outcome == "answered" for one in box.requests)


def run_copied(kind: str, text: str, folder: Path) -> None:
    if kind == "accounts.toml":
        file = folder / "accounts.toml"
        file.write_text(text)
        [account] = read_accounts(file).values()
        assert account.base_url
        return
    command = [sys.executable, "-c", text] if kind == "Python" else ["/bin/sh", "-c", text]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 50


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


def call(page: Page, path: str, key: str = "Basic c2FuZGJveC1mbG93LXRva2VuOg==") -> None:
    page.evaluate(
        "([path, key]) => fetch(path, {headers: {Authorization: key}}).then(() => null)",
        [path, key],
    )


LIST = "/flow/lantern-house/consumer/invoices"


def test_the_log_shows_requests_as_they_come_and_no_secret(page: Page) -> None:
    call(page, f"{LIST}?limit=1")

    row = page.locator(".row", has_text=f"{LIST}?limit=1")
    expect(row).to_contain_text("200 answered")
    row.locator("summary").click()
    expect(row).to_contain_text('"status": "available"')
    expect(row).to_contain_text("authorization")
    expect(page.locator("#log")).not_to_contain_text("c2FuZGJveC1mbG93LXRva2VuOg")


def test_a_refusal_says_why_and_where_the_spec_has_it(page: Page) -> None:
    page.evaluate(
        """() => fetch("/open2b-admin/api/v6/commerce.invoices.find", {
            method: "POST",
            headers: {"X-Key": "sandbox-5f2c7d90e1", "Content-Type": "application/json"},
            body: '{"limit": 0}',
        }).then(() => null)"""
    )

    row = page.locator(".row", has_text="commerce.invoices.find")
    expect(row).to_contain_text("200 refused")
    row.locator("summary").click()
    expect(row.locator(".reason")).to_contain_text("0 is less than the minimum of 1")
    expect(row.locator(".reason code")).to_have_text(
        re.compile(r"specs/open2b-admin/openapi\.yaml:\d+")
    )


def test_the_log_is_filtered_and_open_rows_stay_open(page: Page, complaints: list[str]) -> None:
    call(page, f"{LIST}?limit=1")
    page.locator(".row", has_text="limit=1").locator("summary").click()
    call(page, "/flow/nothing")
    expect(page.locator(".row")).to_have_count(2)
    expect(page.locator(".row[open]")).to_contain_text("limit=1")

    page.get_by_label("Outcome").select_option("refused")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row")).to_contain_text("/flow/nothing")
    page.get_by_label("Outcome").select_option("")
    page.get_by_label("Contains").fill("LIMIT=1")
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_label("Contains").fill("")
    page.locator("#filters").get_by_label("API").select_option("vtex")
    expect(page.locator(".row")).to_have_count(0)
    [complaint] = complaints
    assert "404" in complaint
    complaints.clear()


def test_faults_are_added_and_removed(page: Page, box: Sandbox) -> None:
    faults = page.locator("#fault")
    faults.get_by_label("Kind").select_option("server-error")
    faults.get_by_label("Status").fill("502")
    faults.get_by_label("API").select_option("flow")
    faults.get_by_label("At most").fill("1")
    faults.get_by_role("button", name="Add fault").click()
    expect(page.locator(".rules li")).to_contain_text(
        "server-error 502, flow, every call, at most 1"
    )
    assert box.faults == (FaultRule(kind="server-error", api="flow", status=502, times=1),)

    page.get_by_role("button", name="Remove the fault").click()
    expect(page.locator(".rules li")).to_have_count(0)
    assert box.faults == ()


def test_a_wrong_fault_is_refused_with_a_sentence(
    page: Page, box: Sandbox, complaints: list[str]
) -> None:
    page.evaluate("document.querySelector('#fault [name=rate]').removeAttribute('min')")
    page.locator("#fault [name=rate]").fill("0")
    page.get_by_role("button", name="Add fault").click()

    expect(page.get_by_role("alert")).to_contain_text("above 0 and at most 1")
    assert box.faults == ()
    [complaint] = complaints
    assert "400" in complaint
    complaints.clear()


def test_the_clock_is_moved_and_comes_back(page: Page, box: Sandbox) -> None:
    page.get_by_role("button", name="+ 7 days").click()
    expect(page.get_by_role("button", name="Real time")).to_be_visible()
    assert box.is_clock_moved
    page.locator("#clock input").fill("2031-05-06T07:08:09")
    page.locator("#clock").get_by_role("button", name="Set").click()
    expect(page.locator("#controls")).to_contain_text("It is 2031-05-06 07:08")
    page.get_by_role("button", name="Real time").click()
    expect(page.locator("#controls")).to_contain_text("as on this machine")
    assert not box.is_clock_moved


def test_an_option_is_switched(page: Page, box: Sandbox) -> None:
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.locator("select[data-option=repeated_numbers]").select_option("true")
    expect(page.locator("select[data-option=repeated_numbers]")).to_have_value("true")
    assert box.options["vtex"] == {"repeated_numbers": True}


def test_a_reset_asks_first_and_needs_no_mouse(page: Page, box: Sandbox) -> None:
    call(page, f"{LIST}?limit=1")
    expect(page.locator(".row")).to_have_count(1)
    page.locator("#ask-reset").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("What was created in this sandbox")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(box.requests) == 1

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".row")).to_have_count(0)
    assert box.requests == []


def test_everything_is_reached_by_keyboard_and_seen(page: Page) -> None:
    call(page, f"{LIST}?limit=1")
    expect(page.locator(".row")).to_have_count(1)
    controls = page.locator("a, button:visible, select, input:visible, summary").count()
    reached = {}
    page.evaluate("document.activeElement.blur()")
    for _ in range(controls * 3):
        page.keyboard.press("Tab")
        index, outline, text = page.evaluate(FOCUSED)
        if index >= 0:
            reached.setdefault(index, (outline, text))  # parts of one field have their own

    assert len(reached) == controls
    assert [text for outline, text in reached.values() if outline == "none"] == []
    page.locator(".row summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".row[open] .exchange")).to_contain_text("Response 200")


FOCUSED = """() => {
    const one = document.activeElement;
    const all = [...document.querySelectorAll("a, button, select, input, summary")];
    return [all.indexOf(one), getComputedStyle(one).outlineStyle, one.outerHTML.slice(0, 80)];
}"""


def test_an_api_that_there_is_not_is_said(page: Page) -> None:
    page.goto(page.url + "_page/explore.html?api=<b>nothing</b>")

    expect(page.locator("#explorer")).to_contain_text("This sandbox has no API of that name")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screens_are_readable(page: Page, box: Sandbox, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    call(page, f"{LIST}?limit=1")
    page.locator(".row summary").click()
    expect(page.locator(".exchange")).to_contain_text("Response 200")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert list_faint(page, "body") == []
    page.goto(f"{box.name_base_url('')[:-1]}/_page/explore.html?api=flow")
    expect(page.locator(".opblock").first).to_be_visible()
    assert is_dark(page, "body") == is_dark(page, ".swagger-ui .opblock") == (scheme == "dark")


def is_dark(page: Page, selector: str) -> bool:
    """Return whether the text of an element is lighter than a middle grey."""
    colour = page.locator(selector).first.evaluate("one => getComputedStyle(one).color")
    return sum(map(int, re.findall(r"\d+", colour)[:3])) > 384


def list_faint(page: Page, selector: str) -> list[str]:
    """Return the texts whose contrast is below 4.5, as WCAG 2.2 asks of AA."""
    found: list[str] = page.evaluate(FAINT, selector)
    return found


FAINT = """(selector) => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const linear = (one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
    const light = (colour) => {
        const [red, green, blue] = numbers(colour).map((one) => linear(one / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = (one) => {
        for (; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if (numbers(colour)[3] !== 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const found = [];
    for (const one of document.querySelectorAll(`${selector} *`)) {
        const texts = [...one.childNodes].filter((each) => each.nodeType === 3);
        if (!texts.some((each) => each.textContent.trim()) || !one.checkVisibility()) continue;
        const [a, b] = [light(getComputedStyle(one).color), light(ground(one))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const shown = one.textContent.trim().slice(0, 40);
        if (contrast < 4.5) found.push(`${shown}: ${contrast.toFixed(1)}`);
    }
    return found;
}"""
