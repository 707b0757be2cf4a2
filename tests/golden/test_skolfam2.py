"""SkolFam2 quotes the published table, and the table's own ratios give back its own saving."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.cost_comparison.spec import CostComparison, Lines
from models.number import Number
from models.quantile import quantile
from models.spec import value_of
from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.pipeline import live_fund
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.investment import Signed
from simulate.scenario.tree.scenario import FundScenario
from tests.golden.test_published import rows

# Groups of the published table → of the scenario.
GROUPS = {
    "institution": "institution",
    "familjehem": "familjehem",
    "oppenvard": "oppenvard",
    "case work": "handlaggning",
}
LINES = ("institution", "familjehem", "oppenvard", "handlaggning")
ALL_CASHABLE = tuple(
    f"investments.skolfam2.effects.{line}.{share}=1.0"
    for line in LINES
    for share in ("cashable", "cashable_growth")
)


def skolfam2(*settings: str) -> FundScenario:
    """Return the shipped scenario, changed."""
    scenario = load(shipped()["skolfam2"], settings).scenario
    assert isinstance(scenario, FundScenario)
    return scenario


def lines() -> Lines:
    """Return the table as the scenario quotes it."""
    block = skolfam2().evidence["skolfam2"]
    assert isinstance(block, CostComparison)
    return block.published


def printed(row: str, column: str = "skolfam2_sek") -> float:
    """Return a printed sum of the table."""
    return float({one["line"]: one for one in rows("skolfam2_costs.csv")}[row][column])


def of_group(name: str) -> tuple[float, float]:
    """Return SEK per child of a group of lines, treated and compared."""
    group = lines().groups[name]
    return group.treated / value_of(lines().treated), group.comparison / value_of(
        lines().comparison
    )


def test_every_line_is_quoted() -> None:
    """All 24 lines stand in the scenario, in their group, to the krona."""
    table = {
        (GROUPS[row["group"]], row["line"]): (float(row["skolfam2_sek"]), float(row["control_sek"]))
        for row in rows("skolfam2_costs.csv")
        if row["group"]
    }
    found = {
        (key, item.title): (value_of(item.treated), value_of(item.comparison))
        for key, group in lines().groups.items()
        for item in group.items
    }
    assert found == table
    assert len(found) == 24


@pytest.mark.parametrize(
    ("arm", "column"), [("treated", "skolfam2_sek"), ("comparison", "control_sek")]
)
def test_sums_are_the_printed_ones(arm: str, column: str) -> None:
    """Lines add up to a krona more than the printed sum, and per child to what is printed."""
    total = sum(getattr(group, arm) for group in lines().groups.values())
    assert total - printed("SUM printed", column) == 1.0
    per_child = total / value_of(getattr(lines(), arm))
    assert per_child == pytest.approx(printed("PER CHILD printed", column), abs=0.5)


def test_costs_and_returns_are_the_budget_table() -> None:
    """What the fund grants and the plan returns is that of the fund's own plan."""
    plan = load(shipped()["norrkoping_fond_plan"]).scenario
    assert isinstance(plan, FundScenario)
    own, there = skolfam2().investments["skolfam2"], plan.investments["skolfam2"]
    for name in ("costs", "aterforing", "split"):
        assert {k: n.distribution for k, n in getattr(own, name).items()} == {
            k: n.distribution for k, n in getattr(there, name).items()
        }


def test_nine_tenths_of_the_cost() -> None:
    """The printed difference per child is 0.89 of the programme's cost per child."""
    cost = sum(value_of(one) for one in skolfam2().investments["skolfam2"].costs.values())
    share = -printed("DIFFERENCE PER CHILD printed") / (cost / value_of(lines().treated))
    assert share == pytest.approx(0.89, abs=0.005)
    said = " ".join(skolfam2().investments["skolfam2"].reservations)
    assert "89 procent av insatsens kostnad" in said


def test_three_quarters_are_absorbed() -> None:
    """Foster care grows by 340 of the 452 tkr per child by which institutions fall."""
    treated, compared = of_group("institution")
    saved = compared - treated
    treated, compared = of_group("familjehem")
    absorbed = treated - compared
    assert saved / 1e3 == pytest.approx(452, abs=0.5)
    assert absorbed / 1e3 == pytest.approx(340, abs=0.5)
    assert absorbed / saved == pytest.approx(0.75, abs=0.005)


def test_the_table_taken_at_its_word_saves_what_it_says() -> None:
    """With the table's own ratios and all of it cashable, the engine saves the printed amount.

    Cost without is the comparison group's, the effect is the raw ratio, and foster care absorbs
    what it did: 167 542 kronor per child, for 21 children. Half an öre is rounded in each of 20
    amounts, and half a krona in the printed one.
    """
    quantities: dict[str, np.ndarray] = {}
    for name in lines().groups:
        treated, compared = of_group(name)
        quantities[f"mean_without_{name}"] = np.array([compared])
        quantities[f"log_ratio_new_{name}"] = np.array([math.log(treated / compared)])
    (less, before), (after, then) = of_group("institution"), of_group("familjehem")
    quantities["substitution"] = np.array([(after - then) / (before - less)])
    evidence = {"skolfam2": Samples.sorted_by("substitution", quantities, 1)}
    scenario = skolfam2(*ALL_CASHABLE)
    lived = live_fund(scenario, Draws(Streams(1, factors(scenario)), 0, evidence))
    found = lived.totals["planned"].realised.sum(axis=(1, 2)) / 100.0
    wanted = -printed("DIFFERENCE PER CHILD printed") * value_of(lines().treated)
    assert found == pytest.approx(np.full_like(found, wanted), abs=0.5 * 21 + 0.1)
    years = lived.totals["planned"].realised.sum(axis=2)[0]
    paid = [year for year, amount in zip(scenario.years, years, strict=True) if amount]
    assert paid == [2012, 2013, 2014, 2015, 2016]


def test_bought_care_that_grows_is_paid_in_full() -> None:
    """Days and foster care are invoices; of what is half own staff, no less is paid than cashed."""
    effects = {line.id: line for line in skolfam2().investments["skolfam2"].effects}
    for name in LINES:
        line = effects[name]
        assert isinstance(line, Signed)
        assert isinstance(line.cashable, Number)
        assert isinstance(line.cashable_growth, Number)
        falls, grows = (mean(one) for one in (line.cashable, line.cashable_growth))
        assert grows >= falls
        assert grows == 1.0 or name in ("oppenvard", "handlaggning")


def test_three_quarters_of_oppenvard_is_bought() -> None:
    """Contact families and persons are 76 and 77 per cent of the group, as the source says."""
    group = lines().groups["oppenvard"]
    bought = [item for item in group.items if item.title.startswith("Kontakt")]
    for arm in ("treated", "comparison"):
        share = sum(value_of(getattr(item, arm)) for item in bought) / getattr(group, arm)
        assert share == pytest.approx(0.765, abs=0.01)


def mean(number: Number) -> float:
    """Return the mean of a share."""
    return float(quantile(number.distribution, (np.arange(2000) + 0.5) / 2000).mean())


def test_the_cohort_is_a_stated_reservation() -> None:
    """That evaluated and financed children may differ stands in the scenario, first of all."""
    first = skolfam2().investments["skolfam2"].reservations[0]
    assert all(year in first for year in ("2008–2011", "2008–2012", "2011–2014"))
