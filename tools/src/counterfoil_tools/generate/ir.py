"""The intermediate representation of a package, with every Python name and type written out.

    Package
      Argument                     of the client's constructor
      Model          Field         of requests and responses
      Resource       Operation     with its paging
      ResourceClass  Method        the classes of resources.py, as templates print them

Expressions are Python source: a template's line is nearly the line that it prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..openapi.document import AdoptionCounts

Keywords = tuple[tuple[str, str], ...]  # (keyword, expression): the arguments of a call, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a method or a constructor; without a default it is required."""

    name: str
    annotation: str
    doc: str
    default: str | None = None
    by_position: bool = False
    secret: bool = False  # a credential, which no traceback may show


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A model's field, or an enum's member (then `annotation` is its value)."""

    name: str
    wire: str
    annotation: str
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One component schema, hence one class or alias of models.py."""

    name: str
    kind: str  # object | enum | alias
    doc: str  # the first sentence of its description
    description: str = ""
    annotation: str = ""  # of an alias: the type that it names
    fields: tuple[Field, ...] = ()
    # Whether the garbage collector must see it: it may contain itself, or a value of any shape.
    tracked: bool = False
    # Whether only requests contain it: an optional field is UNSET then, and None when it is read.
    sent: bool = False
    # Of a member of a union: the property that identifies it, and its values.
    tag: tuple[str, tuple[str, ...]] | None = None
    # Of a union in responses: members that the API adds later are kept as raw values.
    admits_unknown: bool = False
    # Of a union that msgspec cannot decode: the runtime does, by these conditions of its objects.
    is_one_of: bool = False
    variants: tuple[str, ...] = ()
    # In a large package: the objects are imported when one of them is decoded.
    by_need: bool = False
    others: str = ""  # its members that are no objects, as a type
    # Whether an object's fields contain such unions.
    contains_unions: bool = False
    # Of an alias that requests use for an enum: the type of its values.
    values: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dict:
    """A dict that arguments take in the place of a model."""

    name: str
    model: str
    fields: tuple[Field, ...]
    hides: bool  # whether a field has the name of a type, which it hides within a class

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The names and types of the fields, as dicts.py writes them."""
        found = []
        for field in self.fields:
            annotation = field.annotation.replace("dicts.", "")
            wrapped = annotation if field.required else f"NotRequired[{annotation}]"
            found.append((field.name, wrapped))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of one of a resource's two classes, ready to print."""

    definition: str  # def | async def
    name: str
    arguments: tuple[Argument, ...]
    keyword_only: int  # the index of the first argument that goes by keyword alone
    returns: str
    doc: tuple[str, ...]
    call: str  # return await self._client.call
    operands: str  # what the call takes before the mapping of arguments ...
    passed: tuple[str, ...]  # ... the arguments in that mapping ...
    options: str = ""  # ... and what it takes after it
    deprecated: str | None = None
    returns_value: bool = True  # False: items, pages or events, which are no single response
    is_download: bool = False  # the response can be read while it arrives


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceClass:
    """One class of resources.py, and its variant whose methods return a `Response`."""

    name: str
    client: str
    doc: str
    methods: tuple[Method, ...]

    @property
    def with_response(self) -> str:
        return f"{self.name}WithResponse"

    @property
    def calls(self) -> tuple[Method, ...]:
        """The methods that return one response."""
        return tuple(method for method in self.methods if method.returns_value)

    @property
    def with_streaming(self) -> str:
        return f"{self.name}WithStreaming"

    @property
    def downloads(self) -> tuple[Method, ...]:
        """The methods whose response can be read while it arrives."""
        return tuple(method for method in self.methods if method.is_download)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation, for SURFACE.md, README.md and _operations.py."""

    constant: str
    method: str
    operation_id: str
    summary: str
    request: str  # GET /path
    retry: str
    returns: str
    item: str | None
    runtime: Keywords
    pages: Keywords  # () where it does not page
    unverified: str | None
    beyond_documents: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Operations that belong together: `client.<name>`."""

    name: str
    class_name: str
    operations: tuple[Operation, ...]
    classes: tuple[ResourceClass, ...]  # sync and async

    @property
    def doc(self) -> str:
        return self.classes[0].doc

    @property
    def has_downloads(self) -> bool:
        return bool(self.classes[0].downloads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One webhook: `webhooks.<name>`."""

    name: str
    wire: str
    annotation: str
    doc: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One documented exchange, for the test transport and the contract tests.

    `body` is JSON text with the document's digits.
    """

    operation: str
    name: str
    status: int
    media_type: str
    body: str
    request: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One API's package."""

    api: str
    dist: str
    import_name: str
    client: str
    async_client: str
    version: str
    runtime_floor: str
    runtime_ceiling: str
    api_version: str
    title: str
    summary: str
    description: str
    documentation: str
    example: str
    changelog: str
    arguments: tuple[Argument, ...]
    client_doc: tuple[str, ...]
    runtime: Keywords  # Api(...)
    model_constraints: Mapping[str, Keywords]
    models: tuple[Model, ...]
    dicts: tuple[Dict, ...]
    resources: tuple[Resource, ...]
    webhooks: tuple[Webhook, ...]
    webhook_signature: Keywords  # (): webhooks are not signed, or nobody knows how
    examples: tuple[Example, ...]
    provenance: Mapping[str, str]
    warnings: Mapping[str, int]  # by rule: what an adopted document lacks
    adoption: AdoptionCounts | None = None  # None for a hand-written document
    # The module of `models` that has a model, by its name; empty for a small package.
    modules: Mapping[str, str]

    @property
    def is_large(self) -> bool:
        """Whether the package has modules by resource, which are imported by need."""
        return bool(self.modules)

    @property
    def has_downloads(self) -> bool:
        return any(resource.has_downloads for resource in self.resources)

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(operation for resource in self.resources for operation in resource.operations)
