"""The results of a pull, by account."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class AccountPull:
    """The result of a pull for one account.

    `read` is the number of invoices that the provider listed. Once they are stored, it is the sum
    of `new`, `changed`, `unchanged` and `erased`, of which the last are not stored again.
    `unreadable` is the number of records that could not be read, mapped or stored; the sink keeps
    them, and `warnings` names the first ones. `deleted` is the number of stored invoices that were
    found to be deleted at the provider.

    `slices` is the number of planned slices of time, `slices_done` the number of completed ones.
    `failure` is the exception that ended the pull of this account early, or None. Invoices that
    were stored before it are valid, and the next pull resumes there. `warnings` also lists the
    parts of the request that the provider cannot meet.
    """

    account: str
    provider: str
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unreadable: int = 0
    erased: int = 0
    deleted: int = 0
    slices: int = 0
    slices_done: int = 0
    failure: Exception | None = None
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PullResult:
    """The results of a pull, in the order of the accounts."""

    accounts: tuple[AccountPull, ...]

    @property
    def failed(self) -> tuple[AccountPull, ...]:
        """The accounts whose pull ended early."""
        return tuple(one for one in self.accounts if one.failure is not None)

    def count(self, what: str) -> int:
        """Return the sum of one counter over all accounts.

        `what` is `read`, `new`, `changed`, `unchanged`, `unreadable`, `erased` or `deleted`.
        """
        return sum(getattr(one, what) for one in self.accounts)
