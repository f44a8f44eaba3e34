"""What the READMEs show runs: each Python block, against the sandbox, in the place of the accounts that it names."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from counterfoil_core.testing import ExampleTransport
from counterfoil_sandbox import Sandbox

from tests.behaviour.clients.packages import apis, package, settings

ROOT = Path(__file__).parents[2]
READMES = sorted(path for pattern in ("README.md", "*/README.md", "generated/*/README.md") for path in ROOT.glob(pattern))
BLOCKS = [
    pytest.param(block, id=f"{path.relative_to(ROOT)}:{number}")
    for path in READMES
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", path.read_text(), re.DOTALL), 1)
]
PLAYED = ("amazon", "open2b-admin")
PLACEHOLDERS = {
    "your key": ("open2b-admin", "key"),
    "your refresh token": ("amazon", "refresh_token"),
    "your application": ("amazon", "client_id"),
    "its secret": ("amazon", "client_secret"),
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Sandbox and examples in the place of the vendors: yields what stands for the placeholders."""
    monkeypatch.chdir(tmp_path)
    with Sandbox(apis=PLAYED, seed=1) as box, box.serve():
        for api in box.apis:
            monkeypatch.setenv(f"COUNTERFOIL_{api}_BASE_URL".upper().replace("-", "_"), box.account(api)["base_url"])
        for api in set(apis()) - set(box.apis):
            answer_from_examples(api, monkeypatch)
        yield {text: box.account(api)[argument] for text, (api, argument) in PLACEHOLDERS.items()}


def answer_from_examples(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a README names records of its own, which no sandbox has, the spec's examples answer."""
    module, name = package(api), settings(api)["client"]
    monkeypatch.setattr(module, name, partial(getattr(module, name), transport=ExampleTransport(module)))


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_a_readme_runs(block: str, world: dict[str, str]) -> None:
    for text, replacement in world.items():
        block = block.replace(text, replacement)
    if "\ndef test_" not in block:
        exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
        return

    Path("test_block.py").write_text(block)
    ran = subprocess.run([sys.executable, "-m", "pytest", "-q", "test_block.py"], capture_output=True, text=True)
    assert "1 passed" in ran.stdout, ran.stdout


SANDBOX = (ROOT / "sandbox/README.md").read_text()


@pytest.mark.parametrize("command", re.findall(r"^    counterfoil-sandbox (serve.*)$", SANDBOX, re.MULTILINE))
def test_a_command_of_the_sandboxs_readme_serves(command: str, tmp_path: Path) -> None:
    (tmp_path / "faults.toml").write_text("".join(re.findall(r"```toml\n(.*?)```", SANDBOX, re.DOTALL)))
    words = [sys.executable, "-m", "counterfoil_sandbox", *command.split()]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        said = ""
        while "Interrupt to stop." not in said and (line := process.stdout.readline() if process.stdout else ""):
            said += line
        process.terminate()

    assert "Interrupt to stop." in said, said
    assert "base_url: http://127.0.0.1:" in said


def test_the_readme_names_five_sessions_at_most_and_each_exists() -> None:
    text = (ROOT / "README.md").read_text()
    named = set(re.findall(r"nox -s (\w+)", text))
    defined = set(re.findall(r"@nox\.session\ndef (\w+)", (ROOT / "noxfile.py").read_text()))

    assert named <= defined
    assert len(named) <= 5
    assert "python3 -m pip install nox && nox -s demo" in text
