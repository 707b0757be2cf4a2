"""A scenario in numbered prose, before any draw: the same data as the engine reads."""

from __future__ import annotations

from simulate.prose.paragraph import Paragraph, numbered
from simulate.prose.scenario import described

__all__ = ["Paragraph", "described", "numbered"]
