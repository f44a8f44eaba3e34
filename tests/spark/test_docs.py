"""The examples of docs/scaling.md for Spark run, and its options are all of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from counterfoil.spark.options import SourceOptions
from counterfoil_sandbox import Sandbox

PAGE = (Path(__file__).parents[2] / "docs/scaling.md").read_text()
BLOCKS = [
    block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "pyspark" in block
]


@pytest.mark.parametrize("number", [0, 1])
def test_an_example_runs(
    number: int, accounts: Path, secrets: dict[str, str], box: Sandbox
) -> None:
    path = accounts.parent / "example.py"
    path.write_text(BLOCKS[number].replace("2026-01-01", "2024-01-01"))

    done = subprocess.run(
        [sys.executable, path.name],
        cwd=accounts.parent,
        env={**os.environ, **secrets},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    if number == 0:
        assert re.search(r"\|\s*flow\s*\|\s*EUR\s*\|\s*\d+\.\d{18}\s*\|", done.stdout)
    else:
        assert re.search(r"^\d{3} 0$", done.stdout, re.MULTILINE)
        assert (accounts.parent / "cursors.json").is_file()


def test_every_option_is_in_the_table() -> None:
    [table] = re.findall(r"^\| option \|.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    first = "".join(row.split("|")[1] for row in table.splitlines())

    assert set(re.findall(r"`(\w+)`", first)) == set(SourceOptions.__struct_fields__)
    assert len(BLOCKS) == 2


def test_a_cluster_of_two_workers_reads_the_accounts(
    accounts: Path, secrets: dict[str, str], box: Sandbox
) -> None:
    """Executors are processes of their own here, with an environment of their own."""
    path = accounts.parent / "example.py"
    code = BLOCKS[0].replace("2026-01-01", "2024-01-01")
    path.write_text(code.replace("local[2]", "local-cluster[2,1,1024]"))

    done = subprocess.run(
        [sys.executable, path.name],
        cwd=accounts.parent,
        env={**os.environ, **secrets, "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert re.search(r"\|\s*flow\s*\|\s*EUR\s*\|\s*\d+\.\d{18}\s*\|", done.stdout)
