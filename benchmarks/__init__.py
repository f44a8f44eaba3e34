"""Speed and memory beside peers, measured in one run as ratios: `nox -s bench`. Never timed tests."""
