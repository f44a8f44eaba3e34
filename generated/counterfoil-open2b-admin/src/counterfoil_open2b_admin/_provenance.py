# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v6"
SPEC = "specs/open2b-admin/openapi.yaml"
SPEC_SHA256 = "4647e3cc19b7eb13ac05db64cedd2075f4156d3c826d11d74b6d23d7a53dab81"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
