"""Measure the toolkit on a folder of vendors' documents: adopted parts, omissions, times.

The documents are data: they are read, and the results go to a temporary folder.
"""
