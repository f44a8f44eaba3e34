# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v6"
SPEC = "specs/open2b-admin/openapi.yaml"
SPEC_SHA256 = "fb01ece7d9349a4f66fb0e1480b53414f369282aa0a91f18d2bbe527879b5cd2"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
