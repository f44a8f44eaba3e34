"""The names of the providers whose client type is known to type checkers."""

from __future__ import annotations

from typing import Literal, TypeAlias

ProviderName: TypeAlias = Literal["amazon", "flow", "open2b-admin", "open2b-storefront", "vtex"]
