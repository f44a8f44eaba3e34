# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "0.19.66"
SPEC = "specs/flow/openapi.yaml"
SPEC_SHA256 = "d99fda617d8395863c817d9f39c6bffd2503aee34e86d4ed31895a7000ed1543"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
