"""TOML keys of the cost comparison."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from models import quantity as q
from models.language import mark
from models.number import Count, LogRatio, Ratio, Sek
from models.spec import CERTAIN, POSITIVE, PRIOR, WHOLE, Evidence
from models.table import Table


class Arm(Table):
    """A group as it was published: how many persons, and what they cost together.

    Attributes:
        n: persons.
        total: SEK for all of them together in the window.
    """

    n: Annotated[Count, WHOLE, POSITIVE]
    total: Annotated[Sek, CERTAIN, POSITIVE]


class Prior(Table):
    """What was believed before the totals were seen.

    Attributes:
        level: SEK per person in the comparison group in the window.
        cv: coefficient of variation of the cost per person, the same in both groups. Totals say
            next to nothing about it.
        mean_effect: log ratio of cost with to cost without, on average over places.
        between_place_sd: how much the effect differs between places, on the log scale.
        comparison_bias: log of (what the treated would have cost without the programme / the
            comparison group's mean). For a historical group this is the drift of costs.
    """

    level: Annotated[Sek, PRIOR, POSITIVE]
    cv: Annotated[Ratio, PRIOR, POSITIVE]
    mean_effect: Annotated[LogRatio, PRIOR]
    between_place_sd: Annotated[Ratio, PRIOR]
    comparison_bias: Annotated[LogRatio, PRIOR]


class CostComparison(Evidence):
    """Cost per person of a treated group against a comparison group, from (n, total) per group.

    Without ``treated`` only the level is learned and the effect stays at its prior: the case
    before a programme has been tried.

    Attributes:
        treated: the group that had the programme; left out before it has been tried.
        comparison: the group that had not.
        prior: what was believed before.

    Example:
        >>> spec = CostComparison.model_validate({
        ...     "model": "cost_comparison",
        ...     "comparison": {"n": 19, "total": "21 737 612 kr"},
        ...     "prior": {
        ...         "level": {"lognormal": {"median": "1 mkr", "sigma": 0.5}},
        ...         "cv": 0.5, "mean_effect": {"normal": {"mean": 0, "sd": 0.2}},
        ...         "between_place_sd": 0.1, "comparison_bias": 0,
        ...     },
        ... })
        >>> spec.comparison.n.distribution.value
        19.0
    """

    QUANTITIES: ClassVar = {
        "log_ratio_study": q.LOG_RATIO,
        "log_ratio_new": q.LOG_RATIO,
        "mean_without": q.SEK,
        "level": q.SEK,
        "cv": q.RATIO,
        "comparison_bias": q.LOG_RATIO,
    }
    headline: ClassVar = "log_ratio_new"
    titles: ClassVar = {
        "level": mark("Kostnadsnivå per person"),
        "cv": mark("Variation mellan personer (CV)"),
        "mean_effect": mark("Effekt i genomsnitt över platser (log)"),
        "between_place_sd": mark("Skillnad mellan platser (log)"),
        "comparison_bias": mark("Jämförelsens skevhet (log)"),
        "log_ratio_study": mark("Effekt på den studerade platsen (log)"),
        "log_ratio_new": mark("Effekt på en ny plats (log)"),
        "mean_without": mark("Medelkostnad utan insats"),
    }

    model: Literal["cost_comparison"]
    treated: Arm | None = None
    comparison: Arm
    prior: Prior


SPEC = CostComparison
