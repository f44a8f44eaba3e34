"""The pages of the packages' public names, which mkdocstrings fills from the docstrings."""

from __future__ import annotations

from importlib import import_module

Groups = dict[str, tuple[str, ...]]

COUNTERFOIL: Groups = {
    "Accounts": (
        "Account", "Seller", "TaxCategory", "read_accounts", "connect", "connect_async",
        "Capabilities", "Provider", "find_provider", "provider_names",
    ),
    "Reading": (
        "iterate", "aiterate", "fetch", "afetch", "to_invoices", "plan_slices", "read_slice",
        "aread_slice", "Slice", "Batch", "Cursor", "Unreadable",
    ),
    "Pulling and storing": (
        "pull", "PullResult", "AccountPull", "open_sink", "Sink", "Written", "remap",
        "AccountRemap", "Change",
    ),
    "Invoices": (
        "Invoice", "InvoiceRef", "InvoiceWarning", "Line", "Totals", "TaxTotal", "Charge",
        "Discount", "Rounding", "Party", "Address", "TaxId", "Payment", "Reference", "Shipment",
        "Document", "Record", "json_schema",
    ),
    "Using invoices": (
        "add_up", "to_rows", "arrow_schema", "verify", "Finding", "save_documents",
        "SavedDocument", "draft_notification", "show_notification", "notify", "DryRun",
    ),
    "Errors": (
        "AccountError", "CounterfoilWarning", "DocumentError", "InvoiceRefused", "NeverPulled",
        "NotificationError", "StorageError", "WindowError",
    ),
}  # fmt: skip
CORE: Groups = {
    "Calls": (
        "RequestOptions", "Response", "Page", "RateLimit", "File", "FileInput", "UNSET",
        "UnsetType",
    ),
    "Errors": (
        "CounterfoilError", "ConfigurationError", "TransportError", "ConnectFailed",
        "DeadlineExceeded", "OutcomeUnknown", "DecodeError", "PaginationLoop", "ApiError",
        "AuthenticationFailed", "PermissionDenied", "NotFound", "Conflict", "InvalidRequest",
        "RateLimited", "ServerError",
    ),
    "Clients": ("Client", "AsyncClient"),
    "Transports": (
        "Transport", "AsyncTransport", "Request", "StreamedResponse", "AsyncStreamedResponse",
    ),
}  # fmt: skip
SANDBOX: Groups = {
    "The sandbox": ("Sandbox", "FaultRule", "LoggedRequest"),
    "A platform of your own": ("Platform",),
    "Errors": ("FaultsError", "PlatformError", "UnknownApi", "UnknownOption"),
}
ELSEWHERE = {"counterfoil_core": {"UNSET", "UnsetType", "FileInput"}}  # names without a docstring
MODULES = {  # further modules that users import from
    "counterfoil": ("counterfoil.einvoice",),
    "counterfoil_core": (
        "counterfoil_core.hooks",
        "counterfoil_core.testing",
        "counterfoil_core.webhooks",
        "counterfoil_core.transports.aiohttp",
    ),
    "counterfoil_sandbox": (),
}
WITHOUT_HEADING = "    options:\n      show_root_heading: false"
PACKAGES = {"counterfoil": COUNTERFOIL, "counterfoil_core": CORE, "counterfoil_sandbox": SANDBOX}


def make_pages() -> dict[str, str]:
    """Return a page for each package. Raises RuntimeError if one of its names is in no group."""
    pages = {}
    for package, groups in PACKAGES.items():
        _check(package, groups)
        parts = [f"# {package}"]
        for title, names in groups.items():
            parts.append(f"## {title}")
            for name in names:
                if name not in ELSEWHERE.get(package, ()):
                    parts.append(f"::: {package}.{name}")
        for module in MODULES[package]:
            parts.append(
                f"## {module}\n\n::: {module}\n    options:\n      show_root_heading: false"
            )
        pages[f"reference/api/{package.replace('_', '-')}.md"] = "\n\n".join(parts) + "\n"
    return pages


def _check(package: str, groups: Groups) -> None:
    grouped = [name for names in groups.values() for name in names]
    public = set(import_module(package).__all__) - {"__version__"}
    wrong = public.symmetric_difference(grouped)
    if wrong:
        raise RuntimeError(f"docs/site/interfaces.py does not match {package}: {sorted(wrong)}")
