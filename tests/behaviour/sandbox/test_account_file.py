"""`counterfoil-sandbox serve --accounts`: the file works with the command `counterfoil`."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from counterfoil_sandbox.cli import main

COMMAND = [sys.executable, "-m", "counterfoil_sandbox", "serve", "--invoices", "5"]


def test_the_printed_commands_pull_from_every_api(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--accounts", "accounts.toml"], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as process:
        try:
            assert process.stdout
            said = ""
            while "Interrupt to stop." not in said:
                said += process.stdout.readline()
            lines = re.findall(r"^  export (.*)$", said, re.MULTILINE)
            words = [word for line in lines for word in shlex.split(line)]
            exports = dict(word.split("=", 1) for word in words)
            [pull] = re.findall(r"  counterfoil (pull .*)", said)
            pulled = subprocess.run(
                [sys.executable, "-m", "counterfoil.cli", *pull.split(), "--json"],
                capture_output=True,
                text=True,
                cwd=tmp_path,
                env={**os.environ, **exports},
            )
        finally:
            process.kill()

    assert pulled.returncode == 0, pulled.stderr
    rows = [json.loads(line) for line in pulled.stdout.splitlines()]
    assert {row["provider"] for row in rows} == {
        *("amazon", "flow", "open2b-admin", "open2b-storefront", "vtex"),
    }
    assert sum(row["new"] for row in rows) > 5
    text = (tmp_path / "accounts.toml").read_text()
    assert not [secret for secret in exports.values() if secret in text]


def test_a_file_of_somebody_else_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text("[mine]\n")

    with pytest.raises(SystemExit) as ended:
        main(["serve", "--accounts", str(path)])

    assert ended.value.code == 2
    assert "exists, and is not of a sandbox" in capsys.readouterr().err
    assert path.read_text() == "[mine]\n"
