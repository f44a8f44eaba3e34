"""Add an invoice to an order, at a provider that accepts invoices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec
from counterfoil_core.errors import TransportError
from counterfoil_core.multipart import read_body
from msgspec import Struct

from .accounts import Account
from .connecting import connect
from .errors import NotificationError
from .providers import find_provider, provider_names

if TYPE_CHECKING:
    from counterfoil_core import Request
    from counterfoil_vtex import InvoiceNotification, InvoiceReceipt


class DryRun(Struct, frozen=True, kw_only=True):
    """A request that was prepared and not sent, without its credentials."""

    method: str
    url: str
    body: Any


def notify(
    account: Account, order_id: str, notification: InvoiceNotification, *, client: Any = None
) -> InvoiceReceipt:
    """Add an invoice to an order. This cannot be undone, and changes the order's total.

    The request is sent once, without retries. `client` is a client for the account; without it, one
    is created and closed.

    Raises NotificationError if the provider does not accept invoices, and the client's exceptions.
    After OutcomeUnknown, the invoice may have been added; the message explains how to check.
    """
    enter_invoice = _find_function(account)
    with ExitStack() as stack:
        client = client or stack.enter_context(connect(account))
        receipt: InvoiceReceipt = enter_invoice(client, order_id, notification)
    return receipt


def show_notification(account: Account, order_id: str, notification: InvoiceNotification) -> DryRun:
    """Return the exact request that `notify` would send. Nothing is sent.

    Raises NotificationError if the provider does not accept invoices, and InvalidRequest if an
    argument violates a documented limit.
    """
    enter_invoice = _find_function(account)
    recorder = _RecordingTransport()
    with connect(account, transport=recorder, max_attempts=1) as client:
        try:
            enter_invoice(client, order_id, notification)
        except TransportError:
            if recorder.request is None:
                raise
    request = recorder.request
    if request is None:
        raise NotificationError("the client sent no request")
    body = msgspec.json.decode(read_body(request.body) or b"null")
    return DryRun(method=request.method, url=request.url, body=body)


class _RecordingTransport:
    """A transport that records the request and does not send it."""

    request: Request | None = None

    def send(self, request: Request) -> NoReturn:
        self.request = request
        raise TransportError("nothing is sent in a dry run")

    def close(self) -> None:
        """Do nothing: there are no connections."""


def _find_function(account: Account) -> Callable[[Any, str, Any], Any]:
    """Return the provider's function. Raises NotificationError if it does not accept invoices."""
    enter_invoice = find_provider(account.provider).enter_invoice
    if enter_invoice is None:
        able = [name for name in provider_names() if find_provider(name).enter_invoice is not None]
        verb = "accepts" if len(able) == 1 else "accept"
        raise NotificationError(
            f"account {account.name!r} is with {account.provider}: "
            f"only {' and '.join(able)} {verb} notifications"
        )
    return enter_invoice
