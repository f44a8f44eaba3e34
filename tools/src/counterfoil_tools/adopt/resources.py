"""Which resource an operation belongs to: its tag, or the first fixed part of its path."""

from __future__ import annotations

import re
from collections import Counter

from .english import snake
from .methods import fixed_parts
from .state import Adoption

VAGUE = {
    "default",
    "general",
    "api",
    "apis",
    "rest",
    "public",
    "other",
    "others",
    "misc",
    "operations",
    "endpoints",
    "root",
}
VAGUE |= {"hidden", "internal", "private", "core", "main", ""}
NOISE = re.compile(
    r"\b(api|apis|endpoints?|operations?|resource|controller|service)\b", re.IGNORECASE
)
LONGEST = 40
FEW = 8  # operations that one resource can well hold


def find_resources(adoption: Adoption) -> dict[str, str]:
    """Return the resource of each operation by `method path`."""
    listed = list(adoption.operations())
    tags = {f"{method} {path}": _tag(operation) for path, method, operation in listed}
    segments = _segments([path for path, _, _ in listed])
    shared = _shared_words([tag for tag in tags.values() if tag])
    counted = Counter(tags.values())
    has_segments = len(set(segments.values())) > 1
    is_one = len(counted) == 1 and len(listed) > FEW and has_segments
    found: dict[str, str] = {}
    for path, method, _ in listed:
        tag = _clean(tags[f"{method} {path}"], shared)
        is_vague = tag in VAGUE or len(tag) > LONGEST
        found[f"{method} {path}"] = segments[path] if is_one or is_vague else tag
    return found


def _tag(operation: dict[str, object]) -> str:
    tags = operation.get("tags")
    return str(tags[0]) if isinstance(tags, list) and tags else ""


def _without_noise(tag: str) -> str:
    """Return a tag without words such as API, unless it has no other."""
    rest = NOISE.sub(" ", tag).strip()
    return rest or tag


def _clean(tag: str, shared: int) -> str:
    words = snake(_without_noise(tag)).split("_")
    words = words[shared:] if len(words) > shared else words
    name = "_".join(words)
    return name if name[:1].isalpha() else ""


def _shared_words(tags: list[str]) -> int:
    """Return how many words all tags begin with: a vendor's own name is noise."""
    split = [snake(_without_noise(tag)).split("_") for tag in set(tags)]
    if len(split) < 2:
        return 0
    count = 0
    while (
        all(len(words) > count + 1 for words in split)
        and len({words[count] for words in split}) == 1
    ):
        count += 1
    return count


def _segments(paths: list[str]) -> dict[str, str]:
    """Return the first distinguishing segment of each path, as a resource."""
    split = {path: _parts(path) for path in paths}
    listed = [_parts(path.partition("{")[0]) for path in paths]
    shared = _count_shared(listed)
    found = {}
    for path, parts in split.items():
        first = parts[shared] if len(parts) > shared else "root"
        found[path] = first[:LONGEST].strip("_")
    return found


def _parts(path: str) -> list[str]:
    return [name for name in map(snake, fixed_parts(path)) if name[:1].isalpha()]


def _count_shared(listed: list[list[str]]) -> int:
    """Return how many parts all paths begin with, the last part of none among them."""
    count = 0
    while listed and all(len(parts) > count + 1 for parts in listed):
        if len({parts[count] for parts in listed}) > 1:
            break
        count += 1
    return count
