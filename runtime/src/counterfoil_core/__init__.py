"""What every Counterfoil client stands on: transport, retries, deadlines, paging, errors.

Users meet four things here: the exceptions, `Response`, `Page`, and `UNSET`, which means "not given".
Importing this package imports none of its modules: each name is fetched at its first use (PEP 562).
"""

TYPE_CHECKING = False  # type checkers take this name for true; importing typing for it would cost more than all else

__version__ = "0.1.0"

if TYPE_CHECKING:
    from msgspec import UNSET, UnsetType

    from .client import AsyncClient, Client
    from .errors import (
        ApiError,
        AuthenticationFailed,
        ConfigurationError,
        Conflict,
        ConnectFailed,
        CounterfoilError,
        DeadlineExceeded,
        DecodeError,
        InvalidRequest,
        NotFound,
        OutcomeUnknown,
        PaginationLoop,
        PermissionDenied,
        RateLimited,
        ServerError,
        TransportError,
    )
    from .operation import RateLimit
    from .paging import Page
    from .response import Response
    from .transport import Answer, AsyncAnswer, AsyncTransport, Request, Transport

__all__ = [
    "UNSET",
    "Answer",
    "ApiError",
    "AsyncAnswer",
    "AsyncClient",
    "AsyncTransport",
    "AuthenticationFailed",
    "Client",
    "ConfigurationError",
    "Conflict",
    "ConnectFailed",
    "CounterfoilError",
    "DeadlineExceeded",
    "DecodeError",
    "InvalidRequest",
    "NotFound",
    "OutcomeUnknown",
    "Page",
    "PaginationLoop",
    "PermissionDenied",
    "RateLimit",
    "RateLimited",
    "Request",
    "Response",
    "ServerError",
    "Transport",
    "TransportError",
    "UnsetType",
    "__version__",
]

_ELSEWHERE = {
    "msgspec": ("UNSET", "UnsetType"),
    "counterfoil_core.client": ("AsyncClient", "Client"),
    "counterfoil_core.operation": ("RateLimit",),
    "counterfoil_core.paging": ("Page",),
    "counterfoil_core.response": ("Response",),
    "counterfoil_core.transport": ("Answer", "AsyncAnswer", "AsyncTransport", "Request", "Transport"),
}

if not TYPE_CHECKING:  # hidden from type checkers, so that they still report a misspelt name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = next((module for module, names in _ELSEWHERE.items() if name in names), "counterfoil_core.errors")
        value = getattr(import_module(home), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
