"""A contract with everything at once: payers, stage gates with a rule, tranches, a guarantor."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
import tomli_w

from simulate.design import Asked, stated
from simulate.design import study as designed
from simulate.design.paid import World, ask, first_batch
from simulate.design.sections import sections as design_sections
from simulate.draws.draw import Draws
from simulate.evidence_sensitivity.targets import answers
from simulate.futures.contract import batch_of
from simulate.gates import study as gated
from simulate.gates.futures import concerned, futures_of, sides
from simulate.gates.sections import ABREAST
from simulate.gates.sections import sections as gate_sections
from simulate.gates.study import streams_of
from simulate.pipeline import live
from simulate.scenario.tree.scenario import ContractScenario
from tests.cli.calls import Caller
from tests.support.scenarios import Raw, checked, raw, start

MORE = """
[parties.region]
name = "Regionen"
type = "region"
roles = ["outcome_payer"]
discount_rate = { value = "2 %", source = "test", kind = "assumption" }

[parties.staten]
name = "Staten"
type = "state"
roles = ["outcome_payer"]
discount_rate = { value = "2 %", source = "test", kind = "assumption" }

[parties.bank]
name = "Banken"
type = "investor"
roles = ["investor"]
discount_rate = { value = "3 %", source = "test", kind = "assumption" }

[parties.stiftelse]
name = "Stiftelsen"
type = "investor"
roles = ["investor"]
discount_rate = { value = "2 %", source = "test", kind = "assumption" }

[parties.garant]
name = "Garanten"
type = "state"
roles = ["outcome_payer"]
discount_rate = { value = "2 %", source = "test", kind = "assumption" }

[contract]
payers = [
  { party = "kommun", share = "50 %" }, { party = "staten", share = "20 %" },
  { party = "region", share = "30 %" },
]
tranches = [
  { id = "senior", title = "Senior", party = "bank", principal = "9 mkr" },
  { id = "first_loss", title = "Första förlust", party = "stiftelse", principal = "3 mkr" },
]
waterfall = [
  { tranche = "senior", up_to = { irr = "3 %" } },
  { tranche = "first_loss", up_to = "unlimited" },
]
guarantors = [
  { id = "behind", title = "Garanti", party = "garant", tranche = "senior", share = "50 %", cap = "2 mkr" },
]

[[alternatives]]
id = "larger"
title = "Dubbelt så stor jämförelsegrupp"
weight = { value = "50 %", source = "test", kind = "assumption" }
persons = { value = "320 personer", source = "test", kind = "assumption" }
"""  # noqa: E501
LENDERS, PAYERS, BEHIND = ("bank", "stiftelse"), ("kommun", "staten", "region"), "garant"


def data() -> Raw:
    """Return the example with stage gates, and all the rest."""
    found, more = raw("exempel_insatsrad"), tomllib.loads(MORE)
    del found["contract"]["payer"]
    found["contract"] |= more["contract"]
    found["parties"] |= more["parties"]
    found["measurements"]["saving"]["alternatives"] = more["alternatives"]
    return {**found, "id": "combined"}


def combined() -> ContractScenario:
    """Return it as a scenario."""
    return checked(data())


def test_who_stands_between_gains_nothing_in_any_future() -> None:
    """Not an öre of a year is left there; what all give and get is zero year by year."""
    for scenario in (combined(), checked(raw("exempel_forsta_forlust"))):
        lived = live(scenario, start(scenario, 3))
        between = list(scenario.parties).index(scenario.investor)
        assert (lived.ledger.net()[:, :, between] == 0.0).all()
        arrays = batch_of(scenario, lived).arrays
        assert (arrays["npv"][:, between] == 0.0).all()
        assert len(np.unique(arrays["payback_year"][:, between])) == 1
        transfers = [name for name in lived.ledger.entries if name not in
                     ("programme_cost", "cashable_saving")]  # fmt: skip
        assert len(transfers) == 4
        for name in transfers:
            assert np.abs(lived.ledger.entries[name].sum(axis=2)).max() < 1e-6


def test_the_answer_is_about_somebody_who_lends() -> None:
    """The value to whoever stands between is zero whatever moves: it is asked of who lends most."""
    assert answers(combined()).amount.party == "bank"
    assert answers(combined()).event.party == "finansiar"
    assert answers(checked(raw("exempel_insatsrad"))).amount.party == "finansiar"


@pytest.mark.slow
def test_whoever_stands_behind_a_loan_is_told_what_a_stop_is_worth() -> None:
    """Also those who may not decide it; a stop that nobody is left out of moves what is booked."""
    scenario = combined()
    assert sides(scenario) == (*LENDERS, *PAYERS)
    assert concerned(scenario) == (*LENDERS, *PAYERS, BEHIND)
    seen = futures_of(scenario, Draws(streams_of(scenario, 3), 0, {}))
    first, never = seen.worth[:, 0].mean(axis=0), seen.worth[:, -1].mean(axis=0)
    assert first[-1] > never[-1] + 1e5  # so much less is left to make good
    told = gated(scenario, {}, 2048, 3)
    assert [one.side for one in told.rights] == [*LENDERS, *PAYERS]
    for one in told.rights:
        assert list(one.policy.gain) == list(concerned(scenario))
    (worth,) = [one for one in gate_sections(told, drawn=False) if one.key == "worth"]
    columns = [table.columns[2:] for table in worth.tables]
    assert [len(one) for one in columns] == [ABREAST, len(concerned(scenario)) - ABREAST]
    assert "Garanten" in columns[-1][-1]
    text = " ".join(paragraph for one in gate_sections(told, drawn=False) for paragraph in
                    one.paragraphs)  # fmt: skip
    assert "Garanten" in text


@pytest.mark.slow
def test_what_another_measurement_is_worth_to_six_parties_fits_a_terminal() -> None:
    """Each stands in one table of the sizes, and no table has more than a few of them."""
    scenario = combined()
    told = designed(scenario, stated(scenario), Asked(2048, 1), {})
    (size,) = [one for one in design_sections(told, drawn=False) if one.key == "size"]
    names = [text for table in size.tables[:2] for text in table.columns]
    for party in (*LENDERS, *PAYERS, BEHIND):
        name = scenario.parties[party].name
        assert sum(str(name) in text for text in names) == 1
    assert max(len(table.columns) for table in size.tables) <= 6


@pytest.mark.slow
@pytest.mark.parametrize("command", ["gates", "design"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_table_is_cut_short(call: Caller, tmp_path: Path, command: str, lang: str) -> None:
    """Within 80 columns, with every figure whole."""
    path = tmp_path / "combined.toml"
    path.write_text(tomli_w.dumps(data()), encoding="utf-8")
    answer = call(command, path, "--draws", "2048", "--output", tmp_path, "--lang", lang)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert max(len(line.rstrip()) for line in lines[:-2]) <= 80
    assert "…" not in answer.out


def test_the_agreed_contract_of_a_design_is_that_of_a_run() -> None:
    """Also where a rule ends the funding: then less is lent, given and saved, and it is booked."""
    scenario = combined()
    worlds = [World(scenario)]
    (agreed,) = ask(scenario, worlds, first_batch(scenario, worlds, 3, {}), 2048)
    arrays = batch_of(scenario, live(scenario, start(scenario, 3))).arrays
    np.testing.assert_array_equal(agreed.drawn, arrays["drawn_ore"])
    np.testing.assert_array_equal(agreed.payment, arrays["payment_ore"])
    np.testing.assert_allclose(agreed.npv, arrays["npv"], rtol=1e-12, atol=1e-6)
