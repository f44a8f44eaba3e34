"""The control endpoint, below /_control: faults, options, clock, request log, reset, revoke."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from .faults import read_rules, show_rules
from .http import Request, Response, answer_json
from .request_log import LoggedRequest
from .state import SandboxState

PREFIX = "_control"
Action = Callable[[SandboxState, bytes], Any]


def answer_control(box: SandboxState, request: Request, name: str) -> Response:
    """Answer a request to the control endpoint."""
    actions = ACTIONS.get(name)
    if actions is None:
        message = f"There is no control {name!r}. The controls are {', '.join(ACTIONS)}."
        return answer_json({"error": message}, 404)
    if request.method not in actions:
        allowed = ", ".join(actions)
        message = f"{name} takes {allowed}, not {request.method}."
        return answer_json({"error": message}, 405, {"Allow": allowed})
    try:
        return answer_json(actions[request.method](box, request.body or b""))
    except ValueError as error:
        return answer_json({"error": str(error)}, 400)


def _show_faults(box: SandboxState, body: bytes = b"") -> Any:
    return {"fault": show_rules(box.faults)}


def _put_faults(box: SandboxState, body: bytes) -> Any:
    rules = _read_member(body, "fault", '[{"kind": "reset", "api": "flow"}]')
    box.faults = read_rules(rules)
    return _show_faults(box)


def _delete_faults(box: SandboxState, body: bytes) -> Any:
    box.faults = ()
    return _show_faults(box)


def _reset(box: SandboxState, body: bytes) -> Any:
    box.reset()
    return {"apis": list(box.apis)}


def _revoke(box: SandboxState, body: bytes) -> Any:
    box.revoke()
    return {"apis": list(box.apis)}


def _show_requests(box: SandboxState, body: bytes) -> Any:
    return {"requests": [_show_request(each) for each in box.requests]}


def _show_request(logged: LoggedRequest) -> dict[str, Any]:
    return {
        "number": logged.number,
        "at": logged.at.isoformat(timespec="milliseconds"),
        "milliseconds": round(logged.seconds * 1000, 1),
        "outcome": logged.outcome,
        "reasons": [{"message": each.message, "line": each.line} for each in logged.reasons],
        "api": logged.api,
        "method": logged.method,
        "path": logged.path,
        "query": logged.query,
        "headers": logged.headers,
        "status": logged.status,
        "body": logged.body.decode(errors="replace"),
    }


def _show_options(box: SandboxState, body: bytes = b"") -> Any:
    return {"options": box.options}


def _put_options(box: SandboxState, body: bytes) -> Any:
    document = _read_object(body, "options", '{"vtex": {"repeated_numbers": true}}')
    if not all(isinstance(values, dict) for values in document.values()):
        raise ValueError('The options of an API are an object, such as {"repeated_numbers": true}')
    box.options = document
    return _show_options(box)


def _delete_options(box: SandboxState, body: bytes) -> Any:
    box.options = {}
    return _show_options(box)


def _show_clock(box: SandboxState, body: bytes = b"") -> Any:
    return {"clock": box.read_time().isoformat()}


def _put_clock(box: SandboxState, body: bytes) -> Any:
    text = _read_member(body, "clock", '"2026-01-31T09:00:00Z"')
    if not isinstance(text, str):
        raise ValueError(f"The clock is a text, such as 2026-01-31T09:00:00Z, and not {text!r}")
    try:
        moment = datetime.fromisoformat(text)
        box.move_clock(moment)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"The clock cannot be {text!r}: {error}") from error
    return _show_clock(box)


def _delete_clock(box: SandboxState, body: bytes) -> Any:
    box.move_clock(None)
    return _show_clock(box)


def _read_object(body: bytes, name: str, example: str) -> dict[str, Any]:
    found = _read_member(body, name, example)
    if not isinstance(found, dict):
        raise ValueError(f'{name} is an object, as in {{"{name}": {example}}}')
    return found


def _read_member(body: bytes, name: str, example: str) -> Any:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"The body is not JSON: {error}") from error
    if not isinstance(document, dict) or document.keys() != {name}:
        raise ValueError(f'The body must be like {{"{name}": {example}}}')
    return document[name]


ACTIONS: dict[str, dict[str, Action]] = {
    "faults": {"GET": _show_faults, "PUT": _put_faults, "DELETE": _delete_faults},
    "options": {"GET": _show_options, "PUT": _put_options, "DELETE": _delete_options},
    "clock": {"GET": _show_clock, "PUT": _put_clock, "DELETE": _delete_clock},
    "requests": {"GET": _show_requests},
    "reset": {"POST": _reset},
    "revoke": {"POST": _revoke},
}
