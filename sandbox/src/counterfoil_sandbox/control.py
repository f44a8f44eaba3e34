"""The control endpoint, below /_control: faults, the log of requests, and back to the beginning."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .exchange import Answer, Request, answer_json
from .faults import FaultsError, read_rules, show_rules

if TYPE_CHECKING:
    from .sandbox import Sandbox

PREFIX = "_control"
Action = Callable[["Sandbox", bytes], Any]


def answer_control(box: Sandbox, request: Request, name: str) -> Answer:
    """Carry out what is asked of the sandbox itself."""
    actions = ACTIONS.get(name)
    if actions is None:
        return answer_json({"error": f"There is no control {name!r}; there is {', '.join(ACTIONS)}."}, 404)
    if request.method not in actions:
        allowed = ", ".join(actions)
        return answer_json({"error": f"{name} takes {allowed}, not {request.method}."}, 405, {"Allow": allowed})
    try:
        return answer_json(actions[request.method](box, request.body or b""))
    except ValueError as error:
        return answer_json({"error": str(error)}, 400)


def _show_faults(box: Sandbox, body: bytes = b"") -> Any:
    return {"fault": show_rules(box.faults)}


def _put_faults(box: Sandbox, body: bytes) -> Any:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FaultsError(f"The body is not JSON: {error}") from error
    if not isinstance(document, dict) or document.keys() != {"fault"}:
        raise FaultsError('The body must be {"fault": [...]}, a list of rules such as {"kind": "reset", "api": "flow"}')
    box.faults = read_rules(document["fault"])
    return _show_faults(box)


def _delete_faults(box: Sandbox, body: bytes) -> Any:
    box.faults = ()
    return _show_faults(box)


def _reset(box: Sandbox, body: bytes) -> Any:
    box.reset()
    return {"apis": list(box.apis)}


def _revoke(box: Sandbox, body: bytes) -> Any:
    box.revoke()
    return {"apis": list(box.apis)}


def _show_requests(box: Sandbox, body: bytes) -> Any:
    return {
        "requests": [
            {name: getattr(each, name) for name in ("api", "method", "path", "query", "headers", "status")}
            | {"body": each.body.decode(errors="replace")}
            for each in box.requests
        ]
    }


ACTIONS: dict[str, dict[str, Action]] = {
    "faults": {"GET": _show_faults, "PUT": _put_faults, "DELETE": _delete_faults},
    "requests": {"GET": _show_requests},
    "reset": {"POST": _reset},
    "revoke": {"POST": _revoke},
}
