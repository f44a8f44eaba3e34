"""The `pagination` of an operation in one form."""

from __future__ import annotations

from ...openapi.document import Node, RawOperation

LINK_HEADER = "header Link"
LAST = "/-1/"


def read_paging(operation: RawOperation) -> Node:
    """Return the words of `pagination`; {} if the operation does not page.

    Token paging whose token is a field of the last item (`next: /data/-1/id`) is keyset paging. A
    list that goes by the next page's URL ends if there is none.
    """
    paging: Node = dict(operation.extension.get("pagination", {}))
    if paging.get("style") == "next-url":
        paging.setdefault("end", "no-next")
    last = paging.get("items", "").rstrip("/") + LAST
    if paging.get("style") == "token" and paging.get("next", "").startswith(last):
        paging["style"] = "keyset"
        paging["next"] = "/" + paging["next"].removeprefix(last)
    return paging
