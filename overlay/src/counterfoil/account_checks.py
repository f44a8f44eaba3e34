"""Checks of an account's settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from .errors import AccountError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_OVERLAP = timedelta(days=3660)
MOST_DIGITS = 6


def check_minor_digits(setting: object) -> None:
    """Raise AccountError if the decimals of amounts are invalid."""
    if not isinstance(setting, Mapping):
        _check_digits("minor_digits", setting)
        return
    for currency, digits in setting.items():
        check_currency("minor_digits", currency)
        _check_digits(f"minor_digits.{currency}", digits)


def _check_digits(name: str, digits: object) -> None:
    if digits is None:
        return
    if type(digits) is not int or not 0 <= digits <= MOST_DIGITS:  # a bool is no number here
        raise AccountError(f"{name} must be a whole number from 0 to {MOST_DIGITS}, not {digits}")


def check_currency(setting: str, code: object) -> None:
    """Raise AccountError if a setting is not the code of a currency."""
    if not re.fullmatch("[A-Z]{3}", str(code)):
        raise AccountError(f"{setting} must be an ISO 4217 code such as EUR, not {code!r}")


def read_overlap(value: timedelta | int | str | None) -> timedelta | None:
    """Convert a timedelta, a number of seconds or a string. Raises ValueError if it is invalid."""
    if value is None:
        return None
    if isinstance(value, str):
        written = re.fullmatch(r"([0-9]{1,6})([smhd])", value)
        if written is None:
            raise ValueError(value)
        value = int(written[1]) * _UNITS[written[2]]
    span = value if isinstance(value, timedelta) else None
    if type(value) is int:  # not a bool
        span = timedelta(seconds=value)
    if span is None or not timedelta() <= span <= LONGEST_OVERLAP:
        raise ValueError(value)
    return span
