"""Evidence of what is not set is drawn from; evidence of what is set is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.operating import Study, study
from simulate.operating.study import needed
from simulate.scenario.read import Loaded, load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import ContractScenario
from tests.cli.calls import Caller
from tests.support.made import pretend

LEVEL = 'cost_per_person = { value = "1693333.33 kr"'
LEARNED = 'cost_per_person = { evidence = "skolfam2.mean_without"'


@pytest.fixture
def learned(tmp_path: Path) -> Loaded:
    """Return Team Nystart with its level of cost learned from the block of the effect."""
    text = shipped()["team_nystart"].read_text(encoding="utf-8")
    file = tmp_path / "learned.toml"
    file.write_text(text.replace(LEVEL, LEARNED), encoding="utf-8")
    return load(file)


def test_only_what_is_not_set_needs_a_fit(learned: Loaded) -> None:
    """The block is needed for the level of cost, not for the effect."""
    plain = load(shipped()["team_nystart"]).scenario
    assert isinstance(plain, ContractScenario)
    assert set(needed(plain).evidence) == set()
    assert set(needed(learned.with_contract).evidence) == {"skolfam2"}


@pytest.mark.slow
def test_the_posterior_is_part_of_the_error(
    learned: Loaded, tmp_path: Path, nystart_study: Study
) -> None:
    """Figures vary with the posterior of the level, and their errors know of its samples.

    The true saving at e_F moves with the level of cost, so with 1 600 samples its error is far
    above that of quasi-random numbers; without effect it is zero in every future, without error.
    """
    found = study(learned.with_contract, 16_384, 1, pretend(learned, tmp_path))
    assert found.reached is not None and nystart_study.reached is not None
    error, plain = (
        one.figures["true_saving"].mcse or 0.0 for one in (found.reached, nystart_study.reached)
    )
    assert error > 5.0 * plain > 0.0
    assert found.without.figures["true_saving"].mcse == 0.0


def test_a_fit_that_failed_ends_the_command(
    learned: Loaded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where a figure rests on a failed fit none is shown, and the reasons are told."""
    pretend(learned, tmp_path, divergences=2)
    call = Caller(monkeypatch, capsys)
    answer = call(
        "characteristics", learned.path, "--draws", "2048", "--output", tmp_path, "--quiet"
    )
    assert (answer.code, answer.out) == (1, "")
    assert "2 divergenta steg" in answer.err
    assert not (tmp_path / "team_nystart").exists()
