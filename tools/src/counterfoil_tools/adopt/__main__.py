"""Adopt a vendor's OpenAPI document: `counterfoil-tools adopt NAME FILE [--only WORDS] [--ref FILE
...] [--verify] [--strict]`.

  NAME          the folder of specs/ to write: lower-case letters, digits and dashes
  FILE          the vendor's document: Swagger 2.0, OpenAPI 3.0 or 3.1, as JSON or YAML
  --only WORDS  tags, path prefixes and operationIds, with commas between: adopt these alone
  --ref FILE    a file, or a folder of files, that the document refers to. Nothing is fetched.
  --verify      also check the result with openapi-spec-validator, openapi-python-client, mypy and
                pyright, each for 60 seconds at most, and print what they find
  --strict      fail if anything was left out, or a check found anything or could not be done (it is
                written nevertheless)

Adopting again with a newer FILE keeps every name; `git diff` of openapi.yaml then shows the
vendor's changes.

Exit status: 0 adopted; 1 refused, or --strict and something was left out or found; 2 the command
line is wrong.
"""

from __future__ import annotations

import gc
import re
import sys
from pathlib import Path

from .. import WORKSPACE

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FLAGS = {"--strict", "--verify"}


def main(words: list[str]) -> int:
    if "--help" in words or "-h" in words:
        print(__doc__)
        return 0
    flags = FLAGS & set(words)
    try:
        rest, only, refs = _options([word for word in words if word not in FLAGS])
    except ValueError as error:
        return _complain(str(error))
    if len(rest) != 2:
        return _complain("name a folder of specs/ and the vendor's file")
    name, file = rest
    if not NAME.fullmatch(name):
        return _complain(
            f"{name!r} is no name: take lower-case letters, digits and dashes, as in acme-billing"
        )
    return _adopt(WORKSPACE / "specs" / name, Path(file), refs, only, flags)


def _options(words: list[str]) -> tuple[list[str], tuple[str, ...], tuple[Path, ...]]:
    """Part the command line into NAME and FILE, --only and --ref; raise ValueError for any other
    option.
    """
    rest: list[str] = []
    only: list[str] = []
    refs: list[Path] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        option, has_value, value = word.partition("=")
        if option not in ("--only", "--ref"):
            if word.startswith("-"):
                raise ValueError(f"{word!r} is no option")
            rest.append(word)
            continue
        if not has_value and not waiting:
            raise ValueError(f"{option} needs a value")
        value = value if has_value else waiting.pop(0)
        if option == "--only":
            only += [part.strip() for part in value.split(",") if part.strip()]
        else:
            refs.append(Path(value))
    return rest, tuple(only), tuple(refs)


def _complain(message: str) -> int:
    print(f"counterfoil-tools adopt: {message}; see --help", file=sys.stderr)
    return 2


def _adopt(
    folder: Path, file: Path, refs: tuple[Path, ...], only: tuple[str, ...], flags: set[str]
) -> int:
    from . import AdoptError, adopt
    from .report import summarize

    gc.disable()  # a short run that keeps what it makes
    try:
        adoption = adopt(folder, file, refs=refs, only=only)
    except AdoptError as error:
        print(error, file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        return 1
    print(summarize(adoption))
    print(f"specs/{folder.name}/: read ADOPTED.md, then `counterfoil-tools generate {folder.name}`")
    is_clean = not adoption.left_out
    if "--verify" in flags:
        is_clean = _verify(folder) and is_clean
    return 0 if is_clean or "--strict" not in flags else 1


def _verify(folder: Path) -> bool:
    """Print the result of each check, and return whether all passed."""
    from ..verify import Status, show, verify

    print("verify:", flush=True)
    verdicts = verify(folder)
    print("\n".join(show(verdicts)))
    return all(verdict.status is Status.PASSED for verdict in verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
