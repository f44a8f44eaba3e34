# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/vtex/openapi.yaml"
SPEC_SHA256 = "32f1f484503f6caef9f794a535322d43666b33f2ea2c5b619efc1e0146d3aac6"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
