"""From the tree to an index: which packages there are, how they are built, numbered and published.

    packages   what is published, in the order of who needs whom
    build      wheels and source distributions, twice, which must be equal byte for byte
    bump       the next version, by what changed for users, and its changelog
    publish    to an index, a throwaway one by default; what is there already is never replaced

`python -m tools.release COMMAND` is what the sessions of noxfile.py call.
"""
