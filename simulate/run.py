"""A whole run: posteriors, batches of futures, risk. Pure but for the cache of posteriors."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import xarray as xr

from models.explained import explained
from models.posterior import Posterior
from simulate.characteristics import confounded
from simulate.draws.draw import Draws
from simulate.draws.factors import streams_of
from simulate.draws.streams import BATCH
from simulate.evidence import posteriors, samples, title_of
from simulate.futures import Batch, Collector
from simulate.interrupts import check
from simulate.risk.error import Used, used_by
from simulate.risk.fan import fan
from simulate.risk.risk import Figure, assess
from simulate.scenario.read import AnyScenario
from simulate.scenario.tree.scenario import ContractScenario, FundScenario
from simulate.walks import walk_of

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Verdict:
    """What the diagnoses of all evidence say together.

    Attributes:
        verdict: ``pass``, ``warn`` or ``fail``: the worst of them.
        reasons: what is wrong and what to do, with the block each is about; in the language that
            is spoken.
        codes: stable names of the reasons, with the block.
    """

    verdict: str
    reasons: tuple[str, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Result:
    """Everything a run found.

    Attributes:
        scenario, seed, draws: what was asked.
        posteriors: by evidence block.
        futures: per-draw variables and yearly means, with named dimensions.
        figures: the measures.
        break_even_distance: effect at which the expected true saving in the contract's window
            equals the expected drawn amount, as a distance from zero; ``None`` if out of reach.
        couples: whether the contract's own outcome is in the evidence, so that no effect is set.
        seconds: by stage; never part of what must be repeatable.
    """

    scenario: AnyScenario
    seed: int
    draws: int
    posteriors: Mapping[str, Posterior]
    futures: xr.Dataset
    figures: tuple[Figure, ...]
    break_even_distance: float | None
    couples: bool
    seconds: Mapping[str, float]

    @property
    def verdict(self) -> Verdict:
        """The worst diagnosis, with all reasons."""
        return judged(self.scenario, self.posteriors)

    @property
    def with_contract(self) -> ContractScenario:
        """The scenario, where it has a contract.

        Raises:
            TypeError: it is of another kind.
        """
        if not isinstance(self.scenario, ContractScenario):
            raise TypeError(f"{self.scenario.id} has no contract")
        return self.scenario

    @property
    def with_fund(self) -> FundScenario:
        """The scenario, where it has a fund.

        Raises:
            TypeError: it is of another kind.
        """
        if not isinstance(self.scenario, FundScenario):
            raise TypeError(f"{self.scenario.id} has no fund")
        return self.scenario

    @cached_property
    def used(self) -> tuple[Used, ...]:
        """Which posterior samples the futures used, for the errors of further estimates."""
        return used_by(self.futures, shapes_of(self.posteriors))

    def figure(self, measure: str, party: str | None = None) -> Figure:
        """Return one figure.

        Raises:
            KeyError: there is none of that name for that party.
        """
        for figure in self.figures:
            if figure.measure == measure and party in (None, figure.party):
                return figure
        raise KeyError(measure)


def judged(scenario: AnyScenario, posteriors: Mapping[str, Posterior]) -> Verdict:
    """Return the worst diagnosis of some evidence blocks, with all reasons."""
    ranks = ("pass", "warn", "fail")
    worst = max((ranks.index(one.diagnosis.verdict) for one in posteriors.values()), default=0)
    found = [
        (block, one)
        for block, fit in posteriors.items()
        for one in explained(fit, scenario.evidence[block])
    ]
    return Verdict(
        ranks[worst],
        tuple(f"{title_of(scenario, block)}: {reason.text}" for block, reason in found),
        tuple(f"{block}.{reason.code}" for block, reason in found),
    )


def shapes_of(posteriors: Mapping[str, Posterior]) -> dict[str, tuple[int, int]]:
    """Return (chains, draws a chain) of each evidence block's posterior."""
    return {
        block: (one.samples.sizes["chain"], one.samples.sizes["draw"])
        for block, one in posteriors.items()
    }


def used_in(first: Draws, draws: int, shapes: Mapping[str, tuple[int, int]]) -> tuple[Used, ...]:
    """Return which posterior samples so many futures use, of each evidence block that has a shape.

    Args:
        first: any batch of the draws.
        draws: number of futures.
        shapes: (chains, draws a chain) of each block's posterior.
    """
    batches = [first.of_batch(number) for number in range(-(-draws // BATCH))]
    return tuple(
        Used(np.concatenate([one.sample(block) for one in batches])[:draws], shape)
        for block, shape in shapes.items()
    )


def run(
    scenario: AnyScenario,
    draws: int,
    seed: int,
    cache: Path,
    progress: Progress | None = None,
) -> Result:
    """Return the result of ``draws`` futures of ``scenario``.

    The first n draws of a longer run equal the shorter run, bit for bit.

    Args:
        scenario: as read and checked.
        draws: number of futures; the last batch is cut.
        seed: of the draws; the fits have their own, in the scenario.
        cache: folder of earlier fits.
        progress: told of (stage, share done).
    """
    begun = time.perf_counter()
    fitted = posteriors(scenario, cache, progress)
    after_fit = time.perf_counter()
    check()
    futures, distance = simulate(scenario, fitted, draws, seed, progress)
    after_draws = time.perf_counter()
    shapes = shapes_of(fitted)
    figures = assess(scenario, futures, shapes)
    futures = fan(futures, shapes)
    seconds = {
        "fit": after_fit - begun,
        "draws": after_draws - after_fit,
        "risk": time.perf_counter() - after_draws,
    }
    couples = isinstance(scenario, ContractScenario) and confounded(scenario)
    return Result(scenario, seed, draws, fitted, futures, figures, distance, couples, seconds)


def in_order[Made](
    make: Callable[[int], Made], count: int, cores: int | None = None
) -> Iterator[Made]:
    """Yield make(0), make(1), … in order, worked out on all cores, a few ahead and no more.

    A batch does not know of any other, so what comes out is the same on any number of cores.

    Args:
        make, count: what to make, and how many.
        cores: how many may work; all if left out.
    """
    cores = cores or os.cpu_count() or 1
    if cores == 1:
        yield from map(make, range(count))
        return
    with ThreadPoolExecutor(cores) as pool:
        ahead = deque(pool.submit(make, number) for number in range(min(2 * cores, count)))
        for number in range(len(ahead), count + len(ahead)):
            result = ahead.popleft().result()
            if number < count:
                ahead.append(pool.submit(make, number))
            yield result


def simulate(
    scenario: AnyScenario,
    fitted: Mapping[str, Posterior],
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> tuple[xr.Dataset, float | None]:
    """Return the futures, and the break-even distance that was asked about."""
    first = Draws(streams_of(scenario, seed), 0, samples(scenario, fitted))
    return futures_from(scenario, first, draws, progress)


def futures_from(
    scenario: AnyScenario,
    first: Draws,
    draws: int,
    progress: Progress | None = None,
    cores: int | None = None,
) -> tuple[xr.Dataset, float | None]:
    """Return the futures that some random numbers give, and the break-even distance.

    Args:
        scenario: as read and checked.
        first: its first batch; its streams may know more factors than the scenario has, as when
            several scenarios are compared under common random numbers.
        draws: number of futures; the last batch is cut.
        progress: told of (stage, share done).
        cores: how many may work; all if left out.
    """
    walk = walk_of(scenario, first)
    collector = Collector(draws)
    batches = -(-draws // BATCH)

    def one(batch: int) -> Batch:
        return walk.take(first.of_batch(batch))

    for done, batch in enumerate(in_order(one, batches, cores), start=1):
        check()
        collector.add(batch)
        if progress is not None:
            progress("draws", done / batches)
    return collector.dataset(scenario, walk.coordinates()), walk.break_even_distance
