"""Code that all APIs share names no vendor: a vendor's peculiarities are data in its spec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = re.compile(r"amzn|amazon|(?<![a-z])flow(?![a-z])|vtex|open2b", re.IGNORECASE)
EXCEPTIONS = {  # the words that a file may contain, and why
    "runtime/src/counterfoil_core/testing.py": (
        ("counterfoil_vtex", "VtexClient"),
        "an example of use, which runs",
    ),
    "runtime/src/counterfoil_core/transports/aiohttp.py": (
        ("AsyncVtexClient",),
        "an example of use, which runs",
    ),
    "overlay/src/counterfoil/__init__.py": (
        ("_vtex_notification",),
        "draft_notification is public, and drafts what one vendor takes",
    ),
    "overlay/src/counterfoil/known_providers.py": (
        ('"amazon"', '"flow"', '"open2b-admin"', '"open2b-storefront"', '"vtex"'),
        "the names that type checkers infer the type of a client from",
    ),
    "overlay/src/counterfoil/notification.py": (
        ("counterfoil_vtex",),
        "the types of the only notification there is, for type checkers",
    ),
    "overlay/src/counterfoil/account_file.py": (
        ('provider = "vtex"',),
        "an example in a message, to be copied",
    ),
    "overlay/src/counterfoil/cli/commands/notify.py": (
        ("The VTEX account", "to a VTEX order", "VTEX accepted it"),
        "the command `notify` says where it writes",
    ),
}


def shared_files() -> Iterator[Path]:
    """The modules of the runtime, and those of the overlay that are not one provider's."""
    yield from (ROOT / "runtime/src").rglob("*.py")
    for path in (ROOT / "overlay/src").rglob("*.py"):
        if path.parent.name != "providers" or path.name == "__init__.py":
            yield path


def find_vendors(path: Path) -> list[str]:
    """The lines of a file that name a vendor, but for the exceptions."""
    words, _ = EXCEPTIONS.get(str(path.relative_to(ROOT)), ((), ""))
    found = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        rest = line
        for word in words:
            rest = rest.replace(word, "")
        if VENDOR.search(rest):
            found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    return found


def test_shared_code_names_no_vendor() -> None:
    found = [line for path in shared_files() for line in find_vendors(path)]

    assert not found, "make it data in specs/<api>/openapi.yaml, or a file in providers/"


@pytest.mark.parametrize("path", EXCEPTIONS)
def test_an_exception_is_still_needed(path: str) -> None:
    words, _ = EXCEPTIONS[path]
    text = (ROOT / path).read_text()

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    "line",
    ["x-amzn-requestid", "X-Flow-Request-Id", "counterfoil_flow", "VTEX's", "Open2b", "flow"],
)
def test_a_vendor_is_seen(line: str) -> None:
    assert VENDOR.search(line)


@pytest.mark.parametrize("line", ["OverflowError", 'overflow="fold"', "workflow"])
def test_a_word_that_holds_a_name_is_none(line: str) -> None:
    assert VENDOR.search(line) is None
