"""How Hypothesis tries a law: the same cases every time, as many as the law is worth."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

LAWS = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],
)


def cases(examples: int) -> settings:
    """Return the settings of a law that is tried on so many cases."""
    return settings(LAWS, max_examples=examples)
