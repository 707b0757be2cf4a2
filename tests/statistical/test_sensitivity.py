"""Sensitivity of whole scenarios: against runs, against each other and against closed forms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.distributions import Fixed
from models.number import Number
from models.quantity import SIGNED_SHARE
from simulate.draws.draw import Draws
from simulate.draws.factors import factors
from simulate.draws.streams import BATCH, Streams
from simulate.evidence import posteriors
from simulate.evidence_sensitivity.targets import answers
from simulate.run import simulate
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import Correlation, FundScenario
from simulate.sensitivity.basis import scores
from simulate.sensitivity.bench import Bench, Move
from simulate.sensitivity.factors import columns, everywhere, factors_of
from simulate.sensitivity.moves import held
from simulate.sensitivity.sobol import indices
from tests.support.made import pretend

PLAN, NYSTART = "norrkoping_fond_plan", "team_nystart"


def _bench(name: str, folder: Path, batches: int = 2) -> Bench:
    loaded = load(shipped()[name])
    cache = pretend(loaded, folder)
    fitted = posteriors(loaded.scenario, cache)
    return Bench(loaded.scenario, fitted, 1, batches, answers(loaded.scenario).all)


@pytest.mark.parametrize("name", [PLAN, NYSTART])
def test_the_futures_are_those_of_a_run(name: str, tmp_path: Path) -> None:
    """For every answer, although a second set of numbers is drawn beside them."""
    bench = _bench(name, tmp_path)
    futures, _ = simulate(bench.scenario, bench.fitted, 2 * BATCH, 1)
    (found,) = bench.answers([None])
    for target, values in zip(bench.targets, found, strict=True):
        # A target's values are its mean plus what each draw adds, which rounds.
        assert np.allclose(values, target.values(futures), rtol=1e-12, atol=1e-12)


@pytest.mark.slow
def test_what_is_moved_moves_alone(tmp_path: Path) -> None:
    """A factor that is drawn anew changes its own numbers; all other uniform numbers stay."""
    bench = _bench(NYSTART, tmp_path)
    plain = Streams(1, factors(bench.scenario))
    for factor in factors_of(bench.scenario)[::7]:
        steered = bench.streams(Move(again=(factor,)))
        for name in factors(bench.scenario):
            same = np.array_equal(steered.uniforms(name, 1), plain.uniforms(name, 1))
            assert same == (name not in factor.streams)


def test_a_move_is_a_setting(tmp_path: Path) -> None:
    """Held at a percentile, a number is what `Draws.setting` makes of its quantile there."""
    bench = _bench(PLAN, tmp_path)
    factor = next(one for one in factors_of(bench.scenario) if one.key == "fund.common_factor")
    base = Draws(bench.streams(), 0, bench.evidence)
    (number,) = factor.numbers
    base.of(number)
    move = held(factor, 0.1)
    moved = base.along(bench.streams(move), move.keys).of(number)
    assert np.ptp(moved) == 0.0
    assert np.mean(base.of(number) <= moved[0]) == pytest.approx(0.1, abs=0.002)
    set_there = base.setting({number.key: float(moved[0])}).of(number)
    assert float(set_there) == moved[0]


def test_every_factor_together_is_a_second_set(tmp_path: Path) -> None:
    """Everything drawn anew has the same distribution and nothing to do with the first set."""
    bench = _bench(PLAN, tmp_path, 4)
    first, second = bench.answers([None, Move(again=factors_of(bench.scenario))])[:, 0]
    assert first.mean() == pytest.approx(second.mean(), rel=0.02)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05


def test_the_functions_of_a_block_have_means_of_zero(tmp_path: Path) -> None:
    """Over its posterior samples; in the draws they are near it."""
    bench = _bench(NYSTART, tmp_path, 4)
    for factor in factors_of(bench.scenario):
        if factor.kind != "chance":
            known = everywhere(factor, bench.evidence)
            assert np.allclose(known.mean(axis=0), 0.0, atol=5e-3)
        drawn = columns(factor, bench.streams(), range(4), bench.evidence)
        assert np.all(abs(drawn.mean(axis=0)) < 0.15)


@pytest.mark.slow
def test_shares_of_a_plan_against_its_closed_form(tmp_path: Path) -> None:
    """Net present value is common factor × Σ investments: products with known variances.

    With C independent of the X, all uncorrelated, Var(C ΣX) splits exactly.
    """
    bench = _bench(PLAN, tmp_path, 8)
    scenario = bench.scenario
    assert isinstance(scenario, FundScenario)
    own = [f for f in factors_of(scenario) if f.key.startswith(("fund.", "investments."))]
    moves = [None, Move(again=factors_of(scenario)), *(Move(again=(one,)) for one in own)]
    found = bench.answers(moves)[:, 0]
    batches = range(bench.batches)
    a, b = (
        [columns(one, bench.streams(move), batches, bench.evidence) for one in own]
        for move in moves[:2]
    )
    shares = indices(found[0], found[1], list(found[2:]), a, b)
    # What each factor is worth at its mean: by moving it alone, linear in each of them.
    means, variances = [], []
    values = {}
    base = [Draws(bench.streams(), batch, bench.evidence) for batch in batches]
    for one in own:
        values[one.key] = np.concatenate([draws.of(one.numbers[0]) for draws in base])
        means.append(values[one.key].mean())
        variances.append(values[one.key].var())
    # npv = k + C Σ w X: fit the weights, which must leave nothing over.
    common = values[own[0].key]
    design = np.column_stack([np.ones(len(common)), *(common * values[f.key] for f in own[1:])])
    weights, left, *_ = np.linalg.lstsq(design, found[0])
    assert float(left[0]) / len(common) < 1e-6 * found[0].var()
    mean_c, var_c = means[0], variances[0]
    w, m, v = weights[1:], np.array(means[1:]), np.array(variances[1:])
    inner, sum_of = float(w**2 @ v), float(w @ m)
    whole = var_c * sum_of**2 + mean_c**2 * inner + var_c * inner
    assert shares[0].first.value == pytest.approx(var_c * sum_of**2 / whole, abs=0.01)
    assert shares[0].total.value == pytest.approx(1 - mean_c**2 * inner / whole, abs=0.01)
    for share, weight, variance in zip(shares[1:], w, v, strict=True):
        alone = mean_c**2 * weight**2 * variance / whole
        both = (mean_c**2 + var_c) * weight**2 * variance / whole
        assert share.first.value == pytest.approx(alone, abs=0.01)
        assert share.total.value == pytest.approx(both, abs=0.01)


def test_tied_numbers_are_one_factor(tmp_path: Path) -> None:
    """They are drawn anew together, each can be held, and the futures are those of a run."""
    loaded = load(shipped()[PLAN])
    keys = tuple(
        f"investments.{name}.effects.realiserat.share" for name in ("skolfam2", "np_center")
    )
    rank = Number(Fixed(0.6), SIGNED_SHARE, "test", "assumption", key="correlations.0.rank")
    tie = Correlation(between=keys, rank=rank)
    scenario = loaded.scenario.model_copy(update={"correlations": (tie,)})
    bench = Bench(scenario, {}, 1, 4, answers(scenario).all)
    group = next(one for one in factors_of(scenario) if one.kind == "group")
    assert set(group.moved) == set(keys)
    assert sorted(one.key for one in group.members) == sorted(keys)
    futures, _ = simulate(scenario, {}, 4 * BATCH, 1)
    others = tuple(one for one in factors_of(scenario) if one.key != group.key)
    plain, moved, rest, low, high = bench.answers(
        [
            None,
            Move(again=(group,)),
            Move(again=others),
            *(held(group.members[0], p) for p in (0.1, 0.9)),
        ]
    )[:, 0]
    assert np.allclose(plain, bench.targets[0].values(futures), rtol=1e-12)
    assert moved.mean() == pytest.approx(plain.mean(), rel=0.05)
    # Either set of factors moves it, and it is not the same as all of them.
    assert 0.05 < np.corrcoef(plain, moved)[0, 1] < 0.999
    assert 0.05 < np.corrcoef(plain, rest)[0, 1] < 0.999
    assert low.mean() < plain.mean() < high.mean()
    # What a group is made of is independent, so that its functions stay orthonormal.
    drawn = columns(group, bench.streams(tied=False), range(4), bench.evidence)
    spread = drawn.T @ drawn / len(drawn)
    assert np.allclose(spread, np.eye(len(spread)), atol=0.15)
    tied = [bench.streams().uniforms(key, 0) for key in keys]
    assert np.corrcoef(*tied)[0, 1] == pytest.approx(0.6, abs=0.1)


def test_scores_are_standard_normal() -> None:
    """Half of the uniform numbers lie below a score of zero."""
    assert scores(np.array([0.5]))[0] == 0.0
