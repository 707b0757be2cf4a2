"""What every model in the registry must have, so that a new one is held to it too."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import models
from models.evidence import EVIDENCE, load_model
from models.interface import Marginal
from models.spec import Evidence
from models.synthetic import made_up
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.models_layer.blocks import followed
from tests.models_layer.days_blocks import of_rows, of_sums, synthetic
from tests.models_layer.made_rows import cost_rows, grade_rows

NAMES = sorted(EVIDENCE)


# Blocks of the tests, of models that no shipped scenario rests on.
OTHERS: tuple[Evidence, ...] = (of_sums(),)
# A block of each model that can read rows.
ROWS: tuple[Evidence, ...] = (
    cost_rows(20),
    grade_rows(20),
    of_rows(synthetic(np.random.default_rng(1), 10)),
    followed(),
)


@functools.cache
def shipped_blocks() -> tuple[Mapping[str, Evidence], ...]:
    """Return the evidence of every shipped scenario, each read once."""
    return tuple(load(path, data=path.parent).scenario.evidence for path in shipped().values())


def blocks(model: str) -> list[Evidence]:
    """Return the blocks of a model in the shipped scenarios, or else in the tests."""
    used = [spec for one in shipped_blocks() for spec in one.values() if spec.model == model]
    return used or [spec for spec in OTHERS if spec.model == model]


@pytest.mark.parametrize("name", NAMES)
def test_a_model_has_its_files(name: str) -> None:
    """Each model is a folder with a specification, an oracle, and functions for each form."""
    folder = Path(str(models.__file__)).parent / name
    needed = {"spec", "exact"} | {spec.form for spec in blocks(name)}
    assert needed <= {path.stem for path in folder.glob("*.py")}


@pytest.mark.parametrize("name", NAMES)
def test_a_model_is_used_and_every_parameter_is_named(name: str) -> None:
    """A scenario or a test uses the model, and all it is asked about has a Swedish title."""
    used = blocks(name)
    assert used
    for spec in used:
        functions = load_model(spec)
        asked = {*functions.parameters(spec), *spec.quantities}
        assert asked <= set(spec.titles)
        assert spec.headline in spec.quantities
        assert set(functions.learned_from(spec, functions.sizes(spec))) >= set(
            functions.parameters(spec)
        )


@pytest.mark.parametrize("name", NAMES)
def test_a_model_that_reads_rows_can_make_them(name: str) -> None:
    """What the likelihood reads can be turned back into the columns of a file."""
    held = [spec for spec in ROWS if spec.model == name]
    assert bool(held) == bool(EVIDENCE[name].COLUMNS)
    for spec in held:
        assert set(made_up(spec, 12, 1)) >= set(spec.source_of_rows.headings)  # type: ignore[union-attr]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_model_has_an_oracle(name: str) -> None:
    """The oracle solves every shipped block for the headline at least."""
    for spec in blocks(name):
        solved = import_module(f"models.{name}.exact").solve(spec)
        assert isinstance(solved[spec.headline], Marginal)
        assert solved[spec.headline].sd > 0


@pytest.mark.parametrize("name", NAMES)
def test_what_is_compared_with_predictions_is_named(name: str) -> None:
    """Every statistic has a name in words, never the one that files know it by."""
    for spec in blocks(name):
        for key in load_model(spec).observed(spec):
            assert spec.statistic(key) != key
