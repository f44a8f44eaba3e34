"""The Flow part of the sandbox."""
