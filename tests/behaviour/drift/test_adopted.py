"""An adopted spec is compared with its vendor's file as adopting would describe it."""

from __future__ import annotations

from pathlib import Path

import pytest
from counterfoil_tools.adopt import adopt
from counterfoil_tools.drift.__main__ import main, make_report

BILLING = Path(__file__).parents[2] / "fixtures/adopting/billing.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    adopt(tmp_path / "specs/billing", BILLING)
    return tmp_path / "specs/billing"


def write_next(tmp_path: Path, old: str, new: str) -> Path:
    """Write the vendor's next file."""
    text = BILLING.read_text()
    assert old in text
    (tmp_path / "next.yaml").write_text(text.replace(old, new))
    return tmp_path / "next.yaml"


def test_the_file_that_was_adopted_does_not_differ(folder: Path) -> None:
    report = make_report(folder, [BILLING])

    assert report.new == []


def test_the_next_file_differs_where_the_vendor_changed_it(folder: Path, tmp_path: Path) -> None:
    old = "amount: {type: number, description: How much.}"
    file = write_next(tmp_path, old, "amount: {type: integer, description: How much.}")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    report = make_report(folder, [file])

    found = [(one.kind, one.sentence.partition(" (")[0]) for one in report.new]
    assert found == [("breaking", "type changed: number -> integer")]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_added_operation_is_an_addition(folder: Path, tmp_path: Path) -> None:
    responses = "{'200': {description: Done.}}"
    added = f"  /refunds:\n    get: {{operationId: listRefunds, responses: {responses}}}\n"
    file = write_next(tmp_path, "  /files:\n", f"{added}  /files:\n")

    report = make_report(folder, [file])

    assert [(one.kind, one.place) for one in report.new] == [("addition", "GET /refunds")]


def test_edits_in_the_overlay_are_no_difference(folder: Path) -> None:
    overlay = folder / "overlay.yaml"
    action = "- {target: $.components.schemas.Customer.properties.name, update: {maxLength: 5}}"
    overlay.write_text(overlay.read_text().replace("actions: []", f"actions:\n{action}"))
    adopt(folder, BILLING)

    assert make_report(folder, [BILLING]).new == []


def test_a_file_that_cannot_be_adopted_is_refused_with_its_place(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "next.yaml").write_text("openapi: 3.0.0\npaths: [")

    words = ["billing", str(tmp_path / "next.yaml"), "--specs", str(folder.parent)]
    assert main(words) == 2

    assert "error: next.yaml:3:1: not YAML, or not whole" in capsys.readouterr().err


def test_several_files_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["billing", str(BILLING), str(BILLING), "--specs", str(folder.parent)]

    assert main(words) == 2

    assert "one file is adopted" in capsys.readouterr().err


def test_without_adopt_toml_the_file_is_compared_as_it_is(folder: Path) -> None:
    (folder / "adopt.toml").unlink()

    report = make_report(folder, [BILLING])

    assert any("format changed: decimal -> none" in one.sentence for one in report.new)
