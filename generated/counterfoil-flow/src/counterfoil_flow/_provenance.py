# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "0.19.66"
SPEC = "specs/flow/openapi.yaml"
SPEC_SHA256 = "80f0df0da1bbfb1a70e0df7fcc5a62bcaffe7878dca68267118b12cf22f27d1c"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
