# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "0.19.66"
SPEC = "specs/flow/openapi.yaml"
SPEC_SHA256 = "bab6c5c7ab999622845a5d102f455e3ecbc6317ad2e576386e361c62f24a451a"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
