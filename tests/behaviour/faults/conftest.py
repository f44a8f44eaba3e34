"""Counts what the long run met."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [each for outcome in ("passed", "failed") for each in terminalreporter.stats.get(outcome, [])]
    met = [dict(each.user_properties).get("faults met", 0) for each in reports if each.when == "call"]
    if sum(met):
        terminalreporter.write_line(
            f"{sum(met)} calls met a fault: {max(met)} faults, in {len(met)} pairs of operation and client"
        )
