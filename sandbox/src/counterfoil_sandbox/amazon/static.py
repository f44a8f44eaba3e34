"""The fixed cases of Amazon's own sandbox: the same answer for all but a few arguments, and pages that never end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

ORDER, ANY_ORDER, NO_ORDER = "PO98676856", "mockpurchaseOrderNumber", "mockpurchaseOrderNumberDummy"
WINDOW = {
    "createdAfter": datetime(2020, 2, 15, 22, tzinfo=UTC),
    "createdBefore": datetime(2020, 2, 20, 8, tzinfo=UTC),
    "limit": 2,
    "sortOrder": "DESC",
}
REFUSED = 400, {"errors": [{"code": "InvalidInput", "message": "Invalid transmission ID.", "details": ""}]}


def answer_statically(parameters: Mapping[str, Any]) -> tuple[int, Any]:
    """The status and the body for an invoice operation's arguments. The content is no base64, as there."""
    if "purchaseOrderNumber" in parameters:
        number = parameters["purchaseOrderNumber"]
        order = ORDER if number == ORDER else ANY_ORDER
        return REFUSED if number == NO_ORDER else (200, {"payload": _show(order, "base 64 encoded string")})
    if parameters.get("shipFromPartyId") == "dummy":
        return REFUSED
    order = ORDER if all(_read(parameters.get(name)) == value for name, value in WINDOW.items()) else ANY_ORDER
    page = [_show(order, "base 64 content goes here")]
    return 200, {"payload": {"pagination": {"nextToken": "MDAwMDAwMDAwMQ=="}, "customerInvoices": page}}


def _show(order: str, content: str) -> dict[str, str]:
    return {"purchaseOrderNumber": order, "content": content}


def _read(value: Any) -> Any:
    try:
        return datetime.fromisoformat(value.upper()) if isinstance(value, str) else value
    except ValueError:
        return value
