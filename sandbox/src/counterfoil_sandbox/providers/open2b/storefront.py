"""Open2b, storefront: the administration's invoices of the customer who is logged in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ...http import Request, Response
from ...options import Option
from ...provider import Call, Clock, Problem
from ...rate_limits import Limiter
from ...specification import Operation, RateLimit, Specification
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
from .store import LOGINS, Login

HEADER = "X-Customer-Key"
CUSTOMER = 812
KEY = "sandbox-customer-812"
DEFAULT_LIMIT = 100  # not documented
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Open2bStorefront:
    """storefront.invoices, version 10, and the login that returns a customer's key."""

    refuses_unknown_fields: ClassVar[bool] = True
    facts: ClassVar[Mapping[str, str]] = {"currency": "EUR", "time_zone": "UTC"}
    secrets: ClassVar[tuple[str, ...]] = ("password",)
    account: ClassVar[Mapping[str, str]] = {
        "store": "sandbox.example",
        "email": LOGINS[CUSTOMER].email,
        "password": LOGINS[CUSTOMER].password,
    }
    credentials: ClassVar[Mapping[str, str]] = {**account, "customer_key": KEY}
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
        self._invoices = store
        self._keys = {KEY: CUSTOMER}
        self._handlers = {"storefront.invoices": self._list, "storefront.login": self._log_in}

    def revoke(self) -> None:
        """Log every customer out."""
        self._keys.clear()

    def close(self) -> None:
        """Delete all invoices."""
        self._invoices.close()

    def authenticate(self, operation: Operation, path: str, request: Request) -> Response | None:
        """Accept the key of a customer."""
        key = request.headers.get(HEADER.lower(), "")
        return None if key in self._keys else answer_key(key)

    def refuse(self, problem: Problem) -> Response:
        """Answer with an error in status 200, or with text if the method is not reached."""
        return answer_problem(problem)

    def answer(self, call: Call) -> Response:
        """Carry out a valid call."""
        try:
            return self._handlers[call.operation.id](call)
        except Refused as refused:
            return answer_error(refused)

    def _list(self, call: Call) -> Response:
        body: Mapping[str, Any] = call.body
        customer = self._keys[call.headers[HEADER.lower()]]
        conditions = {**body.get("conditions", {}), "customer": customer}
        limit = body.get("limit", DEFAULT_LIMIT)
        first = body.get("first", 0)
        found = self._invoices.find_for_customer(conditions, limit, first, body.get("fields"))
        return answer_ok(invoices=found, count=self._invoices.count(conditions))

    def _log_in(self, call: Call) -> Response:
        email = call.body["email"]
        if not EMAIL.fullmatch(email):
            raise refuse(call.operation.errors, "email", "InvalidValue", {"email": email})
        customers = {login: number for number, login in LOGINS.items()}
        customer = customers.get(Login(email, call.body["password"]))
        if customer is None:
            raise refuse(call.operation.errors, "email", "InvalidCombination", {})
        key = f"sandbox-customer-{customer}-{len(self._keys)}"
        self._keys[key] = customer
        return answer_ok({HEADER: key})
