"""The invoices of the store, in SQLite: columns for searches, and the drafts of callers' invoices.

An invented invoice is stored as its own columns only. The rest is its mould, which many share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ... import exact_json
from ...database import Database, Row, Value
from ...exact_json import Raw
from .customer_view import HIDDEN, show_to_customer
from .drafts import Draft, name_country, name_customer
from .fake_invoices import MOULDS, invent_mould, invent_own
from .store import TAX_AREAS
from .totals import total_invoice

# fmt: off
FIELDS = (  # in the order of a response
    "id", "type", "number", "status", "creationTime", "updateTime", "issueDate", "dueDate",
    "shippingTime", "referenceType", "referenceNumber", "customer", "rounding", "locale", "taxArea",
    "items", "prediscountSubtotal", "taxedPrediscountSubtotal", "discounts",
    "discountsIncludeTaxes", "subtotal", "taxedSubtotal", "shippingMethod", "paymentMethod",
    "taxes", "taxAmount", "total", "taxedTotal", "isPaidFor", "quantity", "weight", "customerName",
    "invoiceRecipient", "billingAddress", "shippingAddress", "sellerAddress", "numberOfPackages",
    "porto", "goodsAppearance", "trackingNumber", "transportReason", "terms",
)
CUSTOMER_FIELDS = tuple(name for name in FIELDS if name not in HIDDEN)
OWN = (  # fields in which the invoices of one mould differ
    "number", "status", "creationTime", "updateTime", "issueDate", "dueDate", "shippingTime",
    "referenceNumber", "isPaidFor",
)
SORTED_BY = (
    "type", "number", "status", "creationTime", "updateTime", "issueDate", "dueDate", "total",
    "taxedTotal", "isPaidFor", "customerName",
)
# fmt: on
KEPT = (*OWN, "mould", "draft", "view")
COLUMNS = (*dict.fromkeys((*SORTED_BY, *KEPT)), "customer", "address", "labels")
TABLES = f"""
    CREATE TABLE address (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE invoice (
        id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT, number TEXT, status TEXT,
        creationTime TEXT, updateTime TEXT, issueDate TEXT, dueDate TEXT, shippingTime TEXT,
        referenceNumber TEXT,
        total INTEGER, taxedTotal INTEGER, isPaidFor INTEGER, customerName TEXT,
        customer INTEGER, address INTEGER, labels INTEGER, mould INTEGER, draft TEXT, view TEXT
    );
    CREATE INDEX invoice_customer ON invoice (customer, type);
    CREATE INDEX invoice_address ON invoice (address);
    {"".join(f"CREATE INDEX invoice_{name} ON invoice ({name});" for name in SORTED_BY)}
"""
CONDITIONS = {
    "ids": "id IN (SELECT value FROM json_each(?))",
    "type": "type = ?",
    "status": "status = ?",
    "isPaidFor": "isPaidFor = ?",
    "fromNumber": "number >= ?",
    "toNumber": "number <= ?",
    "fromCreationTime": "creationTime >= ?",
    "toCreationTime": "creationTime <= ?",
    "fromUpdateTime": "updateTime >= ?",
    "toUpdateTime": "updateTime <= ?",
    "fromIssueDate": "issueDate >= ?",
    "toIssueDate": "issueDate <= ?",
    "fromDueDate": "dueDate >= ?",
    "toDueDate": "dueDate <= ?",
    "customer": "customer = ?",
    "address": "address IN (SELECT id FROM address WHERE instr(text, ?))",
    "labels": "labels & ?",
    "after": "id > ?",
}


@dataclass(frozen=True)
class Mould:
    """The fields that many invented invoices share."""

    draft: Draft
    totals: Mapping[str, Any]

    @cached_property
    def columns(self) -> dict[str, Value]:
        """The columns for searches."""
        return _make_columns(_make_view(self.draft, self.totals, ""))

    @cached_property
    def view(self) -> dict[str, Raw]:
        """The fields in the form of the administration."""
        return _write_fields(_make_view(self.draft, self.totals, ""))

    @cached_property
    def customer_view(self) -> dict[str, Raw]:
        """The fields in the form of the storefront."""
        return _write_fields(show_to_customer(_make_view(self.draft, self.totals, "")))


class Invoices:
    """All invoices of one store."""

    # Statements contain names of columns from this file and from enums of the specification;
    # values are bound.
    # ruff: noqa: S608

    def __init__(self, seed: int, count: int) -> None:
        self._database = Database(TABLES)
        drafts = [invent_mould(seed, number) for number in range(min(count, MOULDS))]
        self._moulds = [Mould(draft, total_invoice(draft)) for draft in drafts]
        self._addresses: dict[str, int] = {}
        self._database.insert("invoice", COLUMNS, self._invent(seed, count))

    def add(self, draft: Draft, totals: Mapping[str, Any], time: str) -> int:
        """Store a new invoice. Return its id, which is never used again."""
        self._database.insert("invoice", COLUMNS, [self._make_row(draft, totals, time)])
        [(number,)] = self._database.run("SELECT max(id) FROM invoice")
        return int(number)

    def change(self, number: int, draft: Draft, totals: Mapping[str, Any], time: str) -> None:
        """Replace an invoice, except for its labels."""
        changes = ", ".join(f"{name} = ?" for name in COLUMNS[:-1])
        row = self._make_row(draft, totals, time)
        self._database.run(f"UPDATE invoice SET {changes} WHERE id = ?", [*row[:-1], number])

    def delete(self, numbers: list[int]) -> None:
        """Delete invoices. Unknown ids are ignored."""
        statement = f"DELETE FROM invoice WHERE {CONDITIONS['ids']}"
        self._database.run(statement, [exact_json.encode(numbers)])

    def find_draft(self, number: int) -> Draft | None:
        """Return the draft of an invoice; None if the id is unknown."""
        rows = self._database.run(f"SELECT {', '.join(KEPT)} FROM invoice WHERE id = ?", [number])
        if not rows:
            return None
        kept = dict(zip(KEPT, rows[0], strict=True))
        if kept["draft"]:
            draft: Draft = exact_json.decode(kept["draft"].encode())
            return draft
        return {**self._moulds[kept["mould"]].draft, **_read_own(kept)}

    def count(self, conditions: Mapping[str, Any]) -> int:
        """Count the invoices that meet conditions."""
        where, values = _write_conditions(conditions)
        [(number,)] = self._database.run(f"SELECT count(*) FROM invoice {where}", values)
        return int(number)

    def find(
        self,
        conditions: Mapping[str, Any],
        order: list[str],
        limit: int,
        first: int,
        fields: list[str] | None,
    ) -> list[Raw]:
        """Return the invoices that meet conditions as JSON, with all fields or only some."""
        rows = self._find(conditions, order, limit, first)
        return [self._show(row, fields) for row in rows]

    def find_for_customer(
        self, conditions: Mapping[str, Any], limit: int, first: int, fields: list[str] | None
    ) -> list[Raw]:
        """Return the invoices that meet conditions in the form of the storefront."""
        rows = self._find(conditions, [], limit, first)
        return [self._show_to_customer(row, fields) for row in rows]

    def close(self) -> None:
        """Delete all invoices."""
        self._database.close()

    def _find(
        self, conditions: Mapping[str, Any], order: list[str], limit: int, first: int
    ) -> list[Row]:
        where, values = _write_conditions(conditions)
        # The index of a condition helps more than that of a sort column. A plus before the column
        # keeps SQLite from using the latter.
        prefix = "+" if conditions else ""
        keys = [prefix + _write_sorting(name) for name in order]
        sorting = ", ".join([*keys, "id"])
        # Sorting only ids is faster than sorting whole rows.
        chosen = f"SELECT id FROM invoice {where} ORDER BY {sorting} LIMIT ? OFFSET ?"
        statement = (
            f"SELECT id, {', '.join(KEPT)} FROM invoice WHERE id IN ({chosen}) ORDER BY {sorting}"
        )
        return self._database.run(statement, [*values, limit, first])

    def _show(self, row: Row, fields: list[str] | None) -> Raw:
        kept = dict(zip(("id", *KEPT), row, strict=True))
        if kept["view"] and fields is None:  # fast path: the stored JSON, with the id in front
            return Raw(f'{{"id":{kept["id"]},{kept["view"][1:]}')
        if kept["view"]:
            view = _write_fields(exact_json.decode(kept["view"].encode()))
        else:
            mould = self._moulds[kept["mould"]]
            view = mould.view | _write_fields(_read_own(kept))
        return _select(kept["id"], view, FIELDS, fields)

    def _show_to_customer(self, row: Row, fields: list[str] | None) -> Raw:
        kept = dict(zip(("id", *KEPT), row, strict=True))
        if kept["view"]:
            stored = exact_json.decode(kept["view"].encode())
            view = _write_fields(show_to_customer(stored))
        else:
            mould = self._moulds[kept["mould"]]
            view = mould.customer_view | _write_fields(_read_own(kept))
        return _select(kept["id"], view, CUSTOMER_FIELDS, fields)

    def _invent(self, seed: int, count: int) -> Iterator[tuple[Value, ...]]:
        for position, (own, labels) in enumerate(invent_own(seed, count)):
            mould = self._moulds[position % MOULDS]
            draft = mould.draft
            if draft["type"] != "ShippingInvoice":
                own["shippingTime"] = None
            if draft["type"] != "CreditNote":
                own["referenceNumber"] = ""
            row = {**mould.columns, **own, "mould": position % MOULDS, "labels": labels}
            row["address"] = self._keep_address(draft)
            yield tuple(row.get(name) for name in COLUMNS)

    def _make_row(self, draft: Draft, totals: Mapping[str, Any], time: str) -> tuple[Value, ...]:
        view = _make_view(draft, totals, time)
        row: dict[str, Value] = {
            **_make_columns(view),
            "address": self._keep_address(draft),
            "labels": 0,
            "draft": exact_json.encode(draft),
            "view": exact_json.encode({name: view[name] for name in FIELDS if name != "id"}),
        }
        return tuple(row.get(name) for name in COLUMNS)

    def _keep_address(self, draft: Draft) -> int:
        """Store the addresses of a draft for searches; return the id of the text."""
        text = "\n".join(_name_lines(draft))
        if text not in self._addresses:
            number = len(self._addresses)
            self._addresses[text] = number
            self._database.insert("address", ("id", "text"), [(number, text)])
        return self._addresses[text]


def _make_columns(view: Mapping[str, Any]) -> dict[str, Value]:
    names = (*SORTED_BY, *OWN, "customer")
    columns: dict[str, Value] = {name: view[name] for name in names}
    for name in ("total", "taxedTotal"):  # SQLite has no decimals: in cents
        columns[name] = int(view[name].scaleb(2))
    return columns


def _make_view(draft: Draft, totals: Mapping[str, Any], time: str) -> dict[str, Any]:
    return {
        **draft,
        **totals,
        "updateTime": time,
        "taxArea": TAX_AREAS[name_country(draft)].id,
        "customerName": name_customer(draft),
    }


def _read_own(kept: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: kept[name] for name in OWN}
    own["isPaidFor"] = bool(own["isPaidFor"])
    return own


def _write_fields(view: Mapping[str, Any]) -> dict[str, Raw]:
    """Encode each field that an invoice shows."""
    written = {}
    for name, value in view.items():
        if name in FIELDS:
            written[name] = Raw(exact_json.encode(value))
    return written


def _select(
    number: int, view: Mapping[str, str], names: Iterable[str], wanted: list[str] | None
) -> Raw:
    """Join encoded fields to an object: all of `names`, or only the wanted ones."""
    known = {**view, "id": str(number)}
    chosen = [name for name in names if wanted is None or name in wanted]
    members = ",".join(f'"{name}":{known[name]}' for name in chosen)
    return Raw("{" + members + "}")


def _name_lines(draft: Draft) -> Iterator[str]:
    for address in (draft["billingAddress"], draft["shippingAddress"]):
        if address:
            yield from address.values()


def _write_conditions(conditions: Mapping[str, Any]) -> tuple[str, list[Any]]:
    values = [_write_value(name, value) for name, value in conditions.items()]
    where = " AND ".join(CONDITIONS[name] for name in conditions) or "1"
    return f"WHERE {where}", values


def _write_value(name: str, value: Any) -> Any:
    if name == "labels":
        bits = sum({1 << (label - 1) for label in value})
        return bits - (1 << 64) if bits >> 63 else bits  # SQLite's integers are signed
    return exact_json.encode(value) if isinstance(value, list) else value


def _write_sorting(name: str) -> str:
    if name.startswith("-"):
        return f"{name.removeprefix('-')} DESC"
    return f"{name} ASC"
