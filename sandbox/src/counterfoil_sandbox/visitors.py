"""Protection from other sites: in a browser, only the sandbox's own page may use it.

Any open page can make the browser send requests to this machine. It can read the responses if its
own name resolves to this machine (DNS rebinding). It needs no response if the request alone does
harm.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address

from .http import Request, Response, answer_json

_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
# Values of Sec-Fetch-Site. Another port of this machine is "same-site".
_FOREIGN_SITES = frozenset({"cross-site", "same-site"})


def refuse_host(request: Request, allowed: Collection[str]) -> Response | None:
    """Check the Host header; return the refusal, or None if the name is allowed.

    Addresses are always allowed, because a page of another machine cannot have them as its origin.
    So are names without a dot, because the internet has no such sites: localhost, a container, a
    test server. So is a request without a Host header, because browsers always send one.
    """
    host = request.headers.get("host")
    if host is None or _is_allowed(host.lower(), allowed):
        return None
    message = (
        "The Host header is not a name of this sandbox. Use its address, or allow the name with"
        " --allow-host or Sandbox(allow_hosts=...)."
    )
    return answer_json({"error": message}, 421)


def _is_allowed(host: str, allowed: Collection[str]) -> bool:
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found["name"]
    return (
        name in allowed
        or _is_single_label(name)
        or name.endswith(".localhost")
        or _is_address(name)
    )


def _is_single_label(name: str) -> bool:
    return re.fullmatch("[a-z][a-z0-9_-]*", name) is not None


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def refuse_origin(request: Request) -> Response | None:
    """Check that no page of another origin makes the request; return the refusal, or None.

    Following a link to the sandbox's page is allowed.
    """
    origin = request.headers.get("origin")
    if origin is None:
        site = request.headers.get("sec-fetch-site")
        is_foreign = site in _FOREIGN_SITES and not _is_navigation(request)
    else:
        _, _, origin_host = origin.lower().partition("://")
        is_foreign = origin_host != request.headers.get("host", "").lower()
    if not is_foreign:
        return None
    message = "A page of another origin may not use the sandbox's page or control endpoint."
    return answer_json({"error": message}, 403)


def _is_navigation(request: Request) -> bool:
    return request.method == "GET" and request.headers.get("sec-fetch-mode") == "navigate"
