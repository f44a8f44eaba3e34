"""Line and column of a value in a vendor's file. Only messages need them, so they are looked for
when one is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ..openapi.document import escape

SIGN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def find_place(path: Path, pointer: str) -> str:
    """Return `file:line:column` of the value that a JSON pointer leads to, or of its nearest
    ancestor that is there.
    """
    text = path.read_text("utf-8-sig", errors="replace")
    is_json = text.lstrip()[:1] in ("{", "[")
    positions = dict(_json_positions(text) if is_json else _yaml_positions(text))
    pointer = pointer.partition("#")[2]
    while pointer and pointer not in positions:
        pointer = pointer.rpartition("/")[0]
    line, column = positions.get(pointer, (1, 1))
    return f"{path.name}:{line}:{column}"


def find_duplicate(text: str) -> tuple[int, int, str]:
    """Return line, column and name of the first duplicate key."""
    seen: set[str] = set()
    for pointer, (line, column) in _json_positions(text):
        if pointer in seen:
            name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            return line, column, name
        seen.add(pointer)
    return 1, 1, ""


def _json_positions(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the JSON pointer and position of every value; of a member of an object, its key's
    position.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    line = 0
    path: list[str] = []
    frames: list[list[object]] = []  # ["{" or "[", key or index, whether a key comes next]
    for match in SIGN.finditer(text):
        while line + 1 < len(starts) and starts[line + 1] <= match.start():
            line += 1
        position = (line + 1, match.start() - starts[line] + 1)
        sign = match[0]
        frame = frames[-1] if frames else None
        if sign in "]}":
            frames.pop()
            del path[max(len(frames) - 1, 0) :]
        elif sign == ",":
            _advance(frame)
        elif sign == ":":
            continue
        elif frame is not None and frame[0] == "{" and frame[2]:
            frame[1] = _unquote(sign)
            frame[2] = False
            yield _pointer([*path, str(frame[1])]), position
        else:
            if frame is None or frame[0] == "[":
                own = [str(frame[1])] if frame else []
                yield _pointer([*path, *own]), position
            if sign in "[{":
                path += [str(frame[1])] if frame else []
                frames.append([sign, 0 if sign == "[" else "", sign == "{"])


def _advance(frame: list[object] | None) -> None:
    if frame is None:
        return
    if frame[0] == "[":
        frame[1] = int(str(frame[1])) + 1
    else:
        frame[2] = True


def _pointer(path: list[str]) -> str:
    return "".join(f"/{escape(part)}" for part in path)


def _unquote(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]


def _yaml_positions(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the JSON pointer and position of every value of a YAML document."""
    tree = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    waiting: list[tuple[yaml.Node | None, str]] = [(tree, "")]
    while waiting:
        node, pointer = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                where = f"{pointer}/{escape(str(key.value))}"
                yield where, (key.start_mark.line + 1, key.start_mark.column + 1)
                waiting.append((child, where))
        elif isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                yield f"{pointer}/{index}", (child.start_mark.line + 1, child.start_mark.column + 1)
                waiting.append((child, f"{pointer}/{index}"))
