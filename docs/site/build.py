"""Build the site: stage the documents, make the references, run the site generator.

A warning of the generator, such as a link or an anchor that does not exist, fails the build.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from counterfoil_tools import find_templates
from counterfoil_tools.reference.pages import make_pages as make_reference

from . import commands, interfaces
from .recording import record
from .stage import ROOT, stage, write

OUTPUT = ROOT / "build/site"
HERE = Path(__file__).parent
PLAYER = ("asciinema-player.min.js", "asciinema-player.css")
SOURCES = ("overlay/src", "runtime/src", "sandbox/src")
DEMO = """\
# The demo

What `nox -s demo` shows, recorded by a script when this site was built. A long wait is shortened.

<div id="demo"></div>
<link rel="stylesheet" href="assets/asciinema-player.css">
<script src="assets/asciinema-player.min.js"></script>
<script>
AsciinemaPlayer.create("../assets/demo.cast", document.getElementById("demo"),
  {{fit: "width", poster: "npt:0:01", idleTimeLimit: 1.5, theme: "asciinema"}});
</script>

The same as text:

```text
{text}
```
"""


class BuildError(Exception):
    """The site cannot be built."""


def build(player: Path | None) -> Path:
    """Build the site and return its folder. Raises BuildError and StageError.

    `player` is the folder of the npm package asciinema-player; without it, the page of the demo has
    its text only.
    """
    began = time.perf_counter()
    shutil.rmtree(OUTPUT, ignore_errors=True)
    target = OUTPUT / "docs"
    with ThreadPoolExecutor(1) as pool:
        recorded = pool.submit(record, target / "assets/demo.cast")
        stage(target)
        pages = commands.make_pages() | interfaces.make_pages()
        for name, text in pages.items():
            write(target / name, text)
        apis = _write_references(target)
        _copy_assets(target, player)
        _write_demo(target, recorded, has_player=player is not None)
    _write_settings(apis)
    _run_generator()
    print(f"built {OUTPUT.relative_to(ROOT)}/html in {time.perf_counter() - began:.0f} s")
    return OUTPUT / "html"


def _write_references(target: Path) -> dict[str, list[str]]:
    """Write the references of the clients, and return the names of their pages by API."""
    found = {}
    for folder in sorted(path.parent for path in ROOT.glob("specs/*/openapi.yaml")):
        pages = make_reference(folder, find_templates())
        for name, text in pages.items():
            write(target / "apis" / folder.name / name, text)
        found[folder.name] = list(pages)
    return found


def _copy_assets(target: Path, player: Path | None) -> None:
    folder = target / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "assets/site.css", folder)
    if player is None:
        return
    for name in PLAYER:
        path = player / "dist/bundle" / name
        if not path.is_file():
            raise BuildError(f"{path} is missing: npm install asciinema-player, and try again")
        shutil.copy(path, folder)


def _write_demo(target: Path, recorded: Future[str], *, has_player: bool) -> None:
    text = recorded.result()
    page = DEMO.format(text=_show_plain(text))
    if not has_player:
        page = page.partition("<div")[0] + "```text" + page.partition("```text")[2]
    write(target / "demo.md", page)


def _show_plain(text: str) -> str:
    """Return what a terminal shows without colours."""
    from rich.text import Text

    plain = Text.from_ansi(text.replace("\r\n", "\n")).plain
    return "\n".join(line.rstrip() for line in plain.replace(sys.prefix, ".venv").splitlines())


def _write_settings(apis: dict[str, list[str]]) -> None:
    """Copy zensical.toml, with the source folders and the pages of the clients."""
    text = (HERE / "zensical.toml").read_text(encoding="utf-8")
    sources = [str(ROOT / path) for path in SOURCES]
    clients = ["apis/index.md"]
    rows = [json.dumps(one) for one in clients]
    for api, names in apis.items():
        pages = ", ".join(json.dumps(f"apis/{api}/{name}") for name in names)
        rows.append(f"{{ {json.dumps(api)} = [{pages}] }}")
    text = text.replace('["PATHS"]', json.dumps(sources))
    text = text.replace(
        '{ "Clients" = ["apis/index.md"] }', f'{{ "Clients" = [{", ".join(rows)}] }}'
    )
    (OUTPUT / "zensical.toml").write_text(text, encoding="utf-8")


def _run_generator() -> None:
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    done = subprocess.run(command, cwd=OUTPUT, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise BuildError(f"{done.stdout}{done.stderr}".strip())
