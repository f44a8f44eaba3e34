"""Settings of all tests: none fails because a machine is slow, and slow set-up is shared."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A deadline for each example, or for making examples, would only measure the machine.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
