"""Run a page of the documentation as a reader does: block by block, in one folder.

    ```python                     is run as a program
    ```python title="app.py"      is written to that file, as is any other block with a file's name
    ```python title="cell"        is a cell of one notebook, which is run at the end of the page
    ```sh                         is run by a shell
    ```sh title="terminal 1"      goes on until the end of the page; its `export` lines are pasted
    ```text title="output"        is what the block before prints; `...` stands for any text

A block below `<!-- not run: REASON -->` is not run. Above a block, `<!-- needs: billing-client -->`
makes the client of the document that docs/adopting.md adopts.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.behaviour.adopt.documents import BILLING
from tests.behaviour.adopt.workspace_of_parts import make_workspace

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"(?:<!-- (?P<mark>not run|needs): (?P<why>[^>]+) -->\n)?"
    r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SERVING = re.compile(r"Interrupt to stop\.|ready\.$", re.MULTILINE)
LONGEST = 900  # seconds for one block; one that never ends must fail at last


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    language: str
    title: str
    text: str
    not_run: str
    needs: str


def list_pages() -> list[Path]:
    """Return the pages whose blocks are run here; test_readmes.py runs those of the others."""
    folders = ("start", "guides", "why-not")
    found = [path for folder in folders for path in sorted((ROOT / "docs" / folder).glob("*.md"))]
    return [ROOT / "docs/index.md", *found]


def read_blocks(page: Path) -> list[Block]:
    blocks = []
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        mark, why = found["mark"], found["why"] or ""
        blocks.append(
            Block(
                language=found["language"],
                title=found["title"] or "",
                text=found["text"],
                not_run=why if mark == "not run" else "",
                needs=why if mark == "needs" else "",
            )
        )
    return blocks


class Reader:
    """Somebody who does what a page says, in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "COLUMNS": "100"}
        for name in list(self.environment):
            if name.startswith("COUNTERFOIL_"):
                del self.environment[name]
        # What the page's own commands generate is importable, as if it had been installed.
        self.environment["PYTHONPATH"] = str(folder / "generated/billing-client/src")
        shutil.copy(BILLING, folder)
        self.printed = ""
        self.serving: list[subprocess.Popen[str]] = []
        self.cells: list[str] = []

    def read(self, page: Path) -> None:
        """Do what a page says. Raises AssertionError where it does not work."""
        try:
            for block in read_blocks(page):
                if not block.not_run:
                    self._do(block)
            self._run_notebook()
        finally:
            for process in self.serving:
                process.terminate()
                process.wait()
                if process.stdout:
                    process.stdout.close()

    def _do(self, block: Block) -> None:
        if block.needs:
            self._make_client()
        if block.title == "output":
            self._compare(block.text)
        elif block.title.startswith("terminal"):
            self._serve(block.text)
        elif block.title == "cell":
            self.cells.append(block.text)
        elif block.title:
            path = self.folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)
        elif block.language == "python":
            (self.folder / "example.py").write_text(block.text)
            self._run([sys.executable, "example.py"])
        elif block.language == "sh":
            self._run(["bash", "-e", "-c", block.text])

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
        assert done.returncode == 0, f"{command}:\n{done.stdout}\n{done.stderr}"
        self.printed = done.stdout

    def _compare(self, expected: str) -> None:
        pattern = ".*".join(re.escape(part) for part in expected.strip().split("..."))
        assert re.fullmatch(pattern, self.printed.strip(), re.DOTALL), (
            f"the page shows:\n{expected}\nand it prints:\n{self.printed}"
        )

    def _serve(self, text: str) -> None:
        process = subprocess.Popen(
            text.split(),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.serving.append(process)
        for line in self._read_lines(process):
            if found := re.match(r"\s*export (\w+)='?([^'\n]*)'?$", line):
                self.environment[found[1]] = found[2]

    def _read_lines(self, process: subprocess.Popen[str]) -> Iterator[str]:
        """Yield what a server prints until it serves."""
        assert process.stdout
        said = ""
        while not SERVING.search(said):
            line = process.stdout.readline()
            assert line, f"it ended: {said}"
            said += line
            yield line

    def _make_client(self) -> None:
        """Make the client of docs/adopting.md, and its parts for the sandbox."""
        made = self.folder / "billing"
        if not made.is_dir():
            make_workspace(made)
        paths = [made / "site", made / "generated/billing-client/src"]
        self.environment["PYTHONPATH"] = os.pathsep.join(map(str, paths))

    def _run_notebook(self) -> None:
        if not self.cells:
            return
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [nbformat.v4.new_code_cell(text) for text in self.cells]
        NotebookClient(notebook, timeout=LONGEST, kernel_name="python3").execute(
            cwd=str(self.folder)
        )
