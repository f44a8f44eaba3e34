"""The built site: `nox -s docs -- --check` builds it before these tests."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from docs.site.interfaces import PACKAGES
from docs.site.settings import PAGE, make_page
from docs.site.stage import list_documents

from .site import HTML, ROOT, Site

WITHOUT_NAVIGATION = ("decisions/", "source/", "apis/")  # reached from an index


@pytest.fixture(scope="session")
def site() -> Site:
    assert HTML.is_dir(), "build the site first: nox -s docs -- --check"
    return Site()


def test_every_link_leads_to_a_page_and_an_anchor_of_it(site: Site) -> None:
    missing = []
    count = 0
    for page in site.pages.values():
        for link in page.links:
            found = site.find(page, link)
            if found is None or page.name == "404.html":
                continue
            count += 1
            path, anchor = found
            target = site.pages.get(path)
            if not path.is_file():
                missing.append(f"{page.name}: {link}")
            elif anchor and target and anchor not in target.anchors:
                missing.append(f"{page.name}: {link}: no such anchor")

    assert missing == []
    assert count > 10_000


def test_every_document_is_a_page(site: Site) -> None:
    pages = {page.name for page in site.pages.values()}
    missing = []
    for document, page in list_documents().items():
        name = page.removesuffix(".md").removesuffix("index").rstrip("/")
        if f"{name}/index.html".lstrip("/") not in pages:
            missing.append(document)

    assert missing == []


def test_every_page_is_in_the_navigation() -> None:
    settings = tomllib.loads((ROOT / "docs/site/zensical.toml").read_text())
    named = set(re.findall(r"[\w/-]+\.md", json.dumps(settings["project"]["nav"])))
    pages = set(list_documents().values())

    assert {page for page in pages - named if not page.startswith(WITHOUT_NAVIGATION)} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_has_its_description(package: str, site: Site) -> None:
    page = site.pages[HTML / f"reference/api/{package.replace('_', '-')}/index.html"]
    text = page.path.read_text()

    for name in (name for names in PACKAGES[package].values() for name in names):
        if name in ("UNSET", "UnsetType", "FileInput"):
            continue
        assert any(anchor.endswith(f".{name}") for anchor in page.anchors), name
    assert "doc-heading" in text


def test_every_command_is_described(site: Site) -> None:
    from counterfoil.cli.commands import command
    from counterfoil_tools.adopt.command import COMMANDS

    for program, names in (("counterfoil", command.commands), ("counterfoil-tools", COMMANDS)):
        page = site.pages[HTML / f"reference/commands/{program}/index.html"]
        for name in names:
            assert f"{program}-{name}" in page.anchors


def test_the_page_of_accounts_toml_is_made_from_the_providers() -> None:
    assert PAGE.read_text() == make_page(), "run `nox -s golden`"


def test_the_demo_was_recorded_to_its_end() -> None:
    lines = (HTML / "assets/demo.cast").read_text().splitlines()
    header = json.loads(lines[0])
    events = [json.loads(line) for line in lines[1:]]
    shown = "".join(text for _moment, _kind, text in events)

    assert header["version"] == 2
    assert [moment for moment, *_ in events] == sorted(moment for moment, *_ in events)
    for title in ("Five platforms into one", "keep their digits", "not sent a second time"):
        assert title in shown
    assert "Saved a PDF" in shown
    assert str(ROOT) not in shown


def test_the_site_names_no_path_of_this_machine(site: Site) -> None:
    for page in site.pages.values():
        assert str(ROOT) not in page.path.read_text(), page.name


def test_search_finds_what_pages_say() -> None:
    """The index is a file of the site, so search needs no other host."""
    index = json.loads((HTML / "search.json").read_text())
    text = json.dumps(index)

    for words in ("OutcomeUnknown", "idempotency-header", "max_attempts", "Factur-X"):
        assert words in text
