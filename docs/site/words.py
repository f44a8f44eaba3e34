"""The tables of specs/README.md, made from the schema of `x-counterfoil`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "tools/src/counterfoil_tools/generate/rules/x-counterfoil.schema.json"
PAGE = ROOT / "specs/README.md"
SECTIONS = {  # heading of the page -> place in the schema
    "On the document": "/$defs/root",
    "webhook": "/$defs/webhook",
    "On an operation": "/$defs/operation",
    "pagination": "/$defs/pagination",
    "rate-limit": "/$defs/rate-limit",
    "window": "/$defs/operation/properties/window",
    "errors": "/$defs/operation/properties/errors/items",
    "On a property, a parameter or a schema": "/$defs/node",
    "On a security scheme": "/$defs/scheme",
    "token-exchange": "/$defs/token-exchange",
    "On a server variable": "/$defs/variable",
}
TABLE = re.compile(r"^\| word \| meaning \| example \|\n(?:\|.*\n)+", re.MULTILINE)


def find(schema: Any, pointer: str) -> Any:
    """Return the node of a schema at a JSON pointer."""
    for part in pointer.split("/")[1:]:
        schema = schema[part]
    return schema


def make_table(node: dict[str, Any]) -> str:
    """Return the table of the words of an object in the schema."""
    rows = ["| word | meaning | example |", "|---|---|---|"]
    for word, child in node["properties"].items():
        meaning = child["description"]
        if word in node.get("required", []):
            meaning += ". Required"
        rows.append(f"| `{word}` | {meaning} | `{spell(word, child['examples'][0])}` |")
    return "\n".join(rows) + "\n"


def spell(word: str, value: Any) -> str:
    """Return a word with its value as one line of YAML."""
    if isinstance(value, dict | list):
        spelled = yaml.safe_dump(
            value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=9999
        ).strip()
    else:
        spelled = yaml.safe_dump(value, allow_unicode=True, width=9999).partition("\n")[0]
    return f"{word}: {spelled}"


def rewrite(page: str, schema: Any) -> str:
    """Return specs/README.md with the tables that the schema has now.

    Raises ValueError if a section of the page does not have exactly one such table.
    """
    for title, pointer in SECTIONS.items():
        section = re.search(
            rf"^##+ {re.escape(title)}\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL
        )
        tables = TABLE.findall(section[1]) if section else []
        if section is None or len(tables) != 1:
            raise ValueError(f"specs/README.md: {title!r} has {len(tables)} tables of words, not 1")
        text = section[1].replace(tables[0], make_table(find(schema, pointer)))
        page = page[: section.start(1)] + text + page[section.end(1) :]
    return page


def main() -> None:
    """Write the tables of specs/README.md."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(rewrite(page, schema), encoding="utf-8")


if __name__ == "__main__":
    main()
