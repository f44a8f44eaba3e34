# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/minimal/openapi.yaml"
SPEC_SHA256 = "9467fdd9961fc787a051da50942221fda04b40d6628c6d71c6ab1bb68dea6e27"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
