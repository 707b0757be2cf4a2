"""Empty cells: refused with a remedy that the model stands by, or modelled for good."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.evidence import load_model
from models.priors import draw_prior
from models.rows.read import Reads, Unfit, read
from models.rows.source import RowSource
from models.spec import Evidence
from models.synthetic import made_up
from tests.models_layer.blocks import followed
from tests.models_layer.days_blocks import of_rows, synthetic
from tests.models_layer.made_rows import cost_rows, grade_rows

BLOCKS: dict[str, Evidence] = {
    "cost": cost_rows(40, covariates=True),
    "grade": grade_rows(40, compared=True, eligibility=True, covariates=True),
    "days": of_rows(synthetic(np.random.default_rng(1), 20, covariates=True)),
    "exit": followed(gaps=False, covariate=True),
}
# What each model can do without in one person, of columns and covariates.
MODELLED: dict[str, set[str]] = {
    "cost": {"age"},
    "grade": {"change", "eligible_before", "eligible_after"},
    "days": set(),
    "exit": {"on_year_1", "on_year_2", "on_year_3"},
}
CASES = [
    (name, key)
    for name, spec in BLOCKS.items()
    for key in (*spec.source_of_rows.columns, *spec.source_of_rows.covariates)  # type: ignore[union-attr]
]


def _read(name: str, key: str, missing: str, folder: Path) -> tuple[Evidence, list[Any]]:
    """Return a block with the rows of a made-up file, and what is wrong: one cell is empty."""
    spec = BLOCKS[name]
    source = spec.source_of_rows
    assert source is not None
    update: dict[str, Any] = {"file": "made.csv", "missing": missing, "synthetic": True}
    source = RowSource.model_validate(source.model_dump(exclude_none=True) | update)
    cells = made_up(spec, 40, 3)
    cells[{**source.columns, **source.covariates}[key].column][4] = None
    with (folder / "made.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(cells)
        writer.writerows(zip(*cells.values(), strict=True))
    reads = Reads(spec.COLUMNS, spec.needed_columns, spec.may_lack, spec.least_rows)
    try:
        frame = read(source, reads, folder)
    except Unfit as error:
        return spec, [(one.code, one.rows) for one in error.problems]
    held = spec.model_copy(update={"rows": source.holding(frame)})
    return held, [one.code for one in held.row_problems(frame)]


@pytest.mark.parametrize(("name", "key"), CASES)
def test_the_remedy_is_offered_where_it_helps(name: str, key: str, tmp_path: Path) -> None:
    """``missing = "model"`` is named only where it makes the cell one that the model can take."""
    helps = key in MODELLED[name]
    code = "rows_missing" if helps else "rows_not_modelled"
    assert _read(name, key, "refuse", tmp_path)[1] == [(code, (6,))]
    held, wrong = _read(name, key, "model", tmp_path)
    assert wrong == ([] if helps else [(code, (6,))])
    if not helps:
        return
    model, rng = load_model(held), np.random.default_rng(1)
    drawn = draw_prior(model.parameters(held), model.latent(held), 5, rng)
    found = model.log_likelihood(drawn, held, model.data(held))
    assert found.shape[-1] >= 40
    assert np.isfinite(found).all()
