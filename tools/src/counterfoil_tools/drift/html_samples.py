"""Convert a documentation page with annotated samples to OpenAPI 3: saved HTML, or plain text.

    HTTP POST /api/v6/parcels.find
    {
      "after" : 7, // identifier (required) - int(1…)
      "state" : "Lost" // can be "Lost" or "Found" (can be null) - string
    }

The first sample below an address is the request, the second the response. Such a page does not
document which fields of a response are always present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from ..openapi.shapes import InputError, Node

ADDRESS = re.compile(r"HTTP\s*POST.*?(/api/v\d+/)([\w-]+)\.([\w.-]+)\s*$")
HEADING = re.compile(r"^[a-z]+(\.[a-z-]+)+$")
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
COMMENT = re.compile(r'^((?:[^"/]|"(?:[^"\\]|\\.)*"|/(?!/))*)//\s?(.*)$')
# A closing bracket at the end of a comment: some pages have lost the line break before it.
CLOSED_AFTER = re.compile(r"^(.*?)\s{2,}([\]}][\]},\s…]*)$")
NOTATION = re.compile(
    r"(string|int|bool|decimal|datetime|date)(?:\[(\d+),(\d+)\])?(?:\(([^)]*)\))?$"
)
KINDS: dict[str, Node] = {
    "string": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "decimal": {"type": "number", "format": "decimal"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "naive-date-time"},
}
BLOCKS = {  # HTML elements that begin a new line
    *("p", "div", "br", "tr", "td", "li", "pre", "section", "article", "table"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}


def is_page(text: str) -> bool:
    """Return whether a text is a documentation page: HTML, or a text with addresses."""
    return _is_html(text) or bool(re.search(r"^HTTP\s*POST", text, re.MULTILINE))


def _is_html(text: str) -> bool:
    return text.lstrip().startswith("<")


def convert(text: str, name: str) -> Node:
    """Return the page's methods as an OpenAPI document. Raises InputError if it has none."""
    paths: dict[str, Node] = {}
    heading = ""
    sample = _Sample()
    lines = _Text.of(text) if _is_html(text) else text.splitlines()
    for line in lines:
        stripped = line.strip()
        if HEADING.match(stripped):
            heading = stripped
        elif found := ADDRESS.search(stripped):
            if not sample.is_closed:
                break
            version, namespace, method = found.groups()
            sample = _Sample()
            # The heading is more reliable: some addresses were copied from another method.
            paths[f"{version}{namespace}.{heading or method}"] = {"post": sample.operation}
            heading = ""
        elif paths:
            sample.read(line)
    if not sample.is_closed:
        last = list(paths)[-1]
        raise InputError(f"{name}: the sample of {last} does not end: is the page complete?")
    if not paths:
        raise InputError(
            f"{name} shows no method: no line is an address, HTTP POST /api/…, "
            "with a sample below it"
        )
    return {"openapi": "3.1.0", "paths": paths}


class _Sample:
    """Reads the lines below an address into an operation."""

    def __init__(self) -> None:
        self.operation: Node = {"responses": {"200": {}}}
        self.stack: list[Node] = []
        self.last: Node = {}
        self.key: str | None = None
        self.is_answer = False

    @property
    def is_closed(self) -> bool:
        """Whether every bracket is closed."""
        return not self.stack

    def read(self, line: str) -> None:
        """Read one line. A sample begins with a line that starts with a bracket."""
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
        if self.key:
            node = self.last
        elif self.stack:
            node = self.stack[-1].setdefault("items", {})
        else:
            node = self._begin()
        node["type"] = "object" if word == "{" else "array"
        if word == "{":
            node.setdefault("properties", {})
            if self.is_answer:
                node.setdefault("x-required-unknown", True)
            else:
                node.setdefault("required", [])
        self.key = None
        self.stack.append(node)

    def _begin(self) -> Node:
        """Return the schema of a new body: of the request first, then of the response."""
        node: Node = {}
        self.is_answer = self.is_answer or "requestBody" in self.operation
        if self.is_answer:
            body = self.operation["responses"]["200"]
        else:
            body = self.operation.setdefault("requestBody", {})
        body.setdefault("content", {"application/json": {"schema": node}})
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
                # A value without a comment, such as "status": "ok", is a constant.
                node["const"] = word.strip('"')
        self.key = None

    def _annotate(self, comment: str) -> None:
        """Apply a field's comment. A comment on a line of its own continues the previous one."""
        field = self.last
        said = field["said"] = f"{field.get('said', '')} {comment}".strip()
        field.pop("const", None)
        is_array = field.get("type") == "array"
        target = field.setdefault("items", {}) if is_array else field
        if "(required)" in said:
            self._require(field)
        if "can be null" in said:
            field["nullable"] = True
        if listed := re.search(r'can (?:be|contain) (".*)', said):
            target["enum"] = re.findall(r'"([^"]*)"', listed[1])
        most = re.search(r"up to (\d+)", said)
        if is_array and most:
            field["maxItems"] = int(most[1])
        if notation := NOTATION.search(said):
            target |= dict(_read_notation(*notation.groups()))

    def _require(self, field: Node) -> None:
        """Add a field to the required fields of its object."""
        above = field.get("above", {})
        names = [name for name, node in above.get("properties", {}).items() if node is field]
        name = names[0] if names else ""
        if name not in above.get("required", [name]):
            above["required"].append(name)


def _read_notation(
    kind: str, digits: str | None, places: str | None, bounds: str | None
) -> Iterator[tuple[str, object]]:
    yield from KINDS[kind].items()
    if digits and places:
        yield "x-decimal", {"digits": int(digits), "places": int(places)}
    if bounds:
        low, _, high = bounds.partition("…")
        if "…" not in bounds:
            high = low  # one number is an exact length or value
        words = ("minLength", "maxLength") if kind == "string" else ("minimum", "maximum")
        for word, value in zip(words, (low, high), strict=True):
            if value.strip().lstrip("-").isdigit():
                yield word, int(value)


def _kind_of(word: str) -> str:
    if word.startswith('"'):
        return "string"
    if word in ("true", "false"):
        return "boolean"
    return "number" if "." in word else "integer"


class _Text(HTMLParser):
    """Collects the visible text of an HTML page."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    @classmethod
    def of(cls, html: str) -> list[str]:
        """Return the visible lines of a page."""
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
