"""TOML keys of days in care."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import ValidationError, model_validator
from pydantic_core import InitErrorDetails

from models import quantity as q
from models.language import mark, say
from models.number import Count, Days, Logit, Number, Ratio, Share
from models.quantity import Dimension
from models.rows.frame import Frame, RowProblem
from models.rows.source import RowSource
from models.spec import CERTAIN, POSITIVE, PRIOR, WHOLE, Evidence, Statistic, refuse, value_of
from models.table import Table

INSTITUTIONS = ("hvb", "sis")
FAMILIES = ("familjehem", "jourhem")
TYPES = (*INSTITUTIONS, *FAMILIES, "oppenvard")
WINDOW = "window"
SHORTEST = 3  # days: between none and all of them there must be a choice

_Mean = Annotated[Days, CERTAIN]


class Arm(Table):
    """A group as it was published.

    Attributes:
        n: persons.
        unplaced: of them, those without a single day of any kind.
        hvb, sis, familjehem, jourhem, oppenvard: days per person in the window, on average over
            all n; left out where nothing was published of that kind.
    """

    n: Annotated[Count, WHOLE, POSITIVE]
    unplaced: Annotated[Count, WHOLE]
    hvb: _Mean | None = None
    sis: _Mean | None = None
    familjehem: _Mean | None = None
    jourhem: _Mean | None = None
    oppenvard: _Mean | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """The kinds of care that were published."""
        return tuple(name for name in TYPES if getattr(self, name) is not None)

    @property
    def persons(self) -> int:
        """Persons in the group."""
        return int(value_of(self.n))

    @property
    def placed(self) -> int:
        """Persons with at least one day."""
        return self.persons - int(value_of(self.unplaced))

    @property
    def totals(self) -> tuple[int, ...]:
        """Days of all persons together, by kind: a published mean is rounded, days are whole."""
        return tuple(round(self.persons * value_of(getattr(self, name))) for name in self.types)


class Allocation(Table):
    """What was believed of how the days are shared between kinds of care.

    Attributes:
        sd: between the kinds, of the log weight of each without the programme; equal shares are
            the middle.
        spread: how differently two persons with several kinds share their days: 0 is alike, 1 is
            that each has one kind.
        single_type: share of the placed who have one kind all through, whatever ``spread`` says.
        effect_sd: of the programme's effect on the log weight of each kind, 0 in the middle.
        bias_sd: of how the comparison group's log weights differ from those of the treated
            without the programme.
    """

    sd: Annotated[Ratio, PRIOR, POSITIVE]
    spread: Annotated[Share, PRIOR]
    single_type: Annotated[Share, PRIOR]
    effect_sd: Annotated[Ratio, PRIOR]
    bias_sd: Annotated[Ratio, PRIOR]


class Prior(Table):
    """What was believed before the days were seen. Levels and effects are log odds.

    Attributes:
        any_level: of any day at all, in the comparison group (average covariates).
        whole_level: of the whole window, for those with any day.
        amount_level: of a day being in care, for those with some but not all days.
        amount_spread: how differently two such persons use the window: 0 is alike, 1 is that all
            have next to nothing or next to everything.
        any_effect: of the programme on any day at all, on average over places.
        amount_effect: of the programme on the whole window and on a day being in care.
        between_place_sd: how much each effect differs between places.
        comparison_bias: log odds of the treated without the programme minus those of the
            comparison group; the same prior for any day and for the amount, each its own value.
        allocation: needed where there are several kinds of care.
        covariate_sd: of the effect on log odds of one standard deviation of each covariate;
            needed where there are covariates.
    """

    any_level: Annotated[Logit, PRIOR]
    whole_level: Annotated[Logit, PRIOR]
    amount_level: Annotated[Logit, PRIOR]
    amount_spread: Annotated[Share, PRIOR]
    any_effect: Annotated[Logit, PRIOR]
    amount_effect: Annotated[Logit, PRIOR]
    between_place_sd: Annotated[Ratio, PRIOR]
    comparison_bias: Annotated[Logit, PRIOR]
    allocation: Allocation | None = None
    covariate_sd: Annotated[Ratio, PRIOR] | None = None


_AVOIDED: Mapping[str, str] = MappingProxyType(
    {
        "hvb": mark("Undvikna dygn i HVB per person"),
        "sis": mark("Undvikna dygn i SiS per person"),
        "familjehem": mark("Undvikna dygn i familjehem per person"),
        "jourhem": mark("Undvikna dygn i jourhem per person"),
        "oppenvard": mark("Undvikna dygn i öppenvård per person"),
    }
)


class PlacementDays(Evidence):
    """Days in care of a treated group against a comparison group.

    From rows, one a person, or from what was published of each group. A day has one kind of care:
    days are shared between kinds and are never more than the window.

    Attributes:
        window: days that each person is followed, and that what is handed on is counted in. Rows
            may have a column ``window`` for persons who are followed for another time.
        rows: the file with one row a person.
        treated, comparison: what was published, instead of rows.
        prior: what was believed before.

    Example:
        >>> spec = PlacementDays.model_validate({
        ...     "model": "placement_days", "window": "730 dygn",
        ...     "treated": {"n": 30, "unplaced": 9, "hvb": "100 dygn"},
        ...     "comparison": {"n": 40, "unplaced": 8, "hvb": "160 dygn"},
        ...     "prior": {
        ...         "any_level": 1, "whole_level": -2, "amount_level": 0, "amount_spread": 0.3,
        ...         "any_effect": {"normal": {"mean": 0, "sd": 0.5}},
        ...         "amount_effect": {"normal": {"mean": 0, "sd": 0.5}},
        ...         "between_place_sd": 0.2, "comparison_bias": 0,
        ...     },
        ... })
        >>> spec.types, spec.treated.totals
        (('hvb',), (3000,))
    """

    COLUMNS: ClassVar[Mapping[str, Dimension]] = MappingProxyType(
        dict.fromkeys((*TYPES, WINDOW), q.DAYS)
    )
    QUANTITIES: ClassVar[Mapping[str, Dimension]] = MappingProxyType(
        {f"days_avoided_{name}": q.SIGNED_DAYS for name in TYPES}
        | {
            "days_avoided": q.SIGNED_DAYS,
            "days_without": q.DAYS,
            "log_ratio_days": q.LOG_RATIO,
            "any_placement_gain": q.SIGNED_SHARE,
            "substitution": q.SIGNED_SHARE,
        }
    )
    headline: ClassVar = "log_ratio_days"
    STATISTICS: ClassVar = {
        "mean_days": Statistic(mark("medelantal dygn"), q.DAYS),
        "sd_days": Statistic(mark("antalet dygns standardavvikelse"), q.DAYS),
        "mean_hvb": Statistic(mark("medelantal dygn i HVB"), q.DAYS),
        "mean_sis": Statistic(mark("medelantal dygn på SiS"), q.DAYS),
        "mean_familjehem": Statistic(mark("medelantal dygn i familjehem"), q.DAYS),
        "mean_jourhem": Statistic(mark("medelantal dygn i jourhem"), q.DAYS),
        "mean_oppenvard": Statistic(mark("medelantal dygn i öppenvård"), q.DAYS),
        "placed": Statistic(mark("andel med dygn"), q.SHARE),
        "several": Statistic(mark("andel med flera slags dygn"), q.SHARE),
    }
    titles: ClassVar = {f"days_avoided_{name}": title for name, title in _AVOIDED.items()} | {
        "days_avoided": mark("Undvikna dygn i alla vårdformer per person"),
        "days_without": mark("Dygn i alla vårdformer per person utan insats"),
        "log_ratio_days": mark("Kvot mellan dygn med och utan insats (log)"),
        "any_placement_gain": mark("Minskad andel med något dygn"),
        "substitution": mark("Ökad andel av placeringsdygnen i familjehem och jourhem"),
        "any_level": mark("Log-odds för något dygn"),
        "whole_level": mark("Log-odds för hela fönstret"),
        "amount_level": mark("Log-odds för ett dygn i vård"),
        "amount_spread": mark("Spridning mellan personer i antal dygn"),
        "any_effect": mark("Effekt på något dygn, i genomsnitt över platser (log-odds)"),
        "amount_effect": mark("Effekt på antal dygn, i genomsnitt över platser (log-odds)"),
        "between_place_sd": mark("Skillnad mellan platser (log-odds)"),
        "any_bias": mark("Jämförelsens skevhet i något dygn (log-odds)"),
        "amount_bias": mark("Jämförelsens skevhet i antal dygn (log-odds)"),
        "allocation_sd": mark("Skillnad mellan vårdformer (sd, log)"),
        "allocation_spread": mark("Spridning mellan personer i fördelning på vårdformer"),
        "single_type": mark("Andel av de placerade med en enda vårdform"),
        "allocation_effect_sd": mark("Effekt på fördelningen mellan vårdformer (sd, log)"),
        "allocation_bias_sd": mark("Jämförelsens skevhet i fördelningen (sd, log)"),
        "covariate_sd": mark("Bakgrundsfaktorernas betydelse (sd, log-odds)"),
    }

    model: Literal["placement_days"]
    window: Annotated[Days, WHOLE]
    rows: RowSource | None = None
    treated: Arm | None = None
    comparison: Arm | None = None
    prior: Prior

    @property
    def days(self) -> int:
        """Days of the window that is handed on."""
        return int(value_of(self.window))

    @property
    def types(self) -> tuple[str, ...]:
        """The kinds of care of the block, in the order of :data:`TYPES`."""
        if self.rows is not None:
            return tuple(name for name in TYPES if name in self.rows.columns)
        return self.comparison.types if self.comparison else ()

    @property
    def institutions(self) -> tuple[str, ...]:
        """What the headline counts: institutions, or all kinds where there is no institution."""
        return tuple(name for name in self.types if name in INSTITUTIONS) or self.types

    @property
    def quantities(self) -> Mapping[str, Dimension]:
        """What this block hands on: days of its own kinds of care only."""
        left_out = {f"days_avoided_{name}" for name in TYPES if name not in self.types}
        if not self.substitutes:
            left_out.add("substitution")
        return {name: kind for name, kind in self.QUANTITIES.items() if name not in left_out}

    @property
    def substitutes(self) -> bool:
        """Whether both institutions and families are in the block."""
        found = set(self.types)
        return bool(found & set(INSTITUTIONS)) and bool(found & set(FAMILIES))

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """No single column: a block has the kinds of care that it has."""
        return ()

    @property
    def least_rows(self) -> int:
        """Fewest persons that the model is fitted to: as many as it has unknowns."""
        found: Mapping[str, Any] = self.rows.covariates if self.rows else {}
        covariates = sum(len(one.levels or ("", "")) - 1 for one in found.values())
        kinds = len(self.types) - 1
        # Level and difference of each part, two more of the amount, two of the allocation.
        return (2 + covariates) * (2 + kinds) + 2 + (2 if kinds else 0)

    def stand_in(self, column: str) -> float:
        """Return the whole window for a made-up person's window, and no day of any kind."""
        return float(self.days) if column == WINDOW else 0.0

    def row_problems(self, frame: Frame) -> Iterator[RowProblem]:
        """Yield days that no window can hold."""
        for name, values in frame.columns.items():
            if rows := _where(frame, [x != int(x or 0.0) for x in values]):
                yield RowProblem("days_not_whole", name, rows)
        ends = frame.columns.get(WINDOW, (float(self.days),) * len(frame))
        if rows := _where(frame, [(x or 0.0) < SHORTEST for x in ends]):
            yield RowProblem("days_short_window", WINDOW, rows, {"allowed": SHORTEST})
        kinds = [frame.columns[name] for name in self.types]
        sums = [sum(x or 0.0 for x in days) for days in zip(*kinds, strict=True)]
        if rows := _where(frame, [x > (w or 0.0) for x, w in zip(sums, ends, strict=True)]):
            yield RowProblem("days_beyond_window", self.types[0], rows)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        wrong = [*self._incomplete()]
        if wrong:
            raise ValidationError.from_exception_data("placement_days", wrong)
        if self.rows is not None and (self.treated or self.comparison):
            raise refuse("days_two_forms", at="rows")
        if self.days < SHORTEST:
            raise refuse("out_of_range", found=self.days, allowed=f"≥ {SHORTEST}", example="730")
        self._spreads_open()
        if self.rows is None:
            self._arms_possible()
        elif self.rows.group is not None and len(self.rows.group.compared) > 1:
            raise refuse("days_several_groups", found=", ".join(self.rows.group.compared))
        return self

    def _incomplete(self) -> Iterator[InitErrorDetails]:
        """What is needed because of something else in the block."""
        if self.rows is None:
            for name in ("treated", "comparison"):
                if getattr(self, name) is None:
                    yield _missing(name)
        elif self.rows.group is None:
            yield _missing("rows", "group")
        elif not self.types:
            yield _missing("rows", "columns", TYPES[0])
        if len(self.types) > 1 and self.prior.allocation is None:
            yield _missing("prior", "allocation")
        if self.rows is not None and self.rows.covariates and self.prior.covariate_sd is None:
            yield _missing("prior", "covariate_sd")

    def _spreads_open(self) -> None:
        spreads: list[Number] = [self.prior.amount_spread]
        if self.prior.allocation is not None:
            spreads += [self.prior.allocation.spread, self.prior.allocation.single_type]
        for one in spreads:
            low, high = one.distribution.support()
            if low == high and low in (0.0, 1.0):
                raise refuse(
                    "out_of_range", found=low, allowed=say("mellan 0 och 1"), example="0.3"
                )

    def _arms_possible(self) -> None:
        arms = {"treated": self.treated, "comparison": self.comparison}
        for name, arm in arms.items():
            if arm is None:
                continue
            if arm.types != self.types or not arm.types:
                raise refuse("days_types_differ", at=name, found=", ".join(arm.types))
            total, placed = sum(arm.totals), arm.placed
            if not placed <= total <= placed * self.days or placed < 0:
                raise refuse("days_impossible", at=name, found=total, placed=placed)


def _missing(*key: str) -> InitErrorDetails:
    return {"type": "missing", "loc": key, "input": None}


def _where(frame: Frame, wrong: list[bool]) -> tuple[int, ...]:
    return tuple(place for place, one in zip(frame.places, wrong, strict=True) if one)


SPEC = PlacementDays
