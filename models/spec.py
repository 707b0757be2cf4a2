"""What every evidence block in a scenario has in common: standard library and pydantic only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from pydantic import AfterValidator, Field

from models import distributions as d
from models.language import mark, say
from models.number import Number
from models.quantity import Dimension
from models.rows.frame import Frame, RowProblem
from models.rows.source import RowSource
from models.table import Integer, Table, Text
from models.table import refuse as refuse  # noqa: PLC0414  # models take it from here

PRIOR_FAMILIES = (d.Fixed, d.Normal, d.LogNormal, d.Beta, d.Gamma, d.Uniform)
_PRIOR_FORMS = "value, normal, lognormal, beta, gamma, uniform, interval"


class Sampling(Table):
    """Settings of the sampler; they are part of what a posterior is.

    Attributes:
        draws: kept draws per chain.
        tune: draws per chain that adapt the sampler and are thrown away.
        chains: independent chains, at least two so that they can be compared.
        target_accept: share of proposed moves to accept; higher means smaller steps.
    """

    draws: Integer = Field(default=1000, ge=10, le=100_000)
    tune: Integer = Field(default=1000, ge=10, le=100_000)
    chains: Integer = Field(default=4, ge=2, le=16)
    # 0.9 leaves a few divergences in most fits with an uncertain spread or large groups, 0.98 none
    # in 12 of each; small steps cost nothing beside compiling.
    target_accept: float = Field(default=0.98, ge=0.5, le=0.999)


@dataclass(frozen=True)
class Statistic:
    """A kind of statistic that predictions are compared with.

    Attributes:
        title: what a person calls it, marked.
        dimension: in whose canonical unit it is.
    """

    title: str
    dimension: Dimension


_GROUPS = {"treated": mark("insatsgruppen"), "comparison": mark("jämförelsegruppen")}


class Evidence(Table):
    """Base of all evidence blocks.

    Attributes:
        model: name of the model, which is the name of its folder; tells the blocks apart.
        title: what a person calls the block.
        sampling: settings of the sampler.
        QUANTITIES: what a fitted model can hand on, with dimension.
        COLUMNS: what the model can read of rows, with dimension; empty when it reads none.
        headline: the quantity that says most about the block.
        titles: what a person calls each parameter and quantity, in Swedish.
        STATISTICS: kinds of statistics that predictions are compared with.
    """

    QUANTITIES: ClassVar[Mapping[str, Dimension]]
    COLUMNS: ClassVar[Mapping[str, Dimension]] = MappingProxyType({})
    headline: ClassVar[str]
    titles: ClassVar[Mapping[str, str]]
    STATISTICS: ClassVar[Mapping[str, Statistic]] = MappingProxyType({})

    model: str
    title: Text | None = None
    sampling: Sampling = Sampling()

    @property
    def form(self) -> str:
        """How the block is written: names the module of the folder with the functions for it."""
        return "model"

    @property
    def quantities(self) -> Mapping[str, Dimension]:
        """What this block hands on, with dimension."""
        return self.QUANTITIES

    @property
    def statistics(self) -> Mapping[str, Statistic]:
        """Kinds of statistics of this block."""
        return self.STATISTICS

    def name_of(self, group: str) -> str:
        """Return what a person calls a group."""
        return say(_GROUPS[group]) if group in _GROUPS else group.replace("_", " ")

    def called(self, name: str) -> str:
        """Return what a person calls a parameter, a quantity or a statistic."""
        return say(self.titles[name]) if name in self.titles else self.statistic(name)

    def statistic(self, name: str) -> str:
        """Return what a person calls a statistic: of everyone, or ``<group>_<kind>`` of a group."""
        kind = self._kind(name)
        if kind is None:
            return name
        title = say(self.statistics[kind].title)
        if name == kind:
            return title
        group = self.name_of(name.removesuffix(f"_{kind}"))
        return say("{statistic}, {group}", statistic=title, group=group)

    def dimension_of(self, name: str) -> Dimension | None:
        """Return the dimension of a statistic; ``None`` of one that the block does not know."""
        kind = self._kind(name)
        return None if kind is None else self.statistics[kind].dimension

    def _kind(self, name: str) -> str | None:
        kinds = sorted(self.statistics, key=len, reverse=True)
        return next((one for one in kinds if name == one or name.endswith(f"_{one}")), None)

    @property
    def source_of_rows(self) -> RowSource | None:
        """The file with one row a person, if the block has one."""
        found: RowSource | None = getattr(self, "rows", None)
        return found

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """The columns of rows that the model cannot do without; here all that it can read."""
        return tuple(self.COLUMNS)

    @property
    def may_lack(self) -> tuple[str, ...]:
        """The columns and covariates in which the model can do with empty cells; here none."""
        return ()

    @property
    def least_rows(self) -> int:
        """Fewest persons that the model is fitted to: as many as there are unknowns of a mean."""
        rows = self.source_of_rows
        if rows is None:
            return 1
        groups = len(rows.group.compared) if rows.group else 0
        levels = (len(one.levels or ("", "")) - 1 for one in rows.covariates.values())
        return 1 + groups + sum(levels)

    def stand_in(self, column: str) -> float:
        """Return what a made-up person has in a column of rows before the model has made its data.

        Matters for what the model takes as given, such as a window; the rest is replaced.
        """
        return 0.0

    def row_problems(self, frame: Frame) -> Iterator[RowProblem]:
        """Yield what is wrong with the rows that only this model can tell."""
        yield from ()


def _certain(number: Number) -> Number:
    if not isinstance(number.distribution, d.Fixed):
        raise refuse("data_uncertain", found=_form(number), example=number.dimension.example)
    return number


def _whole(number: Number) -> Number:
    value = value_of(_certain(number))
    if value != int(value):
        raise refuse("not_an_integer", found=value)
    return number


def _positive(number: Number) -> Number:
    low, high = number.distribution.support()
    if low < 0 or high <= 0:
        raise refuse("not_positive", found=_form(number))
    return number


def _prior(number: Number) -> Number:
    if not isinstance(number.distribution, PRIOR_FAMILIES):
        raise refuse("prior_family", found=_form(number), allowed=_PRIOR_FORMS)
    return number


def _form(number: Number) -> str:
    return type(number.distribution).__name__.lower()


CERTAIN = AfterValidator(_certain)
WHOLE = AfterValidator(_whole)
POSITIVE = AfterValidator(_positive)
PRIOR = AfterValidator(_prior)


def value_of(number: Number) -> float:
    """Return the value of a number that is certain.

    Raises:
        TypeError: the number is uncertain.

    Example:
        >>> from models.number import parse_number
        >>> from models.quantity import COUNT
        >>> value_of(parse_number(21, COUNT))
        21.0
    """
    if not isinstance(number.distribution, d.Fixed):
        raise TypeError(f"{number.key or 'number'} is uncertain")
    return number.distribution.value
