"""The examples of quickstarts and guides work, from the first block of a page to the last."""

from __future__ import annotations

from pathlib import Path

import pytest

from .examples import ROOT, Reader, list_pages, read_blocks

PAGES = [page for page in list_pages() if read_blocks(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_a_reader_can_do_what_a_page_says(page: Path, tmp_path: Path) -> None:
    Reader(tmp_path).read(page)


def test_what_is_not_run_has_a_reason_and_is_rare() -> None:
    blocks = [block for page in PAGES for block in read_blocks(page)]
    left_out = [block for block in blocks if block.not_run]

    assert all(len(block.not_run) > 10 for block in left_out)
    assert all(block.language == "sh" for block in left_out)
    assert len(left_out) < len(blocks) / 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("```python\nraise SystemExit(3)\n```\n", "example.py"),
        ("```sh\nfalse\n```\n", "bash"),
        ('```python\nprint(1)\n```\n\n```text title="output"\n2\n```\n', "the page shows"),
        ('```python title="cell"\n1 / 0\n```\n', "ZeroDivisionError"),
    ],
)
def test_a_page_that_is_wrong_is_noticed(text: str, reason: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    (tmp_path / "folder").mkdir()

    with pytest.raises(Exception, match=reason):
        Reader(tmp_path / "folder").read(page)
