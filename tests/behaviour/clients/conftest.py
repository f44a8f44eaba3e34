from __future__ import annotations

from collections.abc import Iterator

import pytest
from counterfoil_sandbox import Sandbox


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox on a loopback port, full of invented invoices, with its rate limits on."""
    with Sandbox(seed=1, invoices=40) as box, box.serve():
        yield box
