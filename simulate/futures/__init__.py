"""What is kept of every possible future, for each kind of scenario."""

from __future__ import annotations

from simulate.futures.collect import Arrays, Batch, Collector
from simulate.futures.contract import kept, only_guarantee

__all__ = ["Arrays", "Batch", "Collector", "kept", "only_guarantee"]
