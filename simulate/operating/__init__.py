"""Operating characteristics: what the contract does at every true effect, and what moves it.

Every figure is a function of an effect that is *set*; no draw is ever left out for its outcome.
All worlds that are compared have the same uniform numbers.
"""

from __future__ import annotations

from simulate.operating.study import Study, refused, study

__all__ = ["Study", "refused", "study"]
