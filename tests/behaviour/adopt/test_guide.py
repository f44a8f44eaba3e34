"""docs/adopting.md: its commands and snippets work as they are printed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from counterfoil_tools.adopt.command import main

from .documents import BILLING, Adopted, adopt_file

GUIDE = (Path(__file__).parents[3] / "docs/adopting.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_the_guides_command_prints_what_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("counterfoil_tools.adopt.__main__.WORKSPACE", tmp_path)
    [command] = re.findall(
        r"^    counterfoil-tools (adopt billing billing.yaml)$", GUIDE, re.MULTILINE
    )

    assert main(command.replace("billing.yaml", str(BILLING)).split()) == 0

    printed = capsys.readouterr().out.splitlines()
    shown = blocks("text")[0].splitlines()
    assert sorted(printed) == sorted(shown)
    report = (tmp_path / "specs/billing/ADOPTED.md").read_text()
    assert all(line in report for line in blocks("text")[1].splitlines())


def test_the_guides_edits_and_choices_hold(billing: Adopted) -> None:
    [overlay] = blocks("yaml")
    [choices] = blocks("toml")
    (billing.folder / "overlay.yaml").write_text(overlay)
    path = billing.folder / "adopt.toml"
    record = path.read_text().partition("[record]")[2]
    path.write_text(f"{choices}\n[record]{record}")

    (billing.folder / "overlay.yaml").write_text(
        overlay.replace("schemas.Customer", "schemas.Person")
    )
    result = adopt_file(BILLING, billing.folder)

    paging = result.operation("/invoices")["x-counterfoil"]["pagination"]
    assert paging["has-more"] == "/has_more"
    balance = result.schemas["Person"]["properties"]["balance"]
    assert balance["description"] == "The amount that the customer owes, with tax."
    assert "Person" in result.schemas
    payments = result.operation("/invoices/{invoice_id}/payments")["x-counterfoil"]
    assert (payments["resource"], payments["method"]) == ("payments", "list")
    assert result.operation("/customers", "post")["x-counterfoil"]["retry"] == "keyed"


def test_the_guides_table_of_files_is_the_folder(billing: Adopted) -> None:
    rows = re.findall(r"^\| ([\w.]+(?:, [\w.]+)?) \| (?:`adopt`|you)", GUIDE, re.MULTILINE)

    assert {name for row in rows for name in row.split(", ")} == {
        path.name for path in billing.folder.iterdir()
    }
    assert (
        tomllib.loads((billing.folder / "package.toml").read_text())["import"] == "billing_client"
    )


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adpot"]) == 2
    assert "'adpot' is none of init, adopt, generate" in capsys.readouterr().err
