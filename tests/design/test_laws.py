"""What must hold of every design value: signs, transfers, zero where nothing is changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulate.design import Asked, Study, stated, study, varied
from simulate.design.designs import Design
from simulate.design.paid import Paid, World, ask, first_batch
from simulate.design.sentences import same, transfer
from simulate.design.study import JOINT, sides, tolerances
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.party import CONTRACT
from simulate.scenario.tree.scenario import ContractScenario
from tests.design.conftest import number, twice, ways
from tests.support.scenarios import NOTES, Raw, checked, raw, team_nystart

LENDER, PAYER = "finansiar", "kommun"


def _asked(scenario: ContractScenario, *designs: Design, draws: int = 4096) -> tuple[Paid, ...]:
    worlds = [World(scenario), *map(World.of, designs)]
    return ask(scenario, worlds, first_batch(scenario, worlds, 1, {}), draws)


def _with(*each: dict[str, object], edits: tuple[Any, ...] = ()) -> ContractScenario:
    return team_nystart(edits=[*edits, ways(*each)])


def test_what_one_side_gains_the_other_loses(plain: Study) -> None:
    """The lender's change is the payment's, the payer's its opposite; more paid is less lost."""
    (found,) = plain.designs
    paid = found.change(CONTRACT, "repayment_mean").value or 0.0
    assert paid > 50e3  # a larger group gives here, see the quadrature
    assert (found.change(LENDER, "npv_mean").value or 0.0) > 0.8 * paid
    assert (found.change(PAYER, "npv_mean").value or 0.0) < -0.8 * paid
    loss, full = (found.change(CONTRACT, name).value or 0.0 for name in ("p_loss", "p_full"))
    assert loss < 0.0 < full
    assert loss == pytest.approx(-full)
    changed = found.changes[CONTRACT, "repayment_mean"]
    assert changed.other.value == pytest.approx((changed.agreed.value or 0.0) + paid)


def test_a_rule_that_reads_the_measure_is_no_mere_transfer(plain: Study) -> None:
    """Where a rule stops other futures the page does not say that the programme is the same."""
    scenario = load(shipped()["exempel_insatsrad"]).with_contract
    ruled = study(scenario, stated(scenario), Asked(4096, 1), {})
    joint = [one.change(JOINT, "npv_mean").value or 0.0 for one in ruled.designs]
    assert max(map(abs, joint)) > 10e3
    assert (transfer(plain), same(plain)) != (transfer(ruled), same(ruled))
    assert "stoppa" in transfer(ruled) and "stoppa" in same(ruled)
    assert "desamma" in transfer(plain) and "stoppa" not in transfer(plain) + same(plain)


def test_at_one_rate_nothing_is_left_together() -> None:
    """Where both discount alike, and pay on the same day, all together gain nothing in any future.

    Undiscounted, what one gets the other pays in every future, whatever is measured.
    """
    same = "parties.finansiar.discount_rate=1.75 %"
    scenario = twice(same, "parties.kommun.discount_rate=1.75 %")
    (found,) = study(scenario, stated(scenario), Asked(2048, 1, sizes=False), {}).designs
    joint = found.change(JOINT, "npv_mean")
    assert abs(joint.value or 0.0) < 1e-3 and (joint.mcse or 0.0) < 1e-3
    assert abs(found.change(LENDER, "npv_mean").value or 0.0) > 1e3
    agreed, other = _asked(scenario, *stated(scenario))
    names = list(scenario.parties)
    gap = (other.npv - agreed.npv)[:, [names.index(LENDER), names.index(PAYER)]]
    assert np.abs(gap).max() > 1e5
    assert np.abs(gap.sum(axis=1)).max() < 1e-3


def test_the_futures_as_agreed_are_those_of_a_run() -> None:
    """The same seed gives the run's own figures, bit for bit, and no other design moves them."""
    from simulate.run import simulate

    scenario = team_nystart()
    futures, _ = simulate(scenario, {}, 1000, 1)
    agreed, _ = _asked(scenario, stated(scenario)[0], draws=1000)
    assert (agreed.payment == futures["payment_ore"].values).all()
    assert (agreed.npv == futures["npv"].values).all()


def test_what_is_agreed_changes_nothing() -> None:
    """An alternative that states what is agreed is worth nothing, with no error at all."""
    scenario = _with({"persons": number(61)}, {"window_from": "inclusion"})
    for one in study(scenario, stated(scenario), Asked(2048, 1, sizes=False), {}).designs:
        for (whom, name), changed in one.changes.items():
            assert changed.change.value == 0.0, (whom, name)
            assert changed.change.mcse == 0.0 or name.startswith("p_")


def test_asked_for_or_stated_is_the_same() -> None:
    """A larger group written after --vary pays, in every future, what the alternative pays."""
    scenario = _with({"persons": number(122)}, {"window": number("3 år")})
    set_there = [
        ((pair,), team_nystart("=".join(pair)))
        for pair in (
            ("measurements.saving.comparison.persons", "122"),
            ("measurements.saving.window", "3 år"),
        )
    ]
    asked = varied(scenario, set_there)
    _, *found = _asked(scenario, *stated(scenario), *asked)
    for one, other in zip(found[:2], found[2:], strict=True):
        assert (one.payment == other.payment).all()
        assert (one.npv == other.npv).all()
    assert asked[1].scenario.contract.pays_on == dt.date(2021, 10, 31)


def test_the_drift_and_nothing_else() -> None:
    """An alternative without drift pays what the scenario without drift pays, bit for bit."""
    scenario = _with({"drift": number(0.0)})
    _, found = _asked(scenario, *stated(scenario))
    (calm,) = _asked(team_nystart("measurements.saving.drift=0.0", edits=[ways()]))
    assert (found.payment == calm.payment).all()


def _followed(data: Raw) -> None:
    data["measurements"]["saving"] |= {"followed": number(0.8), "missing": "as_the_others"}


def test_a_rule_for_the_missing_is_the_scenario_with_that_rule() -> None:
    """Another rule in the same futures: what the contract with that rule pays."""
    scenario = _with({"missing": "nothing"}, edits=(_followed,))
    _, found = _asked(scenario, *stated(scenario))

    def nothing(data: Raw) -> None:
        _followed(data)
        data["measurements"]["saving"]["missing"] = "nothing"

    (there,) = _asked(team_nystart(edits=[nothing]))
    assert (found.payment == there.payment).all()


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_those_who_are_followed_are_nested(share: float) -> None:
    """More or fewer are followed; the mean of their costs has its own law and follows the agreed.

    Kolmogorov–Smirnov of the standardised mean at 1e-4, on one batch where the cost's CV is 0.5.
    """
    from simulate.measurement.alternatives import chance
    from simulate.pipeline import begin

    def calm(data: Raw) -> None:
        _followed(data)
        data["outcomes"]["social_cost"]["cv"] = number(0.5)

    scenario = _with({"followed": number(share)}, edits=(calm,))
    (design,) = stated(scenario)
    draws = first_batch(scenario, [], 3, {})
    begun = begin(scenario, draws)
    key = "measurements.saving.followed"
    there = draws.along(draws.streams, [key])
    found = chance(scenario, design.scenario, begun.chance, begun.intake, (draws, there))["saving"]
    own = begun.chance["saving"]
    more = found["followed"] >= own["followed"]
    assert more.all() if share > 0.8 else (found["followed"] <= own["followed"]).all()
    shape = found["followed"] / 0.25
    uniform = stats.gamma(shape, scale=1.0 / shape).cdf(found["actual"])
    assert stats.kstest(uniform, "uniform").pvalue > 1e-4
    z = (found["actual"] - 1.0, own["actual"] - 1.0)
    assert np.corrcoef(*z)[0, 1] > 0.7
    assert (found["expected"] == own["expected"]).all()


def test_a_cost_is_paid_once_by_who_pays_it() -> None:
    """Measuring as agreed for 300 tkr more costs the payer that, discounted, and nobody else."""
    dear: dict[str, object] = {"persons": number(61), "cost": number("300 tkr"), "paid_by": PAYER}
    scenario = _with(dear)
    (found,) = study(scenario, stated(scenario), Asked(2048, 1, sizes=False), {}).designs
    factor = 1.0175 ** -(2020.5 - (2016 + 80 / 366))
    assert found.change(PAYER, "npv_mean").value == pytest.approx(-300e3 * factor)
    assert found.change(JOINT, "npv_mean").value == pytest.approx(-300e3 * factor)
    assert found.change(LENDER, "npv_mean").value == 0.0
    assert found.change(CONTRACT, "repayment_mean").value == 0.0


def test_an_uncertain_cost_moves_no_other_draw() -> None:
    """The cost is drawn after all else: what is paid is the same with and without it."""
    cost = {"uniform": ["100 tkr", "300 tkr"], **NOTES}
    way: dict[str, object] = {"persons": number(122)}
    free, dear = _with(way), _with({**way, "cost": cost, "paid_by": LENDER})
    (_, one), (_, other) = (_asked(each, *stated(each)) for each in (free, dear))
    assert (one.payment == other.payment).all()
    gap = one.npv - other.npv
    names = list(free.parties)
    lost = gap[:, names.index(LENDER)]
    assert 80e3 < lost.min() < 110e3 and 250e3 < lost.max() < 300e3
    assert np.abs(gap[:, names.index(PAYER)]).max() == 0.0


def test_it_is_paid_for_when_it_is_measured() -> None:
    """A longer window moves the day as far, within the horizon; a stated day is kept."""
    day = dt.date(2022, 3, 1)
    scenario = _with(
        {"window": number("2.5 år")},
        {"window": number("1 år")},
        {"window_from": "end"},
        {"persons": number(122), "pays_on": day},
    )
    days = [one.scenario.contract.pays_on for one in stated(scenario)]
    agreed = scenario.contract.pays_on
    assert days[:2] == [dt.date(2021, 4, 30), agreed]
    assert agreed < days[2] <= dt.date(2023, 12, 31)
    assert days[3] == day
    # Paid later, the same öre is worth less to who gets it.
    agreed_paid, *_, later = _asked(scenario, *stated(scenario))
    place = list(scenario.parties).index(LENDER)
    (same,) = _asked(_with({"persons": number(122)}))[:1]
    assert (same.payment == agreed_paid.payment).all()
    assert later.npv[:, place].mean() < agreed_paid.npv[:, place].mean()


def _lenders(data: Raw) -> None:
    """Two lend, one of whom loses first, and a third makes good half of the other's loss."""
    other = {"type": "investor", "roles": ["investor"], "discount_rate": number(0.03)}
    for key in ("forst", "sist"):
        data["parties"][key] = {"name": key.capitalize(), **other}
    data["contract"] |= {
        "tranches": [
            {"id": "upper", "title": "Övre", "party": "forst", "principal": number("7 mkr")},
            {"id": "lower", "title": "Nedre", "party": "sist", "principal": number("3 mkr")},
        ],
        "waterfall": [
            {"tranche": "upper", "up_to": {"of_drawn": number(1.0)}},
            {"tranche": "lower", "up_to": "unlimited"},
        ],
        "guarantors": [
            {
                "id": "backer",
                "title": "Borgen",
                "party": LENDER,
                "tranche": "upper",
                "share": number(0.5),
                "cap": "unlimited",
            }
        ],
    }


def test_lenders_share_what_their_contract_gains() -> None:
    """With tranches those who lend are sides, and who stands behind; together they get the whole.

    The one who loses first bears most of a change of what is paid above the guarantee.
    """
    scenario = team_nystart(edits=[_lenders, ways({"indexation": number(1.0)})])
    assert sides(scenario) == ("forst", "sist", PAYER, LENDER)
    (found,) = study(scenario, stated(scenario), Asked(4096, 1, sizes=False), {}).designs
    agreed, other = _asked(scenario, *stated(scenario))
    lent = agreed.tranche_loss.sum(axis=1) - other.tranche_loss.sum(axis=1)
    assert lent.mean() > 0.0
    tranches = [found.change(one, "tranche_paid_mean").value or 0.0 for one in ("upper", "lower")]
    # The guarantor pays less the more the contract pays.
    backed = found.change(LENDER, "npv_mean").value or 0.0
    assert backed > 0.0 and min(tranches) > 0.0
    paid = found.change(CONTRACT, "repayment_mean").value or 0.0
    assert sum(tranches) < paid
    assert (found.change("upper", "p_tranche_loss").value or 0.0) < 0.0


def test_whose_tolerance_of_risk_counts() -> None:
    """A party's own counts before that of the decision, which counts where there is none."""

    def decides(data: Raw) -> None:
        data["decision"] |= {"utility": "certainty_equivalent", "risk_tolerance": number("5 mkr")}

    def own(data: Raw) -> None:
        decides(data)
        data["parties"][LENDER]["risk_tolerance"] = number("2 mkr")

    assert tolerances(team_nystart(edits=[decides])) == {LENDER: 5e6}
    assert tolerances(team_nystart(edits=[own])) == {LENDER: 2e6}
    scenario = team_nystart(edits=[own])
    found = study(scenario, stated(scenario)[:1], Asked(2048, 1, sizes=False), {})
    assert (JOINT, "npv_certain") not in found.designs[0].changes
    assert {party for party, _ in found.designs[0].tried} == {PAYER}


def test_a_tolerance_is_no_draw() -> None:
    """Stating one leaves every draw as it was, bit for bit."""

    def own(data: Raw) -> None:
        data["parties"][LENDER]["risk_tolerance"] = number("2 mkr")

    (one,), (other,) = _asked(team_nystart()), _asked(team_nystart(edits=[own]))
    assert (one.npv == other.npv).all()


def test_the_same_at_any_number_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One core finds the same as several, and the first futures of more are those of fewer."""
    scenario = twice()
    several = _asked(scenario, *stated(scenario), draws=6144)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone = _asked(scenario, *stated(scenario), draws=6144)
    fewer = _asked(scenario, *stated(scenario), draws=3000)
    for one, other, first in zip(several, alone, fewer, strict=True):
        assert (one.npv == other.npv).all()
        assert (one.npv[:3000] == first.npv).all()


def test_groups_that_are_counted_hold_each_other() -> None:
    """Of failures a larger group has the agreed one's and its own: Binomial(m′, p), never fewer."""
    from simulate.measurement.alternatives import counted

    scenario = checked(raw("peterborough"))
    key = next(iter(scenario.measurements))
    draws = first_batch(scenario, [], 5, {})
    persons = scenario.measurements[key].comparison.persons  # type: ignore[attr-defined]
    p, rng = np.full(2048, 0.3), np.random.default_rng(1)
    m = float(draws.of(persons))
    own, alone = (stats.binom(k, 0.3).rvs(2048, random_state=rng) * 1.0 for k in (m, 2 * m))
    there = draws.setting({persons.key: 2 * m})
    found = counted(key, ({"expected": own}, {"expected": alone}), (persons, persons), p,
                    (draws, there))  # fmt: skip
    assert (found >= own).all() and (found - own <= m).all()
    assert abs(found.mean() - 0.6 * m) < 4.0 * np.sqrt(2 * m * 0.21 / 2048)
    assert found.var() == pytest.approx(2 * m * 0.21, rel=4.0 * np.sqrt(2.0 / 2048))
    fewer = draws.setting({persons.key: m / 2})
    assert counted(key, ({"expected": own}, {"expected": alone}), (persons, persons), p,
                   (draws, fewer)) is alone  # fmt: skip
