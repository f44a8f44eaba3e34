"""Suggestions for misspelled names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def suggest(word: object, known: Iterable[str]) -> str:
    """Return "; did you mean 'organization'?" for a misspelled word, or an empty string."""
    by_folded_name = {name.casefold(): name for name in known}
    near = get_close_matches(str(word).casefold(), by_folded_name, n=1)
    if not near:
        return ""
    return f"; did you mean {by_folded_name[near[0]]!r}?"
