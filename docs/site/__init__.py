"""The documentation site: `nox -s docs` builds and serves it.

stage.py       copies the Markdown of the repository into one folder, with working links
words.py       the tables of specs/README.md, from the schema of x-counterfoil
commands.py    the pages of the command lines, from the commands
settings.py    the page of accounts.toml, from the providers
interfaces.py  the pages of the packages' public names
recording.py   the recording of the demo
build.py       all of it, and the site generator
"""
