# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v6"
SPEC = "specs/open2b-admin/openapi.yaml"
SPEC_SHA256 = "12ba552959c5d7c28382e4f176eea4b8b2bedfe1d77c7cb148df03fca6150fbe"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
