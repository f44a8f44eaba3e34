"""Compare a spec with its vendor's current document, or two revisions of a spec.

    read      OpenAPI 3, Swagger 2.0, API Builder or a documentation page -> OpenAPI 3.1
    compare   two descriptions -> findings: breaking, addition or fix for a client's users
    baseline  specs/<api>/drift.toml: the accepted differences, with reasons
    report    findings as text, JSON and Markdown

`python -m counterfoil_tools.drift API FILE` runs them in this order.
"""
