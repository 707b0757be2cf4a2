"""Prevented cases: how few are enough for an insats to pay, and how likely that is."""

from __future__ import annotations

from models.language import mark
from simulate.risk.estimate import probability, quantile
from simulate.risk.measures.base import Measure

MEASURES = (
    Measure(
        "break_even_share",
        "share",
        "line",
        mark("Andel av personerna som måste slippa bli ett fall för att kostnaden ska tjänas in"),
        lambda view: quantile(view.own("break_even_share", "line"), 0.5),
    ),
    Measure(
        "case_share_p50",
        "share",
        "line",
        mark("Andel av personerna som slipper bli ett fall, median"),
        lambda view: quantile(view.own("case_share", "line"), 0.5),
    ),
    Measure(
        "p_beyond_break_even",
        "share",
        "line",
        mark("Sannolikhet att tillräckligt många slipper bli ett fall"),
        lambda view: probability(
            view.own("case_share", "line") > view.own("break_even_share", "line")
        ),
        key=True,
    ),
)
