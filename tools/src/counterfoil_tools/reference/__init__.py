"""The reference of an API's client, as Markdown: `counterfoil-tools docs`.

document.py  what the pages say about an API, from its document and the generator's IR
bounds.py    the limits of a value in words
calls.py     the Python of a call, from an example
pages.py     the pages, from templates/reference/
"""
