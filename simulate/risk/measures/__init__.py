"""The measures that are reported. A new one is one file here and one line below."""

from __future__ import annotations

from simulate.risk.measures import contract, investor, party
from simulate.risk.measures.base import Measure

MEASURES: tuple[Measure, ...] = (*investor.MEASURES, *party.MEASURES, *contract.MEASURES)
