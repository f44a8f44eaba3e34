# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Amazon SP-API vendor direct-fulfilment customer invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.types import OpenStrEnum, Secret
from msgspec import UNSET, UnsetType, field

from ._model import ApiModel


class CustomerInvoice(ApiModel, gc=False, kw_only=True):
    """The invoice for one purchase order, as Amazon made it out to the customer."""

    purchase_order_number: str = field(name="purchaseOrderNumber")
    """Purchase order number the invoice belongs to. ASCII letters and digits only."""

    content: str
    """The invoice as a PDF file, encoded in base64. The sandbox sends plain text, which is not
    base64.
    """


class Pagination(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Way from one page to the next."""

    next_token: str | None = field(name="nextToken", default=None)
    """Token to send as `nextToken` for the next page. Absent on the last page; the sandbox
    always sends one.
    """


class SortOrder(OpenStrEnum):
    """Direction of sorting, by the date the order was created. ASC puts the oldest first, DESC
    the newest.
    """

    ASC = "ASC"
    DESC = "DESC"


if TYPE_CHECKING:
    SortOrderInput: TypeAlias = SortOrder | Literal["ASC", "DESC"] | str
    """`SortOrder`, or its value."""
else:
    SortOrderInput = SortOrder


class Error(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """One reason why a request failed."""

    code: str
    """Kind of error, such as InvalidInput, Unauthorized or QuotaExceeded."""

    message: str | None
    """What went wrong, in words. Null has been seen, although the documentation promises text."""

    details: str | None = None
    """More that may help to put it right. Often empty, or absent."""


class GrantType(OpenStrEnum):
    """What is traded for an access token: the refresh token of a selling partner, or the
    application's own credentials, for operations that no selling partner has to grant.
    """

    REFRESH_TOKEN = "refresh_token"
    CLIENT_CREDENTIALS = "client_credentials"


if TYPE_CHECKING:
    GrantTypeInput: TypeAlias = GrantType | Literal["refresh_token", "client_credentials"] | str
    """`GrantType`, or its value."""
else:
    GrantTypeInput = GrantType


class AccessToken(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An access token from login with Amazon."""

    access_token: Secret
    """The token, to be sent as `x-amz-access-token`."""

    token_type: str
    """Kind of token, always bearer."""

    expires_in: int
    """Seconds until the token expires, 3600 as documented."""

    refresh_token: Secret | None = None
    """Refresh token to use from now on. Absent where none was traded."""


class LoginErrorCode(OpenStrEnum):
    """Kind of error at login with Amazon. invalid_grant means that the refresh token is wrong,
    expired or revoked; invalid_client and unauthorized_client that the application's
    credentials are; server_error and temporarily_unavailable that trying again may help.
    """

    ACCESS_DENIED = "access_denied"
    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_REQUEST = "invalid_request"
    INVALID_SCOPE = "invalid_scope"
    SERVER_ERROR = "server_error"
    TEMPORARILY_UNAVAILABLE = "temporarily_unavailable"
    UNAUTHORIZED_CLIENT = "unauthorized_client"


class RestrictedMethod(OpenStrEnum):
    """HTTP method of a restricted operation."""

    GET = "GET"
    PUT = "PUT"
    POST = "POST"
    DELETE = "DELETE"


if TYPE_CHECKING:
    RestrictedMethodInput: TypeAlias = (
        RestrictedMethod | Literal["GET", "PUT", "POST", "DELETE"] | str
    )
    """`RestrictedMethod`, or its value."""
else:
    RestrictedMethodInput = RestrictedMethod


class RestrictedDataToken(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A Restricted Data Token, which opens the operations it was asked for."""

    restricted_data_token: Secret | None = field(name="restrictedDataToken", default=None)
    """The token, to be sent as `x-amz-access-token` in place of the access token."""

    expires_in: int | None = field(name="expiresIn", default=None)
    """Seconds until the token expires, 3600 as documented."""


class CustomerInvoiceList(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """One page of customer invoices."""

    pagination: Pagination | None = None
    """Way to the next page. Absent, or without a token, on the last one."""

    customer_invoices: list[CustomerInvoice] | None = field(name="customerInvoices", default=None)
    """The invoices of this page. It may be empty or absent when there are none."""


ErrorList: TypeAlias = list[Error]
"""The errors that made a request fail."""


class CreateAccessToken(ApiModel, gc=False, kw_only=True):
    """Request for an access token, sent as a form."""

    grant_type: GrantTypeInput
    """What is traded for the access token."""

    client_id: str
    """The application's client identifier from login with Amazon."""

    client_secret: Secret
    """The application's client secret from login with Amazon."""

    refresh_token: Secret | UnsetType = UNSET
    """Long-lived token from the selling partner's authorisation. Required when `grant_type` is
    refresh_token.
    """

    scope: str | UnsetType = UNSET
    """What the token shall open. Required when `grant_type` is client_credentials, and not
    used by the invoice operations.
    """


class LoginError(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Why login with Amazon refused to issue a token."""

    error: LoginErrorCode
    """Kind of error, in OAuth 2.0's words."""

    error_description: str | None = None
    """What went wrong, in words. It may be absent."""


class RestrictedResource(ApiModel, gc=False, kw_only=True):
    """A restricted operation, named by its HTTP method and path."""

    method: RestrictedMethodInput
    """HTTP method of the operation, GET for the invoice operations."""

    path: str
    """Path of the operation, either with the placeholder as documented, for any purchase
    order, or with one purchase order's number filled in. Not verified for the invoice
    operations.
    """

    data_elements: list[str] | UnsetType = field(name="dataElements", default=UNSET)
    """Kinds of personal data wanted: buyerInfo, shippingAddress, buyerTaxInformation. Only the
    Orders API needs them; leave them out for invoices.
    """


class CustomerInvoicesAnswer(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Answer to a request for the invoices of a period."""

    payload: CustomerInvoiceList | None = None
    """The page of invoices. Absent when the request failed."""

    errors: ErrorList | None = None
    """What went wrong. Absent when the request succeeded."""


class CustomerInvoiceAnswer(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Answer to a request for one invoice."""

    payload: CustomerInvoice | None = None
    """The invoice. Absent when the request failed."""

    errors: ErrorList | None = None
    """What went wrong. Absent when the request succeeded."""


class ErrorAnswer(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Body of a failed request."""

    errors: ErrorList | None = None
    """What went wrong, one entry for each error."""


class CreateRestrictedDataToken(ApiModel, gc=False, kw_only=True):
    """Request for a Restricted Data Token."""

    restricted_resources: list[RestrictedResource] = field(name="restrictedResources")
    """The restricted operations that the token shall open, at most 50."""

    target_application: str | UnsetType = field(name="targetApplication", default=UNSET)
    """Identifier of the application that shall use the token. Left out, it is the one that
    asks.
    """
