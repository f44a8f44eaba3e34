# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v10"
SPEC = "specs/open2b-storefront/openapi.yaml"
SPEC_SHA256 = "54c698548b6f1333179f95376d1dc0f73dd665b84c4b2f20e3628776e11c8480"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
