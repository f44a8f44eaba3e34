"""After a vendor's change, each tool informs the maintainer, as docs/maintaining.md shows."""

from __future__ import annotations

import re
from pathlib import Path

from .scenarios import Played, play

PAGE = (Path(__file__).parents[3] / "docs" / "maintaining.md").read_text()


def test_a_new_optional_field_of_amazons_is_an_addition(tmp_path: Path) -> None:
    played = play("amazon", tmp_path)

    assert "1 new (1 addition)" in played.drift
    assert played.verdict.level == "minor"
    assert {
        one.sentence for one in played.verdict.reasons if one.place.startswith("counterfoil_amazon")
    } == {"`CustomerInvoice.invoice_date` is new"}
    assert played.statuses == (1, 0)
    assert "code type-checks as before" in played.surface
    assert "next version: 0.1.1\n" in played.proposal
    assert "### Added\n\n- `CustomerInvoice.invoice_date`" in played.proposal
    assert_docs_show(played)


def test_a_field_that_vtex_takes_no_null_for_any_more_breaks_whoever_sends_it(
    tmp_path: Path,
) -> None:
    played = play("vtex", tmp_path)

    assert "1 new (1 breaking)" in played.drift
    assert played.verdict.level == "major"
    assert played.statuses == (1, 1)
    assert 'incompatible type "None"; expected "str"' in played.surface
    assert "next version: 0.2.0\n" in played.proposal
    assert "### Broken\n\n- `notify` needs an `invoice_number`" in played.proposal
    assert_docs_show(played)


def test_a_renamed_value_of_open2bs_breaks_whoever_names_it(tmp_path: Path) -> None:
    played = play("open2b-admin", tmp_path)

    assert "value removed: Sent" in played.drift
    assert "value added: Delivered" in played.drift
    assert played.verdict.level == "major"
    assert "`InvoiceStatus.SENT` is gone" in {one.sentence for one in played.verdict.reasons}
    assert played.statuses == (1, 1)
    assert '"type[InvoiceStatus]" has no attribute "SENT"' in played.surface
    assert "next version: 0.2.0\n" in played.proposal
    assert_docs_show(played)


def assert_docs_show(played: Played) -> None:
    """docs/maintaining.md shows the output of the commands."""
    changelog = played.proposal.partition("next version: ")[2]

    for said in (
        played.drift,
        played.surface.partition("\n\nSURFACE.md")[0],
        f"next version: {changelog}",
    ):
        assert forget_lines(indent(said)) in forget_lines(PAGE), indent(said)


def forget_lines(text: str) -> str:
    """Without the numbers of lines, which move with every edit above them."""
    return re.sub(r"(\.yaml|\.py):\d+", r"\1:…", text)


def indent(text: str) -> str:
    """As Markdown shows it: four spaces before each line that is not empty."""
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())
