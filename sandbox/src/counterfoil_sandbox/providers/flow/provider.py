"""Flow: consumer invoices for orders, and the credit memos against them."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from ...http import Request, Response, answer_json
from ...provider import Call, Clock, Problem, Rejection
from ...rate_limits import Limiter, TokenBucket
from ...specification import Operation, Specification
from .invoices import Invoices, Record
from .prices import show_levy, show_price

ORGANIZATION = "lantern-house"
TOKEN = "sandbox-flow-token"  # noqa: S105 -- opens nothing but the sandbox
AUTHORIZATION = "Basic " + base64.b64encode(f"{TOKEN}:".encode()).decode()
LIMIT = 25
LARGEST_OFFSET = 2**62  # of those that SQLite accepts
NO_REFUND = re.compile(r"rfd-0+")
IDENTIFIER = re.compile(r"cin-([0-9a-f]{10})")
MEMO_IDENTIFIER = re.compile(r"crm-([0-9a-f]{10})")
STATUSES = {
    Rejection.UNKNOWN_ROUTE: 404,
    Rejection.WRONG_METHOD: 405,
    Rejection.TOO_LARGE: 413,
    Rejection.WRONG_MEDIA_TYPE: 415,
    Rejection.TOO_MANY: 429,
    Rejection.FAILURE: 500,
}
MESSAGES = {
    Rejection.WRONG_METHOD: "The method is not allowed here",
    Rejection.TOO_LARGE: "The body exceeds 1 MiB",
    Rejection.WRONG_MEDIA_TYPE: "The body must be application/json",
    Rejection.BROKEN_BODY: "The body is not JSON",
    Rejection.TOO_MANY: "There were too many requests",
    Rejection.FAILURE: "Flow failed; its staff has been notified",
}


Line = Mapping[str, Any]
"""A line of a credit memo as a caller sends it."""


class Unprocessable(Exception):
    """The body is refused, with one message or several."""


class NotFound(Exception):
    """The resource does not exist: status 404, or 422 if the operation documents no 404."""


class Flow:
    """Consumer invoices. Every order number exists; its end may change how the order behaves."""

    refuses_unknown_fields: ClassVar[bool] = False
    facts: ClassVar[Mapping[str, str]] = {}
    secrets: ClassVar[tuple[str, ...]] = ("token",)
    account: ClassVar[Mapping[str, str]] = {"organization": ORGANIZATION, "token": TOKEN}
    credentials: ClassVar[Mapping[str, str]] = account
    limiter: ClassVar[type[Limiter]] = TokenBucket  # no rate limit is documented

    def __init__(
        self, specification: Specification, seed: int, invoices: int, clock: Clock
    ) -> None:
        self._clock = clock
        self._exports = 0
        self._invoices = Invoices(seed, invoices, clock())
        self._handlers: dict[str, Callable[[Call], Response]] = {
            "get": self._list,
            "getByKey": self._get,
            "putByKey": self._put,
            "putOrderByNumber": self._put_order,
            "deleteByKey": self._delete,
            "postExports": self._export,
            "getCreditMemos": self._list_memos,
            "postCreditAndMemosByInvoiceKey": self._put_memo,
            "putCreditAndMemosByInvoiceKeyAndKey": self._put_memo,
            "deleteCreditAndMemosByInvoiceKeyAndKey": self._delete_memo,
        }

    def revoke(self) -> None:
        """Do nothing: this API issues no tokens."""

    def close(self) -> None:
        """Delete all invoices."""
        self._invoices.close()

    def authenticate(self, operation: Operation, path: str, request: Request) -> Response | None:
        """Accept the token as a user name with an empty password."""
        if request.headers.get("authorization") == AUTHORIZATION:
            return None
        return _answer_empty(401)

    def refuse(self, problem: Problem) -> Response:
        """Answer with messages, or with an empty body if the path does not exist."""
        if problem.fault is Rejection.UNKNOWN_ROUTE:
            return _answer_empty(404)
        if problem.fault in (Rejection.INVALID, Rejection.BROKEN_BODY):
            messages = [f"{each.field}: {each.message}" for each in problem.violations]
            return _answer_error(422, messages or [MESSAGES[Rejection.BROKEN_BODY]])
        code = "server_error" if problem.fault is Rejection.FAILURE else "client_error"
        return _answer_error(STATUSES[problem.fault], [MESSAGES[problem.fault]], code)

    def answer(self, call: Call) -> Response:
        """Carry out a valid call."""
        try:
            if call.parameters["organization"] != ORGANIZATION:
                raise NotFound(f"There is no organization {call.parameters['organization']}")
            return self._handlers[call.operation.id](call)
        except NotFound as error:
            if 404 in call.operation.responses:
                return _answer_empty(404)
            return _answer_error(422, [str(error)])
        except Unprocessable as error:
            return _answer_error(422, list(error.args))

    def _list(self, call: Call) -> Response:
        return self._show(self._invoices.find(*_read_search(call, IDENTIFIER)))

    def _list_memos(self, call: Call) -> Response:
        now = self._clock()
        memos = self._invoices.list_memos(*_read_search(call, MEMO_IDENTIFIER))
        return answer_json([self._invoices.show_memo(*one, now) for one in memos])

    def _get(self, call: Call) -> Response:
        return self._show_one(call.parameters["key"], 200)

    def _put(self, call: Call) -> Response:
        key = call.parameters["key"]
        number = call.body["order_number"]
        attributes = call.body.get("attributes", {})
        _check_order(number)
        known = self._invoices.find_one(key)
        if known:
            self._invoices.change(known["id"], number, attributes)
        else:
            self._invoices.add(key, number, 1, 1, self._clock(), attributes)
        return self._show_one(key, 200 if known else 201)

    def _put_order(self, call: Call) -> Response:
        number = call.parameters["number"]
        attributes = call.body.get("attributes", {})
        _check_order(number)
        known = self._invoices.find_of_order(number)
        parts = 2 if number.endswith("-parts") else 1
        keys: list[str] = []
        if not known:
            keys = [f"{number}/{part}" for part in range(1, parts + 1)]
        taken = [key for key in keys if self._invoices.find_one(key)]
        if taken:
            messages = [f"The key {key} is that of another order's invoice" for key in taken]
            raise Unprocessable(*messages)
        for each in known:
            self._invoices.change(each["id"], number, attributes)
        for part, key in enumerate(keys, 1):
            self._invoices.add(key, number, part, parts, self._clock(), attributes)
        return self._show(self._invoices.find_of_order(number), 200 if known else 201)

    def _delete(self, call: Call) -> Response:
        invoice = self._find(call.parameters["key"])
        if self._invoices.find_memos(invoice["id"]):
            raise Unprocessable(f"Invoice {invoice['key']} has credit memos")
        self._invoices.delete(invoice["id"])
        return _answer_empty(204)

    def _export(self, call: Call) -> Response:
        if call.body.get("date_to", "9999") < call.body.get("date_from", ""):
            raise Unprocessable("date_to must not be before date_from")
        self._exports += 1
        today = self._clock().astimezone(UTC)
        return answer_json({"id": f"exp-{today:%Y%m%d}-{self._exports:04x}"}, 201)

    def _put_memo(self, call: Call) -> Response:
        invoice = self._find(call.parameters["invoice_key"])
        now = self._clock()
        if NO_REFUND.fullmatch(call.body.get("refund_id", "")):
            raise Unprocessable(f"There is no refund {call.body['refund_id']}")
        currency, invoiced = self._invoices.find_lines(invoice)
        sold = _describe(invoiced)
        wrong = list(_find_wrong_lines(call.body["lines"], invoice["key"], sold))
        if wrong:
            raise Unprocessable(*wrong)
        lines = [_price_line(each, currency, sold) for each in call.body["lines"]]
        attributes = call.body.get("attributes", {})
        key = call.parameters.get("key")
        memo, new = self._invoices.put_memo(invoice["id"], key, now, lines, attributes)
        return answer_json(self._invoices.show_memo(memo, invoice, now), 201 if new else 200)

    def _delete_memo(self, call: Call) -> Response:
        invoice = self._find(call.parameters["invoice_key"])
        key = call.parameters["key"]
        memos = {each["key"]: each for each in self._invoices.find_memos(invoice["id"])}
        if key not in memos:
            raise NotFound(key)
        memo = memos[key]
        if self._invoices.is_available(memo, self._clock()):
            raise Unprocessable(f"Credit memo {key} is available to the consumer")
        self._invoices.delete_memo(memo["id"])
        return _answer_empty(204)

    def _find(self, key: str) -> Record:
        invoice = self._invoices.find_one(key)
        if invoice is None:
            raise NotFound(f"There is no invoice {key}")
        return invoice

    def _show_one(self, key: str, status: int) -> Response:
        invoice = self._find(key)
        return answer_json(self._invoices.show(invoice, self._clock()), status)

    def _show(self, invoices: list[Record], status: int = 200) -> Response:
        now: datetime = self._clock()
        return answer_json([self._invoices.show(each, now) for each in invoices], status)


def _read_search(call: Call, identifier: re.Pattern[str]) -> tuple[dict[str, Any], str, int, int]:
    """Return the filters of a list, its order, the size of a page and its start."""
    given = call.parameters
    wanted = {name: given[name] for name in ("key", "order_number") if name in given}
    if "id" in given:
        matches = [identifier.fullmatch(each) for each in given["id"]]
        wanted["ids"] = [int(match[1], 16) for match in matches if match]
    offset = min(given.get("offset", 0), LARGEST_OFFSET)
    return wanted, given.get("sort", "-created_at"), given.get("limit", LIMIT), offset


def _check_order(number: str) -> None:
    if not number:
        raise Unprocessable("order_number must not be empty")
    if number.endswith("-open"):
        raise Unprocessable(
            f"Order {number} has not been fulfilled", f"Order {number} has no captured payment"
        )


def _describe(sold: tuple[dict[str, Any], ...]) -> dict[str, str]:
    return {
        each["item"]["number"]: each["description"]
        for each in sold
        if each["discriminator"] == "item"
    }


def _find_wrong_lines(lines: list[Any], key: str, sold: Mapping[str, str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        for name in ("unit_discount", "discount", "price"):
            negative = name != "price" or line["discriminator"] == "discount"
            if name in line and negative and Decimal(line[name]) >= 0:
                words = name.replace("_", " ").replace("price", "discount price")
                yield f"Line {number}: {words} must be negative"
        is_item = line["discriminator"] == "item"
        if is_item and line["item_number"] not in sold:
            yield f"Line {number}: there is no item {line['item_number']} in invoice {key}"


def _price_line(line: Line, currency: str, sold: Mapping[str, str]) -> dict[str, Any]:
    """Convert a line of a request, whose amounts have no currency, to a line of a memo."""
    shown: dict[str, Any] = {"discriminator": line["discriminator"]}
    if line["discriminator"] == "item":
        number = line["item_number"]
        shown |= {
            "item": {"number": number},
            "description": sold[number],
            "quantity": line["quantity"],
        }
    for name in ("unit_price", "unit_discount", "price", "discount"):
        if name in line:
            shown[name] = show_price(Decimal(line[name]), currency)
    for name in ("unit_tax", "unit_duty", "tax", "duty"):
        if name in line:
            rate = Decimal(line[name]["rate"])
            amount = Decimal(line[name]["amount"])
            shown[name] = show_levy(rate, amount, currency)
    return shown


def _answer_empty(status: int) -> Response:
    return Response(status, media_type="")


def _answer_error(status: int, messages: list[str], code: str = "generic_error") -> Response:
    answer = answer_json({"code": code, "messages": messages}, status)
    return replace(answer, refusal="; ".join(messages))
