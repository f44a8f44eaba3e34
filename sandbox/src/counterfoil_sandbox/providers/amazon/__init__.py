"""The Amazon part of the sandbox."""
