"""TOML keys of the link from a short-run measure to a long-run outcome."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from models import quantity as q
from models.language import mark
from models.number import Count, Logit, LogRatio, Ratio, RelativeRisk, Share, SignedShare
from models.spec import CERTAIN, POSITIVE, PRIOR, WHOLE, Evidence, Statistic, refuse, value_of
from models.table import Identifier, Table, Text

Certain = Annotated[RelativeRisk, CERTAIN, POSITIVE]


class Study(Table):
    """A published risk ratio: long-run risk without short-run success over that with it.

    Attributes:
        risk_ratio: point estimate, above 1 when the long-run risk is higher without success.
        interval: lowest and highest of its confidence interval.
        confidence: of that interval.
        n: persons in the study.
        title: what a person calls it.
    """

    risk_ratio: Certain
    interval: tuple[Certain, Certain]
    confidence: Annotated[float, Field(ge=0.5, le=0.999)] = 0.95
    n: Annotated[Count, WHOLE, POSITIVE] | None = None
    title: Text | None = None

    @property
    def standard_error(self) -> float:
        """Standard error of the log of the risk ratio: half the interval over its normal score."""
        low, high = (NormalDist().inv_cdf((1.0 + sign * self.confidence) / 2) for sign in (-1, 1))
        ends = [value_of(end) for end in self.interval]
        return math.log(ends[1] / ends[0]) / (high - low)

    @model_validator(mode="after")
    def _inside(self) -> Self:
        low, high = (value_of(end) for end in self.interval)
        if not low < value_of(self.risk_ratio) < high:
            raise refuse(
                "estimate_outside_interval",
                found=value_of(self.risk_ratio),
                lowest=low,
                highest=high,
            )
        return self


class Success(Table):
    """Persons of one group, and those of them who had the short-run success.

    Attributes:
        n: persons.
        succeeded: those with, for instance, approved grades.
    """

    n: Annotated[Count, WHOLE, POSITIVE]
    succeeded: Annotated[Count, WHOLE]

    @property
    def counts(self) -> tuple[int, int]:
        """Persons, and those who succeeded."""
        return int(value_of(self.n)), int(value_of(self.succeeded))

    @model_validator(mode="after")
    def _possible(self) -> Self:
        persons, succeeded = self.counts
        if succeeded > persons:
            raise refuse("more_succeeded_than_persons", found=succeeded, persons=persons)
        return self


class ShortRun(Table):
    """What the programme did in the short run, counted.

    Attributes:
        treated: the group that had the programme.
        comparison: the group that had not.
    """

    treated: Success
    comparison: Success


class Prior(Table):
    """What was believed before the data were seen.

    Attributes:
        mean_risk_ratio: risk ratio between those without and those with the short-run success,
            on average over studies, once what only goes with success is taken away.
        between_study_sd: how much the log risk ratio differs between studies and settings.
        confounding: how much too high the published log risk ratios are, together. Left out,
            they are not.
        causal_share: share of the difference in risk that goes away when a person succeeds who
            would not have.
        base_risk: long-run risk in the new group without the programme.
        success_without: share of the new group with short-run success without the programme.
        short_run_gain: persons moved from no success to success, as a share of the new group;
            left out when ``short_run`` is counted.
        comparison_success: share of the counted comparison group with success.
        comparison_bias: log odds of success that the treated would have had without the
            programme, above those of the comparison group.
        short_run_effect: what the programme adds to the log odds of success, on average over
            places.
        between_place_sd: how much that differs between places.
    """

    mean_risk_ratio: Annotated[Ratio, PRIOR, POSITIVE]
    between_study_sd: Annotated[Ratio, PRIOR]
    confounding: Annotated[LogRatio, PRIOR] | None = None
    causal_share: Annotated[Share, PRIOR]
    base_risk: Annotated[Share, PRIOR]
    success_without: Annotated[Share, PRIOR]
    short_run_gain: Annotated[SignedShare, PRIOR] | None = None
    comparison_success: Annotated[Share, PRIOR] | None = None
    comparison_bias: Annotated[Logit, PRIOR] | None = None
    short_run_effect: Annotated[Logit, PRIOR] | None = None
    between_place_sd: Annotated[Ratio, PRIOR] | None = None


# What the prior must state when the short run is counted, and only then.
COUNTED = ("comparison_success", "comparison_bias", "short_run_effect", "between_place_sd")


class ProxyLink(Evidence):
    """Long-run risk avoided, from a short-run gain and how the two hang together.

    Attributes:
        short_run_name: the short-run success, as in «godkända betyg».
        long_run_name: the long-run outcome, as in «försörjningsstöd vid 25 års ålder».
        studies: published risk ratios by name.
        short_run: short-run success counted in two groups.
        prior: what was believed before.
    """

    QUANTITIES: ClassVar = {
        "long_run_gain": q.SIGNED_SHARE,
        "risk_ratio": q.RATIO,
        "log_risk_ratio": q.LOG_RATIO,
        "causal_share": q.SHARE,
        "short_run_gain": q.SIGNED_SHARE,
        "base_risk": q.SHARE,
    }
    headline: ClassVar = "long_run_gain"
    STATISTICS: ClassVar = {
        "risk_ratio": Statistic(mark("riskkvot"), q.RELATIVE_RISK),
        "share": Statistic(mark("andel som lyckas på kort sikt"), q.SHARE),
    }
    titles: ClassVar = {
        "mean_risk_ratio": mark("Riskkvot i genomsnitt över studier"),
        "between_study_sd": mark("Skillnad mellan studier (log)"),
        "confounding": mark("För hög riskkvot på grund av bakgrund (log)"),
        "causal_share": mark("Andel av riskskillnaden som är orsak"),
        "base_risk": mark("Långsiktig risk utan insats"),
        "success_without": mark("Når det kortsiktiga målet utan insats"),
        "short_run_gain": mark("Fler som når det kortsiktiga målet"),
        "comparison_success": mark("Når det kortsiktiga målet, jämförelsegruppen"),
        "comparison_bias": mark("Jämförelsens skevhet (log-odds)"),
        "short_run_effect": mark("Kortsiktig effekt i genomsnitt över platser (log-odds)"),
        "between_place_sd": mark("Skillnad mellan platser (log-odds)"),
        "long_run_gain": mark("Undviken risk på lång sikt per deltagare"),
        "risk_ratio": mark("Riskkvot i en ny grupp"),
        "log_risk_ratio": mark("Riskkvot i en ny grupp (log)"),
    }

    model: Literal["proxy_link"]
    short_run_name: Text
    long_run_name: Text
    studies: dict[Identifier, Study] = Field(default_factory=dict)
    short_run: ShortRun | None = None
    prior: Prior

    @model_validator(mode="after")
    def _one_short_run(self) -> Self:
        counted = self.short_run is not None
        if counted == (self.prior.short_run_gain is not None):
            raise refuse("short_run_form", found="short_run_gain, short_run" if counted else "–")
        for name in COUNTED:
            stated = getattr(self.prior, name) is not None
            if counted and not stated:
                raise refuse("missing_key", found=f"prior.{name}")
            if stated and not counted:
                raise refuse("unused_prior", found=name, needed="short_run")
        if self.prior.confounding is not None and not self.studies:
            raise refuse("unused_prior", found="confounding", needed="studies")
        return self


SPEC = ProxyLink
