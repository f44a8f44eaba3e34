# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/vtex/openapi.yaml"
SPEC_SHA256 = "197bb4353f3e5ae24cd09be2ad76a9d4ecaded289c90c89d20fc0f781f60507a"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
