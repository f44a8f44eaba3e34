# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/vtex/openapi.yaml"
SPEC_SHA256 = "56f0be4d71b8b1b0533813d0282fc0989bbd33ba6f71bfd9a11e1103d8504d1d"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
