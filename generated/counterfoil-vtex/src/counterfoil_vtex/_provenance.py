# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/vtex/openapi.yaml"
SPEC_SHA256 = "0b0ec804628a69c6756f50193dd132c874928dbc1afc661e0a2800576f48badf"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
