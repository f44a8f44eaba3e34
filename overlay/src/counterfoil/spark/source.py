"""The data source: `spark.read.format("counterfoil")`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from logging import getLogger
from typing import Any

import pyarrow  # noqa: F401 -- pyspark names it only when it reads the first batch
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

from ..accounts import Account
from .batches import BatchMaker, describe_failure
from .filters import PushedFilters
from .options import SourceOptions, read_options
from .planning import AccountWork, plan
from .reading import AccountReader, Found
from .schemas import describe_schema

LOG = getLogger("counterfoil")


class AccountFailed(RuntimeError):
    """An account failed, and the option `failures` is "fail"."""


class InvoicePartition(InputPartition):
    """The accounts that one task reads. It has no secrets."""

    def __init__(self, works: list[AccountWork]) -> None:
        self.works = works

    def __repr__(self) -> str:
        return f"InvoicePartition({', '.join(work.account.name for work in self.works)})"


class InvoiceReader(DataSourceReader):
    """Plans the tasks, on the driver, and reads the accounts of one, on a worker."""

    def __init__(self, options: SourceOptions) -> None:
        self.options = options
        self.filters = PushedFilters()

    def partitions(self) -> Sequence[InvoicePartition]:
        """Return a partition for each task. No request is sent.

        There is at least one, though it be empty: without any, PySpark reads one of its own.
        """
        planned = plan(self.options, self.filters) or [[]]
        return [InvoicePartition(works) for works in planned]

    def read(self, partition: Any) -> Iterator[Any]:
        """Yield the Arrow batches of a partition, an account after the other."""
        for work in partition.works:
            yield from self._read_account(work)

    def _read_account(self, work: AccountWork) -> Iterator[Any]:
        reader = AccountReader(work)
        batches = BatchMaker(self.options, reader.count_refused)
        for one in reader.read():
            if isinstance(one, Found):
                yield from batches.add(one)
                continue
            yield from batches.flush()
            if one.failure is not None:
                self._report(work.account, one.failure)
            yield from batches.end(one)

    def _report(self, account: Account[str], failure: Exception) -> None:
        """Log a failure on the worker, or raise it if the job shall fail."""
        name = f"{account.name!r} ({account.provider})"
        sentence = f"account {name} failed: {describe_failure(failure)}"
        if self.options.failures == "fail":
            raise AccountFailed(sentence)
        LOG.error(sentence)


class FilteringReader(InvoiceReader):
    """A reader that Spark's filters are passed to. PySpark refuses it without its setting."""

    def pushFilters(self, filters: list[Any]) -> Iterable[Any]:  # noqa: N802 -- PySpark's name
        """Note what limits the requests. Spark evaluates all filters itself as well."""
        self.filters.take(filters)
        return filters


class InvoiceSource(DataSource):
    """Invoices of the accounts in accounts.toml; see `counterfoil.spark`."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "counterfoil"

    def schema(self) -> str:
        """Return the columns of the table that the options choose."""
        return describe_schema(read_options(self.options))

    def reader(self, schema: Any) -> InvoiceReader:
        """Return the reader."""
        options = read_options(self.options)
        return FilteringReader(options) if options.pushdown else InvoiceReader(options)
