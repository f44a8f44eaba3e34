"""Generate packages: `python -m counterfoil_tools.generate [API ...] [--check] [--force] [--lint] [--show SHOWN]`.

  API ...          the folders of specs/ to generate; all if none is named
  --check          write nothing; print the difference and fail if there is one
  --lint           hold the specs to the house's rules, and stop there
  --force          do the work even if nothing changed
  --show SHOWN     write nothing, and print of the named APIs the IR (`model`), the resolved OpenAPI document
                   (`document`), or the operations as the sandbox reads them (`operations`)

Exit status: 0 done or as generated; 1 a spec is wrong, or --check found a difference; 2 the command line is wrong.
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
    flags, names = (
        {word for word in rest if word.startswith("-")},
        [word for word in rest if not word.startswith("-")],
    )
    if not (WORKSPACE / "specs").is_dir():
        print(
            "counterfoil_tools.generate: there is no folder specs/ here; `counterfoil-tools adopt` makes it",
            file=sys.stderr,
        )
        return 2
    known = sorted(
        name
        for name in os.listdir(WORKSPACE / "specs")
        if (WORKSPACE / "specs" / name / "openapi.yaml").is_file()
    )
    if not known:
        print(
            "counterfoil_tools.generate: specs/ is empty; `counterfoil-tools adopt` makes a spec",
            file=sys.stderr,
        )
        return 2
    wrong = [
        *sorted(flags - FLAGS),
        *(name for name in names if name not in known),
        *([show] if show not in (None, *SHOWN) else []),
    ]
    if wrong:
        print(
            f"counterfoil_tools.generate: {wrong[0]!r} is no option and no folder of specs/ ({', '.join(known)}); see --help",
            file=sys.stderr,
        )
        return 2
    return _run(names or known, show, flags)


def _take_show(words: list[str]) -> tuple[str | None, list[str]]:
    if "--show" not in words:
        return None, words
    place = words.index("--show")
    return "".join(words[place + 1 : place + 2]), words[:place] + words[place + 2 :]


def _run(names: list[str], show: str | None, flags: set[str]) -> int:
    stale = (
        names if show or flags else [name for name in names if not is_up_to_date(WORKSPACE, name)]
    )
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
    """End the process at once, as mypy does: taking the generators' modules apart would cost a tenth of the run."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
