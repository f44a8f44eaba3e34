"""The runtime of every Counterfoil client: transport, retries, deadlines, paging, errors.

For users, it has the exceptions, `Response`, `Page`, and `UNSET`, which means "not set".
Importing this package imports none of its modules: a name is imported at its first use (PEP 562).
"""

# Type checkers treat this name as true. Importing typing would take longer than all else here.
TYPE_CHECKING = False

__version__ = "0.1.0"

if TYPE_CHECKING:
    from msgspec import UNSET, UnsetType

    from .api import RateLimit
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
    from .multipart import File, FileInput
    from .options import RequestOptions
    from .pagination import Page
    from .response import Response
    from .transports.protocol import (
        AsyncStreamedResponse,
        AsyncTransport,
        Request,
        StreamedResponse,
        Transport,
    )

__all__ = [
    "UNSET",
    "ApiError",
    "AsyncClient",
    "AsyncStreamedResponse",
    "AsyncTransport",
    "AuthenticationFailed",
    "Client",
    "ConfigurationError",
    "Conflict",
    "ConnectFailed",
    "CounterfoilError",
    "DeadlineExceeded",
    "DecodeError",
    "File",
    "FileInput",
    "InvalidRequest",
    "NotFound",
    "OutcomeUnknown",
    "Page",
    "PaginationLoop",
    "PermissionDenied",
    "RateLimit",
    "RateLimited",
    "Request",
    "RequestOptions",
    "Response",
    "ServerError",
    "StreamedResponse",
    "Transport",
    "TransportError",
    "UnsetType",
    "__version__",
]

_ELSEWHERE = {
    "msgspec": ("UNSET", "UnsetType"),
    "counterfoil_core.client": ("AsyncClient", "Client"),
    "counterfoil_core.api": ("RateLimit",),
    "counterfoil_core.multipart": ("File", "FileInput"),
    "counterfoil_core.options": ("RequestOptions",),
    "counterfoil_core.pagination": ("Page",),
    "counterfoil_core.response": ("Response",),
    "counterfoil_core.transports.protocol": (
        "StreamedResponse",
        "AsyncStreamedResponse",
        "AsyncTransport",
        "Request",
        "Transport",
    ),
}

if not TYPE_CHECKING:  # hidden from type checkers, so that they still report a misspelt name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        module = "counterfoil_core.errors"
        for other, names in _ELSEWHERE.items():
            if name in names:
                module = other
        value = getattr(import_module(module), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
