"""The command `counterfoil-tools`: adopt a vendor's document, generate its package, follow changes.

  counterfoil-tools init               begin a workspace: specs/, README.md, .gitignore
  counterfoil-tools adopt NAME FILE    a vendor's OpenAPI document to specs/NAME/
  counterfoil-tools generate [NAME]    specs/NAME/ to an installable package in generated/
  counterfoil-tools lint [NAME]        check specs, without generating
  counterfoil-tools docs NAME          write the reference of a client as Markdown, to docs/NAME/
  counterfoil-tools drift NAME FILE    compare a spec with a newer vendor's document
  counterfoil-tools surface PACKAGE    list what changed for users of a package
  counterfoil-tools bump PACKAGE       raise a package's version and write its changelog
  counterfoil-tools corpus FOLDER      measure the toolkit on a folder of documents

Each works in the current folder and has `--help`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

COMMANDS = {  # word -> module with `main(words)`, and the words that come before the user's
    "init": ("counterfoil_tools.adopt.init", ()),
    "adopt": ("counterfoil_tools.adopt.__main__", ()),
    "generate": ("counterfoil_tools.generate.__main__", ()),
    "lint": ("counterfoil_tools.generate.__main__", ("--lint",)),
    "docs": ("counterfoil_tools.reference.__main__", ()),
    "drift": ("counterfoil_tools.drift.__main__", ()),
    "surface": ("counterfoil_tools.surface.__main__", ()),
    "bump": ("counterfoil_tools.release.__main__", ("bump",)),
    "corpus": ("counterfoil_tools.corpus.__main__", ()),
}


def main(words: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = sys.argv[1:] if words is None else words
    if not given or given[0] in ("--help", "-h"):
        print(__doc__)
        return 0 if given else 2
    if given[0] not in COMMANDS:
        known = ", ".join(COMMANDS)
        print(f"counterfoil-tools: {given[0]!r} is none of {known}; see --help", file=sys.stderr)
        return 2
    module, first = COMMANDS[given[0]]
    run: Callable[[list[str]], int] = import_module(module).main
    return run([*first, *given[1:]])
