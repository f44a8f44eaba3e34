# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "0.19.66"
SPEC = "specs/flow/openapi.yaml"
SPEC_SHA256 = "feffacde71f6a36a17bc377ebba1dba86a0b6f30061355c848631d77764720de"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
