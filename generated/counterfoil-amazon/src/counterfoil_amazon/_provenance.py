# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/amazon/openapi.yaml"
SPEC_SHA256 = "0e0233a5c6aabf17ae63d9d7c1dc51377ac468bbe5be1759d3f83a690b6bb896"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
