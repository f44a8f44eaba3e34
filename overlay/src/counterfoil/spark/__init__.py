"""Invoices in Apache Spark, as a data source. Requires `pip install "counterfoil[spark]"`.

    from counterfoil.spark import register

    register(spark)
    invoices = spark.read.format("counterfoil").option("since", "2026-01-01").load()

Each task reads some accounts of accounts.toml, one after the other, so no two tasks share the rate
limit of an account. Secrets are found in the environment of the workers. `option("table", "run")`
has everything that one run finds: invoices, lines, unreadable records and, for each account, where
the next run begins, so that all of it is written at once. docs/scaling.md explains the options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counterfoil_core.errors import ConfigurationError

try:
    from .source import InvoiceSource
except ModuleNotFoundError as error:
    if error.name is None or error.name.partition(".")[0] not in ("pyspark", "pyarrow"):
        raise
    raise ConfigurationError(
        f'Spark needs {error.name.partition(".")[0]}: pip install "counterfoil[spark]"'
    ) from None
from .runs import RunTables, save_cursors, split_run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["InvoiceSource", "RunTables", "register", "save_cursors", "split_run"]


def register(spark: SparkSession | Any) -> None:
    """Make `spark.read.format("counterfoil")` known to a session."""
    spark.dataSource.register(InvoiceSource)
