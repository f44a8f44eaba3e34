"""A documentation page whose samples are annotated line by line -> OpenAPI 3: a saved HTML page, or its text.

    HTTP POST /api/v6/parcels.find
    {
      "after" : 7, // identifier (required) - int(1…)
      "state" : "Lost" // can be "Lost" or "Found" (can be null) - string
    }

The first sample below an address is the request, the second the answer. What comes surely in an answer, such a page does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from .facts import InputError, Node

ADDRESS = re.compile(r"HTTP\s*POST.*?(/api/v\d+/)([\w-]+)\.([\w.-]+)\s*$")
HEADING = re.compile(r"^[a-z]+(\.[a-z-]+)+$")
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
COMMENT = re.compile(r'^((?:[^"/]|"(?:[^"\\]|\\.)*"|/(?!/))*)//\s?(.*)$')
CLOSED_AFTER = re.compile(r"^(.*?)\s{2,}([\]}][\]},\s…]*)$")  # a bracket that lost its line
NOTATION = re.compile(r"(string|int|bool|decimal|datetime|date)(?:\[(\d+),(\d+)\])?(?:\(([^)]*)\))?$")
KINDS: dict[str, Node] = {
    "string": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "decimal": {"type": "number", "format": "decimal"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "naive-date-time"},
}
BLOCKS = {"p", "div", "br", "tr", "td", "li", "pre", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "table"}


def is_page(text: str) -> bool:
    return text.lstrip().startswith("<") or bool(re.search(r"^HTTP\s*POST", text, re.MULTILINE))


def convert(text: str, name: str) -> Node:
    """Return the page's methods as an OpenAPI document. Raises InputError where it shows none."""
    paths: dict[str, Node] = {}
    heading, sample = "", _Sample()
    for line in _Text.of(text) if text.lstrip().startswith("<") else text.splitlines():
        if HEADING.match(line.strip()):
            heading = line.strip()
        elif found := ADDRESS.search(line.strip()):
            version, namespace, method = found.groups()
            if not sample.is_closed:
                break
            sample = _Sample()
            paths[f"{version}{namespace}.{heading or method}"] = {"post": sample.operation}  # addresses have been pasted wrongly
            heading = ""
        elif paths:
            sample.read(line)
    if not sample.is_closed:
        raise InputError(f"{name}: the sample of {list(paths)[-1]} does not end: is the page whole?")
    if not paths:
        raise InputError(f"{name} shows no method: none of its lines is an address, HTTP POST /api/…, with a sample below it")
    return {"openapi": "3.1.0", "paths": paths}


class _Sample:
    """Takes the lines below an address and makes an operation of them."""

    def __init__(self) -> None:
        self.operation: Node = {"responses": {"200": {}}}
        self.stack: list[Node] = []
        self.last: Node = {}
        self.key: str | None = None
        self.is_answer = False

    @property
    def is_closed(self) -> bool:
        return not self.stack

    def read(self, line: str) -> None:
        """Take a line; outside of samples, only brackets begin one."""
        if not self.stack and not line.strip().startswith("{"):
            self.is_answer = self.is_answer or line.strip() == "Response"
            return
        split = COMMENT.match(line)
        code, comment = split.groups() if split else (line, "")
        late = CLOSED_AFTER.match(comment)
        self._take(code)
        if comment:
            self._annotate(late[1] if late else comment)
        if late:
            self._take(late[2])

    def _take(self, code: str) -> None:
        for word in TOKEN.findall(code):
            if word in "{[":
                self._open(word)
            elif word in "}]":
                self.stack = self.stack[:-1]
            elif word not in ":,":
                self._name_or_value(word)

    def _open(self, word: str) -> None:
        inside = self.last if self.key else self.stack[-1].setdefault("items", {}) if self.stack else None
        node = self._begin() if inside is None else inside
        node["type"] = "object" if word == "{" else "array"
        if word == "{":
            node.setdefault("properties", {})
            node.setdefault("x-required-unknown" if self.is_answer else "required", True if self.is_answer else [])
        self.key = None
        self.stack.append(node)

    def _begin(self) -> Node:
        """The body that a sample shows."""
        node: Node = {}
        self.is_answer = self.is_answer or "requestBody" in self.operation
        holder = self.operation["responses"]["200"] if self.is_answer else self.operation.setdefault("requestBody", {})
        holder.setdefault("content", {"application/json": {"schema": node}})
        return node

    def _name_or_value(self, word: str) -> None:
        above = self.stack[-1] if self.stack else {}
        if above.get("type") == "object" and self.key is None:
            self.key = word.strip('"')
            self.last = above["properties"].setdefault(self.key, {})
            self.last["above"] = above
            return
        node = self.last if self.key else above.setdefault("items", {})
        if word not in ("…", "..."):
            node.setdefault("type", _kind_of(word))
            if self.is_answer and self.key and "said" not in node and word.startswith('"'):
                node["const"] = word.strip('"')  # until a comment says more: "status": "ok"
        self.key = None

    def _annotate(self, comment: str) -> None:
        """Take in what stands behind a field; a comment on a line of its own goes on with the one before."""
        said = self.last["said"] = f"{self.last.get('said', '')} {comment}".strip()
        self.last.pop("const", None)
        target = self.last.setdefault("items", {}) if self.last.get("type") == "array" else self.last
        above = self.last.get("above", {})
        name = next((name for name, node in above.get("properties", {}).items() if node is self.last), "")
        if "(required)" in said and name not in above.get("required", [name]):
            above["required"].append(name)
        if "can be null" in said:
            self.last["nullable"] = True
        if listed := re.search(r'can (?:be|contain) (".*)', said):
            target["enum"] = re.findall(r'"([^"]*)"', listed[1])
        if self.last.get("type") == "array" and (most := re.search(r"up to (\d+)", said)):
            self.last["maxItems"] = int(most[1])
        if notation := NOTATION.search(said):
            target |= dict(_read_notation(*notation.groups()))


def _read_notation(kind: str, digits: str | None, places: str | None, bounds: str | None) -> Iterator[tuple[str, object]]:
    yield from KINDS[kind].items()
    if digits and places:
        yield "x-decimal", {"digits": int(digits), "places": int(places)}
    if bounds:
        low, _, high = bounds.partition("…") if "…" in bounds else (bounds, "", bounds)
        words = ("minLength", "maxLength") if kind == "string" else ("minimum", "maximum")
        yield from (
            (word, int(value)) for word, value in zip(words, (low, high), strict=True) if value.strip().lstrip("-").isdigit()
        )


def _kind_of(word: str) -> str:
    if word.startswith('"'):
        return "string"
    if word in ("true", "false"):
        return "boolean"
    return "number" if "." in word else "integer"


class _Text(HTMLParser):
    """The lines of a page as a reader sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    @classmethod
    def of(cls, html: str) -> list[str]:
        reader = cls()
        reader.feed(html)
        reader.close()
        return "".join(reader.parts).splitlines()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("script", "style")
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style") and self.hidden > 0
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)
