"""The workspace that docs/adopting.md makes: the client of billing, and its parts, installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .documents import BILLING

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/adopting.md").read_text()
PARTS = BILLING.parent / "parts"
COMMAND = (
    "import sys; from counterfoil_tools.adopt.command import main; sys.exit(main(sys.argv[1:]))"
)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python where the package and the parts of billing are installed."""
    paths = [folder / "site", folder / "generated/billing-client/src"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    command = [sys.executable, "-B", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )


def run_tools(folder: Path, *words: str) -> str:
    done = run(folder, "-c", COMMAND, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_workspace(folder: Path) -> None:
    """Do what the guide does: adopt, edit, generate, and install the two parts."""
    folder.mkdir(parents=True)
    run_tools(folder, "adopt", "billing", str(BILLING))
    [overlay] = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (folder / "specs/billing/overlay.yaml").write_text(overlay)
    run_tools(folder, "adopt", "billing", str(BILLING))
    run_tools(folder, "generate", "billing")
    shutil.copytree(PARTS, folder / "parts")
    for shown, name in (("document", "billing.json"), ("operations", "billing.operations.json")):
        text = run_tools(folder, "generate", "billing", "--show", shown)
        (folder / "parts/src/billing_parts" / name).write_text(text)
    install(folder / "parts", folder / "site")


def install(source: Path, target: Path) -> None:
    """Install a distribution from its folder, without an index."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    command += ["--no-build-isolation", "--target", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
