"""The vectorised engine agrees with a slow twin that lives each future person by person.

Tolerances. Whole öre and counts: equal. Savings: 1e-12 of the largest amount that was added or
subtracted on the way, because S = E − A and the last years of a fading effect are small
differences of large numbers. The gamma quantile is compared in probability: its own accuracy
decides E and A, and one part in 1e12 of probability is what double precision supports.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from mpmath import mpf  # type: ignore[import-untyped]  # ships neither types nor stubs

from simulate.draws.draw import Draws, Samples
from simulate.futures.contract import batch_of
from simulate.measurement.cost_saving import mean_of_gammas
from simulate.pipeline import Lived, live
from simulate.scenario.tree.party import SOCIETY
from simulate.scenario.tree.scenario import ContractScenario
from tests.reference import gates_twin, twin
from tests.reference.twin_chance import gamma_share_below
from tests.reference.twin_measured import included
from tests.support import scenarios
from tests.support.plain import chances, world
from tests.support.scenarios import NOTES, Raw, checked, raw, start, team_nystart
from tests.support.spread import slow_but

EACH = 30
RELATIVE = 1e-12


def _observed(data: Raw) -> None:
    data["outcomes"]["social_cost"]["cost_per_person"] = {
        "evidence": "skolfam2.mean_without",
        **NOTES,
    }
    del data["measurements"]["saving"]["alternatives"]  # nothing else can be drawn then
    comparison = data["measurements"]["saving"]["comparison"]
    comparison |= {"type": "observed", "expected": {"value": "101.6 mkr", **NOTES}}


def _stated(data: Raw) -> None:
    _observed(data)
    del data["contract"]["stage_gates"]  # nothing more can become known
    data["measurements"]["saving"]["actual"] = {"value": "98 123 456.78 kr", **NOTES}
    data["measurements"]["school_points"]["stated"] = {"value": 18, **NOTES}


def _learned(*edits: Callable[[Raw], None]) -> ContractScenario:
    data = raw()
    for edit in edits:
        edit(data)
    return checked(data)


def _targets(data: Raw) -> None:
    data["outcomes"]["delaktighet"] |= {"target": {"value": 24, **NOTES}}
    data["outcomes"]["psykisk_halsa"] |= {"target_share": {"value": 0.4, **NOTES}}
    data["outcomes"]["familjeformaga"] |= {
        "persons": {"value": 35, **NOTES},
        "target_share": {"value": 0.8, **NOTES},
    }


def _council(data: Raw) -> None:
    data["contract"]["stage_gates"] |= {
        "meetings": [dt.date(2017, 5, 4), dt.date(2017, 12, 14), dt.date(2018, 7, 5)],
        "rule": {
            "index_above": {"uniform": [0.95, 1.1], **NOTES},
            "person_months": {"value": 60, **NOTES},
        },
    }


def _few(data: Raw) -> None:
    data["programme"]["recruitment"] = {
        "eligible_per_year": {"uniform": [0, 4], **NOTES},
        "take_up": {"value": 0.3, **NOTES},
    }


def _dear(data: Raw) -> None:
    data["contract"]["committed"] = {"uniform": ["6 mkr", "9 mkr"], **NOTES}
    data["contract"]["drawn_on"] = data["contract"]["drawn_on"][:3]
    data["outcomes"]["social_cost"]["falls_on"] = {
        "kommun": {"value": 0.625, **NOTES},
        "finansiar": {"value": 0.375, **NOTES},
    }


STILL = ("outcomes.social_cost.cv=0.0", *scenarios.NO_EFFECT, *scenarios.NO_DRIFT)


def _missing(cost: str, points: str, share: str) -> Callable[[Raw], None]:
    def edit(data: Raw) -> None:
        scenarios.steps(data)
        measures = data["measurements"]
        measures["saving"] |= {"followed": {"beta": {"a": 8, "b": 2}, **NOTES}, "missing": cost}
        measures["school_points"] |= {"missing": points}
        measures["job_share"] |= {"assessable": {"value": 0.7, **NOTES}, "missing": share}

    return edit


VARIATIONS: dict[str, Callable[[], ContractScenario]] = {
    "as shipped, with a stated prior": team_nystart,
    "window from the end": lambda: team_nystart('measurements.saving.window_from="end"'),
    "yardstick observed, level learned": lambda: _learned(_observed),
    "everything stated": lambda: _learned(_stated),
    "half indexed, drifting": lambda: team_nystart(
        "measurements.saving.drift={ normal = { mean = 0.3, sd = 0.2 } }",
        "measurements.saving.indexation={ beta = { a = 5, b = 5 } }",
    ),
    "five cohorts without recruitment": lambda: team_nystart(
        "programme.cohorts=5", edits=[scenarios.without_recruitment]
    ),
    "hardly anyone comes": lambda: team_nystart(edits=[_few]),
    "school gate fails": lambda: team_nystart("outcomes.school.effect=-1.5"),
    "school gate holds, large saving": lambda: team_nystart(
        "outcomes.school.effect=1.0", "outcomes.social_cost.effect=-0.4"
    ),
    "human gains with targets": lambda: team_nystart(edits=[_targets]),
    "seldom delivered": lambda: team_nystart("programme.delivery=0.3"),
    "commitment and two purses": lambda: team_nystart(edits=[_dear]),
    "neither effect, drift nor chance": lambda: team_nystart(*STILL),
    "a council that may stop": lambda: team_nystart(edits=[_council]),
    "steps of a success share": lambda: team_nystart(edits=[scenarios.steps]),
    "whoever is missing costs nothing": lambda: team_nystart(
        edits=[_missing("nothing", "one_down", "as_the_others")]
    ),
    "whoever is missing is as the others": lambda: team_nystart(
        edits=[_missing("as_the_others", "as_the_others", "nothing")]
    ),
    "whoever is missing costs what was expected": lambda: team_nystart(
        edits=[_missing("as_expected", "nothing", "nothing")]
    ),
}


# The eight that differ most from one another; the others vary them.
DEFAULT = {
    "everything stated",
    "five cohorts without recruitment",
    "human gains with targets",
    "commitment and two purses",
    "neither effect, drift nor chance",
    "half indexed, drifting",
    "a council that may stop",
    "whoever is missing costs nothing",
}


@dataclass(frozen=True)
class Pair:
    """Some futures as the engine and the twin see them."""

    scenario: ContractScenario
    lived: Lived
    arrays: dict[str, Any]
    places: tuple[int, ...]
    twins: tuple[twin.Life, ...]
    worlds: tuple[dict[str, Any], ...]

    def each(self) -> Iterable[tuple[int, twin.Life]]:
        """Yield (draw, the twin's future)."""
        return zip(self.places, self.twins, strict=True)


@pytest.fixture(
    scope="module", params=slow_but(VARIATIONS, DEFAULT, lambda name: name.replace(" ", "-"))
)
def pair(request: pytest.FixtureRequest) -> Pair:
    """One variation of the scenario, lived by both."""
    number = list(VARIATIONS).index(request.param)
    scenario = VARIATIONS[request.param]()
    evidence: dict[str, Samples] = scenarios.invented(number) if scenario.evidence else {}
    draws: Draws = start(scenario, 900 + number, batch=number, evidence=evidence)
    lived = live(scenario, draws)
    rng = np.random.default_rng(number)
    places = tuple(int(i) for i in rng.choice(2048, EACH, replace=False))
    worlds = tuple(world(scenario, draws, i) for i in places)
    known = [chances(scenario, draws, i) for i in places]
    if scenario.contract.stops:
        met = [gates_twin.live(one, u) for one, u in zip(worlds, known, strict=True)]
        lives = tuple(life for life, _ in met)
        stopped = [int(lived.settled.stopped[i]) for i in places]
        assert stopped == [meeting for _, meeting in met]
        assert len(set(stopped)) > 2
    else:
        lives = tuple(twin.live(one, u) for one, u in zip(worlds, known, strict=True))
    return Pair(scenario, lived, batch_of(scenario, lived).arrays, places, lives, worlds)


def _near(found: Any, wanted: Any, scale: Any = None) -> None:
    size = max(abs(float(wanted if scale is None else scale)), abs(float(wanted)))
    assert (
        abs(
            mpf(float(found)) - mpf(wanted.numerator) / wanted.denominator
            if hasattr(wanted, "denominator")
            else mpf(float(found)) - wanted
        )
        <= RELATIVE * size
    )


def _at(values: Any, draw: int) -> Any:
    return values if np.ndim(values) == 0 else values[draw]


def test_persons_and_activity(pair: Pair) -> None:
    """Each person starts in the same cohort, and the same futures deliver the activity."""
    intake = pair.lived.intake
    for draw, life in pair.each():
        counts = [0] * len(intake.starts)
        for person in life.persons:
            gaps = [abs(float(person) - start) for start in intake.starts]
            assert min(gaps) < 1e-9
            counts[gaps.index(min(gaps))] += 1
        assert intake.persons[draw].tolist() == counts
        assert bool(intake.delivered[draw]) == life.delivered


def test_cost_and_drawn_amount_to_the_ore(pair: Pair) -> None:
    """The programme costs the same whole öre, and the investor finances the same part."""
    for draw, life in pair.each():
        assert int(pair.lived.spending.cost[draw]) == life.cost
        assert int(pair.lived.spending.drawn[draw]) == life.drawn


def test_true_saving_by_year(pair: Pair) -> None:
    """The persons' own integrals add up to the true saving of each year and of the horizon."""
    for draw, life in pair.each():
        total = mpf(0)
        for key, years in life.true_by_year.items():
            found = pair.lived.saved[key].saving[draw]
            scale = max(abs(year) for year in years)
            for ours, theirs in zip(found, years, strict=True):
                _near(ours, theirs, scale)
            total += sum(years)
        scale = sum(abs(year) for years in life.true_by_year.values() for year in years)
        _near(pair.arrays["true_saving_horizon"][draw], total, scale)


def test_measures_and_their_parts(pair: Pair) -> None:
    """Measured saving, school points and shares agree, with every part that they are made of."""
    for draw, life in pair.each():
        for key, wanted in life.readings.items():
            found = pair.lived.settled.measured[key]
            scale = max([abs(wanted.value), *(abs(part) for part in wanted.parts.values())])
            _near(_at(found.value, draw), wanted.value, scale)
            assert set(found.parts) == set(wanted.parts)
            for name, part in wanted.parts.items():
                _near(_at(found.parts[name], draw), part, scale)
            if found.true_saving is not None:
                _near(_at(found.true_saving, draw), wanted.true_saving, scale)


def test_payment_to_the_ore_on_the_same_measures(pair: Pair) -> None:
    """Handed the engine's measures, exact fractions pay the same öre in every clause."""
    measured, payout = pair.lived.settled.measured, pair.lived.settled.payout
    for (draw, life), state in zip(pair.each(), pair.worlds, strict=True):
        read = {}
        for key, one in measured.items():
            value = float(_at(one.value, draw))
            counted = state["measurements"][key]["type"] == "success_share"
            read[key] = life.readings[key].value if counted else value
        now = twin.situation(state, life.drawn, life.delivered, read)
        clauses, payment = twin.settle(state["contract"], now)
        assert {name: int(_at(paid, draw)) for name, paid in payout.clauses.items()} == clauses
        assert int(payout.payment[draw]) == payment


def test_payment_to_the_ore_from_end_to_end(pair: Pair) -> None:
    """From uniform numbers to whole öre both pay the same.

    A saving within a millionth of an öre of a rounding boundary could fall on either side; no such
    future is among these.
    """
    for draw, life in pair.each():
        assert int(pair.arrays["payment_ore"][draw]) == life.payment


def test_ledger_by_year_and_party(pair: Pair) -> None:
    """Every entry of every party and year agrees; contract money to the öre."""
    ledger = pair.lived.ledger
    for draw, life in pair.each():
        for kind, parties in life.entries.items():
            flows = {**ledger.entries, **ledger.memo}[kind]
            largest = max(abs(flow) for path in parties.values() for flow in path)
            for place, party in enumerate(ledger.parties):
                for year, wanted in enumerate(parties[party]):
                    found = flows[draw, year, place]
                    if kind in ("cashable_saving", "true_saving"):
                        _near(found, wanted, largest)
                    else:
                        assert round(found * 100) == round(wanted * 100)
                        _near(found, wanted, largest)


def test_values_of_every_party(pair: Pair) -> None:
    """Present value agrees and payback is the same year, for every party and for society."""
    parties = [*pair.scenario.parties, SOCIETY]
    for draw, life in pair.each():
        scale = sum(
            abs(flow) for kind in life.entries.values() for path in kind.values() for flow in path
        )
        for place, party in enumerate(parties):
            _near(pair.arrays["npv"][draw, place], life.npv[party], scale)
            assert pair.arrays["payback_year"][draw, place] == life.payback[party]
            found = pair.arrays["payback_year_discounted"][draw, place]
            assert found == life.payback_discounted[party]


def test_exposure_of_every_party(pair: Pair) -> None:
    """Each purse is as far below zero at most, in the same year."""
    for draw, life in pair.each():
        for place, party in enumerate([*pair.scenario.parties, SOCIETY]):
            amount, when = life.exposed[party]
            scale = sum(abs(flow) for kind in life.entries.values() for flow in kind.get(party, ()))
            _near(pair.arrays["exposure"][draw, place], amount, max(scale, amount))
            assert pair.arrays["exposure_year"][draw, place] == when


def test_human_gains(pair: Pair) -> None:
    """The same persons reach what has no price, and the same targets are met."""
    for draw, life in pair.each():
        for key, wanted in life.gains.items():
            found = pair.lived.gains[key]
            assert found.reached[draw] == wanted.reached
            _near(found.caused[draw], wanted.caused, 1.0)
            assert found.met[draw] == (-1 if wanted.met is None else wanted.met)


def test_return_of_the_investor(pair: Pair) -> None:
    """The rate found by Newton steps is the one found by halving; the multiple agrees."""
    for draw, life in pair.each():
        found = pair.arrays["irr"][draw]
        assert np.isnan(found) == np.isnan(life.irr)
        if not np.isnan(found):
            assert abs(found - life.irr) <= RELATIVE * (1.0 + abs(life.irr))
        if life.multiple is None:
            assert np.isnan(pair.arrays["multiple"][draw])
        else:
            _near(pair.arrays["multiple"][draw], life.multiple)


@pytest.mark.parametrize("persons", [1, 7, 60, 1200])
@pytest.mark.parametrize("cv", [0.05, 0.4, 1.0, 2.5])
def test_gamma_quantile_in_probability(persons: int, cv: float) -> None:
    """P(sum ≤ the engine's quantile) is the uniform number, by a power series of 30 digits."""
    u = np.array([2.0**-33, 1e-3, 0.05, 0.5, 0.9, 0.999, 1 - 2.0**-33])
    found = mean_of_gammas(u, np.asarray(float(persons)), np.asarray(cv))
    shape = persons / mpf(cv) ** 2
    for share, value in zip(u, found, strict=True):
        back = gamma_share_below(shape, mpf(float(value)) * shape)
        assert abs(back - mpf(float(share))) <= 1e-12


def test_cohorts_hold_the_exact_part_of_the_arrivals() -> None:
    """Of sixty persons over six cohorts ten belong to each."""
    scenario = team_nystart("programme.cohorts=6", edits=[scenarios.without_recruitment])
    draws = start(scenario, 1)
    persons = live(scenario, draws).intake.persons[0]
    wanted = included(world(scenario, draws, 0)["programme"], {})
    assert len(wanted) == 60
    assert [wanted.count(at) for at in sorted(set(wanted))] == [10] * 6
    assert persons.tolist() == [10.0] * 6


def test_a_wrong_twin_is_found_out() -> None:
    """Negative control: a twin with a person too few disagrees about the true saving."""
    scenario = team_nystart(edits=[scenarios.without_recruitment])
    draws = start(scenario, 5)
    there = world(scenario, draws, 3)
    there["programme"] = {**there["programme"], "participants": 59.0}
    life = twin.live(there, chances(scenario, draws, 3))
    found = live(scenario, draws).saved["social_cost"].saving[3].sum()
    assert abs(found / float(sum(life.true_by_year["social_cost"])) - 60 / 59) < 0.005
