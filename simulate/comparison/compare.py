"""The comparison: both scenarios and every part of the difference on the same draws."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from models.posterior import Posterior
from simulate.comparison.paired import Assessed, Change, Name, assessed, combined, difference
from simulate.comparison.parts import Part, parts
from simulate.comparison.sides import Side
from simulate.draws.draw import Draws
from simulate.draws.factors import factors, tied
from simulate.draws.remembered import remembering
from simulate.draws.streams import Streams
from simulate.evidence import samples
from simulate.provenance import manifest
from simulate.risk.error import mcse_of_sum
from simulate.run import Progress, Verdict, futures_from, judged, shapes_of
from simulate.scenario.read import AnyScenario
from simulate.scenario.tree.scenario import ContractScenario

# What is split by part, for each kind of scenario.
_CONTRACT, _FUND = ("repayment_mean", "p_loss"), ("balance_end_mean", "p_refilled_by_horizon")


@dataclass(frozen=True, eq=False)
class Split:
    """What one part of the difference does alone.

    Attributes:
        key: where it stands.
        is_clause: whether it is a clause of the contract.
        changes: by figure, from the first scenario.
        pays: of a clause: how much more it pays itself in the second scenario than in the first,
            SEK; ``None`` of anything else.
    """

    key: str
    is_clause: bool
    changes: Mapping[Name, Change]
    pays: Change | None = None


@dataclass(frozen=True, eq=False)
class Compared:
    """Two scenarios and their differences.

    Attributes:
        a, b: the two.
        seed, draws: common to both.
        figures: of each.
        changes: by figure that both have; second less first.
        targets: the figures that are split.
        splits: each part alone.
        interaction: what the parts do together and none does alone, by target.
        verdicts: on the evidence of each.
        run_id: of everything that decides the comparison.
    """

    a: Side
    b: Side
    seed: int
    draws: int
    figures: tuple[Assessed, Assessed]
    changes: Mapping[Name, Change]
    targets: tuple[Name, ...]
    splits: tuple[Split, ...]
    interaction: Mapping[Name, Change]
    verdicts: tuple[Verdict, Verdict]
    run_id: str

    @property
    def scenario(self) -> AnyScenario:
        """The second scenario, for the names of parties."""
        return self.b.scenario

    def independent(self, name: Name) -> float | None:
        """Return the error that the difference would have between two runs of their own."""
        errors = [one.figures[name].mcse for one in self.figures if name in one.figures]
        return float(np.hypot(*errors)) if len(errors) == 2 and None not in errors else None  # type: ignore[arg-type]  # none is None


def compare(
    a: Side, b: Side, draws: int, seed: int, cache: Path, progress: Progress | None = None
) -> Compared:
    """Return the comparison.

    Both share one dimension map, the first scenario's own factors first, so that an input that only
    one of them has moves no draw of any other.

    Args:
        a, b: the two.
        draws, seed: common to both.
        cache, progress: as in :func:`simulate.run.run`.
    """
    fitted = [one.posteriors(cache, progress) for one in (a, b)]
    shared = dict.fromkeys((*factors(a.scenario), *factors(b.scenario)))
    walker = _Walker(Streams(seed, tuple(shared)), draws, (fitted[0], fitted[1]))
    found = walker.differing(parts(a.raw, b.raw, a.scenario, b.scenario))
    told = _Steps(progress, 2 + len(found))
    futures, own = walker.both(a.scenario, b.scenario)
    told.step(2)
    names = [name for name in own[0].figures if name in own[1].figures]
    targets = _targets(a.scenario, names)
    alone = [walker.alone(part, targets, told) for part in found]
    splits = (_split(*pair, (targets, futures, own)) for pair in zip(found, alone, strict=True))
    rest = [(1.0, own[1]), (len(alone) - 1.0, own[0]), *((-1.0, one) for one in alone)]
    return Compared(
        a,
        b,
        seed,
        draws,
        own,
        {name: difference(own[0], own[1], name) for name in names},
        targets,
        tuple(splits),
        {name: combined(rest, name) for name in targets},
        (judged(a.scenario, fitted[0]), judged(b.scenario, fitted[1])),
        _id(a, b, seed, draws, fitted),
    )


@dataclass
class _Steps:
    """Tells how much is done."""

    progress: Progress | None
    total: int
    done: int = 0

    def step(self, count: int) -> None:
        self.done += count
        if self.progress is not None:
            self.progress("draws", self.done / self.total)


@dataclass(frozen=True, eq=False)
class _Walker:
    """Takes scenarios through the same draws; what they have in common is drawn once.

    Attributes:
        streams: the uniform numbers.
        draws: number of futures.
        fitted: posteriors of the two scenarios; a part has those of either, block by block.
    """

    streams: Streams
    draws: int
    fitted: tuple[Mapping[str, Posterior], Mapping[str, Posterior]]

    def futures(self, scenario: AnyScenario, theirs: frozenset[str]) -> xr.Dataset:
        """Return the futures of a scenario, some blocks of which are fitted as the second's."""
        evidence = samples(scenario, self._fits(scenario, theirs))
        with remembering():
            own = tied(self.streams, scenario)
            return futures_from(scenario, Draws(own, 0, evidence), self.draws)[0]

    def assessed(
        self,
        scenario: AnyScenario,
        theirs: frozenset[str],
        futures: xr.Dataset,
        wanted: tuple[Name, ...] | None = None,
    ) -> Assessed:
        """Return the figures of a scenario's futures."""
        fits = self._fits(scenario, theirs)
        digests = {block: one.digest() for block, one in fits.items()}
        return assessed(scenario, futures, shapes_of(fits), digests, wanted)

    def both(
        self, a: AnyScenario, b: AnyScenario
    ) -> tuple[tuple[xr.Dataset, xr.Dataset], tuple[Assessed, Assessed]]:
        """Return the futures and the figures of the two scenarios."""
        none, every = frozenset[str](), frozenset(b.evidence)
        first, second = self.futures(a, none), self.futures(b, every)
        figures = (self.assessed(a, none, first), self.assessed(b, every, second))
        return (first, second), figures

    def alone(self, part: Part, targets: tuple[Name, ...], told: _Steps) -> Assessed:
        """Return the figures of the first scenario with one part of the second."""
        futures = self.futures(part.scenario, part.fits)
        found = self.assessed(part.scenario, part.fits, futures, targets)
        told.step(1)
        return found

    def differing(self, found: Sequence[Part]) -> list[Part]:
        """Return the parts that make a difference: of evidence, those that are fitted otherwise."""
        return [one for one in found if not one.is_evidence or self._differs(one.fits)]

    def _differs(self, blocks: frozenset[str]) -> bool:
        mine, theirs = ({block: one.get(block) for block in blocks} for one in self.fitted)
        return any(
            None in (mine[block], theirs[block]) or mine[block].digest() != theirs[block].digest()  # type: ignore[union-attr]
            for block in blocks
        )

    def _fits(self, scenario: AnyScenario, theirs: frozenset[str]) -> dict[str, Posterior]:
        first, second = self.fitted
        return {
            block: second[block] if block in theirs or block not in first else first[block]
            for block in scenario.evidence
        }


_Both = tuple[tuple[Name, ...], tuple[xr.Dataset, xr.Dataset], tuple[Assessed, Assessed]]


def _split(part: Part, alone: Assessed, both: _Both) -> Split:
    """Return what a part does, given the targets, and both scenarios' futures and figures."""
    targets, futures, own = both
    changes = {name: difference(own[0], alone, name) for name in targets}
    pays = _pays(part, futures, own) if part.is_clause else None
    return Split(part.key, part.is_clause, changes, pays)


def _targets(scenario: AnyScenario, names: list[Name]) -> tuple[Name, ...]:
    wanted = _CONTRACT if isinstance(scenario, ContractScenario) else _FUND
    return tuple(name for one in wanted for name in names if name[1] == one)


def _pays(
    part: Part, futures: tuple[xr.Dataset, xr.Dataset], own: tuple[Assessed, Assessed]
) -> Change:
    """Return how much more a clause pays itself, before the contract's cap and floor."""
    name = part.key.rpartition(".")[2]
    paid = [
        one["clause_ore"].sel(clause=name).values / 100.0
        if name in one["clause"].values
        else np.zeros(one.sizes["draw"])
        for one in futures
    ]
    more = paid[1] - paid[0]
    mean = float(more.mean())
    used = {**own[0].used, **own[1].used}
    return Change(mean, mcse_of_sum(more - mean, [(more - mean, one) for one in used.values()]))


def _id(a: Side, b: Side, seed: int, draws: int, fitted: list[Mapping[str, Posterior]]) -> str:
    facts = [
        manifest(one.raw, seed, draws, {block: fit.digest() for block, fit in fits.items()})
        for one, fits in zip((a, b), fitted, strict=True)
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:12]
