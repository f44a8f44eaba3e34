"""Generate packages: `python -m counterfoil_tools.generate [API ...] [OPTION ...]`.

  API ...          the folders of specs/ to generate; all if none is named
  --check          write nothing; print the difference and fail if there is one
  --lint           check the specs against the rules, and stop there
  --force          do the work even if nothing changed
  --show SHOWN     write nothing, and print the IR of the named APIs (`model`), their resolved
                   OpenAPI document (`document`), or the sandbox's operations (`operations`)

Exit status: 0 done or as generated; 1 a spec is wrong, or --check found a difference; 2 the command
line is wrong.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from .. import WORKSPACE
from .up_to_date import is_up_to_date, note

FLAGS = {"--check", "--force", "--lint"}
SHOWN = {"model", "document", "operations"}


def main(words: list[str]) -> int:
    if "--help" in words or "-h" in words:
        print(__doc__)
        return 0
    show, rest = _take_show(words)
    flags = {word for word in rest if word.startswith("-")}
    names = [word for word in rest if not word.startswith("-")]
    specs = WORKSPACE / "specs"
    if not specs.is_dir():
        return _refuse("there is no folder specs/ here; `counterfoil-tools adopt` makes it")
    known = sorted(path.parent.name for path in specs.glob("*/openapi.yaml"))
    if not known:
        return _refuse("specs/ is empty; `counterfoil-tools adopt` makes a spec")
    wrong = sorted(flags - FLAGS)
    wrong += [name for name in names if name not in known]
    if show is not None and show not in SHOWN:
        wrong.append(show)
    if wrong:
        folders = ", ".join(known)
        return _refuse(
            f"{wrong[0]!r} is not an option and not a folder of specs/ ({folders}); see --help"
        )
    return _run(names or known, show, flags)


def _refuse(message: str) -> int:
    print(f"counterfoil_tools.generate: {message}", file=sys.stderr)
    return 2


def _take_show(words: list[str]) -> tuple[str | None, list[str]]:
    if "--show" not in words:
        return None, words
    place = words.index("--show")
    shown = words[place + 1 : place + 2]  # [] if nothing follows
    return "".join(shown), words[:place] + words[place + 2 :]


def _run(names: list[str], show: str | None, flags: set[str]) -> int:
    stale = names
    if not (show or flags):
        stale = [name for name in names if not is_up_to_date(WORKSPACE, name)]
    if not stale:
        print(f"nothing to do: {', '.join(names)} as generated")
        return 0
    from ..openapi.errors import SpecErrors

    gc.disable()  # a short run that keeps what it makes: collecting costs a tenth of its time
    try:
        return _work([WORKSPACE / "specs" / name for name in stale], show, flags)
    except SpecErrors as found:
        print(found, file=sys.stderr)
        print(f"{len(found.errors)} to mend; nothing was written", file=sys.stderr)
        return 1


def _work(folders: list[Path], show: str | None, flags: set[str]) -> int:
    from . import check, generate, lint_all

    if "--lint" in flags:
        lint_all(folders)
        return 0
    if show:
        from .dump import dump_model

        print("\n".join(dump_model(folder, show) for folder in folders))
        return 0
    if "--check" in flags:
        return _report(check(folders))
    changed = generate(folders)
    for folder in folders:
        note(WORKSPACE, folder.name)
    print("\n".join(changed) or f"{', '.join(folder.name for folder in folders)}: no file changed")
    return 0


def _report(diff: list[str]) -> int:
    sys.stdout.writelines(diff)
    if diff:
        print("generated/ is not what the specs make: run `nox -s generate`", file=sys.stderr)
    return 1 if diff else 0


def leave(status: int) -> None:
    """End the process at once, as mypy does: unloading modules would take a tenth of the run."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
