"""A separate workspace for each test: real templates and tools, and specs that may be spoiled."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Workspace:
    """A copy of what generating needs, and a way to run it as a maintainer does."""

    root: Path

    def run(self, *words: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "counterfoil_tools.generate", *words]
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.root / "tools/src"),
            "PYTHONHASHSEED": seed,
        }
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True
        )

    def spec(self, api: str = "amazon") -> Path:
        return self.root / "specs" / api / "openapi.yaml"

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    def files(self) -> dict[str, bytes]:
        """All that is generated, by path."""
        places = [
            path for folder in ("generated", "sandbox") for path in (self.root / folder).rglob("*")
        ]
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(places)
            if path.is_file()
        }
