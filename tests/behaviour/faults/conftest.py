"""Groups the tests of each case, and counts the faults of the long run."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests of the matrix by their case, since the result of only one case is kept."""
    places = [
        place
        for place, item in enumerate(items)
        if item.path.name == "test_matrix.py" and find_case(item)
    ]
    ordered = sorted((items[place] for place in places), key=find_case)
    for place, item in zip(places, ordered, strict=True):
        items[place] = item


def find_case(item: pytest.Item) -> tuple[int, str, str] | None:
    """Fault, way of retrying and client of a test, None where it has none."""
    given = (
        item.callspec.params
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else {}
    )
    if "number" not in given:
        return None
    return given["number"], given["way"], given.get("retry", "never")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        each for outcome in ("passed", "failed") for each in terminalreporter.stats.get(outcome, [])
    ]
    met = [
        dict(each.user_properties).get("faults met", 0) for each in reports if each.when == "call"
    ]
    if sum(met):
        terminalreporter.write_line(
            f"{sum(met)} calls met a fault: {max(met)} faults,"
            f" in {len(met)} pairs of operation and client"
        )
