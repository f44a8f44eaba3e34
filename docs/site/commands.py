"""The pages of the command lines, made from the commands themselves."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]
WIDTH = "96"  # columns of a help text

Main = Callable[[list[str]], object]


def make_pages() -> dict[str, str]:
    """Return the pages of all commands, by path."""
    return {
        "reference/commands/counterfoil.md": _make_counterfoil(),
        "reference/commands/counterfoil-tools.md": _make_tools(),
        "reference/commands/counterfoil-sandbox.md": _make_sandbox(),
        "reference/commands/nox.md": _make_nox(),
    }


def capture(main: Main, words: list[str]) -> str:
    """Return what a command prints for some words, as at a terminal of WIDTH columns."""
    printed = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = WIDTH
    try:
        with redirect_stdout(printed), suppress(SystemExit):
            main(words)
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    text = printed.getvalue().strip()
    if not text:
        raise RuntimeError(f"{' '.join(words)} prints nothing")
    return text


def _make_counterfoil() -> str:
    from counterfoil import cli
    from counterfoil.cli.commands import command

    rows = list(_walk_click(command, ()))
    parts = [
        "# counterfoil",
        'The command of the package `counterfoil`: `pip install "counterfoil[all,cli]"`. '
        "Exit codes:",
        _fence(_read_exit_codes(str(cli.__doc__))),
    ]
    for words in rows:
        title = " ".join(("counterfoil", *words))
        parts += [f"## {title}", _fence(capture(cli.main, [*words, "--help"]))]
    return "\n\n".join(parts) + "\n"


def _walk_click(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a command and of all commands below it."""
    yield words
    commands = getattr(command, "commands", {})
    for name in sorted(commands):
        yield from _walk_click(commands[name], (*words, name))


def _read_exit_codes(text: str) -> str:
    return dedent(text.partition("Exit codes:")[2].partition("If all accounts")[0]).strip()


def _make_tools() -> str:
    from counterfoil_tools.adopt import command

    parts = ["# counterfoil-tools", _fence(str(command.__doc__).strip())]
    for name in command.COMMANDS:
        help_text = capture(command.main, [name, "--help"])
        parts += [f"## counterfoil-tools {name}", _fence(help_text)]
    return "\n\n".join(parts) + "\n"


def _make_sandbox() -> str:
    from counterfoil_sandbox.cli import main

    return (
        f"# counterfoil-sandbox\n\n{_fence(capture(main, ['--help']))}\n\n"
        f"## counterfoil-sandbox serve\n\n{_fence(capture(main, ['serve', '--help']))}\n"
    )


def _make_nox() -> str:
    """Return the page of the sessions of noxfile.py, from their docstrings."""
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    rows = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and _is_session(node):
            lines = (ast.get_docstring(node) or "").split("\n\n")
            text = " ".join(" ".join(line.split()) for line in lines).replace("|", "\\|")
            rows.append(f"| `nox -s {node.name}` | {text} |")
    table = "\n".join(["| command | what it does |", "|---|---|", *rows])
    return (
        "# nox\n\nThe tasks of the repository, which `nox -l` lists as well. Words after `--` are "
        f"passed on.\n\n{table}\n"
    )


def _is_session(node: ast.FunctionDef) -> bool:
    return any("session" in ast.unparse(decorator) for decorator in node.decorator_list)


def _fence(text: str) -> str:
    return f"```text\n{text}\n```"
