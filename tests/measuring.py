"""The cost of a command, independent of the machine's other load."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Sequence


def measure_cpu(command: Sequence[str]) -> float:
    """Run a command and return its seconds of processor time, in which waiting does not count.

    Raises CalledProcessError if it fails.
    """
    before = read_cpu_of_children()
    subprocess.run(command, check=True, capture_output=True)
    return read_cpu_of_children() - before


def read_cpu_of_children() -> float:
    """The seconds of processor time of all commands that this process has run and waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
