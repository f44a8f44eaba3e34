# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Where this package comes from."""

__version__ = "0.1.0"
API_VERSION = "v10"
SPEC = "specs/open2b-storefront/openapi.yaml"
SPEC_SHA256 = "8dbc34f234d7600800bdd97832fb1f232762b3f6631ab5a06a377062eb278efa"
GENERATORS = "datamodel-code-generator 0.89.0, openapi-python-client 0.29.1, ruff 0.17.6"
