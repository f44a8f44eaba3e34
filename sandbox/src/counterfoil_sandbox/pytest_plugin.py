"""A pytest plugin, found by itself where this package is installed: the fixture `counterfoil_sandbox`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .sandbox import Sandbox


@pytest.fixture
def counterfoil_sandbox() -> Iterator[Sandbox]:
    """A sandbox of its own for each test, in process, with a hundred invented invoices in each API.

    `FlowClient(**counterfoil_sandbox.account("flow"), transport=counterfoil_sandbox.transport("flow"))` reaches it; an API
    is made ready when it is first called. `with counterfoil_sandbox.serve() as url:` puts it on a loopback port.
    """
    from .sandbox import Sandbox  # here, so that suites that do not use it pay nothing

    with Sandbox() as box:
        yield box
