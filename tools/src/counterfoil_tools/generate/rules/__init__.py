"""The rules for specs, a file for each subject. A rule yields findings: place, message, remedy."""
