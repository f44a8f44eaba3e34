"""The description of an API in a generated package: plain data, which the runtime executes.

    Api         one for each package: servers, security schemes, the meaning of statuses
    Operation   one for each method: request, responses, retry class, limits
    Pagination  one for each method that pages: the places of the cursor and the items

Nothing here sends, waits or decodes. A vendor's quirk is a value in one of these classes, never an
`if` in the runtime.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

ResultT = TypeVar("ResultT")
ItemT = TypeVar("ItemT")

ParameterStyle = Literal[
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "simple",
    "label",
    "matrix",
    "json",
]

Retry = Literal["safe", "keyed", "never"]
"""safe: the operation reads. keyed: repeating it has the same effect. never: it is sent again only
if it is proven that nothing was sent."""


class Constraints(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The documented limits of one value, named as in JSON Schema. None means no limit."""

    minimum: int | str | None = None  # a str has a decimal's exact digits
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
    items: Constraints | None = None  # the limits of an array's items
    equals: str | int | bool | None = None  # the only value that is documented


class DependentConstraints(Struct, frozen=True, kw_only=True):
    """Limits that depend on another field of the same object: a percentage is at most 100."""

    field: str
    equals: Any
    constraints: Mapping[str, Constraints]


class ModelConstraints(Struct, frozen=True, kw_only=True):
    """The limits of one model's fields, by Python name."""

    fields: Mapping[str, Constraints] = {}
    dependent: tuple[DependentConstraints, ...] = ()
    one_of: tuple[str, ...] = ()  # at least one of these fields must be given


class Parameter(Struct, frozen=True, kw_only=True):
    """One argument that is sent outside the body."""

    name: str  # the argument's name in Python
    wire: str  # its name on the wire
    location: Literal["path", "query", "header", "cookie"]
    type: Any  # the Python type it must have, as msgspec understands it
    constraints: Constraints | None = None
    required: bool = False
    # How an array or object is written, see parameter_styles; None: the default of its location.
    style: ParameterStyle | None = None
    # In a query: an array is its parameter repeated; False: one parameter with all values.
    explode: bool = True
    allow_reserved: bool = False  # in a query: characters such as / and : are sent as they are


class FieldEncoding(Struct, frozen=True, kw_only=True):
    """How one field of a form is written. By default, objects are JSON and lists repeat it."""

    style: ParameterStyle | None = None
    explode: bool = True
    content_type: str | None = None  # of a multipart form; JSON also in other forms


class Body(Struct, frozen=True, kw_only=True):
    """The request's body. Its fields are the method's arguments, unless `argument` is set."""

    type: Any
    # JSON, a form, a multipart form, a text if the type is str, else a file.
    media_type: str = "application/json"
    argument: str | None = None
    required: bool = True  # False: without arguments, no body is sent
    encoding: Mapping[str, FieldEncoding] = {}  # of a form's fields, by their names on the wire


class RateLimit(Struct, frozen=True, kw_only=True):
    """A usage plan: `requests` are allowed in `per` seconds, `burst` of them at once."""

    requests: int
    per: float
    burst: int
    scope: Literal["operation", "account"] = "operation"


class Window(Struct, frozen=True, kw_only=True):
    """Two arguments that bound a time span.

    The span has at most `longest` seconds, and starts at most `history` seconds ago.
    """

    start: str
    end: str
    longest: float | None = None
    history: float | None = None


class ErrorResponse(Struct, frozen=True, kw_only=True):
    """A model that means an error although the status is a success. Paths are Python names."""

    type: Any
    code: tuple[str, ...]
    message: tuple[str, ...]
    field: tuple[str, ...] = ()
    # The exception's name by the vendor's code; "default" for all other codes.
    raises: Mapping[str, str] = {}


class Operation(Struct, Generic[ResultT], frozen=True, kw_only=True):
    """One operation of an API. Its method returns ResultT."""

    name: str  # "invoices.list": resource and method
    operation_id: str  # the vendor's own name
    method: str
    path: str  # with {wireName} for each path parameter
    retry: Retry
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    accept: str = "application/json"  # the media types of the documented successes
    # The type to decode by documented success; None if the body is empty.
    responses: Mapping[int, Any] = {}
    # Returns the type to decode by documented error: a status, "4XX", "5XX" or "default".
    errors: Callable[[], Mapping[int | str, Any]] = dict
    # The path from the response to the method's result, by Python name.
    result: tuple[str, ...] = ()
    result_header: str | None = None  # the response header that the method returns, as a Secret
    nullable: bool = False  # the result may be null; otherwise its absence is a DecodeError
    error: ErrorResponse | None = None
    # Alternatives, each with the schemes that are used together; (): none is needed.
    security: tuple[tuple[str, ...], ...] = ()
    server: str | None = None  # if it is not the API's
    rate_limit: RateLimit | None = None
    window: Window | None = None
    successor: str | None = None  # deprecated: the method to use instead
    # The header with a key by which the API recognizes a request that arrives twice.
    idempotency_header: str | None = None
    is_documented: bool = True  # False: made for one request of `client.request`


class Pagination(Struct, Generic[ResultT, ItemT], frozen=True, kw_only=True):
    """The paging of one operation. ResultT is the method's result, ItemT one item of a page.

    Paths are Python names. `cursor` is a path into the method's arguments, `next`, `items`, `more`
    and `total` are paths into its result.
    """

    style: Literal["token", "keyset", "offset", "page", "next-url"]
    cursor: tuple[str, ...] = ()  # (): the server sends the URL of the next page
    items: tuple[str, ...] = ()  # (): the result is the list itself
    item: Any = None  # the type of an item
    next: tuple[str, ...] = ()  # token: into the result; keyset: into the last item
    # An argument that iterating sets, and its value.
    order: tuple[str, Any] | None = None
    # The argument that selects fields, and the field that paging needs.
    select: tuple[str, str] | None = None
    size: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    key: tuple[str, ...] = ()  # an item's identity, by which duplicates are recognized
    max_pages: int | None = None
    more: tuple[str, ...] = ()  # into the result: whether more pages follow
    link_header: bool = False  # the URL of the next page is in the Link header
    end: Literal["no-next", "empty-page", "total", "has-more"] = "no-next"
    model: Any = None  # the model to create if the cursor is in an object that was not passed


class ServerVariable(Struct, frozen=True, kw_only=True):
    """A variable of the server's URL. Without a default, it is required."""

    name: str  # the client's argument
    wire: str
    default: str | None = None
    enum: tuple[str, ...] = ()


class TokenExchange(Struct, frozen=True, kw_only=True):
    """The operation that issues a credential, which may need another exchange.

    In the body, the text "{name}" is replaced with one of the client's `credentials`, and
    "{method}" and "{path}" with those of the operation that needs the token; then each operation
    has its own token. Paths are Python names, and begin at the result of the operation's method.
    """

    # Imported at the first call: "counterfoil_parcel_post._operations:ACCESS_TOKENS_CREATE". For an
    # OAuth 2.0 token endpoint, it is the endpoint's address.
    operation: str
    body: Mapping[str, Any]
    credentials: tuple[str, ...] = ()  # the client's arguments that are exchanged
    token: tuple[str, ...] = ()
    # Seconds; (): unknown, so a token is used until it is rejected.
    lifetime: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()  # client's arguments that are sent if they are given
    # Two of the client's arguments that are sent as name and password of HTTP basic authentication.
    basic: tuple[str, ...] = ()
    # Where the response has the credential for the next exchange, and the argument it replaces.
    renewed: tuple[str, ...] = ()
    renews: str | None = None


class SecurityScheme(Struct, frozen=True, kw_only=True):
    """A credential: its name in Python, where it is sent, and how it is obtained."""

    # The client's argument. For basic it is the user name, for password "name:password".
    name: str
    kind: Literal["header", "query", "cookie", "basic", "password", "bearer"]
    header: str = "Authorization"  # for query and cookie, the name of the parameter or cookie
    # The names that the header may have; the client's argument `<name>_header` selects one.
    headers: tuple[str, ...] = ()
    # Ways to obtain it; the first whose credentials are all given is used.
    exchanges: tuple[TokenExchange, ...] = ()


class Api(Struct, frozen=True, kw_only=True):
    """One API: what all of its operations share."""

    name: str  # the folder in specs/, in messages and in COUNTERFOIL_<NAME>_<ARGUMENT>
    distribution: str
    version: str  # the package's
    api_version: str  # the API's, as documented
    server: str
    variables: tuple[ServerVariable, ...] = ()
    security: tuple[SecurityScheme, ...] = ()
    # Alternatives with which operations can be called; () is one if an operation needs none.
    credentials: tuple[tuple[str, ...], ...] = ()
    defaults: tuple[str, ...] = ()  # path parameters that the client's arguments set
    statuses: Mapping[int, str] = {}  # the exception's name, for a status with a special meaning
    rate_limit: RateLimit | None = None
    decimals: Literal["number", "string"] = "number"  # how decimals are sent
    # Returns them by model name, for the models that requests contain.
    constraints: Callable[[], Mapping[str, ModelConstraints]] = dict
    # By model name, for members of unions with several tags.
    tags: Mapping[str, tuple[str, ...]] = {}
    secret_headers: tuple[str, ...] = ()
    # Headers with the request's id, tried before those of many APIs.
    request_id_headers: tuple[str, ...] = ()
    # Headers that errors and the log may show, in addition to those of every API.
    safe_headers: tuple[str, ...] = ()
    rate_limit_header: str | None = None  # the current rate, in requests per second
