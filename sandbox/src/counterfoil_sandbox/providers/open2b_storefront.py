"""Open2b, storefront: the invoices of the customer who is logged in. They are those of the administration."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ..exchange import Answer, Call, Clock, Problem
from ..limits import Limiter
from ..open2b.invoices import Invoices
from ..open2b.refusals import CALLS, Refused, answer_error, answer_key, answer_ok, answer_problem, limit_calls, refuse
from ..open2b.store import LOGINS
from ..options import Option
from ..specification import Operation, RateLimit, Specification

HEADER = "X-Customer-Key"
CUSTOMER = 812
KEY = "sandbox-customer-812"
DEFAULT_LIMIT = 100  # not documented
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Open2bStorefront:
    """storefront.invoices, version 10, and the login that gives a customer's key."""

    refuses_unknown_fields: ClassVar[bool] = True
    account: ClassVar[Mapping[str, str]] = {
        "store": "sandbox.example",
        "email": LOGINS[CUSTOMER].email,
        "password": LOGINS[CUSTOMER].password,
    }
    credentials: ClassVar[Mapping[str, str]] = {**account, "customer_key": KEY}
    options: ClassVar[Mapping[str, Option]] = {"calls": CALLS}

    def __init__(
        self, specification: Specification, seed: int, invoices: int, clock: Clock, *, store: Invoices, calls: int = 1000
    ) -> None:
        self.limiter: Callable[[RateLimit], Limiter] = limit_calls(calls)
        self._invoices = store
        self._keys = {KEY: CUSTOMER}
        self._handlers = {"storefront.invoices": self._list, "storefront.login": self._log_in}

    def revoke(self) -> None:
        """Log every customer out."""
        self._keys.clear()

    def close(self) -> None:
        """Forget the invoices."""
        self._invoices.close()

    def authenticate(self, operation: Operation, path: str, headers: Mapping[str, str]) -> Answer | None:
        """There are no invoices without a customer."""
        key = headers.get(HEADER.lower(), "")
        return None if key in self._keys else answer_key(key)

    def refuse(self, problem: Problem) -> Answer:
        """Answer with an error in status 200, or with text where the method is not reached."""
        return answer_problem(problem)

    def answer(self, call: Call) -> Answer:
        """Carry out a valid call."""
        try:
            return self._handlers[call.operation.id](call)
        except Refused as refused:
            return answer_error(refused)

    def _list(self, call: Call) -> Answer:
        body: Mapping[str, Any] = call.body
        conditions = {**body.get("conditions", {}), "customer": self._keys[call.headers[HEADER.lower()]]}
        limit, first = body.get("limit", DEFAULT_LIMIT), body.get("first", 0)
        found = self._invoices.find_for_customer(conditions, limit, first, body.get("fields"))
        return answer_ok(invoices=found, count=self._invoices.count(conditions))

    def _log_in(self, call: Call) -> Answer:
        email, password = call.body["email"], call.body["password"]
        if not EMAIL.fullmatch(email):
            raise refuse(call.operation.errors, "email", "InvalidValue", {"email": email})
        customer = next((number for number, each in LOGINS.items() if (each.email, each.password) == (email, password)), None)
        if customer is None:
            raise refuse(call.operation.errors, "email", "InvalidCombination", {})
        key = f"sandbox-customer-{customer}-{len(self._keys)}"
        self._keys[key] = customer
        return answer_ok({HEADER: key})
