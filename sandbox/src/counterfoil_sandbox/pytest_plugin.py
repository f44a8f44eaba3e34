"""A pytest plugin with the fixture `counterfoil_sandbox`. Installing this package enables it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .sandbox import Sandbox


@pytest.fixture
def counterfoil_sandbox() -> Iterator[Sandbox]:
    """A new sandbox for each test, in process, with a hundred invented invoices in each API.

    A client needs two of its methods, `client_arguments` and `transport`:

        arguments = counterfoil_sandbox.client_arguments("flow")
        FlowClient(**arguments, transport=counterfoil_sandbox.transport("flow"))

    `with counterfoil_sandbox.serve() as url:` serves it on a loopback port.
    """
    from .sandbox import Sandbox  # here, because most suites never need the sandbox

    with Sandbox() as box:
        yield box
