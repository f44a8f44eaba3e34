"""A generated package states how many of the vendor's operations it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from counterfoil_tools.generate import make
from counterfoil_tools.openapi.errors import SpecErrors

from .documents import BILLING, Adopted, adopt_file

TEMPLATES = Path(__file__).parents[3] / "templates"


def make_texts(folder: Path) -> tuple[str, str]:
    """Return README.md and SURFACE.md of the package of a spec."""
    files = {Path(path).name: text for path, text in make(folder, TEMPLATES).items()}
    return files["README.md"], files["SURFACE.md"]


def test_operations_left_out_are_counted(billing: Adopted) -> None:
    readme, surface = make_texts(billing.folder)

    assert "Operations of the vendor that are left out: 1 of 15. ADOPTED.md" in readme
    assert "generated from the vendor's OpenAPI document" in readme
    assert "## Left out of the vendor's document\n\n- operations: 1 of 15;" in surface


def test_nothing_is_printed_if_nothing_is_left_out(tmp_path: Path) -> None:
    only = ("listCustomers", "/customers/{customer_id}")
    adopted = adopt_file(BILLING, tmp_path / "specs/billing", only=only)

    readme, surface = make_texts(adopted.folder)

    assert not adopted.left_out()
    assert "are left out" not in readme
    assert "Left out" not in surface


def test_a_spec_that_its_owner_took_over_counts_as_hand_written(billing: Adopted) -> None:
    (billing.folder / "adopt.toml").unlink()

    readme, surface = make_texts(billing.folder)

    assert "generated from a hand-written OpenAPI document" in readme
    assert "Left out" not in surface


def test_a_broken_adopt_toml_is_an_error_with_its_file(billing: Adopted) -> None:
    (billing.folder / "adopt.toml").write_text("[record\n")

    with pytest.raises(SpecErrors, match=r"specs/billing/adopt.toml:1:1: toml: not TOML"):
        make(billing.folder, TEMPLATES)
