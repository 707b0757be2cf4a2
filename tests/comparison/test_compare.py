"""simulate compare: the difference and its error, by part, on the same random numbers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulate.comparison import words
from simulate.comparison.compare import compare
from simulate.comparison.parts import parts
from simulate.comparison.sides import Side
from simulate.run import run
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.cli.calls import Caller
from tests.support.made import made

VALID = "tests/bad/_valid.toml"
GUARANTEE = "contract.clauses.guarantee.share"
REPAYMENT, LOSS = ("fond", "repayment_mean"), ("fond", "p_loss")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Calls the program within this process."""
    return Caller(monkeypatch, capsys)


def side(*settings: str) -> Side:
    """Return the small scenario, changed."""
    return Side("a", load(Path(VALID), settings))


def keys(*settings: str) -> list[str]:
    """Return the parts of the difference that some settings make."""
    a, b = side(), side(*settings)
    return [one.key for one in parts(a.raw, b.raw, a.scenario, b.scenario)]


def test_the_difference_is_that_of_the_runs(tmp_path: Path) -> None:
    """Each side's figures are those of its own run, bit for bit, and so their difference."""
    a, b = side(), side(f"{GUARANTEE}=60 %", "society.inflation=1 %")
    found = compare(a, b, 6000, 3, tmp_path)
    alone = [run(one.scenario, 6000, 3, tmp_path) for one in (a, b)]
    for name, change in found.changes.items():
        values = [one.figure(name[1], name[0]).value for one in alone]
        assert [one.figures[name].value for one in found.figures] == values
        if None not in values:
            assert change.value == pytest.approx(values[1] - values[0], abs=1e-6)  # type: ignore[operator]


def test_nothing_differs(tmp_path: Path) -> None:
    """A scenario against itself: every difference is exactly nothing, and has no parts."""
    found = compare(side(), side(), 3000, 1, tmp_path)
    assert found.splits == ()
    assert {one.value for one in found.changes.values()} <= {0.0, None}


@pytest.mark.slow
def test_the_error_is_that_of_the_difference(tmp_path: Path) -> None:
    """Over seeds, differences spread as much as they say."""
    a, b = side(), side(f"{GUARANTEE}=60 %")
    several = [compare(a, b, 20_000, seed, tmp_path).changes for seed in range(1, 13)]
    for name in (REPAYMENT, LOSS, ("fond", "cvar_95")):
        values = [one[name].value for one in several]
        told = float(np.sqrt(np.mean([(one[name].mcse or 0.0) ** 2 for one in several])))
        spread = float(np.std(values, ddof=1))  # type: ignore[arg-type]
        # Twelve seeds: the ratio lies within (0.5, 1.8) but for one in thousands.
        assert 0.5 < spread / told < 1.8, name


def test_parts_and_interaction_add_up(tmp_path: Path) -> None:
    """Each alone, and what they do together, is the whole difference; a lone part is all of it."""
    a, b = side(), side(f"{GUARANTEE}=60 %", "programme.delivery=0.7", "society.inflation=0.01")
    found = compare(a, b, 6000, 1, tmp_path)
    assert [one.key for one in found.splits] == [
        "society.inflation",
        "programme.delivery",
        "contract.clauses.guarantee",
    ]
    for name in found.targets:
        alone = sum(one.changes[name].value or 0.0 for one in found.splits)
        together = alone + (found.interaction[name].value or 0.0)
        assert together == pytest.approx(found.changes[name].value, abs=1e-6)
    assert (found.interaction[REPAYMENT].value or 0.0) < 0.0  # a guarantee that delivery gates
    lone = compare(a, side(f"{GUARANTEE}=60 %"), 6000, 1, tmp_path)
    assert lone.splits[0].changes == {name: lone.changes[name] for name in lone.targets}
    assert {one.value for one in lone.interaction.values()} == {0.0}


def test_parts() -> None:
    """Numbers, clauses and blocks are parts; words are none; what belongs together is one."""
    assert keys(f"{GUARANTEE}=60 %") == ["contract.clauses.guarantee"]
    assert keys('programme.name="Annat"', 'contract.title="Annat"') == []
    number = '{ value = 0.95, source = "en annan", kind = "published" }'
    assert keys(f"programme.delivery={number}") == []
    assert keys("programme.cost_lines.staff.amount=3 mkr") == ["programme.cost_lines.staff.amount"]
    assert keys("contract.cap={ of_drawn = 1.1 }") == ["contract.cap.of_drawn"]


def test_who_gains_and_who_loses_is_said_in_words(tmp_path: Path) -> None:
    """A larger guarantee is the investor's gain and the payer's loss; the other way, turned."""
    more, less = side(f"{GUARANTEE}=60 %"), side()
    found = compare(less, more, 3000, 1, tmp_path)
    assert re.search(r"Kommunen förlorar \d.* och Fonden vinner \d", words.answers(found)[0])
    turned = compare(more, less, 3000, 1, tmp_path)
    assert re.search(r"Kommunen vinner \d.* och Fonden förlorar \d", words.answers(turned)[0])
    assert words.texts(found) == ("", ((GUARANTEE, "40\u00a0%", "60\u00a0%"),))


def test_nothing_that_differs_is_said_so(tmp_path: Path) -> None:
    """Of two that are alike nobody gains and no number differs."""
    found = compare(side(), side(), 3000, 1, tmp_path)
    assert "ingen part" in words.answers(found)[0]
    assert words.texts(found) == ("Inget tal och ingen regel skiljer.", ())


def test_a_rule_that_differs_is_listed_too(tmp_path: Path) -> None:
    """What is no number, but decides the money, stands among what is changed."""
    fund = Path("tests/bad/_valid_fund.toml")
    sides = [
        Side("a", load(fund, [f"fund.aterforing.rule={rule}"])) for rule in ("planned", "lesser")
    ]
    found = compare(sides[0], sides[1], 3000, 1, tmp_path)
    assert words.texts(found) == ("", (("fund.aterforing.rule", "planned", "lesser"),))


def test_clauses_that_only_one_has(tmp_path: Path) -> None:
    """A clause more, or one less, is a part of its own and is accounted for to the öre."""
    more = (
        '[{ id = "guarantee", title = "Garanti", type = "guarantee", share = "40 %", '
        'requires_delivery = true }, { id = "extra", title = "Till", type = "guarantee", '
        'share = "10 %", requires_delivery = false }]'
    )
    alone = more.partition(", { id")[0] + "]"
    a, b = side(f"contract.clauses={alone}"), side(f"contract.clauses={more}")
    for first, second, sign in ((a, b, 1.0), (b, a, -1.0)):
        (one,) = compare(first, second, 3000, 1, tmp_path).splits
        assert one.key == "contract.clauses.extra" and one.pays is not None
        drawn = run(a.scenario, 3000, 1, tmp_path).figure("drawn_mean").value or 0.0
        assert one.pays.value == pytest.approx(sign * 0.1 * drawn, abs=0.01)
        assert one.changes[REPAYMENT].value == pytest.approx(one.pays.value, abs=0.01)


def test_an_input_inserted_anywhere_moves_nothing_else(tmp_path: Path) -> None:
    """A limit of a cost line that never binds is a new factor in the middle: nothing differs."""
    limit = '{ amount = { uniform = [50, 60], unit = "mkr" } }'
    found = compare(side(), side(f"programme.cost_lines.staff.ceiling={limit}"), 6000, 1, tmp_path)
    assert [one.key for one in found.splits] == ["programme.cost_lines.staff.ceiling"]
    assert {one.value for one in found.changes.values()} <= {0.0, None}


def asked(call: Caller, output: Path, *words: str) -> Any:
    """Return what a comparison prints for programs."""
    answer = call("compare", *words, "--quiet", "--output", output, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def test_on_the_command_line(call: Caller, tmp_path: Path) -> None:
    """One table, one page, and the same for programs; again, the same bytes."""
    words = (VALID, VALID, "--set-b", f"{GUARANTEE}=60 %", "--draws", "3000")
    plain = asked(call, tmp_path, *words)
    loss = next(one for one in plain["measures"] if one["measure"] == "p_loss")
    assert loss["difference"] == pytest.approx(loss["b"] - loss["a"])
    assert plain["parts"][0]["clause"] and plain["parts"][0]["clause_pays"]["difference"] > 0
    (folder,) = tmp_path.glob("litet/compare-*")
    before = (folder / "jamforelse.sv.html").read_bytes()
    answer = call("compare", *words, "--output", tmp_path)
    assert answer.code == 0
    assert "Samspel" in answer.out and "Klausul guarantee: " in answer.out
    lines = [one for one in answer.out.splitlines() if not one.startswith("Sidan med bilder")]
    assert all(len(line) <= 80 for line in lines)
    assert (folder / "jamforelse.sv.html").read_bytes() == before
    page = before.decode()
    assert page.count("<img ") == 2 and "<script" not in page and "https://" not in page
    english = call("compare", *words, "--output", tmp_path, "--lang", "en")
    assert english.code == 0 and "Interaction" in english.out
    assert (folder / "jamforelse.en.html").is_file()


@pytest.mark.slow
def test_stored_runs(call: Caller, tmp_path: Path) -> None:
    """Two runs are compared as they were stored, on their own posteriors, seed and draws."""
    first = made(shipped()["team_nystart"], tmp_path, draws=3000)[2]
    changed = tmp_path / "changed.toml"
    text = (first / "scenario.toml").read_text(encoding="utf-8")
    changed.write_text(text.replace('share = "40 %"', 'share = "45 %"'), encoding="utf-8")
    second = made(changed, tmp_path, draws=3000)[2]
    plain = asked(call, tmp_path, str(first), second.name)
    assert (plain["draws"], plain["seed"]) == (3000, 1)
    assert [one["key"] for one in plain["parts"]] == ["contract.clauses.guarantee"]
    for place, folder in (("a", first), ("b", second)):
        stored = json.loads((folder / "risk.json").read_text(encoding="utf-8"))["measures"]
        known = {(one["party"], one["measure"]): one["value"] for one in stored}
        for one in plain["measures"]:
            assert one[place] == known[one["party"], one["measure"]]


def test_a_fund(call: Caller, tmp_path: Path) -> None:
    """Funds are compared on their balance and on whether they are refilled."""
    plain = asked(
        call, tmp_path, "norrkoping_fond_plan", "norrkoping_fond_plan", "--draws", "3000",
        "--set-b", "fund.aterforing.rule=lesser",
    )  # fmt: skip
    assert [one["measure"] for one in plain["interaction"]] == [
        "balance_end_mean",
        "p_refilled_by_horizon",
    ]
    assert [one["key"] for one in plain["parts"]] == ["fund.aterforing.rule"]
    assert plain["parts"][0]["changes"][0]["difference"] != 0.0


@pytest.mark.slow  # the evidence has to be fitted, twice
def test_common_random_numbers_are_worth_it(posterior_cache: Path) -> None:
    """A guarantee of 40 or 45 %: the error is at least 20 times smaller than between two runs.

    The other run is really made: other draws, and a fit of its own.
    """
    path = shipped()["team_nystart"]
    a, b = (Side("a", load(path, [f"{GUARANTEE}={one} %"])) for one in (40, 45))
    found = compare(a, b, 50_000, 1, posterior_cache)
    other = load(path, [f"{GUARANTEE}=45 %", "fit_seed=2"]).scenario
    apart = run(other, 50_000, 2, posterior_cache)
    repayment, loss = ("finansiar", "repayment_mean"), ("finansiar", "p_loss")
    error = {}
    for name in (repayment, loss):
        first, second = found.figures[0].figures[name], apart.figure(name[1], name[0])
        assert None not in (first.value, first.mcse, second.value, second.mcse)
        error[name] = float(np.hypot(first.mcse or 0.0, second.mcse or 0.0))
        change = found.changes[name]
        assert change.value is not None and change.mcse is not None
        between = (second.value or 0.0) - (first.value or 0.0)
        assert abs(between - change.value) < 4.0 * error[name]  # the same difference, less sharply
        assert found.independent(name) == pytest.approx(error[name], rel=0.25)
    change = found.changes[repayment]
    assert change.mcse and error[repayment] / change.mcse >= 20.0
    assert change.value == pytest.approx(455_000, rel=0.05)
    assert error[loss] > (found.changes[loss].mcse or np.inf)


def test_two_files_with_something_wrong(call: Caller, tmp_path: Path) -> None:
    """Each problem says in which file it is; two that are missing are two problems."""
    answer = call("compare", tmp_path / "a.toml", tmp_path / "b.toml", "--draws", "1")
    assert (answer.code, answer.out) == (2, "")
    assert "3 fel" in answer.err
    for name in ("a.toml", "b.toml"):
        assert f"- {tmp_path / name}: filen finns inte" in answer.err


def test_a_folder_that_is_no_run(call: Caller, tmp_path: Path) -> None:
    """A folder means a run, and what is missing in it is told; kinds are told with the call."""
    answer = call("compare", tmp_path, VALID)
    assert answer.code == 2 and "manifest.json saknas i mappen" in answer.err
    kinds = call("compare", VALID, "norrkoping_fond_plan", "--draws", "1")
    assert kinds.code == 2 and "2 fel" in kinds.err
