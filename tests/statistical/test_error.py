"""The Monte Carlo standard error covers: 95 % intervals hold the truth 95 times in a hundred.

Every trial draws its own point sets (and, where there is one, its own posterior sample) on a model
whose answers are known in closed form. The interval is Student's with the degrees of freedom of
the batches. The number of trials that cover is held against the binomial law at 1e-4 (both tails
together), so each comparison has a nominal false alarm of 1 in 10 000; the seeds are fixed.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import special, stats

from simulate.draws.draw import Samples
from simulate.draws.streams import BATCH, Streams
from simulate.draws.values import Floats, Ints
from simulate.risk.error import Used, mcse
from simulate.risk.estimate import (
    Estimate,
    mean,
    mean_given,
    probability,
    probability_given,
    quantile,
    tail_mean,
)
from tests.support.spread import slow_but

TRIALS = 200
BATCHES = 12
Law = Callable[[Floats], Estimate]
Z95 = float(stats.norm.isf(0.05))
# Estimates of a standard normal quantity, and what they are.
ANSWERS: dict[str, tuple[Law, float]] = {
    "mean": (mean, 0.0),
    "probability": (lambda x: probability(x > 1.0), float(stats.norm.sf(1.0))),
    "small probability": (lambda x: probability(x > 2.3), float(stats.norm.sf(2.3))),
    "median": (lambda x: quantile(x, 0.5), 0.0),
    "quantile": (lambda x: quantile(x, 0.95), Z95),
    "tail mean": (lambda x: tail_mean(x, 0.95), float(stats.norm.pdf(Z95)) / 0.05),
    "conditional mean": (lambda x: mean_given(x, x > 0.0), math.sqrt(2.0 / math.pi)),
    "conditional probability": (
        lambda x: probability_given(x > 1.0, x > 0.0),
        2.0 * float(stats.norm.sf(1.0)),
    ),
}

DEFAULT = ("mean", "small probability", "quantile", "conditional mean")


def limits(trials: int, share: float = 0.95) -> tuple[int, int]:
    """Return the fewest and most covering trials that chance explains, at 1e-4."""
    law = stats.binom(trials, share)
    return int(law.ppf(5e-5)), int(law.isf(5e-5))


def covers(found: Estimate, truth: float, error: float, batches: int) -> bool:
    """Return whether the 95 % interval of an estimate holds the truth."""
    assert found.value is not None
    return bool(abs(found.value - truth) <= float(stats.t.isf(0.025, batches - 1)) * error)


def uniforms(seed: int, names: tuple[str, ...], batches: int) -> Floats:
    """Return the uniform numbers of a run, dims (factor, draw)."""
    streams = Streams(seed, names)
    return np.array(
        [
            np.concatenate([streams.uniforms(name, batch) for batch in range(batches)])
            for name in names
        ]
    )


# ---- Chance alone -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chance() -> list[Floats]:
    """Standard normal quantities of three factors, one run a trial."""
    weights = np.array([0.6, 0.64, 0.48])
    return [
        weights @ special.ndtri(uniforms(seed, ("a", "b", "c"), BATCHES)) for seed in range(TRIALS)
    ]


@pytest.mark.parametrize("name", slow_but(ANSWERS, DEFAULT))
def test_intervals_cover_without_evidence(name: str, chance: list[Floats]) -> None:
    """With stratified draws alone the interval of every kind of estimate covers as it says.

    Stratified draws are never covered less often; the measures of the tail, whose error is that
    of a linearised estimate, may be covered more often than 95 %, so only the lower limit binds.
    """
    law, truth = ANSWERS[name]
    held = 0
    for x in chance:
        found = law(x)
        assert found.influence is not None
        held += covers(found, truth, mcse(found.influence), BATCHES)
    assert held >= limits(TRIALS)[0]


def test_half_the_error_does_not_cover(chance: list[Floats]) -> None:
    """Negative control: half of the stated error covers too seldom."""
    held = 0
    for x in chance:
        found = mean(x)
        assert found.influence is not None
        held += covers(found, 0.0, mcse(found.influence) / 2, BATCHES)
    assert held < limits(TRIALS)[0]


@pytest.mark.parametrize("draws", [300, BATCH, 5 * BATCH + 17])
def test_few_batches_overstate(draws: int) -> None:
    """With fewer than eight batches the error is that of independent draws, which is no less."""
    held = 0
    for seed in range(TRIALS):
        x = special.ndtri(uniforms(seed, ("a",), -(-draws // BATCH))[0, :draws])
        found = mean(x)
        assert found.influence is not None
        error = mcse(found.influence)
        np.testing.assert_allclose(error, np.std(x, ddof=1) / math.sqrt(draws), rtol=1e-9)
        held += abs(found.value or 0.0) <= 1.96 * error
    assert held >= limits(TRIALS)[0]


# ---- A posterior that every batch reuses --------------------------------------------------------


CHAINS, KEPT, CORRELATION = 4, 500, 0.8
Run = tuple[Floats, Ints]


def chain_of(rng: np.random.Generator, correlation: float = CORRELATION) -> Floats:
    """Return a stationary autoregressive sample of a standard normal, dims (chain, draw)."""
    noise = rng.normal(size=(CHAINS, KEPT))
    x = np.empty_like(noise)
    x[:, 0] = noise[:, 0]
    for step in range(1, KEPT):
        x[:, step] = correlation * x[:, step - 1] + math.sqrt(1 - correlation**2) * noise[:, step]
    return x


def run_on(sample: Floats, seed: int, batches: int, weight: float = 0.7) -> Run:
    """Return a standard normal quantity, part posterior and part chance, and the samples used."""
    ordered = Samples.sorted_by("x", {"x": sample.reshape(-1)}, CHAINS)
    u = uniforms(seed, ("evidence/x", "chance"), batches)
    used = ordered.order[np.floor(u[0] * sample.size).astype(np.int64)]
    fate = special.ndtri(u[1])
    return weight * sample.reshape(-1)[used] + math.sqrt(1 - weight**2) * fate, used


@pytest.fixture(scope="module")
def learned() -> list[Run]:
    """Runs on posteriors of autocorrelated chains, both redrawn in every trial."""
    rng = np.random.default_rng(20160321)
    return [run_on(chain_of(rng), seed, BATCHES) for seed in range(TRIALS)]


@pytest.mark.parametrize("name", slow_but(ANSWERS, DEFAULT))
def test_intervals_cover_with_a_posterior(name: str, learned: list[Run]) -> None:
    """The posterior's own part is in the error: intervals cover over redrawn posteriors too."""
    law, truth = ANSWERS[name]
    held = 0
    for x, used in learned:
        found = law(x)
        assert found.influence is not None
        error = mcse(found.influence, [Used(used, (CHAINS, KEPT))])
        held += covers(found, truth, error, BATCHES)
    fewest, _ = limits(TRIALS)
    assert held >= fewest


@pytest.mark.parametrize("name", slow_but(ANSWERS, DEFAULT))
def test_batches_alone_do_not_cover(name: str, learned: list[Run]) -> None:
    """Negative control: with the spread over batches alone the interval covers far too seldom."""
    law, truth = ANSWERS[name]
    held = 0
    for x, used in learned:
        assert len(used) == len(x)
        found = law(x)
        assert found.influence is not None
        held += covers(found, truth, mcse(found.influence), BATCHES)
    assert held < limits(TRIALS)[0]


def test_chain_taken_as_independent_does_not_cover(learned: list[Run]) -> None:
    """Negative control: samples taken as independent draws give an error that is too small."""
    rng = np.random.default_rng(7)
    held = 0
    for x, used in learned:
        found = mean(x)
        assert found.influence is not None
        shuffle = rng.permutation(CHAINS * KEPT)
        error = mcse(found.influence, [Used(shuffle[used], (CHAINS, KEPT))])
        held += covers(found, 0.0, error, BATCHES)
    assert held < limits(TRIALS)[0]


def test_error_of_the_mean_is_the_theory(learned: list[Run]) -> None:
    """The stated error of a mean is that of the chain's own mean: √(τ / size), within a tenth.

    τ = (1 + ρ)/(1 − ρ); the average over 200 trials of the stated variance is compared.
    """
    stated = []
    for x, used in learned:
        found = mean(x)
        assert found.influence is not None
        stated.append(mcse(found.influence, [Used(used, (CHAINS, KEPT))]) ** 2)
    tau = (1 + CORRELATION) / (1 - CORRELATION)
    wanted = 0.7**2 * tau / (CHAINS * KEPT)
    assert abs(math.sqrt(float(np.mean(stated)) / wanted) - 1.0) < 0.1


def test_few_draws_keep_the_posterior_part() -> None:
    """Also when some samples are used once or never the posterior's part is in the error."""
    rng = np.random.default_rng(5)
    held = 0
    for seed in range(TRIALS):
        x, used = run_on(chain_of(rng, 0.9), seed, 1, weight=0.95)
        found = mean(x)
        assert found.influence is not None
        error = mcse(found.influence, [Used(used, (CHAINS, KEPT))])
        held += abs(found.value or 0.0) <= 1.96 * error
    assert held >= limits(TRIALS)[0]


# ---- Atoms --------------------------------------------------------------------------------------


def test_a_quantile_at_an_atom_has_no_error() -> None:
    """At an atom the quantile has no batch error and carries the atom's probability."""
    x = np.maximum(special.ndtri(uniforms(1, ("a",), BATCHES)[0]), 0.0)
    found = quantile(x, 0.3)
    assert (found.value, found.influence, found.status) == (0.0, None, "at_atom")
    assert found.atom is not None
    assert abs(found.atom - 0.5) < 1e-3


def test_tail_mean_is_right_across_an_atom() -> None:
    """E(x | worst 5 %) of a loss that is 1 with probability 3 % and else 0 is 0.6."""
    x = (np.arange(100_000) < 3_000).astype(np.float64)
    found = tail_mean(x, 0.95)
    assert found.value is not None
    assert abs(found.value - 0.6) < 1e-12


def test_an_infinite_quantile_has_a_status() -> None:
    """A payback quantile beyond P(paid back) is *never*, not a number."""
    x = np.where(np.arange(1000) < 400, 2020.0, np.inf)
    assert quantile(x, 0.4).value == 2020.0
    assert quantile(x, 0.41).status == "never"
    assert quantile(-x, 0.5).status == "never_exposed"
