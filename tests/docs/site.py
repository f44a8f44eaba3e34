"""The built site as data: its pages, with their links and anchors."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parents[2]
HTML = ROOT / "build/site/html"


@dataclass
class SitePage(HTMLParser):
    """One HTML page."""

    path: Path
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.anchors |= {value for name in ("id", "name") if (value := found.get(name))}
        for name in ("href", "src"):
            if value := found.get(name):
                self.links.append(value)

    @property
    def name(self) -> str:
        return str(self.path.relative_to(HTML))


class Site:
    """All pages of the built site."""

    @cached_property
    def pages(self) -> dict[Path, SitePage]:
        return {path: SitePage(path) for path in sorted(HTML.rglob("*.html"))}

    def find(self, page: SitePage, link: str) -> tuple[Path, str] | None:
        """Return the file and the anchor of a link, or None if it leaves the site."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        target = unquote(parts.path)
        base = HTML if target.startswith("/") else page.path.parent
        path = (base / target.lstrip("/")).resolve() if target else page.path
        return (path / "index.html" if path.is_dir() else path), unquote(parts.fragment)
