"""Open2b, administration: invoices that are found, counted, read, created, updated and deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from ..exchange import Answer, Call, Clock, Fault, Problem, answer_json, answer_text
from ..limits import FixedWindow, Limiter
from ..open2b.drafts import DATE_TIME, change_draft, draft_invoice
from ..open2b.invention import invent_forms
from ..open2b.invoices import Invoices, show
from ..open2b.rules import Case, Refused, check_draft, refuse
from ..specification import Operation, Specification

KEY = "sandbox-5f2c7d90e1"
KEY_HEADERS = ("x-key", "x-secret-key")
DEFAULT_LIMIT = 100  # not documented
TEXTS = {
    Fault.UNKNOWN_ROUTE: "404 Not Found",
    Fault.WRONG_METHOD: "405 Method Not Allowed",
    Fault.TOO_LARGE: "413 Content Too Large",
    Fault.WRONG_MEDIA_TYPE: "415 Unsupported Media Type",
    Fault.TOO_MANY: "429 Too Many Requests",
    Fault.FAILURE: "500 Internal Server Error",
}
# A store names one error: first the fields it does not know, then those it misses, then wrong values.
RANKS = {"additionalProperties": (0, "UnknownField"), "required": (1, "Missing")}
WRONG_VALUES = frozenset({"enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})


class Open2bAdmin:
    """commerce.invoices, version 6."""

    limiter: ClassVar[type[Limiter]] = FixedWindow
    refuses_unknown_fields: ClassVar[bool] = True
    account: ClassVar[Mapping[str, str]] = {"store": "sandbox.example", "key": KEY}
    credentials: ClassVar[Mapping[str, str]] = {"key": KEY}

    def __init__(self, specification: Specification, seed: int, invoices: int, clock: Clock) -> None:
        self._clock = clock
        self._invoices = Invoices()
        self._handlers: dict[str, Callable[[Call], Answer]] = {
            "commerce.invoices.find": self._find,
            "commerce.invoices.get": self._get,
            "commerce.invoices.count": self._count,
            "commerce.invoices.create": self._create,
            "commerce.invoices.update": self._update,
            "commerce.invoices.delete": self._delete,
        }
        self._fill(seed, invoices)

    def close(self) -> None:
        """Forget the invoices."""
        self._invoices.close()

    def authenticate(self, operation: Operation, path: str, headers: Mapping[str, str]) -> Answer | None:
        """Every method needs the store's key, under its old or its new header."""
        key = next((headers[name] for name in KEY_HEADERS if name in headers), "")
        if key == KEY:
            return None
        return answer_text(f"403 Forbidden, {'malformed' if key else 'missing'} key", 403)

    def refuse(self, problem: Problem) -> Answer:
        """Answer with an error in status 200, or with text where the method is not reached."""
        if problem.fault in TEXTS:
            text = TEXTS[problem.fault]
            return answer_text(text, int(text[:3]))
        if problem.violations:
            return _answer_error(_name_refusal(problem))
        method = problem.operation.id if problem.operation else ""
        return _answer_error(Refused(method, "Malformed", "The request is not JSON"))

    def answer(self, call: Call) -> Answer:
        """Carry out a valid call."""
        try:
            return self._handlers[call.operation.id](call)
        except Refused as refused:
            return _answer_error(refused)

    def _find(self, call: Call) -> Answer:
        body = call.body
        limit, first = body.get("limit", DEFAULT_LIMIT), body.get("first", 0)
        found = self._invoices.find(body.get("conditions", {}), body.get("order", []), limit, first)
        shown = ",".join(show(number, view, body.get("fields")) for number, view in found)
        return Answer(200, f'{{"status":"ok","invoices":[{shown}]}}'.encode())

    def _get(self, call: Call) -> Answer:
        found = self._invoices.find({"ids": [call.body["id"]]}, [], 1, 0)
        shown = [show(number, view, call.body.get("fields")) for number, view in found] or ["null"]
        return Answer(200, f'{{"status":"ok","invoice":{shown[0]}}}'.encode())

    def _count(self, call: Call) -> Answer:
        return _answer_ok(count=self._invoices.count(call.body.get("conditions", {})))

    def _create(self, call: Call) -> Answer:
        form, now = _read_form(call.body["invoice"]), self._now()
        draft = draft_invoice(form, now)
        totals = check_draft(Case(draft, form, call.operation.errors, now))
        return _answer_ok(id=self._invoices.add(draft, totals, now.strftime(DATE_TIME)))

    def _update(self, call: Call) -> Answer:
        number, changes, now = call.body["id"], _read_form(call.body["invoice"]), self._now()
        known = self._invoices.find_draft(number)
        if known is None:
            raise refuse(call.operation.errors, "id", "NotFound", {"id": number})
        draft = change_draft(known, changes)
        totals = check_draft(Case(draft, changes, call.operation.errors, now, number))
        self._invoices.change(number, draft, totals, now.strftime(DATE_TIME))
        return _answer_ok()

    def _delete(self, call: Call) -> Answer:
        self._invoices.delete(call.body["ids"])
        return _answer_ok()

    def _now(self) -> datetime:
        """The store's time has no zone; its clock is that of the machine."""
        return self._clock().astimezone().replace(tzinfo=None)

    def _fill(self, seed: int, count: int) -> None:
        for form, labels in invent_forms(seed, count):
            moment = datetime.strptime(form["creationTime"], DATE_TIME)
            draft = draft_invoice(form, moment)
            self._invoices.add(draft, check_draft(Case(draft, form, (), moment)), form["creationTime"], labels)


def _read_form(form: Mapping[str, Any]) -> Mapping[str, Any]:
    for discount in form.get("discounts", []):
        for part in ("type", "value"):
            if part not in discount:
                raise Refused(part, "Missing", f"Field '{part}' is missing")
    return form


def _name_refusal(problem: Problem) -> Refused:
    worst = min(problem.violations, key=lambda each: RANKS.get(each.keyword, (2, ""))[0])
    kind = RANKS.get(worst.keyword, (2, "InvalidValue" if worst.keyword in WRONG_VALUES else "Malformed"))[1]
    if kind == "UnknownField":
        return Refused("unknown", kind, f"Field '{worst.field}' is unknown")
    if kind == "Missing":
        return Refused(worst.field, kind, f"Field '{worst.field}' is missing")
    if worst.keyword == "maxItems" and problem.operation:
        return refuse(problem.operation.errors, worst.field, kind, {})
    method = problem.operation.id if problem.operation else ""
    return Refused(worst.field or method, kind, f"Value of '{worst.field or method}' is wrong: {worst.message}")


def _answer_ok(**values: int) -> Answer:
    return answer_json({"status": "ok", **values})


def _answer_error(refused: Refused) -> Answer:
    error = {"field": refused.field, "type": refused.kind, "description": refused.description}
    return answer_json({"status": "error", "error": error})
