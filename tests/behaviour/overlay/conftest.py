"""What holds for all tests of the overlay."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands print tables, as on a terminal. Tests of the other formats choose them."""
    monkeypatch.setenv("COUNTERFOIL_FORMAT", "table")
