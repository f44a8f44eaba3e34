"""Measure the toolkit on a folder of vendors' documents: what is adopted, what is left out and why,
how long it takes.

The documents are data: they are read, and the results go to a temporary folder.
"""
