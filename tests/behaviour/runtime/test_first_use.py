"""Many threads at their first answers, in processes of their own: none dies, none fails.

Before these first uses were locked, every second process ended with SIGSEGV
(docs/msgspec-threads.md).
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from .first_use import WORKS


def run(work: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.behaviour.runtime.first_use", work]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def see_that_none_dies(work: str, processes: int) -> None:
    outcomes = [run(work) for _ in range(processes)]

    failed = [(each.returncode, each.stderr[-500:]) for each in outcomes if each.returncode]
    assert not failed, failed[0]


@pytest.mark.parametrize("work", WORKS)
def test_64_threads_use_a_type_for_the_first_time(work: str) -> None:
    see_that_none_dies(work, 2)


@pytest.mark.soak
@pytest.mark.parametrize("work", WORKS)
def test_64_threads_use_a_type_for_the_first_time_in_200_processes(work: str) -> None:
    see_that_none_dies(work, 200)
