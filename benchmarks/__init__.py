"""Speed and memory beside peers, as ratios from one run: `nox -s bench`. Not timed tests."""
