"""Open2b, administration: find, count, read, create, update and delete invoices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from ...http import Request, Response
from ...options import Option
from ...provider import Call, Clock, Problem
from ...rate_limits import Limiter
from ...specification import Operation, RateLimit, Specification
from .drafts import DATE_TIME, change_draft, draft_invoice
from .invoices import Invoices
from .refusals import (
    CALLS,
    Refused,
    answer_error,
    answer_key,
    answer_ok,
    answer_problem,
    limit_calls,
    refuse,
)
from .rules import Case, check_draft

KEY = "sandbox-5f2c7d90e1"
KEY_HEADERS = ("x-key", "x-secret-key")
DEFAULT_LIMIT = 100  # not documented


class Open2bAdmin:
    """commerce.invoices, version 6."""

    refuses_unknown_fields: ClassVar[bool] = True
    facts: ClassVar[Mapping[str, str]] = {"currency": "EUR", "time_zone": "UTC"}
    secrets: ClassVar[tuple[str, ...]] = ("key",)
    account: ClassVar[Mapping[str, str]] = {"store": "sandbox.example", "key": KEY}
    credentials: ClassVar[Mapping[str, str]] = {"key": KEY}

    options: ClassVar[Mapping[str, Option]] = {"calls": CALLS}

    def __init__(
        self,
        specification: Specification,
        seed: int,
        invoices: int,
        clock: Clock,
        *,
        store: Invoices,
        calls: int = 1000,
    ) -> None:
        self.limiter: Callable[[RateLimit], Limiter] = limit_calls(calls)
        self._clock = clock
        self._invoices = store
        self._handlers: dict[str, Callable[[Call], Response]] = {
            "commerce.invoices.find": self._find,
            "commerce.invoices.get": self._get,
            "commerce.invoices.count": self._count,
            "commerce.invoices.create": self._create,
            "commerce.invoices.update": self._update,
            "commerce.invoices.delete": self._delete,
        }

    def revoke(self) -> None:
        """Do nothing: this API issues no tokens."""

    def close(self) -> None:
        """Delete all invoices."""
        self._invoices.close()

    def authenticate(self, operation: Operation, path: str, request: Request) -> Response | None:
        """Accept the store's key in its old or its new header."""
        given = [request.headers[name] for name in KEY_HEADERS if name in request.headers]
        key = given[0] if given else ""
        return None if key == KEY else answer_key(key)

    def refuse(self, problem: Problem) -> Response:
        """Answer with an error in status 200, or with text if the method is not reached."""
        return answer_problem(problem)

    def answer(self, call: Call) -> Response:
        """Carry out a valid call."""
        try:
            return self._handlers[call.operation.id](call)
        except Refused as refused:
            return answer_error(refused)

    def _find(self, call: Call) -> Response:
        body = call.body
        found = self._invoices.find(
            conditions=body.get("conditions", {}),
            order=body.get("order", []),
            limit=body.get("limit", DEFAULT_LIMIT),
            first=body.get("first", 0),
            fields=body.get("fields"),
        )
        return answer_ok(invoices=found)

    def _get(self, call: Call) -> Response:
        conditions = {"ids": [call.body["id"]]}
        fields = call.body.get("fields")
        found = self._invoices.find(conditions, order=[], limit=1, first=0, fields=fields)
        return answer_ok(invoice=found[0] if found else None)

    def _count(self, call: Call) -> Response:
        return answer_ok(count=self._invoices.count(call.body.get("conditions", {})))

    def _create(self, call: Call) -> Response:
        form = _read_form(call.body["invoice"])
        now = self._now()
        draft = draft_invoice(form, now)
        totals = check_draft(Case(draft, form, call.operation.errors, now))
        return answer_ok(id=self._invoices.add(draft, totals, now.strftime(DATE_TIME)))

    def _update(self, call: Call) -> Response:
        number = call.body["id"]
        changes = _read_form(call.body["invoice"])
        now = self._now()
        known = self._invoices.find_draft(number)
        if known is None:
            raise refuse(call.operation.errors, "id", "NotFound", {"id": number})
        draft = change_draft(known, changes)
        totals = check_draft(Case(draft, changes, call.operation.errors, now, number))
        self._invoices.change(number, draft, totals, now.strftime(DATE_TIME))
        return answer_ok()

    def _delete(self, call: Call) -> Response:
        self._invoices.delete(call.body["ids"])
        return answer_ok()

    def _now(self) -> datetime:
        """Return the store's time: without a zone, in that of the machine."""
        return self._clock().astimezone().replace(tzinfo=None)


def _read_form(form: Mapping[str, Any]) -> Mapping[str, Any]:
    for discount in form.get("discounts", []):
        for part in ("type", "value"):
            if part not in discount:
                raise Refused(part, "Missing", f"Field '{part}' is missing")
    return form
