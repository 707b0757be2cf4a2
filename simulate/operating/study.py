"""Everything that is said of a contract's operating characteristics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from models.distributions import FromEvidence
from models.posterior import Posterior
from simulate.characteristics import confounded, effect_settings
from simulate.draws.draw import Draws
from simulate.draws.factors import drawn_numbers, streams_of
from simulate.errors import Problem
from simulate.evidence import posteriors, samples
from simulate.operating import ways
from simulate.operating.behaviour import Behaviour, behaviour, figure
from simulate.operating.factors import Factor, Level, factors_of
from simulate.operating.paid import Answered, Mask, World, ask
from simulate.operating.ways import Dispute, Person
from simulate.risk.error import Used
from simulate.risk.estimate import mean
from simulate.risk.risk import Figure
from simulate.run import Progress, Verdict, judged, shapes_of, used_in
from simulate.scenario.tree.scenario import ContractScenario

# From −2 to 3 times e_F, in fourths.
MULTIPLES = tuple(step / 4.0 for step in range(-8, 13))
NO_EFFECT, EVEN = 0.0, 1.0


@dataclass(frozen=True, eq=False)
class Moved:
    """One level of one factor, and what the contract does there.

    Attributes:
        level: of the factor.
        even: e_F of the changed world, as a distance; ``None`` when no effect reaches it.
        without: at no effect.
        reached: at e_F; ``None`` where there is none.
        changes: of ``p_full`` at no effect and ``p_only`` at e_F, from the scenario as it stands;
            the errors are those of the differences, under the same uniform numbers.
    """

    level: Level
    even: float | None
    without: Behaviour
    reached: Behaviour | None
    changes: Mapping[str, Figure]


@dataclass(frozen=True, eq=False)
class Study:
    """The characteristics of one contract.

    Attributes:
        scenario, seed, draws: what was asked.
        verdict: on the evidence that is drawn from although effects are set; mostly there is none.
        even: e_F, the effect whose expected true saving in the contract's own window equals the
            expected drawn amount, as a distance from none; ``None`` when no effect reaches it.
        unit: what the curve's multiples are multiples of.
        curve: by rising effect.
        moves: each factor with what the contract does at its levels.
        lacking: kinds of factors that the scenario does not have.
        disputes: what other defensible measurements would pay.
        persons: what one person more or less is worth.
    """

    scenario: ContractScenario
    seed: int
    draws: int
    verdict: Verdict
    even: float | None
    unit: float
    curve: tuple[Behaviour, ...]
    moves: tuple[tuple[Factor, tuple[Moved, ...]], ...]
    lacking: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    persons: tuple[Person, ...]

    def at(self, multiple: float) -> Behaviour:
        """Return the curve at a multiple of e_F."""
        return next(one for one in self.curve if one.multiple == multiple)

    @property
    def without(self) -> Behaviour:
        """What the contract does where there is no effect."""
        return self.at(NO_EFFECT)

    def level(self, kind: str, value: float) -> Moved | None:
        """Return a level of the first factor of a kind, where it has that value."""
        for factor, levels in self.moves:
            if factor.kind == kind:
                return next((one for one in levels if one.level.value == value), None)
        return None

    @property
    def reached(self) -> Behaviour | None:
        """What it does at e_F; ``None`` where there is none."""
        return None if self.even is None else self.at(EVEN)


def refused(scenario: ContractScenario) -> Iterator[Problem]:
    """Yield why a scenario's contract cannot be asked about an effect that is set."""
    if confounded(scenario):
        context = {"found": scenario.id, "signed": scenario.at_signing or "SCENARIO"}
        yield Problem("effect_in_evidence", (), context)


def study(
    scenario: ContractScenario,
    draws: int,
    seed: int,
    cache: Path,
    progress: Progress | None = None,
) -> Study:
    """Return the characteristics of a scenario's contract.

    Evidence is fitted only where a number that is not set comes from it.

    Args:
        scenario: as read and checked, not refused.
        draws: number of futures at each effect.
        seed: of the draws.
        cache: folder of earlier fits.
        progress: told of (stage, share done).
    """
    return study_of(scenario, posteriors(needed(scenario), cache, progress), draws, seed, progress)


def study_of(
    scenario: ContractScenario,
    posteriors: Mapping[str, Posterior],
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Study:
    """Return the same on posteriors that are there already, such as those of a run.

    Args:
        scenario, draws, seed, progress: as in :func:`study`.
        posteriors: by evidence block; those that no number needs are left alone.
    """
    fitted = {block: posteriors[block] for block in needed(scenario).evidence}
    drawn = samples(needed(scenario), fitted)
    varied, lacking = factors_of(scenario)
    told = None if progress is None else partial(progress, "effects")
    own, *others = ask(_worlds(scenario, varied), draws, seed, drawn, told)
    first = Draws(streams_of(scenario, seed), 0, drawn)
    used = used_in(first, draws, shapes_of(fitted))
    rest = iter(others)
    return Study(
        scenario=scenario,
        seed=seed,
        draws=draws,
        verdict=judged(scenario, fitted),
        even=own.even,
        unit=own.unit,
        curve=tuple(behaviour(paid, m, m * own.unit, used) for m, paid in own.paid.items()),
        moves=tuple(
            (factor, tuple(_moved(level, next(rest), own, used) for level in factor.levels))
            for factor in varied
        ),
        lacking=lacking,
        disputes=tuple(ways.disputes(scenario, own, rest, used)),
        persons=tuple(ways.persons(scenario, own, rest, used)),
    )


def _worlds(scenario: ContractScenario, varied: Iterable[Factor]) -> tuple[World, ...]:
    """Every world that is asked, the scenario as it stands first."""
    return (
        World(scenario, multiples=MULTIPLES),
        *(level.world for factor in varied for level in factor.levels),
        *ways.worlds(scenario),
    )


def _moved(level: Level, answered: Answered, own: Answered, used: tuple[Used, ...]) -> Moved:
    paid = answered.paid
    changes = {"p_full": _change(paid[NO_EFFECT].full, own.paid[NO_EFFECT].full, used)}
    reached = None
    if answered.even is not None:
        reached = behaviour(paid[EVEN], EVEN, answered.even, used)
        if own.even is not None:
            changes["p_only"] = _change(paid[EVEN].only, own.paid[EVEN].only, used)
    without = behaviour(paid[NO_EFFECT], NO_EFFECT, 0.0, used)
    return Moved(level, answered.even, without, reached, changes)


def _change(there: Mask, here: Mask, used: tuple[Used, ...]) -> Figure:
    difference = there.astype(np.float64) - here.astype(np.float64)
    return figure("change", "share", mean(difference), used)


def needed(scenario: ContractScenario) -> ContractScenario:
    """Return the scenario with the evidence that is drawn from although every effect is set."""
    settings = effect_settings(scenario, 0.0)
    blocks = {
        one.distribution.block
        for one in drawn_numbers(scenario)
        if isinstance(one.distribution, FromEvidence) and one.key not in settings
    }
    kept = {name: one for name, one in scenario.evidence.items() if name in blocks}
    return scenario.model_copy(update={"evidence": kept})
