"""The machine: specs + templates -> generated. Not published, and imported by nothing that is."""
