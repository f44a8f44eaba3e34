"""VTEX: invoices entered in orders, tracking added to them, and the orders read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import uuid4

from ..exchange import Answer, Call, Clock, Fault, Problem, Refused, answer_json
from ..limits import Limiter, TokenBucket
from ..options import Option
from ..specification import Operation, Specification
from ..vtex.orders import Order, Orders, write_moment

APP_KEY, APP_TOKEN, USER_TOKEN = "vtexappkey-sandbox-QXZVTY", "sandbox-app-token", "sandbox-user-token"
PAGE, LONGEST_LIST = 15, 30
SALES_CHANNEL = "1"
# No order of the sandbox has any of these, so that whoever filters by them finds nothing.
NOT_KEPT = (
    *("f_shippingEstimate", "f_UtmSource", "f_sellerNames", "f_callCenterOperatorName", "f_affiliateId"),
    *("f_paymentNames", "f_RnB", "searchField", "incompleteOrders"),
)
LARGEST = 2**63 - 1  # cents; values are read back as int64
REFUSALS = {
    Fault.UNKNOWN_ROUTE: (404, "OMS001", "Not found"),
    Fault.WRONG_METHOD: (405, "OMS002", "The method is not supported"),
    Fault.TOO_LARGE: (413, "OMS002", "The body exceeds 1 MiB"),
    Fault.TOO_MANY: (429, "OMS002", "Too many requests"),
    Fault.WRONG_MEDIA_TYPE: (415, "OMS002", "The body is in a format that is not supported"),
    Fault.BROKEN_BODY: (400, "OMS002", "The body cannot be read"),
    Fault.INVALID: (400, "OMS002", "The request is invalid"),
    Fault.FAILURE: (500, "OMS000", "Internal error"),
}


class Vtex:
    """Order invoices of the OMS API."""

    limiter: ClassVar[type[Limiter]] = TokenBucket  # no plan is documented, so none is kept
    refuses_unknown_fields: ClassVar[bool] = False
    account: ClassVar[Mapping[str, str]] = {"account": "sandbox", "app_key": APP_KEY, "app_token": APP_TOKEN}
    credentials: ClassVar[Mapping[str, str]] = {**account, "user_token": USER_TOKEN}

    options: ClassVar[Mapping[str, Option]] = {
        "repeated_numbers": Option(False, "whether an order takes an invoice number twice, the second reading", (False, True))
    }

    def __init__(
        self, specification: Specification, seed: int, invoices: int, clock: Clock, *, repeated_numbers: bool = False
    ) -> None:
        self._clock, self._repeats = clock, repeated_numbers
        self._orders = Orders(seed, invoices, clock())
        self._handlers: dict[str, Callable[[Call], Any]] = {
            "invoiceNotification": self._notify,
            "updatepartialinvoiceSendTrackingNumber": self._add_tracking,
            "GetOrder": self._get,
            "ListOrders": self._list,
        }

    def revoke(self) -> None:
        """Nothing is issued here."""

    def close(self) -> None:
        """Forget the orders."""
        self._orders.close()

    def authenticate(self, operation: Operation, path: str, headers: Mapping[str, str]) -> Answer | None:
        """Key and token go together, or a user's token takes their place."""
        pair = headers.get("x-vtex-api-appkey"), headers.get("x-vtex-api-apptoken")
        if pair == (APP_KEY, APP_TOKEN) or headers.get("vtexidclientautcookie") == USER_TOKEN:
            return None
        return _refuse(Refused(401, "1", "Unauthorized access"))

    def refuse(self, problem: Problem) -> Answer:
        """Answer with the order management's envelope."""
        status, code, message = REFUSALS[problem.fault]
        said = problem.explanation
        return _refuse(Refused(status, code, f"{message}: {said}" if said else message))

    def answer(self, call: Call) -> Answer:
        """Carry out a valid call."""
        try:
            return answer_json(self._handlers[call.operation.id](call))
        except Refused as refused:
            return _refuse(refused)

    def _get(self, call: Call) -> Order:
        order = self._orders.find(call.parameters["orderId"])
        if order is None:
            raise Refused(404, "OMS001", "Order not found")
        return order

    def _list(self, call: Call) -> Any:
        given = call.parameters
        size, page = given.get("per_page", PAGE), given.get("page", 1)
        wanted = _read_filters(given)
        found, total = self._orders.list(wanted, given.get("orderBy", ""), size, (page - 1) * size)
        paging = {"total": total, "pages": min(LONGEST_LIST, -(-total // size)), "currentPage": page, "perPage": size}
        return {"list": [_summarize(buyer, order) for buyer, order in found], "paging": paging}

    def _notify(self, call: Call) -> Any:
        self._get(call)
        self._orders.change(call.parameters["orderId"], partial(self._enter, call.body))
        return self._write_receipt(call)

    def _enter(self, invoice: Mapping[str, Any], order: Order) -> None:
        packages = order["packageAttachment"]["packages"]
        if len(invoice["invoiceValue"]) > len(str(LARGEST)):
            raise Refused(400, "OMS007", "invoiceValue is too large")
        place = next((index for index, each in enumerate(packages) if each["invoiceNumber"] == invoice["invoiceNumber"]), None)
        if place is not None and not self._repeats:
            raise Refused(400, "OMS007", f"Invoice {invoice['invoiceNumber']} has been entered in this order before")
        if place is None and invoice["type"] == "Output" and order["status"] == "invoiced":
            raise Refused(400, "OMS007", "Order status does not allow an invoice")
        start = len(packages) if place is None else place
        packages[start : start + 1] = [_make_package(invoice, order)]
        if invoice["type"] == "Output":
            self._settle(order)
        order["lastChange"] = write_moment(self._clock())

    def _settle(self, order: Order) -> None:
        """The order's total becomes what is invoiced; with every item invoiced, the order is, for good."""
        sold = [each for each in order["packageAttachment"]["packages"] if each["type"] == "Output"]
        order["value"] = sum(each["invoiceValue"] for each in sold)
        if order["value"] > LARGEST:
            raise Refused(400, "OMS007", "The invoices of an order are too large in all")
        covered = {item["itemIndex"] for each in sold for item in each["items"]}
        if covered >= set(range(len(order["items"]))):
            order["status"], order["invoicedDate"] = "invoiced", write_moment(self._clock())

    def _add_tracking(self, call: Call) -> Any:
        self._get(call)
        self._orders.change(call.parameters["orderId"], partial(_track, call.parameters["invoiceNumber"], call.body))
        return self._write_receipt(call)

    def _write_receipt(self, call: Call) -> dict[str, str]:
        return {"date": write_moment(self._clock()), "orderId": call.parameters["orderId"], "receipt": uuid4().hex}


def _make_package(invoice: Mapping[str, Any], order: Order) -> dict[str, Any]:
    copied = ("courier", "invoiceNumber", "invoiceUrl", "issuanceDate", "trackingNumber", "invoiceKey", "trackingUrl", "type")
    package = {name: invoice.get(name) for name in (*copied, "embeddedInvoice")}
    places = {item["id"]: index for index, item in reversed(list(enumerate(order["items"])))}
    items = [
        {"itemIndex": places[item["id"]], "quantity": item["quantity"], "price": item["price"]}
        for item in invoice["items"]
        if item["id"] in places
    ]
    return {**package, "invoiceValue": int(invoice["invoiceValue"]), "items": items}


def _track(number: str, tracking: Mapping[str, Any], order: Order) -> None:
    package = next((each for each in order["packageAttachment"]["packages"] if each["invoiceNumber"] == number), None)
    if package is None:
        raise Refused(404, "OMS001", f"Invoice {number} not found in this order")
    package |= {name: tracking[name] for name in ("courier", "trackingNumber", "trackingUrl")}


def _summarize(buyer: str, order: Order) -> dict[str, Any]:
    named = {name: order[name] for name in ("orderId", "creationDate", "status", "sequence", "salesChannel", "origin")}
    amounts = {"totalValue": order["value"], "totalItems": sum(item["quantity"] for item in order["items"])}
    return {**named, **amounts, "clientName": buyer, "currencyCode": "BRL"}


def _read_filters(given: Mapping[str, Any]) -> dict[str, Any]:
    ways = [_read_span(given.get(name, "")) for name in ("f_creationDate", "f_authorizedDate", "f_invoicedDate")]
    channels = [given[name] for name in ("f_salesChannel", "salesChannelId") if given.get(name)]
    created, authorized, invoiced = ways
    return {
        "status": given.get("f_status", ""),
        "text": given.get("q", ""),
        "after": max(created[0], authorized[0]),
        "before": min(filter(None, (created[1], authorized[1])), default=""),
        "invoiced after": invoiced[0],
        "invoiced before": invoiced[1],
        "returned": given.get("f_hasInputInvoice"),
        "nothing": any(given.get(name) for name in NOT_KEPT) or channels != [SALES_CHANNEL] * len(channels) or None,
    }


def _read_span(text: str) -> tuple[str, str]:
    """Read `creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-02T00:00:00.000Z]`."""
    after, _, before = text.partition("[")[2].rstrip("]").partition(" TO ")
    return after, before


def _refuse(refused: Refused) -> Answer:
    return answer_json({"error": {"code": refused.code, "message": refused.message, "exception": None}}, refused.status)
