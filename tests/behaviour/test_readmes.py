"""What the READMEs show runs: each Python block, against the sandbox, in the place of the accounts that it names."""

from __future__ import annotations

import re
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

    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})


def test_the_readme_names_five_sessions_at_most_and_each_exists() -> None:
    text = (ROOT / "README.md").read_text()
    named = set(re.findall(r"nox -s (\w+)", text))
    defined = set(re.findall(r"@nox\.session\ndef (\w+)", (ROOT / "noxfile.py").read_text()))

    assert named <= defined
    assert len(named) <= 5
    assert "python3 -m pip install nox && nox -s demo" in text
