"""Flow: consumer invoices for orders, and the credit memos against them."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from ..exchange import Answer, Call, Clock, Fault, Problem, answer_json
from ..flow.invoices import Invoices, Record
from ..flow.prices import show_levy, show_price
from ..limits import Limiter, TokenBucket
from ..specification import Operation, Specification

ORGANIZATION, TOKEN = "lantern-house", "sandbox-flow-token"
AUTHORIZATION = "Basic " + base64.b64encode(f"{TOKEN}:".encode()).decode()
LIMIT = 25
NO_REFUND = re.compile(r"rfd-0+")
IDENTIFIER = re.compile(r"cin-([0-9a-f]{10})")
STATUSES = {Fault.UNKNOWN_ROUTE: 404, Fault.WRONG_METHOD: 405, Fault.TOO_LARGE: 413, Fault.WRONG_MEDIA_TYPE: 415}
SAID = {
    Fault.WRONG_METHOD: "The method is not allowed here",
    Fault.TOO_LARGE: "The body exceeds 1 MiB",
    Fault.WRONG_MEDIA_TYPE: "The body must be application/json",
    Fault.BROKEN_BODY: "The body is not JSON",
    Fault.TOO_MANY: "There were too many requests",
    Fault.FAILURE: "Flow failed; its staff is told",
}


class Unprocessable(Exception):
    """The form is refused, with one message or several."""


class NotFound(Exception):
    """There is no such thing; a call for which no 404 is documented says so with 422."""


class Flow:
    """Consumer invoices. Every order number is that of an order, unless its end says otherwise."""

    refuses_unknown_fields: ClassVar[bool] = False
    account: ClassVar[Mapping[str, str]] = {"organization": ORGANIZATION, "token": TOKEN}
    credentials: ClassVar[Mapping[str, str]] = account
    limiter: ClassVar[type[Limiter]] = TokenBucket  # no plan is documented, so none is kept

    def __init__(self, specification: Specification, seed: int, invoices: int, clock: Clock) -> None:
        self._clock, self._exports = clock, 0
        self._invoices = Invoices(seed, invoices, clock())
        self._handlers: dict[str, Callable[[Call], Answer]] = {
            "get": self._list,
            "getByKey": self._get,
            "putByKey": self._put,
            "putOrderByNumber": self._put_order,
            "deleteByKey": self._delete,
            "postExports": self._export,
            "postCreditAndMemosByInvoiceKey": self._put_memo,
            "putCreditAndMemosByInvoiceKeyAndKey": self._put_memo,
            "deleteCreditAndMemosByInvoiceKeyAndKey": self._delete_memo,
        }

    def revoke(self) -> None:
        """Nothing is issued here."""

    def close(self) -> None:
        """Forget the invoices."""
        self._invoices.close()

    def authenticate(self, operation: Operation, path: str, headers: Mapping[str, str]) -> Answer | None:
        """The token is the user name, and the password is empty."""
        return None if headers.get("authorization") == AUTHORIZATION else _answer_empty(401)

    def refuse(self, problem: Problem) -> Answer:
        """Answer with messages; what does not exist has an empty body."""
        if problem.fault is Fault.UNKNOWN_ROUTE:
            return _answer_empty(404)
        if problem.fault in (Fault.INVALID, Fault.BROKEN_BODY):
            messages = [f"{each.field}: {each.message}" for each in problem.violations]
            return _answer_error(422, messages or [SAID[Fault.BROKEN_BODY]])
        code = "server_error" if problem.fault is Fault.FAILURE else "client_error"
        status = {Fault.TOO_MANY: 429, Fault.FAILURE: 500, **STATUSES}[problem.fault]
        return _answer_error(status, [SAID[problem.fault]], code)

    def answer(self, call: Call) -> Answer:
        """Carry out a valid call."""
        try:
            if call.parameters["organization"] != ORGANIZATION:
                raise NotFound(f"There is no organization {call.parameters['organization']}")
            return self._handlers[call.operation.id](call)
        except NotFound as error:
            return _answer_empty(404) if 404 in call.operation.statuses else _answer_error(422, [str(error)])
        except Unprocessable as error:
            return _answer_error(422, list(error.args))

    def _list(self, call: Call) -> Answer:
        given = call.parameters
        wanted = {name: given[name] for name in ("key", "order_number") if name in given}
        if "id" in given:
            wanted["ids"] = [int(found[1], 16) for each in given["id"] if (found := IDENTIFIER.fullmatch(each))]
        sort, limit, offset = given.get("sort", "-created_at"), given.get("limit", LIMIT), given.get("offset", 0)
        return self._show(self._invoices.find(wanted, sort, limit, min(offset, 2**62)))

    def _get(self, call: Call) -> Answer:
        return answer_json(self._invoices.show(self._find(call.parameters["key"]), self._clock()))

    def _put(self, call: Call) -> Answer:
        key, number, attributes = call.parameters["key"], call.body["order_number"], call.body.get("attributes", {})
        _check_order(number)
        known = self._invoices.find_one(key)
        if known:
            self._invoices.change(known["id"], number, attributes)
        else:
            self._invoices.add(key, number, 1, 1, self._clock(), attributes)
        return answer_json(self._invoices.show(self._find(key), self._clock()), 200 if known else 201)

    def _put_order(self, call: Call) -> Answer:
        number, attributes = call.parameters["number"], call.body.get("attributes", {})
        _check_order(number)
        known = self._invoices.find_of_order(number)
        parts = 2 if number.endswith("-parts") else 1
        keys: list[str] = [] if known else [f"{number}/{part}" for part in range(1, parts + 1)]
        if taken := [f"The key {key} is that of another order's invoice" for key in keys if self._invoices.find_one(key)]:
            raise Unprocessable(*taken)
        for each in known:
            self._invoices.change(each["id"], number, attributes)
        for part, key in enumerate(keys, 1):
            self._invoices.add(key, number, part, parts, self._clock(), attributes)
        return self._show(self._invoices.find_of_order(number), 200 if known else 201)

    def _delete(self, call: Call) -> Answer:
        invoice = self._find(call.parameters["key"])
        if self._invoices.find_memos(invoice["id"]):
            raise Unprocessable(f"Invoice {invoice['key']} has credit memos")
        self._invoices.delete(invoice["id"])
        return _answer_empty(204)

    def _export(self, call: Call) -> Answer:
        if call.body.get("date_to", "9999") < call.body.get("date_from", ""):
            raise Unprocessable("date_to must not be before date_from")
        self._exports += 1
        return answer_json({"id": f"exp-{self._clock().astimezone(UTC):%Y%m%d}-{self._exports:04x}"}, 201)

    def _put_memo(self, call: Call) -> Answer:
        invoice, now = self._find(call.parameters["invoice_key"]), self._clock()
        if NO_REFUND.fullmatch(call.body.get("refund_id", "")):
            raise Unprocessable(f"There is no refund {call.body['refund_id']}")
        currency, sold = self._invoices.find_lines(invoice)
        if wrong := list(_find_wrong_lines(call.body["lines"], invoice["key"], _describe(sold))):
            raise Unprocessable(*wrong)
        lines = [_price_line(each, currency, _describe(sold)) for each in call.body["lines"]]
        attributes = call.body.get("attributes", {})
        memo, new = self._invoices.put_memo(invoice["id"], call.parameters.get("key"), now, lines, attributes)
        return answer_json(self._invoices.show_memo(memo, invoice, now), 201 if new else 200)

    def _delete_memo(self, call: Call) -> Answer:
        invoice, key = self._find(call.parameters["invoice_key"]), call.parameters["key"]
        memo = next((each for each in self._invoices.find_memos(invoice["id"]) if each["key"] == key), None)
        if memo is None:
            raise NotFound(key)
        if self._invoices.is_available(memo, self._clock()):
            raise Unprocessable(f"Credit memo {key} is available to the consumer")
        self._invoices.delete_memo(memo["id"])
        return _answer_empty(204)

    def _find(self, key: str) -> Record:
        invoice = self._invoices.find_one(key)
        if invoice is None:
            raise NotFound(f"There is no invoice {key}")
        return invoice

    def _show(self, invoices: list[Record], status: int = 200) -> Answer:
        now: datetime = self._clock()
        return answer_json([self._invoices.show(each, now) for each in invoices], status)


def _check_order(number: str) -> None:
    if not number:
        raise Unprocessable("order_number must not be empty")
    if number.endswith("-open"):
        raise Unprocessable(f"Order {number} has not been fulfilled", f"Order {number} has no captured payment")


def _describe(sold: tuple[dict[str, Any], ...]) -> dict[str, str]:
    return {each["item"]["number"]: each["description"] for each in sold if each["discriminator"] == "item"}


def _find_wrong_lines(lines: list[Any], key: str, sold: Mapping[str, str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        for name in ("unit_discount", "discount", "price"):
            negative = name != "price" or line["discriminator"] == "discount"
            if name in line and negative and Decimal(line[name]) >= 0:
                yield f"Line {number}: {name.replace('_', ' ').replace('price', 'discount price')} must be negative"
        if line["discriminator"] == "item" and line["item_number"] not in sold:
            yield f"Line {number}: there is no item {line['item_number']} in invoice {key}"


def _price_line(line: Mapping[str, Any], currency: str, sold: Mapping[str, str]) -> dict[str, Any]:
    """Turn a line of a form, whose amounts bear no currency, into one of a memo."""
    shown: dict[str, Any] = {"discriminator": line["discriminator"]}
    if line["discriminator"] == "item":
        number = line["item_number"]
        shown |= {"item": {"number": number}, "description": sold[number], "quantity": line["quantity"]}
    for name in ("unit_price", "unit_discount", "price", "discount"):
        if name in line:
            shown[name] = show_price(Decimal(line[name]), currency)
    for name in ("unit_tax", "unit_duty", "tax", "duty"):
        if name in line:
            shown[name] = show_levy(Decimal(line[name]["rate"]), Decimal(line[name]["amount"]), currency)
    return shown


def _answer_empty(status: int) -> Answer:
    return Answer(status, media_type="")


def _answer_error(status: int, messages: list[str], code: str = "generic_error") -> Answer:
    return answer_json({"code": code, "messages": messages}, status)
