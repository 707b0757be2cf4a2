"""What is said of a fit names what the scenario names, by keys that are there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from functools import reduce

import pytest
from pydantic import BaseModel

from models.diagnosis import Check, Diagnosis, Figures, Loo, Power
from models.explained import naming
from models.reasons import notes, reasons
from simulate.language.numbers import HARD
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import Scenario

BAD = Figures(1.5, 10.0, 10.0, 3, 0.1, 0.5)
LOO = Loo(30, persons=False, limit=0.7, high=3, very_high=1, shapes=(), pit_p=0.001)
CODES = {
    "rhat", "ess_bulk", "ess_tail", "divergences", "ebfmi", "max_depth", "pareto_k", "loo_pit",
    "prior_surprised", "not_recreated", "prior_data_conflict",
}  # fmt: skip


@pytest.fixture(scope="module", params=[name for name, _ in shipped().items()])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Return each scenario that comes with the program."""
    return load(shipped()[request.param]).scenario


def _child(node: object, key: str) -> object:
    if isinstance(node, Mapping):
        return node[key]
    assert isinstance(node, BaseModel) and key in type(node).model_fields, key
    return getattr(node, key)


def test_the_remedies_name_keys_that_exist(scenario: Scenario) -> None:
    """Everything at fault in every block: each key in a remedy leads somewhere in that block."""
    for block, spec in scenario.evidence.items():
        called = naming(block, spec)
        names = [*called.keys, *spec.quantities]
        powers = {name: Power(0.2, 0.2, 0.001) for name in names}
        found = Diagnosis("fail", BAD, LOO, powers)
        said = reasons(found, {"mean": Check(1.0, 0.001, 0.001)}, called)
        assert {one.code.partition(".")[0] for one in said} == CODES
        for one in said:
            keys = re.findall(r"evidence(?:\.\w+)+", one.text)
            assert keys, one.text
            for key in keys:
                assert key.startswith(f"evidence.{block}.")
                reduce(_child, key.split("."), scenario)


def test_the_prior_of_a_parameter_is_named_itself() -> None:
    """A conflict over one parameter is mended at its own key."""
    spec = load(shipped()["skolfam2"]).scenario.evidence["skolfam2"]
    found = Diagnosis("warn", BAD, None, {"cv_familjehem": Power(0.2, 0.2, 0.001)})
    text = reasons(found, {}, naming("skolfam2", spec))[-1].text
    assert "pröva evidence.skolfam2.lines.groups.familjehem.prior.cv." in text


def test_of_many_five_are_named() -> None:
    """Those on which the prior has most influence come first; the rest are counted."""
    spec = load(shipped()["skolfam2"]).scenario.evidence["skolfam2"]
    names = list(naming("skolfam2", spec).keys)
    powers = {name: Power(0.1 + 0.01 * place, 0.2) for place, name in enumerate(names)}
    (note,) = notes(Diagnosis("pass", BAD, None, powers), naming("skolfam2", spec))
    named = re.findall("«([^»]+)»", note.text)
    assert named == [spec.called(name) for name in reversed(names[-5:])]
    assert f"och {len(names) - 5} till" in note.text
    few = dataclasses.replace(Diagnosis("pass", BAD), powers=dict(list(powers.items())[:5]))
    (note,) = notes(few, naming("skolfam2", spec))
    assert " till" not in note.text.replace(HARD, " ").partition(":")[0]


def test_every_statistic_has_a_dimension(scenario: Scenario) -> None:
    """What a model compares its predictions with has a name and a unit of its own."""
    from models.evidence import load_model

    for spec in scenario.evidence.values():
        if spec.source_of_rows is None:
            for name in load_model(spec).observed(spec):
                assert spec.dimension_of(name) is not None, name
                assert spec.statistic(name) != name
            assert spec.dimension_of("no_such_thing") is None
