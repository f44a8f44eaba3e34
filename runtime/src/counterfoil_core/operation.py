"""What a generated package says about its API: plain data, which the runtime acts on.

    Api         one for a package: servers, security schemes, what a status means
    Operation   one for a method: request, answers, retry class, limits
    Pagination  one for a method that pages: where the cursor and the items are

Nothing here sends, waits or decodes. A vendor's quirk is a value in one of these, never an `if` in the runtime.
"""

from __future__ import annotations

from collections.abc import Mapping
from pkgutil import resolve_name
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

ResultT = TypeVar("ResultT")
ItemT = TypeVar("ItemT")

Retry = Literal["safe", "keyed", "never"]
"""safe: reads. keyed: repeating it has the same effect. never: sent again only if it is proven that nothing was sent."""


class Bound(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The documented limits of one value, in JSON Schema's words; what is None is not limited."""

    minimum: int | str | None = None  # a str holds a decimal's exact digits
    maximum: int | str | None = None
    exclusive_minimum: int | str | None = None
    exclusive_maximum: int | str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    digits: int | None = None  # a decimal's digits in all
    places: int | None = None  # a decimal's digits after the point
    items: Bound | None = None  # the limits of an array's items


class Rule(Struct, frozen=True, kw_only=True):
    """Limits that hold only where another field of the same object has a value: a percentage is at most 100."""

    field: str
    equals: Any
    bounds: Mapping[str, Bound]


class Limits(Struct, frozen=True, kw_only=True):
    """The limits of one model: by field, and those that depend on another field. Names are Python's."""

    fields: Mapping[str, Bound] = {}
    rules: tuple[Rule, ...] = ()
    one_of: tuple[str, ...] = ()  # at least one of these fields must be given


class Parameter(Struct, frozen=True, kw_only=True):
    """One argument that travels outside the body."""

    name: str  # the argument's name in Python
    wire: str  # its name on the wire
    location: Literal["path", "query", "header"]
    type: Any  # the Python type it must have, as msgspec understands it
    bound: Bound | None = None
    required: bool = False


class Body(Struct, frozen=True, kw_only=True):
    """The request's body: its model's fields are the method's arguments, unless one argument holds it whole."""

    type: Any
    media_type: Literal["application/json", "application/x-www-form-urlencoded"] = "application/json"
    argument: str | None = None
    required: bool = True


class RateLimit(Struct, frozen=True, kw_only=True):
    """A usage plan: `requests` are allowed in `per` seconds, `burst` of them at once."""

    requests: int
    per: float
    burst: int
    scope: Literal["operation", "account"] = "operation"


class Window(Struct, frozen=True, kw_only=True):
    """A span of time that two arguments bound: at most `longest` seconds, reaching back at most `history` seconds."""

    start: str
    end: str
    longest: float | None = None
    history: float | None = None


class ErrorAnswer(Struct, frozen=True, kw_only=True):
    """A model that means failure although the status says success; the paths lead to its parts, by Python name."""

    type: Any
    code: tuple[str, ...]
    message: tuple[str, ...]
    field: tuple[str, ...] = ()
    raises: Mapping[str, str] = {}  # the vendor's code -> the exception's name; "default" for the rest


class Operation(Struct, Generic[ResultT], frozen=True, kw_only=True):
    """One operation of an API; ResultT is what its method returns."""

    name: str  # "invoices.list": resource and method
    operation_id: str  # the vendor's own name
    method: str
    path: str  # with {wireName} where a path parameter goes
    retry: Retry
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: Mapping[int, Any] = {}  # each documented success -> the type to decode; None: the body is empty
    result: tuple[str, ...] = ()  # the way from the answer to what the method returns, by Python name
    result_header: str | None = None  # the answer's header that the method returns, as a Secret
    nullable: bool = False  # the result may be null; else its absence is a DecodeError
    error: ErrorAnswer | None = None
    security: tuple[tuple[str, ...], ...] = ()  # alternatives, each the schemes that go together; (): none needed
    server: str | None = None  # where this operation lives on another host than the API
    rate_limit: RateLimit | None = None
    window: Window | None = None
    successor: str | None = None  # deprecated: the method to use instead


class Pagination(Struct, Generic[ResultT, ItemT], frozen=True, kw_only=True):
    """How one operation pages; ResultT is a page as the method returns it, ItemT one of its items.

    Paths are Python names: `cursor` leads into the method's arguments, `next`, `items` and `total` into its result.
    """

    style: Literal["token", "keyset", "offset", "page"]
    cursor: tuple[str, ...]
    items: tuple[str, ...] = ()  # (): the result is the list itself
    item: Any = None  # the type of an item
    next: tuple[str, ...] = ()  # token: into the result; keyset: into the last item
    order: tuple[str, Any] | None = None  # the argument that is forced while iterating, and its value
    select: tuple[str, str] | None = None  # the argument that selects fields, and the value it must hold
    size: tuple[str, ...] = ()
    default_size: int | None = None  # the items of a page where the caller does not say
    total: tuple[str, ...] = ()
    key: tuple[str, ...] = ()  # an item's identity, by which offset pages drop duplicates
    max_pages: int | None = None
    end: Literal["no-next", "short-page", "empty-page", "total"] = "no-next"
    model: Any = None  # the model to create where the cursor leads through one that was not given


class ServerVariable(Struct, frozen=True, kw_only=True):
    """A hole in the server's URL; without a default it must be given."""

    name: str  # the client's argument
    wire: str
    default: str | None = None
    enum: tuple[str, ...] = ()


class TokenExchange(Struct, frozen=True, kw_only=True):
    """How a credential is obtained: by an operation of the same API, whose own security may need another exchange.

    In the body, the text "{name}" stands for one of the client's `credentials`, and "{method}" and "{path}" for those
    of the operation that needs the token: then each operation has a token of its own. Paths are Python names and lead
    into what the operation's method returns.
    """

    operation: str  # "counterfoil_amazon._operations:ACCESS_TOKENS_CREATE"; imported at the first call
    body: Mapping[str, Any]
    credentials: tuple[str, ...] = ()  # the client's arguments that are traded in
    token: tuple[str, ...] = ()
    lifetime: tuple[str, ...] = ()  # seconds; (): it is not told, and a token serves until it is refused

    def find_operation(self) -> Operation[Any]:
        """The operation that gives the token."""
        found: Operation[Any] = resolve_name(self.operation)
        return found


class SecurityScheme(Struct, frozen=True, kw_only=True):
    """A credential: how it is called in Python, where it goes, and what it is traded for where it is not given."""

    name: str  # the client's argument; for basic: the user name
    kind: Literal["header", "basic"]
    header: str = "Authorization"
    headers: tuple[str, ...] = ()  # names the header may have; the client's argument `<name>_header` chooses
    exchange: TokenExchange | None = None


class Api(Struct, frozen=True, kw_only=True):
    """One API: what all of its operations share."""

    name: str  # the folder in specs/, in messages and in COUNTERFOIL_<NAME>_<ARGUMENT>
    distribution: str
    version: str  # the package's
    api_version: str  # the API's, as documented
    server: str
    variables: tuple[ServerVariable, ...] = ()
    security: tuple[SecurityScheme, ...] = ()
    defaults: tuple[str, ...] = ()  # path parameters that the client's arguments provide
    statuses: Mapping[int, str] = {}  # a status that means another exception than usual
    rate_limit: RateLimit | None = None
    decimals: Literal["number", "string"] = "number"  # how decimals are sent
    limits: Mapping[str, Limits] = {}  # by model name, for the models that requests reach
    tags: Mapping[str, tuple[str, ...]] = {}  # by model name, for members of unions that go by several tags
    secret_headers: tuple[str, ...] = ()
