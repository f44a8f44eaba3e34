# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v1"
SPEC = "specs/amazon/openapi.yaml"
SPEC_SHA256 = "1a8b20ee7e1690abaebc71a27a316c9f4ac5c5b6e095fc8f20bcbde3ac9af7e1"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
