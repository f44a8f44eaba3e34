"""What an error means for people, in one sentence, and for scripts, as an exit code."""

from __future__ import annotations

from collections.abc import Iterable

from counterfoil_core.errors import AuthenticationFailed, ConfigurationError, CounterfoilError, PermissionDenied

from ..errors import DocumentError, NotificationError, StorageError, WindowError
from .screen import clean

EXIT_CODES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int], ...] = (
    (NotificationError, 1),
    (WindowError, 2),
    (ConfigurationError, 3),
    ((AuthenticationFailed, PermissionDenied), 4),
    ((StorageError, DocumentError, OSError), 6),
    (CounterfoilError, 5),
)


def find_exit_code(error: Exception) -> int:
    """The exit code of an error by its family; see the package."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 70)


def sum_up(failures: Iterable[Exception], of: int) -> int:
    """The exit code of several tasks: 0 where none failed, the family's where all did alike, else 1."""
    codes = [find_exit_code(error) for error in failures]
    if not codes:
        return 0
    return codes[0] if len(codes) == of and len(set(codes)) == 1 else 1


def tell(error: Exception) -> str:
    """An error as one line, and what to do about it."""
    if isinstance(error, CounterfoilError):
        advice = getattr(error, "advice", "")
        return clean(f"{error} {advice}" if advice and advice not in str(error) else str(error))
    if isinstance(error, OSError):
        return clean(f"{error.filename or 'the system'}: {error.strerror or error}")
    return clean(f"unexpected {type(error).__name__}: {error} (with COUNTERFOIL_DEBUG=1 it shows where)")
