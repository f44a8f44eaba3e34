# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/amazon/openapi.yaml"
SPEC_SHA256 = "f6cb7c9daebf1cfeea210297461025546c399fa9e97f661e26c28f2781ddfcc8"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
