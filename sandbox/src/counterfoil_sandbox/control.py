"""The control endpoint, below /_control: faults, the request log, reset and revoke."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .faults import FaultsError, read_rules, show_rules
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
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FaultsError(f"The body is not JSON: {error}") from error
    if not isinstance(document, dict) or document.keys() != {"fault"}:
        example = '{"kind": "reset", "api": "flow"}'
        raise FaultsError(f'The body must be {{"fault": [...]}}, a list of rules such as {example}')
    box.faults = read_rules(document["fault"])
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
        "api": logged.api,
        "method": logged.method,
        "path": logged.path,
        "query": logged.query,
        "headers": logged.headers,
        "status": logged.status,
        "body": logged.body.decode(errors="replace"),
    }


ACTIONS: dict[str, dict[str, Action]] = {
    "faults": {"GET": _show_faults, "PUT": _put_faults, "DELETE": _delete_faults},
    "requests": {"GET": _show_requests},
    "reset": {"POST": _reset},
    "revoke": {"POST": _revoke},
}
