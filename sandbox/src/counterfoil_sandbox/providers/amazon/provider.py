"""Amazon: customer invoices by period with token pages, and the tokens for them."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from ...http import Request, Response, answer_json
from ...options import Option
from ...provider import Call, Clock, Problem, Refused, Rejection
from ...rate_limits import Limiter, TokenBucket
from ...specification import Operation, Specification
from .invoices import Invoice, Invoices, Position, Window
from .static import answer_statically
from .tokens import (
    CLIENT_ID,
    CLIENT_SECRET,
    LIFETIME,
    READY_MADE_TOKEN,
    REFRESH_TOKEN,
    SCOPES,
    Tokens,
    matches,
)

LONGEST = timedelta(days=7)
HISTORY = timedelta(days=184)  # the longest six months
DEFAULT_LIMIT = 100  # not documented
SIGNING_KEY = secrets.token_bytes(16)  # so that callers cannot make a nextToken
HEADER = "x-amz-access-token"
INVOICE_OPERATIONS = frozenset({"getCustomerInvoices", "getCustomerInvoice"})
RATE_HEADER_STATUSES = frozenset({200, 400, 404})
MALFORMED_DATE = (403, "InvalidRequest", "The request is invalid.")
REFUSALS = {
    Rejection.UNKNOWN_ROUTE: (404, "NotFound", "There is no such resource."),
    Rejection.WRONG_METHOD: (405, "MethodNotAllowed", "The resource does not support this method."),
    Rejection.TOO_LARGE: (413, "RequestTooLarge", "The body exceeds 1 MiB."),
    Rejection.TOO_MANY: (
        429,
        "QuotaExceeded",
        "You exceeded your quota for the requested resource.",
    ),
    Rejection.WRONG_MEDIA_TYPE: (
        415,
        "UnsupportedMediaType",
        "The body is in a format that is not supported.",
    ),
    Rejection.BROKEN_BODY: (400, "InvalidInput", "The body cannot be read."),
    Rejection.INVALID: (400, "InvalidInput", "A parameter of the request is wrong."),
    Rejection.FAILURE: (500, "InternalFailure", "The server met an unexpected condition."),
}


class Amazon:
    """Vendor direct fulfilment, customer invoices v1, with login with Amazon and the Tokens API."""

    limiter: ClassVar[type[Limiter]] = TokenBucket
    refuses_unknown_fields: ClassVar[bool] = False
    facts: ClassVar[Mapping[str, str]] = {}
    secrets: ClassVar[tuple[str, ...]] = ("refresh_token", "client_secret")
    account: ClassVar[Mapping[str, str]] = {
        "refresh_token": REFRESH_TOKEN,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    }
    credentials: ClassVar[Mapping[str, str]] = {
        **account,
        "restricted_data_token": READY_MADE_TOKEN,
    }

    options: ClassVar[Mapping[str, Option]] = {
        "static": Option(
            False,
            "answer with the fixed cases of Amazon's own sandbox",
            (False, True),
        )
    }

    def __init__(
        self,
        specification: Specification,
        seed: int,
        invoices: int,
        clock: Clock,
        *,
        static: bool = False,
    ) -> None:
        self._clock = clock
        self._static = static
        self._invoices = Invoices(seed, invoices, clock())
        self._tokens = Tokens(clock)
        self._resources = [
            each.path for each in specification.operations if each.id in INVOICE_OPERATIONS
        ]
        self._handlers: dict[str, Callable[[Call], Any]] = {
            "getCustomerInvoices": self._list,
            "getCustomerInvoice": self._get,
            "createRestrictedDataToken": self._create_restricted_data_token,
        }

    def revoke(self) -> None:
        """Revoke every token."""
        self._tokens.revoke()

    def close(self) -> None:
        """Forget the invoices."""
        self._invoices.close()

    def authenticate(self, operation: Operation, path: str, request: Request) -> Response | None:
        """Invoices need a Restricted Data Token for their path, the Tokens API an access token."""
        token = request.headers.get(HEADER, "")
        restricted = operation.id in INVOICE_OPERATIONS
        if restricted:
            is_open = self._tokens.opens(token, path)
        else:
            is_open = self._tokens.opens_tokens(token)
        if is_open:
            return None
        refused = Refused(403, "Unauthorized", "Access to requested resource is denied.")
        return _refuse(operation, refused)

    def refuse(self, problem: Problem) -> Response:
        """Answer with a list of errors, or as login with Amazon does."""
        if problem.operation and problem.operation.id == "createAccessToken":
            return _refuse_login(problem)
        status, code, message = REFUSALS[problem.fault]
        # Amazon's own sandbox answers a malformed date with 403.
        if any(each.keyword == "format" for each in problem.violations):
            status, code, message = MALFORMED_DATE
        refused = Refused(status, code, message, problem.explanation)
        return _refuse(problem.operation, refused)

    def answer(self, call: Call) -> Response:
        """Carry out a valid call."""
        if call.operation.id == "createAccessToken":
            return self._create_access_token(call.body)
        if self._static and call.operation.id in INVOICE_OPERATIONS:
            status, body = answer_statically(call.parameters)
            return answer_json(body, status, _name_headers(call.operation, status))
        try:
            body = self._handlers[call.operation.id](call)
            return answer_json(body, 200, _name_headers(call.operation, 200))
        except Refused as refused:
            return _refuse(call.operation, refused)

    def _list(self, call: Call) -> Any:
        window = self._read_window(call.parameters)
        limit = call.parameters.get("limit", DEFAULT_LIMIT)
        position = _read_token(call.parameters.get("nextToken"), window)
        # one more than the page, to know whether another page follows
        found = self._invoices.find_page(window, position, limit + 1)
        page = found[:limit]
        payload: dict[str, Any] = {}
        if len(found) > limit:
            next_token = _write_token(page[-1].position, window)
            payload["pagination"] = {"nextToken": next_token}
        payload["customerInvoices"] = [_show(each) for each in page]
        return {"payload": payload}

    def _get(self, call: Call) -> Any:
        number = call.parameters["purchaseOrderNumber"]
        invoice = self._invoices.find(number)
        if invoice is None:
            details = f"No invoice for purchase order {number}."
            raise Refused(404, "NotFound", "There is no such resource.", details)
        return {"payload": _show(invoice)}

    def _create_restricted_data_token(self, call: Call) -> Any:
        resources = call.body["restrictedResources"]
        paths = [each["path"] for each in resources if each["method"] == "GET"]
        unknown = [path for path in paths if not self._is_restricted(path)]
        if unknown or not paths:
            raise Refused(
                400,
                "InvalidInput",
                "A restricted resource is not one that a token can open.",
                ", ".join(unknown),
            )
        return {
            "restrictedDataToken": self._tokens.issue_restricted(paths),
            "expiresIn": int(LIFETIME.total_seconds()),
        }

    def _is_restricted(self, path: str) -> bool:
        return any(matches(each, path) for each in self._resources)

    def _create_access_token(self, form: Mapping[str, str]) -> Response:
        if (form["client_id"], form["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return _answer_login_error(401, "invalid_client", "Client authentication failed")
        needed = "refresh_token" if form["grant_type"] == "refresh_token" else "scope"
        if needed not in form:
            message = f"The request is missing a required parameter: {needed}"
            return _answer_login_error(400, "invalid_request", message)
        if needed == "scope":
            return self._grant_scope(form["scope"])
        if form["refresh_token"] != REFRESH_TOKEN:
            return _answer_login_error(400, "invalid_grant", "The refresh token is not valid")
        token = _describe_token(self._tokens.issue_access(for_seller=True))
        return answer_json({**token, "refresh_token": REFRESH_TOKEN})

    def _grant_scope(self, scope: str) -> Response:
        if scope not in SCOPES:
            return _answer_login_error(400, "invalid_scope", "The request has an unknown scope")
        return answer_json(_describe_token(self._tokens.issue_access(for_seller=False)))

    def _read_window(self, parameters: Mapping[str, Any]) -> Window:
        after = _read_date(parameters, "createdAfter")
        before = _read_date(parameters, "createdBefore")
        if not after < before:
            raise Refused(400, "InvalidInput", "createdAfter must be before createdBefore.")
        if before - after > LONGEST:
            raise Refused(
                400,
                "InvalidInput",
                "At most 7 days may lie between createdAfter and createdBefore.",
            )
        if after < self._clock() - HISTORY:
            raise Refused(400, "InvalidInput", "createdAfter must not be more than six months ago.")
        return Window(
            after=after.timestamp(),
            before=before.timestamp(),
            warehouse=parameters.get("shipFromPartyId"),
            descending=parameters.get("sortOrder") == "DESC",
        )


def _read_date(parameters: Mapping[str, str], name: str) -> datetime:
    try:
        return datetime.fromisoformat(parameters[name].upper())
    except ValueError as error:  # a leap second, which RFC 3339 allows
        raise Refused(403, "InvalidRequest", "The request is invalid.", name) from error


def _show(invoice: Invoice) -> dict[str, str]:
    return {
        "purchaseOrderNumber": invoice.number,
        "content": base64.b64encode(invoice.print_pdf()).decode(),
    }


def _write_token(position: Position, window: Window) -> str:
    text = json.dumps([*position, _sign(position, window)])
    text += " " * ((1 - len(text)) % 3)  # so that it ends in ==, which clients must encode
    return base64.b64encode(text.encode()).decode()


def _read_token(token: str | None, window: Window) -> Position | None:
    if token is None:
        return None
    try:
        available, number, digest = json.loads(base64.b64decode(token, validate=True))
        position = float(available), int(number)
    except (ValueError, TypeError, RecursionError, OverflowError):
        position = None
    if position is None or digest != _sign(position, window):
        raise Refused(400, "InvalidInput", "nextToken was not issued for this request.")
    return position


def _sign(position: Position, window: Window) -> str:
    signed = repr((position, window)).encode()
    return hashlib.blake2b(signed, key=SIGNING_KEY, digest_size=9).hexdigest()


def _refuse(operation: Operation | None, refused: Refused) -> Response:
    error = {"code": refused.code, "message": refused.message, "details": refused.details}
    headers = _name_headers(operation, refused.status)
    answer = answer_json({"errors": [error]}, refused.status, headers)
    return replace(answer, refusal=f"{refused.message} {refused.details}".strip())


def _name_headers(operation: Operation | None, status: int) -> dict[str, str]:
    headers = {"x-amzn-RequestId": str(uuid4())}
    limit = operation.rate_limit if operation else None
    if limit and status in RATE_HEADER_STATUSES:
        rate = limit.requests / limit.seconds
        headers["x-amzn-RateLimit-Limit"] = f"{rate:.1f}"
    if status == 429:
        headers["x-amzn-ErrorType"] = "TooManyRequestsException"
    return headers


def _refuse_login(problem: Problem) -> Response:
    if problem.fault is Rejection.FAILURE:
        return _answer_login_error(500, "server_error", "The service failed")
    status = {Rejection.WRONG_METHOD: 405, Rejection.TOO_LARGE: 413}.get(problem.fault, 400)
    _, _, message = REFUSALS[problem.fault]
    details = "; ".join(each.message for each in problem.violations)
    return _answer_login_error(status, "invalid_request", details or message)


def _answer_login_error(status: int, code: str, description: str) -> Response:
    return answer_json({"error": code, "error_description": description}, status)


def _describe_token(token: str) -> dict[str, Any]:
    return {
        "access_token": token,
        "token_type": "bearer",
        "expires_in": int(LIFETIME.total_seconds()),
    }
