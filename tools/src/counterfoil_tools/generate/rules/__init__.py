"""The rules for specs, a file for each subject; each rule yields what breaks it, where, and the remedy."""
