"""The pages of an API's reference: Markdown that code hosts and site generators show alike."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import jinja2

from ..generate.ir import Method, Package
from ..generate.lint import lint
from ..generate.model import model
from ..generate.python.normal import prepare
from ..openapi.ingest import read
from .calls import Call
from .document import Reference, read_reference

IDENTIFIER = re.compile(r"\b[A-Z]\w*\b")
WIDTH = 88
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)([^)]*)\)")
OUTSIDE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)  # code, where HTML is text


def make_pages(folder: Path, templates: Path) -> dict[str, str]:
    """Return the pages of the API in a folder of specs/, by file name. Raises SpecErrors."""
    document = lint(read(folder))
    package = model(document)
    reference = read_reference(prepare(document), package, folder)
    environment = _make_environment(templates, reference)
    pages = {"index.md": _render(environment, "index.md", reference)}
    for resource in reference.resources:
        pages[f"{resource.name}.md"] = _render(
            environment, "resource.md", reference, resource=resource
        )
    if reference.models:
        pages["models.md"] = _render(environment, "models.md", reference)
    return pages


def _render(
    environment: jinja2.Environment, name: str, reference: Reference, **more: object
) -> str:
    template = environment.get_template(f"{name}.jinja")
    text = template.render(reference=reference, package=reference.package, **more)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _make_environment(templates: Path, reference: Reference) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates / "reference"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 -- Markdown; `text` and `cell` escape what a vendor wrote
    )
    models = {one.model.name for one in reference.models}
    environment.filters |= {
        "cell": _cell,
        "text": escape_html,
        "type": partial(link_type, models),
        "signature": _signature,
    }
    environment.globals["write_example"] = _write_example
    return environment


def escape_html(text: str) -> str:
    """Return Markdown of a vendor in which no HTML is active, in code as it was.

    Links that lead to places of the vendor's own site become their texts, and images links.
    """
    parts = OUTSIDE.split(text)
    for index in range(0, len(parts), 2):
        escaped = parts[index].replace("&", "&amp;").replace("<", "&lt;")
        parts[index] = LINK.sub(_keep_address, escaped)
    return "".join(parts)


def _keep_address(found: re.Match[str]) -> str:
    is_absolute = found[2].startswith(("https://", "http://", "mailto:"))
    return f"[{found[1] or 'image'}]({found[2]}{found[3]})" if is_absolute else found[1]


def _cell(text: str) -> str:
    """Return a text for a cell of a table, without its lists and line breaks."""
    return escape_html(" ".join(text.split())).replace("|", "\\|")


def link_type(models: set[str], annotation: str) -> str:
    """Return a type with links to the models that it names."""
    plain = annotation.replace("List[", "list[").replace("models.", "").replace("dicts.", "")
    plain = plain.replace("|", "&#124;")

    def link(found: re.Match[str]) -> str:
        name = found[0]
        model = name.removesuffix("Dict") if name not in models else name
        return f"[{name}](models.md#{model.lower()})" if model in models else name

    linked = IDENTIFIER.sub(link, plain)
    return f"<code>{linked}</code>"


def _signature(method: Method, prefix: str) -> str:
    words = [one.name if one.default is None else f"{one.name}=..." for one in method.arguments]
    if method.keyword_only < len(words):
        words.insert(method.keyword_only, "*")
    head = f"{prefix}.{method.name}"
    line = f"{head}({', '.join(words)})"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{head}(", *(f"    {word}," for word in words), ")"])


def _write_example(package: Package, call: Call) -> str:
    """Return a program with one call; its client is made as in the package's own example."""
    opening = next((one for one in package.example.splitlines() if one.startswith("with ")), "")
    made = re.fullmatch(r"with (.*) as \w+:.*", opening)
    constructed = made[1] if made else f"{package.client}()"
    names = ", ".join(sorted({package.client, *call.models}))
    ours = f"from {package.import_name} import {names}"
    standard = "".join(f"{line}\n" for line in sorted(call.imports))
    imports = f"{standard}\n{ours}" if standard else ours
    return f"{imports}\n\nclient = {constructed}\n{call.source}"
