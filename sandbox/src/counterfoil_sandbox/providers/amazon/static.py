"""The fixed cases of Amazon's own sandbox: few arguments matter, and the pages never end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

ORDER = "PO98676856"
ANY_ORDER = "mockpurchaseOrderNumber"
NO_ORDER = "mockpurchaseOrderNumberDummy"
NEXT_TOKEN = "MDAwMDAwMDAwMQ=="  # noqa: S105 -- every page has it
WINDOW = {
    "createdAfter": datetime(2020, 2, 15, 22, tzinfo=UTC),
    "createdBefore": datetime(2020, 2, 20, 8, tzinfo=UTC),
    "limit": 2,
    "sortOrder": "DESC",
}
REFUSED = (
    400,
    {"errors": [{"code": "InvalidInput", "message": "Invalid transmission ID.", "details": ""}]},
)


def answer_statically(parameters: Mapping[str, Any]) -> tuple[int, Any]:
    """Return status and body for the arguments of an invoice operation.

    As in Amazon's sandbox, the content is not valid base64.
    """
    if "purchaseOrderNumber" in parameters:
        number = parameters["purchaseOrderNumber"]
        if number == NO_ORDER:
            return REFUSED
        order = ORDER if number == ORDER else ANY_ORDER
        return 200, {"payload": _show(order, "base 64 encoded string")}
    if parameters.get("shipFromPartyId") == "dummy":
        return REFUSED
    order = ORDER if _is_known_window(parameters) else ANY_ORDER
    page = [_show(order, "base 64 content goes here")]
    payload = {"pagination": {"nextToken": NEXT_TOKEN}, "customerInvoices": page}
    return 200, {"payload": payload}


def _is_known_window(parameters: Mapping[str, Any]) -> bool:
    given = {name: _read(parameters.get(name)) for name in WINDOW}
    return given == WINDOW


def _show(order: str, content: str) -> dict[str, str]:
    return {"purchaseOrderNumber": order, "content": content}


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError:
        return value
