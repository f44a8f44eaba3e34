"""Metadata by which Datasette shows a SQLite file of invoices: columns, queries and charts.

    pip install datasette datasette-dashboards
    counterfoil datasette
    datasette invoices.db --metadata datasette.json

Tables have every digit as it is stored. Sums are of floats, rounded to the cent, because SQLite and
browsers have no decimals: `SqliteSink.totals` has exact ones.
"""

from __future__ import annotations

from typing import Any

COLUMNS = {
    "sign": "1, -1 for a credit note, 0 if it does not count, such as a proforma.",
    "is_fiscal": "1 if it counts towards turnover and tax.",
    "signed_gross": "The total with tax, negative in a credit note: add these up.",
    "missing_at": "Since when the platform does not list it any more.",
    "deleted_at": "When the platform was asked for it, and had it no more.",
}
LINE_COLUMNS = {
    "position": "The line's place in the invoice, from 1.",
    "signed_net": "The line's total without tax, negative in a credit note: add these up.",
}
HIDDEN = ("records", "cursors", "mappings", "erased")
LATEST = """
SELECT day, account, kind, number, buyer_name, status, gross, currency
FROM invoices WHERE deleted_at IS NULL ORDER BY day DESC, number DESC
"""
UNPAID = """
SELECT due_date, account, number, buyer_name, due, currency
FROM invoices WHERE deleted_at IS NULL AND is_fiscal AND CAST(due AS REAL) > 0
ORDER BY due_date IS NULL, due_date
"""
TOTALS = """
SELECT substr(day, 1, 7) AS month, account, currency, count(*) AS invoices,
    round(sum(CAST(signed_net AS REAL)), 2) AS net,
    round(sum(CAST(signed_tax AS REAL)), 2) AS tax,
    round(sum(CAST(signed_gross AS REAL)), 2) AS gross
FROM invoices WHERE deleted_at IS NULL AND is_fiscal AND signed_gross IS NOT NULL
GROUP BY month, account, currency ORDER BY month DESC, account, currency
"""
BY_MONTH = """
SELECT substr(day, 1, 7) AS month, account,
    round(sum(CAST(signed_gross AS REAL)), 2) AS gross
FROM invoices
WHERE deleted_at IS NULL AND is_fiscal AND day IS NOT NULL AND currency = :currency
GROUP BY month, account ORDER BY month
"""
COUNTS = """
SELECT account, kind, count(*) AS invoices FROM invoices WHERE deleted_at IS NULL
GROUP BY account, kind ORDER BY account, kind
"""
CURRENCIES = "SELECT DISTINCT currency FROM invoices WHERE currency IS NOT NULL ORDER BY currency"


def describe_store(database: str, currency: str | None) -> dict[str, Any]:
    """Return the metadata of a store.

    Args:
        database: Datasette's name of the file: its stem.
        currency: The currency that the chart of amounts begins with; None if there is no amount.
    """
    tables: dict[str, Any] = {name: {"hidden": True} for name in HIDDEN}
    tables["invoices"] = {
        "description": "Every invoice once, as it was last pulled.",
        "columns": COLUMNS,
        "facets": ["account", "kind", "status", "currency"],
        "sort_desc": "day",
        "label_column": "number",
        "size": 50,
    }
    tables["lines"] = {"description": "The lines of the invoices.", "columns": LINE_COLUMNS}
    tables["unreadable"] = {"description": "Records that could not be read, with the reason."}
    queries = {
        "latest": {"title": "Latest invoices", "sql": LATEST.strip()},
        "unpaid": {"title": "Unpaid invoices, the oldest due date first", "sql": UNPAID.strip()},
        "totals": {"title": "Totals by month, account and currency", "sql": TOTALS.strip()},
    }
    return {
        "title": "Invoices",
        "description": "Pulled by counterfoil. They contain personal data.",
        "databases": {database: {"tables": tables, "queries": queries}},
        "plugins": {"datasette-dashboards": {"invoices": _describe_charts(database, currency)}},
    }


def _describe_charts(database: str, currency: str | None) -> dict[str, Any]:
    by_month = {
        "title": "Gross by month and account",
        "db": database,
        "query": BY_MONTH.strip(),
        "library": "vega-lite",
        "display": {
            "mark": {"type": "bar", "tooltip": True},
            "encoding": {
                "x": {"field": "month", "type": "ordinal", "title": "Month"},
                "y": {"field": "gross", "type": "quantitative", "title": "Gross"},
                "color": {"field": "account", "type": "nominal", "title": "Account"},
            },
        },
    }
    counts = {
        "title": "Documents by account and kind",
        "db": database,
        "query": COUNTS.strip(),
        "library": "vega-lite",
        "display": {
            "mark": {"type": "bar", "tooltip": True},
            "encoding": {
                "x": {"field": "invoices", "type": "quantitative", "title": "Documents"},
                "y": {"field": "account", "type": "nominal", "title": "Account"},
                "color": {"field": "kind", "type": "nominal", "title": "Kind"},
            },
        },
    }
    return {
        "title": "Invoices by month and account",
        "layout": [["by-month"], ["counts"]],
        "filters": {
            "currency": {
                "name": "Currency",
                "type": "select",
                "db": database,
                "query": CURRENCIES,
                "default": currency or "",
            }
        },
        "charts": {"by-month": by_month, "counts": counts},
    }
