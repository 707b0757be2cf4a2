"""TOML keys of the exit from ekonomiskt bistånd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from models import quantity as q
from models.bistand_exit.arms import Arm, Group
from models.language import mark, named, say
from models.number import Logit, Ratio, Share
from models.quantity import Dimension
from models.rows.frame import TREATED, Frame, RowProblem
from models.rows.source import RowSource
from models.spec import CERTAIN, POSITIVE, PRIOR, Evidence, Statistic, refuse
from models.table import Identifier, Integer, Table

Years = Annotated[Integer, Field(ge=1, le=10)]


class Prior(Table):
    """What was believed before the households were counted.

    Attributes:
        yearly_exit: probability that a household on bistånd at the start of a year is without at
            its end, without the programme, where it was tried.
        yearly_return: probability that a household without bistånd at the start of a year has it
            at its end, without the programme.
        mean_effect: what the programme adds to the log odds of leaving in a year, on average over
            places; positive is better.
        between_place_sd: how much the effect differs between places, in log odds.
        comparison_bias: comparison group → what its log odds of leaving in a year are above
            those that the treated would have had without the programme.
        return_effect: what the programme adds to the log odds of coming back in a year; negative
            is better. Left out, it adds nothing.
        new_level: what a new group's log odds of leaving in a year are above those of the treated
            without the programme. Left out, nothing.
        inflow: new households on bistånd at the end, a year and a household at the start; only
            for groups with ``entries``.
        forsorjningsstod_share: share of ekonomiskt bistånd that is försörjningsstöd.
        moved_to_state: share of what is avoided that the state pays instead, as
            arbetslöshetsersättning.
        covariate_sd: how much a standard deviation of a covariate moves the log odds of leaving;
            only with covariates.
    """

    yearly_exit: Annotated[Share, PRIOR]
    yearly_return: Annotated[Share, PRIOR]
    mean_effect: Annotated[Logit, PRIOR]
    between_place_sd: Annotated[Ratio, PRIOR]
    comparison_bias: dict[Identifier, Annotated[Logit, PRIOR]] = Field(default_factory=dict)
    return_effect: Annotated[Logit, PRIOR] | None = None
    new_level: Annotated[Logit, PRIOR] | None = None
    inflow: Annotated[Ratio, PRIOR, POSITIVE] | None = None
    forsorjningsstod_share: Annotated[Share, PRIOR]
    moved_to_state: Annotated[Share, PRIOR]
    covariate_sd: Annotated[Ratio, PRIOR] | None = None

    @model_validator(mode="after")
    def _some_leave(self) -> Self:
        for number in (self.yearly_exit, self.yearly_return):
            low, high = number.distribution.support()
            if low == high == 1.0 or (low == high == 0.0 and number is self.yearly_exit):
                raise refuse("out_of_range", found=low, allowed="0–1", example="0.2")
        return self


class Published(Table):
    """A share that was published with its uncertainty.

    Attributes:
        share: as published.
        standard_error: of that share.
    """

    share: Annotated[Share, CERTAIN]
    standard_error: Annotated[Share, CERTAIN, POSITIVE]


class BistandExit(Evidence):
    """Households that leave ekonomiskt bistånd, treated against any number of other groups.

    Ekonomiskt bistånd is the whole, försörjningsstöd a part of it; the households are counted by
    the whole.

    Any of the groups may be published and any be in ``rows``, but none in both.

    Attributes:
        rows: households with ekonomiskt bistånd at the start, one a row. ``on_year_t`` is 1 for
            those with bistånd in the last month of the t-th year after the start, else 0.
        treated: households that had the programme; left out before it has been tried.
        comparison: households that had not, by name of the group.
        after_years: when ``without`` and ``exit_gain`` are read off, years from the start.
        effect_years: years from the start during which the programme changes anything; later
            everyone leaves and comes back as without it.
        horizon_years: last year from the start for which avoided years are handed on.
        forsorjningsstod: a published share of ekonomiskt bistånd that is försörjningsstöd.
        prior: what was believed before.

    Example:
        >>> spec = BistandExit.model_validate({
        ...     "model": "bistand_exit",
        ...     "treated": {"change": "-83 %", "base": {"uniform": [1, 30]}, "years": 2},
        ...     "after_years": 2, "effect_years": 2, "horizon_years": 5,
        ...     "prior": {
        ...         "yearly_exit": {"beta": {"a": 2, "b": 6}}, "yearly_return": 0.1,
        ...         "mean_effect": {"normal": {"mean": 0, "sd": 1}}, "between_place_sd": 0.3,
        ...         "forsorjningsstod_share": 0.8, "moved_to_state": {"beta": {"a": 2, "b": 4}},
        ...     },
        ... })
        >>> spec.treated.possible_bases
        (6, 12, 18, 23, 24, 29, 30)
    """

    QUANTITIES: ClassVar = {
        "log_odds_new": q.LOGIT,
        "log_odds_study": q.LOGIT,
        "without": q.SHARE,
        "exit_gain": q.SIGNED_SHARE,
        "exit_gain_study": q.SIGNED_SHARE,
        "p_exit": q.SHARE,
        "p_return": q.SHARE,
        "years_avoided": q.SIGNED_YEARS,
        "forsorjningsstod_share": q.SHARE,
        "moved_to_state": q.SHARE,
    }
    COLUMNS: ClassVar = {f"on_year_{year}": q.SHARE for year in range(1, 11)}
    headline: ClassVar = "log_odds_new"
    STATISTICS: ClassVar = {
        "change": Statistic(mark("nettoförändring av antalet hushåll"), q.SIGNED_SHARE),
        "left": Statistic(mark("andel hushåll som lämnat bistånd"), q.SHARE),
        "forsorjningsstod": Statistic(
            mark("försörjningsstödets andel av ekonomiskt bistånd"), q.SHARE
        ),
    }
    TITLES: ClassVar = {
        "yearly_exit": mark("Lämnar bistånd under ett år, utan insats"),
        "yearly_return": mark("Återkommer under ett år, utan insats"),
        "mean_effect": mark("Effekt på att lämna under ett år, i genomsnitt (log-odds)"),
        "between_place_sd": mark("Skillnad mellan platser (log-odds)"),
        "return_effect": mark("Effekt på att återkomma under ett år (log-odds)"),
        "new_level": mark("Nya gruppens nivå mot den studerade (log-odds)"),
        "inflow": mark("Nya hushåll per år och hushåll vid start"),
        "covariate_sd": mark("Bakgrundsfaktorernas betydelse (sd, log-odds)"),
        "log_odds_new": mark("Effekt på att ha lämnat, ny plats (log-odds)"),
        "log_odds_study": mark("Effekt på att ha lämnat, studerad plats (log-odds)"),
        "without": mark("Har lämnat bistånd utan insats, ny grupp"),
        "exit_gain": mark("Fler som har lämnat bistånd, ny grupp"),
        "exit_gain_study": mark("Fler som har lämnat bistånd, studerad grupp"),
        "p_exit": mark("Lämnar bistånd under ett år utan insats, ny grupp"),
        "p_return": mark("Återkommer under ett år utan insats, ny grupp"),
        "years_avoided": mark("Undvikna år med bistånd per hushåll"),
        "forsorjningsstod_share": mark("Försörjningsstödets del av ekonomiskt bistånd"),
        "moved_to_state": mark("Flyttas till staten (a-kassa)"),
    }

    model: Literal["bistand_exit"]
    rows: RowSource | None = None
    treated: Arm | None = None
    comparison: dict[Identifier, Group] = Field(default_factory=dict)
    after_years: Years
    effect_years: Years
    horizon_years: Years
    forsorjningsstod: Published | None = None
    prior: Prior

    @property
    def quantities(self) -> Mapping[str, Dimension]:
        """What this block hands on; a share of each year up to the horizon among it."""
        years = range(1, self.horizon_years + 1)
        return self.QUANTITIES | {f"avoided_year_{year}": q.SIGNED_SHARE for year in years}

    @property
    def statistics(self) -> Mapping[str, Statistic]:
        """Kinds of statistics of this block; the share with bistånd after each year among them."""
        years = range(1, len(self.COLUMNS) + 1)
        return self.STATISTICS | {
            f"on_year_{year}": Statistic(
                say("andel med bistånd vid slutet av år {year}", year=year), q.SHARE
            )
            for year in years
        }

    @property
    def titles(self) -> Mapping[str, str]:  # type: ignore[override]  # groups and years vary
        """What a person calls each parameter and quantity, in the language that is spoken."""
        years = range(1, self.horizon_years + 1)
        return (
            self.TITLES
            | {
                f"comparison_bias_{name}": say(
                    "Skevhet i {group} (log-odds)", group=self.name_of(name)
                )
                for name in self.compared
            }
            | {
                f"avoided_year_{year}": say("Undviken andel av år {year} med bistånd", year=year)
                for year in years
            }
        )

    def name_of(self, group: str) -> str:
        """Return what a person calls a group."""
        if group == TREATED:
            return say("insatsgruppen")
        published = self.comparison.get(group)
        if published is not None and published.title:
            return named(published.title)
        return say("jämförelsegruppen") if group == "comparison" else group.replace("_", " ")

    @property
    def row_groups(self) -> tuple[str, ...]:
        """Groups with rows, the treated first."""
        if self.rows is None:
            return ()
        return (TREATED, *(self.rows.group.compared if self.rows.group else ()))

    @property
    def followed(self) -> tuple[int, ...]:
        """Years after the start at whose end the status of households is in the rows."""
        columns = self.rows.columns if self.rows else {}
        return tuple(year for year in range(1, 11) if f"on_year_{year}" in columns)

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group, the treated first."""
        found = (*self.row_groups, *self.arms)
        return tuple(sorted(found, key=lambda name: name != TREATED))

    @property
    def compared(self) -> tuple[str, ...]:
        """Every comparison group."""
        return tuple(name for name in self.groups if name != TREATED)

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """No single column: households may be followed for any years."""
        return ()

    @property
    def may_lack(self) -> tuple[str, ...]:
        """Statuses: the chain is summed over what was not seen."""
        return tuple(self.COLUMNS)

    def row_problems(self, frame: Frame) -> Iterator[RowProblem]:
        """Yield statuses that are neither with nor without."""
        for name, values in frame.columns.items():
            each = zip(frame.places, values, strict=True)
            rows = tuple(place for place, one in each if one not in (0.0, 1.0, None))
            if rows:
                yield RowProblem("rows_out_of_range", name, rows, {"allowed": "0, 1"})

    @property
    def arms(self) -> Mapping[str, Arm]:
        """Every group that was published, the treated first."""
        treated = {} if self.treated is None else {TREATED: self.treated}
        return treated | self.comparison

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.groups:
            raise refuse("missing_key", found="treated")
        for found in self._about_rows():
            raise found
        if TREATED in self.comparison:
            raise refuse("reserved_name", found=TREATED)
        biased = self.prior.comparison_bias
        for name in self.compared:
            if name not in biased:
                raise refuse("missing_key", found=f"prior.comparison_bias.{name}")
        for name in biased:
            if name not in self.compared:
                raise refuse("unknown_key", found=name, allowed=", ".join(self.compared))
        for found in self._about_entries():
            raise found
        return self

    def _about_rows(self) -> Iterator[Exception]:
        if both := [name for name in self.row_groups if name in self.arms]:
            yield refuse("duplicate_id", found=both[0])
        covariates = self.rows is not None and bool(self.rows.covariates)
        if covariates and self.prior.covariate_sd is None:
            yield refuse("missing_key", found="prior.covariate_sd")
        if not covariates and self.prior.covariate_sd is not None:
            yield refuse("unused_prior", found="covariate_sd", needed="rows.covariates")
        if self.rows is None:
            return
        if not self.followed:
            yield refuse("missing_key", found="rows.columns.on_year_1")

    def _about_entries(self) -> Iterator[Exception]:
        entered = any(arm.entries for arm in self.arms.values())
        if entered and self.prior.inflow is None:
            yield refuse("missing_key", found="prior.inflow")
        if not entered and self.prior.inflow is not None:
            yield refuse("unused_prior", found="inflow", needed="entries = true")


SPEC = BistandExit
