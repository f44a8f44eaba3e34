"""What differs between a spec and what its vendor publishes, or between two revisions of a spec.

    read      a vendor's file -> OpenAPI 3.1, whatever it was: OpenAPI 3, Swagger 2.0, API Builder, a documentation page
    facts     what a description says, place by place
    compare   two of them -> findings, each breaking, an addition or a fix for a user of the generated client
    baseline  specs/<api>/drift.toml: what is known and accepted, and why
    report    findings as text, JSON and Markdown

`python -m tools.drift API FILE` runs them in this order.
"""
