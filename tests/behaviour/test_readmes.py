"""Each Python block of the READMEs runs against the sandbox instead of the accounts it names."""

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
READMES = sorted(
    path
    for pattern in (
        "README.md",
        "*/README.md",
        "generated/*/README.md",
        "docs/accounting.md",
        "docs/einvoices.md",
        "docs/models.md",
    )
    for path in ROOT.glob(pattern)
)
BLOCKS = [
    pytest.param(block, id=f"{path.relative_to(ROOT)}:{number}")
    for path in READMES
    for number, block in enumerate(
        re.findall(r"```python\n(.*?)```", path.read_text(), re.DOTALL), 1
    )
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
    """Replace the vendors by sandbox and examples, and yield the values of the placeholders."""
    monkeypatch.chdir(tmp_path)
    with Sandbox(apis=PLAYED, seed=1) as box, box.serve():
        for api in box.apis:
            monkeypatch.setenv(
                f"COUNTERFOIL_{api}_BASE_URL".upper().replace("-", "_"),
                box.client_arguments(api)["base_url"],
            )
        for api in set(apis()) - set(box.apis):
            answer_from_examples(api, monkeypatch)
        places = PLACEHOLDERS.items()
        yield {text: box.client_arguments(api)[argument] for text, (api, argument) in places}


def answer_from_examples(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a README names records of its own, which no sandbox has, the spec's examples answer."""
    module = package(api)
    name = settings(api)["client"]
    monkeypatch.setattr(
        module, name, partial(getattr(module, name), transport=ExampleTransport(module))
    )


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_a_readme_runs(block: str, world: dict[str, str]) -> None:
    for text, replacement in world.items():
        block = block.replace(text, replacement)
    if "\ndef test_" not in block:
        exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
        return

    Path("test_block.py").write_text(block)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "test_block.py"], capture_output=True, text=True
    )
    assert "1 passed" in ran.stdout, ran.stdout


SANDBOX = (ROOT / "sandbox/README.md").read_text()


@pytest.mark.parametrize(
    "command", re.findall(r"^    counterfoil-sandbox (serve.*)$", SANDBOX, re.MULTILINE)
)
def test_a_command_of_the_sandboxs_readme_serves(command: str, tmp_path: Path) -> None:
    (tmp_path / "faults.toml").write_text(
        "".join(re.findall(r"```toml\n(.*?)```", SANDBOX, re.DOTALL))
    )
    words = [sys.executable, "-m", "counterfoil_sandbox", *command.split()]
    with subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        said = ""
        while "Interrupt to stop." not in said and (
            line := process.stdout.readline() if process.stdout else ""
        ):
            said += line
        process.terminate()

    assert "Interrupt to stop." in said, said
    assert "base_url: http://127.0.0.1:" in said


README = (ROOT / "README.md").read_text()


def test_the_headline_example_prints_invoices_of_every_platform_that_it_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    headline = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    [listed] = re.findall(r"for provider in \((.*?)\):", headline)
    providers = re.findall(r'"([\w-]+)"', listed)

    exec(compile(headline, "README.md", "exec"), {"__name__": "readme"})

    lines = capsys.readouterr().out.splitlines()
    assert len(providers) >= 3
    for provider in providers:
        rows = [line for line in lines if re.match(rf"{provider} \S+ [\d.]+ [A-Z]{{3}}$", line)]
        assert len(rows) == 3, provider


def test_the_readme_names_five_sessions_at_most_and_each_exists() -> None:
    named = set(re.findall(r"nox(?:\[uv\]\")? -s (\w+)", README))
    defined = set(re.findall(r"@nox\.session\ndef (\w+)", (ROOT / "noxfile.py").read_text()))

    assert named <= defined
    assert len(named) <= 5
    assert 'pipx run "nox[uv]" -s demo' in README


def test_the_readme_cites_the_script_that_measures_its_peers() -> None:
    [cited] = set(re.findall(r"nox -s bench -- (\w+)", README))

    assert (ROOT / f"benchmarks/{cited}.py").is_file()
