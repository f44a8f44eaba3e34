# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/amazon/openapi.yaml"
SPEC_SHA256 = "bbaa2677ceff8b7e6065508506621b3dc435003cac07a2f2d7390217ae0df178"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
