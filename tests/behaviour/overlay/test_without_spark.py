"""Without PySpark, the data source says what to install, and nothing else needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("missing", ["pyspark", "pyarrow"])
def test_what_is_missing_is_a_sentence(missing: str) -> None:
    code = f"import sys; sys.modules['{missing}'] = None; import counterfoil.spark"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stderr.splitlines()[-1].startswith(
        "counterfoil_core.errors.ConfigurationError: Spark needs "
    )
    assert 'pip install "counterfoil[spark]"' in done.stderr
