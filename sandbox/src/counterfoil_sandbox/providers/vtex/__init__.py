"""The VTEX part of the sandbox."""
