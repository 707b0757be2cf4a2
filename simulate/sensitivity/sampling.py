"""Studies before the decision: what each is worth, costs and leaves, and how large it should be.

The net benefit of a study is d (V + EVSI) − V − cost: V is what deciding at once is worth, d what
a krona after the delay is worth now. Who waits, waits with everything that comes of the decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.number import Number
from models.quantile import quantile
from models.spec import value_of
from simulate.draws.draw import Draws
from simulate.programme import recruit, year_of
from simulate.scenario.tree.scenario import ContractScenario, FundScenario
from simulate.scenario.tree.study import Study
from simulate.sensitivity.basis import Floats, scores
from simulate.sensitivity.bench import Bench, Move
from simulate.sensitivity.decide import Finding, Seen, Value
from simulate.sensitivity.factors import Factor, columns
from simulate.sensitivity.findings import finds, persons
from simulate.sensitivity.information import Worth
from simulate.value.views import views

# Futures beyond those of the draws, in which nothing but studies is drawn; an even number.
_FURTHER = 32
# Times the stated size.
_TIMES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_STATED = 1.0
_FINE = 4096


@dataclass(frozen=True)
class Size:
    """A study of some size.

    Attributes:
        persons: who cost something in it.
        worth: EVSI, SEK, before it is paid for and without any delay.
        cost: SEK, whoever pays.
        own: what whoever decides pays of it.
        net: to whoever decides, with its standard error.
        net_of_all: as much, had whoever decides paid all of it; with its standard error.
    """

    persons: int
    worth: Worth
    cost: float
    own: float
    net: tuple[float, float]
    net_of_all: tuple[float, float]


@dataclass(frozen=True)
class Offer:
    """A study that could be made before the decision.

    Attributes:
        study: as stated.
        factors: what it tells something of.
        limit: what it would be worth to know all of them.
        kept: worth now of a krona after the delay.
        waiting: SEK that is lost because the decision waits.
        missed: persons who would have been included by then, on average; none where staying out
            is chosen as things are known, and none in a fund, which does not say when they are.
        stated: at the size that is stated.
        sizes: rising.
    """

    study: Study
    factors: tuple[Factor, ...]
    limit: Worth
    kept: float
    waiting: float
    missed: float
    stated: Size
    sizes: tuple[Size, ...]

    @property
    def best(self) -> Size | None:
        """The size with the largest net benefit, if any is better than no study at all."""
        best = max(self.sizes, key=lambda one: one.net[0])
        return best if best.net[0] > 2.0 * best.net[1] else None


@dataclass(frozen=True)
class Asked:
    """A study at some sizes, and what it finds; empty where it tells nothing that matters.

    Attributes:
        study: as stated.
        times: rising; how many times as large as stated.
        findings: at each size, or none.
    """

    study: Study
    times: tuple[float, ...]
    findings: tuple[Finding, ...]


def ask(bench: Bench, factors: Sequence[Factor]) -> tuple[Asked, ...]:
    """Return what each stated study would find in the draws and in further futures.

    Args:
        bench: on which the draws were made.
        factors: what moves any answer.
    """
    decision = bench.scenario.decision
    asking = _Asking(bench, factors)
    return tuple(asking.study(one) for one in (decision.studies if decision else ()))


class _Asking:
    def __init__(self, bench: Bench, factors: Sequence[Factor]) -> None:
        self.bench = bench
        self.factors = [one for one in factors if one.kind != "chance"]
        self.groups = {name: one.sizes for name, one in bench.fitted.items()}
        self.streams = bench.streams()
        self.near = range(bench.batches)
        self.far = range(bench.batches, bench.batches + _FURTHER)

    def study(self, study: Study) -> Asked:
        times = tuple(one for one in _TIMES if self._possible(study, one))
        told = tuple(one for one in self.factors if self._tells(study, one))
        if not told:
            return Asked(study, times, ())
        seen = {one.key: self._seen(one) for one in told}
        near, far = (self._found(study, batches, times) for batches in (self.near, self.far))
        findings = tuple(
            Finding(told, here, further, seen, _FURTHER)
            for here, further in zip(near, far, strict=True)
        )
        return Asked(study, times, findings)

    def _possible(self, study: Study, times: float) -> bool:
        """Whether there are so many persons, and not fewer than in the size below."""
        count = persons(study, self.groups, times)
        most = np.inf if study.most is None else value_of(study.most)
        smaller = times != _TIMES[0] and persons(study, self.groups, times / 2.0) == count
        return times == _STATED or (count <= most and not smaller)

    def _found(self, study: Study, batches: range, times: Sequence[float]) -> list[Floats]:
        """Return what is found at each size, dims (future, statistic): the larger, the surer."""
        found = []
        for batch in batches:
            draws = Draws(self.streams, batch, self.bench.evidence)
            found.append([self._one(study, draws, size) for size in times])
        return [np.concatenate(parts) for parts in zip(*found, strict=True)]

    def _one(self, study: Study, draws: Draws, times: float) -> Floats:
        return finds(study, self.bench.scenario, self.groups, draws, times)

    def _tells(self, study: Study, factor: Factor) -> bool:
        """Return whether what a study finds hangs on a factor."""
        plain, moved = (
            self._one(study, Draws(streams, 0, self.bench.evidence), _STATED)
            for streams in (self.streams, self.bench.streams(Move(again=(factor,))))
        )
        return not np.array_equal(plain, moved)

    def _seen(self, factor: Factor) -> Seen:
        streams = self.bench.streams(tied=False)
        points = columns(factor, streams, self.far, self.bench.evidence)
        if factor.kind == "group":
            return Seen(points, points)
        (name,) = factor.streams
        line = scores(np.concatenate([streams.uniforms(name, batch) for batch in self.far]))
        return Seen(points, points, None, (line, line))


def offers(bench: Bench, asked: Sequence[Asked], value: Value) -> tuple[Offer, ...]:
    """Return what each study is worth, costs and leaves.

    Args:
        bench: on which the draws were made.
        asked: the studies.
        value: of information, with what was asked in the same order.
    """
    found = iter(value.findings)
    groups = {name: one.sizes for name, one in bench.fitted.items()}
    made = []
    for one in asked:
        worths = [next(found) for _ in one.findings]
        made.append(_offer(bench, one, worths, groups, value))
    return tuple(made)


def _offer(
    bench: Bench,
    asked: Asked,
    worths: Sequence[tuple[Worth, Worth]],
    groups: Mapping[str, Mapping[str, int]],
    value: Value,
) -> Offer:
    nothing = Worth(0.0, 0.0, 0.0)
    scenario, study, party = bench.scenario, asked.study, value.decision.party
    kept = _kept(scenario, study.delay, party)
    now = (max(value.utility[0], 0.0), value.utility[1] if value.goes_ahead else 0.0)
    payers = next(one.members for one in views(scenario) if one.name == party)
    share = sum(value_of(part) for payer, part in study.paid_by.items() if payer in payers)
    sizes = []
    for place, times in enumerate(asked.times):
        count = persons(study, groups, times)
        told = worths[place][0] if worths else nothing
        cost = _mean(study.cost) + count * _mean(study.cost_per_person)
        gain = kept * (now[0] + told.value) - now[0]
        error = float(np.hypot(kept * told.error, (1.0 - kept) * now[1]))
        nets = ((gain - part * cost, error) for part in (share, 1.0))
        sizes.append(Size(count, told, cost, share * cost, *nets))
    return Offer(
        study,
        asked.findings[0].factors if asked.findings else (),
        worths[0][1] if worths else nothing,
        kept,
        (1.0 - kept) * now[0],
        _missed(bench, study.delay) if value.goes_ahead else 0.0,
        sizes[asked.times.index(_STATED)],
        tuple(sizes),
    )


def _kept(scenario: ContractScenario | FundScenario, delay: Number | None, party: str) -> float:
    """Return what a krona after a delay is worth to a party when it would have come at once."""
    if delay is None:
        return 1.0
    view = next(one for one in views(scenario) if one.name == party)
    rates = scenario.society if view.rate_of is None else scenario.parties[view.rate_of]
    rate, years = (_values(one) for one in (rates.discount_rate, delay))
    return float(np.mean((1.0 + rate[:, None]) ** -years[None, ::16]))


def _missed(bench: Bench, delay: Number | None) -> float:
    """Return how many persons would have been included before a delay is over, on average."""
    if delay is None or not isinstance(bench.scenario, ContractScenario):
        return 0.0
    programme, draws = bench.scenario.programme, Draws(bench.streams(), 0, bench.evidence)
    intake = recruit(programme, draws)
    until = year_of(programme.intake_first) + np.reshape(draws.of(delay), (-1, 1))
    return float(np.where(intake.starts < until, intake.persons, 0.0).sum(axis=1).mean())


def _mean(number: Number | None) -> float:
    return 0.0 if number is None else float(_values(number).mean())


def _values(number: Number) -> Floats:
    """Return a number at points that are equally likely."""
    return quantile(number.distribution, (np.arange(_FINE) + 0.5) / _FINE)
