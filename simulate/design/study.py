"""What another measurement would have changed for each side, and for all together.

Every change is a difference between estimates of the same futures; its error is that of the
difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from models.posterior import Posterior
from models.spec import value_of
from simulate.contract import money
from simulate.design.curve import Curve, Grid, curve_of, curve_worlds
from simulate.design.designs import Design, middle
from simulate.design.paid import Paid, World, ask, first_batch
from simulate.draws.values import Floats
from simulate.evidence import samples
from simulate.risk.error import Used
from simulate.risk.estimate import Estimate, certain, less, mean, probability, spread, total
from simulate.risk.risk import Figure, estimated
from simulate.run import Progress, Verdict, judged, shapes_of, used_in
from simulate.scenario.tree.party import CONTRACT
from simulate.scenario.tree.scenario import ContractScenario
from simulate.value.views import views

# What is committed, times these, are the tolerances of risk that are tried where none is stated.
LADDER = (0.5, 1.0, 2.0, 5.0)
# No party, tranche or clause can be called so.
JOINT = "*"
# Party, tranche, the contract or :data:`JOINT`, and name of a figure.
Name = tuple[str, str]


@dataclass(frozen=True)
class Changed:
    """A figure as agreed and under another measurement.

    Attributes:
        agreed, other: the two.
        change: the second less the first, with the error of the difference.
    """

    agreed: Figure
    other: Figure
    change: Figure


@dataclass(frozen=True)
class Valued:
    """Another measurement and what it changes.

    Attributes:
        design: the measurement.
        changes: by whom and figure: of the contract ``repayment_mean``, ``repayment_spread``,
            ``p_loss`` and ``p_full``; of each side ``npv_mean``, ``npv_spread``,
            ``p_npv_negative`` and, where its tolerance of risk is stated, ``npv_certain``; of each
            tranche ``tranche_paid_mean`` and ``p_tranche_loss``; of all together ``npv_mean``, and
            ``npv_certain`` where it is known of all sides.
        tried: change of the certainty equivalent at tolerances that are only tried, by side and
            tolerance, SEK.
    """

    design: Design
    changes: Mapping[Name, Changed]
    tried: Mapping[tuple[str, float], Figure]

    def change(self, whom: str, name: str) -> Figure:
        """Return a change."""
        return self.changes[whom, name].change


@dataclass(frozen=True, eq=False)
class Study:
    """What other measurements would change.

    Attributes:
        scenario, seed, draws: what was asked.
        verdict: on the evidence.
        sides: parties whose money hangs on what is measured, in order.
        tolerances: of those sides whose tolerance of risk is stated, SEK.
        ladder: tolerances that are tried, SEK.
        designs: what each measurement changes.
        curves: of each comparison group, against its size.
    """

    scenario: ContractScenario
    seed: int
    draws: int
    verdict: Verdict
    sides: tuple[str, ...]
    tolerances: Mapping[str, float]
    ladder: tuple[float, ...]
    designs: tuple[Valued, ...]
    curves: tuple[Curve, ...]


@dataclass(frozen=True)
class Asked:
    """How a study is made.

    Attributes:
        draws: number of futures.
        seed: of the draws; the futures as agreed are those of a run with the same.
        sizes: whether every size of the comparison groups is asked about too, which is most of the
            work.
    """

    draws: int
    seed: int
    sizes: bool = True


def study(
    scenario: ContractScenario,
    designs: Sequence[Design],
    asked: Asked,
    fitted: Mapping[str, Posterior],
    progress: Progress | None = None,
) -> Study:
    """Return what each measurement changes, under the scenario's own joint distribution.

    Args:
        scenario: as read and checked.
        designs: other measurements, not refused.
        asked: how the study is made.
        fitted: posterior of each evidence block.
        progress: told of (stage, share done).
    """
    draws, seed = asked.draws, asked.seed
    worlds = [World(scenario), *map(World.of, designs)]
    grid = curve_worlds(scenario) if asked.sizes else Grid((), ())
    first = first_batch(scenario, worlds, seed, samples(scenario, fitted))
    told = None if progress is None else partial(progress, "measurements")
    agreed, *others = ask(scenario, [*worlds, *grid.worlds], first, draws, told)
    used = used_in(first, draws, shapes_of(fitted))
    about = _About(scenario, sides(scenario, designs), tolerances(scenario), used)
    own, rest = others[: len(designs)], others[len(designs) :]
    return Study(
        scenario,
        seed,
        draws,
        judged(scenario, fitted),
        about.sides,
        {party: about.tolerance[party] for party in about.sides if party in about.tolerance},
        about.ladder,
        tuple(
            _valued(about, *pair) for pair in zip(designs, [(agreed, o) for o in own], strict=True)
        ),
        curve_of(scenario, grid, (agreed, *rest), about.sides, used),
    )


def sides(scenario: ContractScenario, designs: Iterable[Design] = ()) -> tuple[str, ...]:
    """Return whose money hangs on the measurement: who lends, who pays, and who stands behind."""
    contract = scenario.contract
    lenders = [one.party for one in contract.tranches] or [scenario.investor]
    behind = [one.party for one in contract.guarantors]
    paying = [one.paid_by for one in designs if one.paid_by is not None]
    return tuple(dict.fromkeys((*lenders, *contract.paid_by, *behind, *paying)))


def tolerances(scenario: ContractScenario) -> dict[str, float]:
    """Return the tolerances of risk that are stated, SEK: a party's own, else of the decision."""
    found: dict[str, float] = {}
    decision = scenario.decision
    if decision is not None and decision.risk_tolerance is not None:
        found[decision.party] = value_of(decision.risk_tolerance)
    for key, party in scenario.parties.items():
        if party.risk_tolerance is not None:
            found[key] = value_of(party.risk_tolerance)
    return found


@dataclass(frozen=True)
class _About:
    scenario: ContractScenario
    sides: tuple[str, ...]
    tolerance: Mapping[str, float]
    used: tuple[Used, ...]

    @property
    def ladder(self) -> tuple[float, ...]:
        committed = middle(self.scenario.contract.committed)
        return tuple(times * committed for times in LADDER)

    def npv(self, paid: Paid, party: str) -> Floats:
        names = [one.name for one in views(self.scenario)]
        return paid.npv[:, names.index(party)]


def _valued(about: _About, design: Design, paid: tuple[Paid, Paid]) -> Valued:
    agreed, other = (dict(_estimates(about, one)) for one in paid)
    changes = {}
    for (whom, name), (unit, before) in agreed.items():
        after = other[whom, name][1]
        what = Figure(whom, name, None, None, unit, None)
        now, then, gap = (
            estimated(what, one, about.used) for one in (before, after, less(after, before))
        )
        changes[whom, name] = Changed(now, then, gap)
    return Valued(design, changes, dict(_tried(about, paid)))


def _estimates(about: _About, paid: Paid) -> Iterator[tuple[Name, tuple[str, Estimate]]]:
    """Yield every figure of a world, with its unit."""
    payment = money.sek(paid.payment)
    yield (CONTRACT, "repayment_mean"), ("sek", mean(payment))
    yield (CONTRACT, "repayment_spread"), ("sek", spread(payment))
    yield (CONTRACT, "p_loss"), ("share", probability(paid.payment < paid.drawn))
    yield (CONTRACT, "p_full"), ("share", probability(paid.payment >= paid.drawn))
    for place, one in enumerate(about.scenario.contract.tranches):
        back, lost = paid.tranche_paid[:, place], paid.tranche_loss[:, place]
        yield (one.id, "tranche_paid_mean"), ("sek", mean(money.sek(back)))
        yield (one.id, "p_tranche_loss"), ("share", probability(lost > 0))
    means, sure = [], []
    for party in about.sides:
        npv = about.npv(paid, party)
        means.append(mean(npv))
        yield (party, "npv_mean"), ("sek", means[-1])
        yield (party, "npv_spread"), ("sek", spread(npv))
        yield (party, "p_npv_negative"), ("share", probability(npv < 0.0))
        if party in about.tolerance:
            sure.append(certain(npv, about.tolerance[party]))
            yield (party, "npv_certain"), ("sek", sure[-1])
    yield (JOINT, "npv_mean"), ("sek", total(means))
    if len(sure) == len(about.sides):
        yield (JOINT, "npv_certain"), ("sek", total(sure))


def _tried(about: _About, paid: tuple[Paid, Paid]) -> Iterator[tuple[tuple[str, float], Figure]]:
    for party in about.sides:
        if party in about.tolerance:
            continue
        agreed, other = (about.npv(one, party) for one in paid)
        for tolerance in about.ladder:
            change = less(certain(other, tolerance), certain(agreed, tolerance))
            what = Figure(party, "npv_certain", None, None, "sek", None)
            yield (party, tolerance), estimated(what, change, about.used)
