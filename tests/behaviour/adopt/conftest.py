"""Fixtures for the tests of `adopt`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from .documents import BILLING, Adopted, adopt_document, adopt_file


@pytest.fixture
def adopted(tmp_path: Path) -> Callable[..., Adopted]:
    """Adopts a document that a test makes."""
    return partial(adopt_document, place=tmp_path)


@pytest.fixture
def billing(tmp_path: Path) -> Adopted:
    """The invented billing API, adopted."""
    return adopt_file(BILLING, tmp_path / "specs/billing")
