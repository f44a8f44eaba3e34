# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v6"
SPEC = "specs/open2b-admin/openapi.yaml"
SPEC_SHA256 = "9d392fec2a0c15b053618302897a0c38504d4f054779b1b68beefaeb0637f965"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
