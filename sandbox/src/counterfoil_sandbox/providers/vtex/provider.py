"""VTEX: invoices entered in orders, tracking added to them, and the orders read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar
from uuid import uuid4

from ...http import Request, Response, answer_json
from ...options import Option
from ...provider import Call, Clock, Problem, Refused, Rejection
from ...rate_limits import Limiter, TokenBucket
from ...specification import Operation, Specification
from .orders import Order, Orders, write_moment

# These open nothing but the sandbox.
APP_KEY = "vtexappkey-sandbox-QXZVTY"
APP_TOKEN = "sandbox-app-token"  # noqa: S105
USER_TOKEN = "sandbox-user-token"  # noqa: S105
PAGE = 15
LONGEST_LIST = 30  # pages
SALES_CHANNEL = "1"
# The orders of the sandbox have none of these, so that a list filtered by them is empty.
NOT_KEPT = (
    "f_shippingEstimate",
    "f_UtmSource",
    "f_sellerNames",
    "f_callCenterOperatorName",
    "f_affiliateId",
    "f_paymentNames",
    "f_RnB",
    "searchField",
    "incompleteOrders",
)
COPIED = (  # from an invoice to its package
    "courier",
    "invoiceNumber",
    "invoiceUrl",
    "issuanceDate",
    "trackingNumber",
    "invoiceKey",
    "trackingUrl",
    "type",
    "embeddedInvoice",
)
LARGEST = 2**63 - 1  # cents; values are read back as int64
REFUSALS = {
    Rejection.UNKNOWN_ROUTE: (404, "OMS001", "Not found"),
    Rejection.WRONG_METHOD: (405, "OMS002", "The method is not supported"),
    Rejection.TOO_LARGE: (413, "OMS002", "The body exceeds 1 MiB"),
    Rejection.TOO_MANY: (429, "OMS002", "Too many requests"),
    Rejection.WRONG_MEDIA_TYPE: (415, "OMS002", "The body is in a format that is not supported"),
    Rejection.BROKEN_BODY: (400, "OMS002", "The body cannot be read"),
    Rejection.INVALID: (400, "OMS002", "The request is invalid"),
    Rejection.FAILURE: (500, "OMS000", "Internal error"),
}


class Vtex:
    """Order invoices of the OMS API."""

    limiter: ClassVar[type[Limiter]] = TokenBucket  # no rate limit is documented
    refuses_unknown_fields: ClassVar[bool] = False
    facts: ClassVar[Mapping[str, str]] = {}
    secrets: ClassVar[tuple[str, ...]] = ("app_key", "app_token")
    account: ClassVar[Mapping[str, str]] = {
        "account": "sandbox",
        "app_key": APP_KEY,
        "app_token": APP_TOKEN,
    }
    credentials: ClassVar[Mapping[str, str]] = {**account, "user_token": USER_TOKEN}

    options: ClassVar[Mapping[str, Option]] = {
        "repeated_numbers": Option(
            False,
            "accept an invoice number twice in one order",
            (False, True),
        )
    }

    def __init__(
        self,
        specification: Specification,
        seed: int,
        invoices: int,
        clock: Clock,
        *,
        repeated_numbers: bool = False,
    ) -> None:
        self._clock = clock
        self._repeats = repeated_numbers
        self._orders = Orders(seed, invoices, clock())
        self._handlers: dict[str, Callable[[Call], Any]] = {
            "invoiceNotification": self._notify,
            "updatepartialinvoiceSendTrackingNumber": self._add_tracking,
            "GetOrder": self._get,
            "ListOrders": self._list,
        }

    def revoke(self) -> None:
        """Do nothing: this API issues no tokens."""

    def close(self) -> None:
        """Delete all orders."""
        self._orders.close()

    def authenticate(self, operation: Operation, path: str, request: Request) -> Response | None:
        """Accept the application's key and token together, or a user's token."""
        pair = (
            request.headers.get("x-vtex-api-appkey"),
            request.headers.get("x-vtex-api-apptoken"),
        )
        if pair == (APP_KEY, APP_TOKEN):
            return None
        if request.headers.get("vtexidclientautcookie") == USER_TOKEN:
            return None
        return _refuse(Refused(401, "1", "Unauthorized access"))

    def refuse(self, problem: Problem) -> Response:
        """Answer in the error format of the orders API."""
        status, code, message = REFUSALS[problem.fault]
        if problem.violations:
            message = f"{message}: {problem.explanation}"
        return _refuse(Refused(status, code, message))

    def answer(self, call: Call) -> Response:
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
        size = given.get("per_page", PAGE)
        page = given.get("page", 1)
        offset = (page - 1) * size
        wanted = _read_filters(given)
        sorting = given.get("orderBy", "")
        found, total = self._orders.list(wanted, sorting, size, offset)
        paging = {
            "total": total,
            "pages": min(LONGEST_LIST, -(-total // size)),
            "currentPage": page,
            "perPage": size,
        }
        return {"list": [_summarize(buyer, order) for buyer, order in found], "paging": paging}

    def _notify(self, call: Call) -> Any:
        self._get(call)
        self._orders.change(call.parameters["orderId"], partial(self._enter, call.body))
        return self._write_receipt(call)

    def _enter(self, invoice: Mapping[str, Any], order: Order) -> None:
        packages = order["packageAttachment"]["packages"]
        if len(invoice["invoiceValue"]) > len(str(LARGEST)):
            raise Refused(400, "OMS007", "invoiceValue is too large")
        number = invoice["invoiceNumber"]
        known = [index for index, each in enumerate(packages) if each["invoiceNumber"] == number]
        if known and not self._repeats:
            message = f"Invoice {number} has been entered in this order before"
            raise Refused(400, "OMS007", message)
        is_output = invoice["type"] == "Output"
        if not known and is_output and order["status"] == "invoiced":
            raise Refused(400, "OMS007", "Order status does not allow an invoice")
        package = _make_package(invoice, order)
        if known:
            packages[known[0]] = package
        else:
            packages.append(package)
        if invoice["type"] == "Output":
            self._settle(order)
        order["lastChange"] = write_moment(self._clock())

    def _settle(self, order: Order) -> None:
        """Set the order's total to that of its invoices.

        Once an invoice covers every item, the order is invoiced, and stays so.
        """
        sold = [each for each in order["packageAttachment"]["packages"] if each["type"] == "Output"]
        order["value"] = sum(each["invoiceValue"] for each in sold)
        if order["value"] > LARGEST:
            raise Refused(400, "OMS007", "The invoices of an order are too large in all")
        covered: set[int] = set()
        for package in sold:
            covered.update(item["itemIndex"] for item in package["items"])
        if covered >= set(range(len(order["items"]))):
            order["status"] = "invoiced"
            order["invoicedDate"] = write_moment(self._clock())

    def _add_tracking(self, call: Call) -> Any:
        self._get(call)
        track = partial(_track, call.parameters["invoiceNumber"], call.body)
        self._orders.change(call.parameters["orderId"], track)
        return self._write_receipt(call)

    def _write_receipt(self, call: Call) -> dict[str, str]:
        return {
            "date": write_moment(self._clock()),
            "orderId": call.parameters["orderId"],
            "receipt": uuid4().hex,
        }


def _make_package(invoice: Mapping[str, Any], order: Order) -> dict[str, Any]:
    package = {name: invoice.get(name) for name in COPIED}
    places: dict[str, int] = {}
    for index, item in enumerate(order["items"]):
        places.setdefault(item["id"], index)  # the first one, if an item comes twice
    items = []
    for item in invoice["items"]:
        if item["id"] in places:
            index = places[item["id"]]
            items.append({"itemIndex": index, "quantity": item["quantity"], "price": item["price"]})
    return {**package, "invoiceValue": int(invoice["invoiceValue"]), "items": items}


def _track(number: str, tracking: Mapping[str, Any], order: Order) -> None:
    for package in order["packageAttachment"]["packages"]:
        if package["invoiceNumber"] == number:
            for name in ("courier", "trackingNumber", "trackingUrl"):
                package[name] = tracking[name]
            return
    raise Refused(404, "OMS001", f"Invoice {number} not found in this order")


def _summarize(buyer: str, order: Order) -> dict[str, Any]:
    named = {
        name: order[name]
        for name in ("orderId", "creationDate", "status", "sequence", "salesChannel", "origin")
    }
    amounts = {
        "totalValue": order["value"],
        "totalItems": sum(item["quantity"] for item in order["items"]),
    }
    return {**named, **amounts, "clientName": buyer, "currencyCode": "BRL"}


def _read_filters(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters of `Orders.list`; "" and None filter nothing."""
    created_after, created_before = _read_span(given.get("f_creationDate", ""))
    # an order of the sandbox is authorized when it is created
    authorized_after, authorized_before = _read_span(given.get("f_authorizedDate", ""))
    invoiced_after, invoiced_before = _read_span(given.get("f_invoicedDate", ""))
    ends = [end for end in (created_before, authorized_before) if end]
    return {
        "status": given.get("f_status", ""),
        "text": given.get("q", ""),
        "after": max(created_after, authorized_after),
        "before": min(ends, default=""),
        "invoiced after": invoiced_after,
        "invoiced before": invoiced_before,
        "returned": given.get("f_hasInputInvoice"),
        "nothing": True if _finds_nothing(given) else None,
    }


def _finds_nothing(given: Mapping[str, Any]) -> bool:
    """Whether a filter is one that none of the sandbox's orders meets."""
    if any(given.get(name) for name in NOT_KEPT):
        return True
    channels = [given.get(name) for name in ("f_salesChannel", "salesChannelId")]
    return any(channel and channel != SALES_CHANNEL for channel in channels)


def _read_span(text: str) -> tuple[str, str]:
    """Read `creationDate:[2026-10-01T00:00:00.000Z TO 2026-10-02T00:00:00.000Z]`."""
    _, _, span = text.partition("[")
    after, _, before = span.rstrip("]").partition(" TO ")
    return after, before


def _refuse(refused: Refused) -> Response:
    error = {"code": refused.code, "message": refused.message, "exception": None}
    return replace(answer_json({"error": error}, refused.status), refusal=refused.message)
