"""The site in Chromium: narrow and wide, light and dark, by keyboard, without another host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import open_browser

from .site import HTML

expect.set_options(timeout=60_000)  # milliseconds: a slow machine fails nothing
PAGES = (
    "",
    "demo/",
    "start/app-developer/",
    "start/own-document/",
    "guides/errors-and-retries/",
    "apis/vtex/invoices/",
    "reference/accounts/",
    "reference/api/counterfoil/",
    "reference/commands/counterfoil/",
    "reference/faults/",
    "reference/x-counterfoil/",
    "why-not/generators/",
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    assert HTML.is_dir(), "build the site first: nox -s docs -- --check"
    handler = partial(Quiet, directory=HTML)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_ask_no_other_host(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", lambda one: errors.append(one.url) if one.status >= 400 else None)
    backgrounds = set()
    for name in PAGES:
        page.goto(address + name)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
        backgrounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    context.close()

    others = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert others == []
    assert errors == []
    [background] = backgrounds
    levels = [int(level) for level in background.strip("rgb()").split(",")[:3]]
    assert (sum(levels) > 600) == (scheme == "light")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_the_recording_of_the_demo_plays(page: Page, address: str) -> None:
    page.goto(f"{address}demo/")
    screen = page.locator("#demo .ap-term-text")
    expect(screen).to_contain_text("The sandbox serves")  # before it is played
    page.locator("#demo .ap-player").click()

    expect(screen).to_contain_text("Saved a PDF")


OPEN_SHADOWS = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  return attach.call(this, {...options, mode: "open"});
};
"""


def open_search(page: Page) -> None:
    """Press Control+K until the field has the focus: a script of the page has to be loaded first.

    Keys typed before that are commands of the site: "n" goes to the next page.
    """
    field = page.locator("[aria-label='Search'][autofocus]")
    for _ in range(60):
        page.keyboard.press("Control+k")
        with suppress(AssertionError):
            expect(field).to_be_focused(timeout=1_000)
            return
    raise AssertionError("Control+K does not open the search")


def test_search_works_by_keyboard_and_offline(page: Page, address: str) -> None:
    """The list of results is closed to scripts; it is opened for the test, which waits for it."""
    page.add_init_script(OPEN_SHADOWS)
    page.goto(address)
    open_search(page)
    page.keyboard.type("OutcomeUnknown")
    found = page.get_by_text("A write was sent and no response came").first
    expect(found).to_be_visible(timeout=60_000)
    page.keyboard.press("Enter")

    article = page.locator("article")
    expect(article).to_contain_text("A write was sent and no response came")
    assert "reference/api/counterfoil-core" in page.url


def test_the_first_tab_skips_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}start/app-developer/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent.trim()")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') || ''"))
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")

    assert skip == "Skip to content"
    assert any("guides" in link for link in reached)
    assert outline != "none"


def test_the_palette_can_be_changed_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for _ in range(2):
        page.locator("label[title^='Switch to']:visible").first.press("Enter")
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert before != after


def test_a_page_that_does_not_exist_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}404.html")

    expect(page.locator("article")).to_contain_text("Not found")
