"""Words: how vendors' names fall into them, and which are one and which are many."""

from __future__ import annotations

import re

WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+[a-z]*")
BRANDS = re.compile(
    r"OAuth|PayPal|GitHub|OpenID|iDEAL|eBay|iOS|macOS"
)  # one word each, whatever their capitals
IRREGULAR = {
    "people": "person",
    "children": "child",
    "indices": "index",
    "data": "data",
    "media": "media",
    "news": "news",
}
ALIKE = {
    "status",
    "address",
    "access",
    "process",
    "business",
    "progress",
    "bus",
    "gas",
    "sms",
    "dns",
    "aws",
    "analysis",
}


def words(text: str) -> list[str]:
    """Return the words of a name: `listCreditNotes_v2` -> list, Credit, Notes, v, 2; nothing but
    ASCII counts.
    """
    return WORD.findall(BRANDS.sub(lambda brand: brand[0].capitalize(), text))


def pascal(parts: list[str] | tuple[str, ...]) -> str:
    """Return texts as one class name: `credit_note`, `lines` -> `CreditNoteLines`."""
    found = re.findall(r"[A-Za-z0-9]+", " ".join(parts))
    return "".join(word[:1].upper() + word[1:] for word in found)


def snake(text: str) -> str:
    """Return a name in lower case with underscores: `listCreditNotes` -> `list_credit_notes`."""
    joined = "_".join(words(text)).lower()
    return re.sub(r"_(\d)", r"\1", joined)


def singular(word: str) -> str:
    """Return the singular: `Categories` -> `Category`; a singular is returned unchanged."""
    lower = word.lower()
    if lower in IRREGULAR:
        one = IRREGULAR[lower]
        return one.capitalize() if word[:1].isupper() else one
    if (
        any(lower.endswith(one) for one in ALIKE)
        or not lower.endswith("s")
        or lower.endswith(("ss", "us", "is"))
    ):
        return word
    if lower.endswith("ies") and len(lower) > 4:
        return f"{word[:-3]}y"
    if lower.endswith(("sses", "shes", "ches", "xes", "uses")) and len(lower) > 4:
        return word[:-2]
    return word[:-1]


def plural(word: str) -> str:
    """Return the plural: `category` -> `categories`."""
    lower = word.lower()
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if lower.endswith(("s", "x", "ch", "sh")) else f"{word}s"
