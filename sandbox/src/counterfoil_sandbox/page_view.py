"""The HTML of the page: its templates, and the values that they print."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from . import exact_json
from .faults import KINDS, FaultRule, show_rules
from .providers import OPTIONS
from .request_log import MOST_SHOWN, OUTCOMES, LoggedRequest
from .snippets import write_curl, write_python, write_toml
from .specification import load_specification
from .state import SandboxState

if TYPE_CHECKING:
    import jinja2

MOST_ROWS = 100


@cache
def _environment() -> jinja2.Environment:
    import jinja2  # here, because a sandbox in tests shows no page
    from markupsafe import Markup, escape

    folder = files(__package__) / "page"
    load = jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8"))
    environment = jinja2.Environment(
        loader=load, autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["breakable"] = lambda text: escape(text).replace("/", Markup("/<wbr>"))
    return environment


def write_index(box: SandboxState, base: str) -> str:
    """Return the page with everything on it."""
    apis = [_describe_api(box, api, f"{base}/{api}") for api in box.apis]
    values = {**_list_controls(box), **_list_rows(box, {}), "apis": apis, "outcomes": OUTCOMES}
    return _environment().get_template("index.html.jinja").render(values)


def write_controls(box: SandboxState) -> str:
    """Return the controls alone."""
    values = {**_list_controls(box), "apis": [{"name": api} for api in box.apis]}
    return _environment().get_template("controls.html.jinja").render(values)


def write_log(box: SandboxState, wanted: Mapping[str, str]) -> str:
    """Return the latest requests of an API and an outcome, or that contain a text."""
    return _environment().get_template("log.html.jinja").render(_list_rows(box, wanted))


def write_request(box: SandboxState, number: int) -> str | None:
    """Return a request and its response; None if the log does not have it any more."""
    for one in box.requests:
        if one.number == number:
            template = _environment().get_template("request.html.jinja")
            return template.render(one=one, sides=_list_sides(one))
    return None


def _describe_api(box: SandboxState, api: str, url: str) -> dict[str, Any]:
    specification = load_specification(api)
    copies = {"curl": write_curl(box, api, url), "accounts.toml": write_toml(box, api, url)}
    if specification.package:
        copies = {"Python": write_python(box, api, url), **copies}
    return {
        "name": api,
        "title": specification.title,
        "summary": specification.summary,
        "url": url,
        "operations": len(specification.operations),
        "credentials": dict(box.credentials(api)),
        "copies": copies,
    }


def _list_controls(box: SandboxState) -> dict[str, Any]:
    options = []
    for api, values in box.options.items():
        for name, value in values.items():
            declared = OPTIONS[api][name]
            options.append(
                {
                    "api": api,
                    "name": name,
                    "value": value,
                    "meaning": declared.meaning,
                    "choices": declared.choices,
                }
            )
    return {
        "faults": [{"text": _describe_rule(rule)} for rule in box.faults],
        "rules": json.dumps(show_rules(box.faults)),
        "kinds": KINDS,
        "now": box.read_time().astimezone(UTC),
        "is_moved": box.is_clock_moved,
        "options": options,
    }


def _describe_rule(rule: FaultRule) -> str:
    """Return a rule in words: `latency of 500 ms, flow, 10 % of calls, at most 3`."""
    own = {
        "latency": f" of {rule.delay_ms} ms",
        "rate-limit": f", retry after {rule.retry_after} s",
        "server-error": f" {rule.status}",
    }
    where = "all APIs" if rule.api == "*" else rule.api
    if rule.operation != "*":
        where += f" {rule.operation}"
    share = "every call" if rule.rate == 1 else f"{rule.rate * 100:g} % of calls"
    most = f", at most {rule.times}" if rule.times else ""
    return f"{rule.kind}{own.get(rule.kind, '')}, {where}, {share}{most}"


def _list_rows(box: SandboxState, wanted: Mapping[str, str]) -> dict[str, Any]:
    found = [one for one in reversed(box.requests) if _is_wanted(one, wanted)]
    return {"count": box.request_count, "found": len(found), "shown": found[:MOST_ROWS]}


def _is_wanted(one: LoggedRequest, wanted: Mapping[str, str]) -> bool:
    if wanted.get("api") not in (None, "", one.api):
        return False
    if wanted.get("outcome") not in (None, "", one.outcome):
        return False
    shown = f"{one.method} {one.path}?{one.query} {one.status}".lower()
    return wanted.get("text", "").strip().lower() in shown


def _list_sides(one: LoggedRequest) -> list[dict[str, Any]]:
    note = ""
    if one.response_size > MOST_SHOWN:
        note = f"The first {MOST_SHOWN:,} of {one.response_size:,} bytes."
    return [
        {"title": "Request", "headers": one.headers, "body": _show_body(one.body), "note": ""},
        {
            "title": f"Response {one.status}",
            "headers": one.response_headers,
            "body": _show_body(one.response_body),
            "note": note,
        },
    ]


def _show_body(body: bytes) -> str:
    """Return a body as text, JSON with a line for each value and all digits."""
    try:
        return _indent(exact_json.decode(body), 0)
    except exact_json.BrokenJson:
        return body.decode(errors="replace")


def _indent(value: Any, depth: int) -> str:
    pad = "  " * (depth + 1)
    if isinstance(value, dict) and value:
        members = []
        for name, one in value.items():
            members.append(f"{pad}{exact_json.encode(name)}: {_indent(one, depth + 1)}")
        return "{\n" + ",\n".join(members) + f"\n{pad[2:]}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(pad + _indent(one, depth + 1) for one in value) + f"\n{pad[2:]}]"
    return exact_json.encode(value)
