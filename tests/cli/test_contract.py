"""simulate contract: cases, grids of outcomes and pictures of the payment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.language import LANGUAGES
from simulate.contract.stated import from_case, pay_stated
from tests.cli.calls import Caller
from tests.support.scenarios import checked, raw

NAMES = ["koto_sib", "peterborough", "utforare_pa_spel", "exempel_forsta_forlust",
         "exempel_prislista", "exempel_flera_betalare", "educate_girls", "rikers_able",
         "newpin"]  # fmt: skip
SAVING = ("contract", "team_nystart", "--given", "school_points=18", "--drawn", "7.5mkr")


@pytest.mark.parametrize("name", NAMES)
def test_cases(name: str, call: Caller) -> None:
    """The command says what is paid, case by case, the same for people and for programs."""
    scenario = checked(raw(name))
    plain = json.loads(call("contract", name, "--format", "json").out)
    rows = plain if isinstance(plain, list) else [plain]
    paid = [pay_stated(scenario, from_case(case)) for case in scenario.contract.cases]
    assert [round(row["payment_sek"] * 100) for row in rows] == [int(p.payment[0]) for p in paid]
    for row, one in zip(rows, paid, strict=True):
        assert row.get("tranches", {}).keys() == one.parts.tranches.keys()
        if len(one.payers) > 1:
            assert round(sum(row["payers"].values()), 2) == row["payment_sek"]
        else:
            assert "payers" not in row
        if len(one.by_day) > 1:
            assert round(sum(row["by_day"].values()), 2) == row["payment_sek"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_text_shows_every_part(name: str, language: str, call: Caller) -> None:
    """Clauses, tranches and guarantors have a line each in both languages."""
    scenario = checked(raw(name))
    text = call("contract", name, "--lang", language).out
    contract = scenario.contract
    lines = len(contract.clauses) + 2 * len(contract.tranches) + len(contract.guarantors)
    shown = [line for line in text.splitlines() if line.startswith("  ")]
    assert len(shown) >= (lines + 1) * len(contract.cases)


def test_grid(call: Caller) -> None:
    """Each row of a grid is what the same outcome pays when it is stated alone."""
    grid = json.loads(call(*SAVING, "--grid", "saving=-10mkr:20mkr:7", "--format", "json").out)
    assert [row["saving"] for row in grid["rows"]] == [-1e7, -5e6, 0.0, 5e6, 1e7, 1.5e7, 2e7]
    for row in grid["rows"][::3]:
        alone = call(*SAVING, "--given", f"saving={row['saving']} kr", "--format", "json")
        assert json.loads(alone.out)["payment_sek"] == row["payment_sek"]
        assert json.loads(alone.out)["clauses"] == row["clauses"]
    text = call(*SAVING, "--grid", "saving=-10mkr:20mkr:7").out.splitlines()
    assert len(text) == 3 + 7
    assert text[-1].split()[-1] == text[-2].split()[-1]  # both at the ceiling


def test_grid_of_several_payers(call: Caller) -> None:
    """Each row says what each of the payers pays, and they add up to the payment."""
    words = ("contract", "exempel_flera_betalare", "--given", "better=40%", "--grid")
    rows = json.loads(call(*words, "saving=0mkr:9mkr:4", "--format", "json").out)["rows"]
    for row in rows:
        assert list(row["payers"]) == ["kommun", "staten", "region"]
        assert round(sum(row["payers"].values()), 2) == row["payment_sek"]
    assert rows[0]["payers"]["kommun"] < rows[-1]["payers"]["kommun"]
    heads = call(*words, "saving=0mkr:9mkr:4").out.splitlines()[2].split()
    assert heads[-3:] == ["kommun", "staten", "region"]
    assert "payers" not in call(*SAVING, "--grid", "saving=0:9mkr:4", "--format", "json").out


def test_grid_of_two_measures(call: Caller) -> None:
    """Two measures give every combination; a gate is seen across it."""
    answer = call("contract", "team_nystart", "--grid", "saving=0mkr:20mkr:3", "--grid",
                  "school_points=-1:1:3", "--drawn", "7.5mkr", "--format", "json")  # fmt: skip
    rows = json.loads(answer.out)["rows"]
    assert len(rows) == 9
    last = [row["payment_sek"] for row in rows[-3:]]
    assert last == [7.5e6, 7.5e6, 9e6]


TWO = ("--grid", "school_points=-1:1:2")


@pytest.mark.parametrize(
    ("second", "suffix"),
    [
        ((), ".svg"),
        pytest.param(TWO, ".png", marks=pytest.mark.slow),
        pytest.param((), ".png", marks=pytest.mark.slow),
        pytest.param(TWO, ".svg", marks=pytest.mark.slow),
    ],
)
def test_picture(suffix: str, second: tuple[str, ...], tmp_path: Path, call: Caller) -> None:
    """The picture is written, the same twice, and not over another without being asked."""
    given = ("contract", "team_nystart", "--grid", "saving=-10mkr:20mkr:13", *second)
    if not second:
        given = (*given, "--given", "school_points=18")
    first, again = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    for path in (first, again):
        assert call(*given, "--picture", str(path)).code == 0
    assert first.read_bytes() == again.read_bytes()
    start = b"<?xml" if suffix == ".svg" else b"\x89PNG"
    assert first.read_bytes().startswith(start)
    assert call(*given, "--picture", str(first)).code == 2
    assert call(*given, "--picture", str(first), "--force").code == 0


@pytest.mark.parametrize(
    "grid",
    ["saving=1mkr:1mkr:5", "saving=1mkr:2mkr:1", "saving=1mkr:2mkr:1001", "saving=1mkr:2mkr:x",
     "saving", "saving=1mkr:2:5", "savings=1mkr:2mkr:5"],
)  # fmt: skip
def test_bad_grids(grid: str, call: Caller) -> None:
    """A grid that is no grid is refused with an example."""
    answer = call(*SAVING, "--grid", grid)
    assert answer.code == 2
    assert "--grid" in answer.err
    assert answer.out == ""


def test_leaving_is_stated(call: Caller) -> None:
    """The investor leaves in a year in which she may, and only then."""
    given = ["--given", "share_1=20%", "--given", "share_2=20%", "--given", "share_3=20%"]
    name = "exempel_forsta_forlust"
    left = call("contract", name, *given, "--given", "redeemed_in=2026", "--format", "json")
    assert json.loads(left.out)["redemption_sek"] == 14e6
    never = call("contract", name, *given, "--given", "redeemed_in=2027")
    assert never.code == 2
    assert "2026" in never.err


def test_the_return_is_on_the_days(call: Caller) -> None:
    """Peterborough's payment returns 3 % a year, no payment loses all, none drawn has no return."""
    rows = json.loads(call("contract", "peterborough", "--format", "json").out)
    assert rows[0]["irr"] == -1.0
    assert rows[1]["irr"] == pytest.approx(0.03, abs=1e-8)
    assert "3" in call("contract", "peterborough").out.split("(IRR): ")[-1][:3]
    nothing = call("contract", "peterborough", "--drawn", "0kr", "--given", "first=0.2",
                   "--given", "second=0.2", "--format", "json")  # fmt: skip
    assert json.loads(nothing.out)["irr"] is None


def test_a_blend_is_stated_or_worked_out(call: Caller) -> None:
    """The difference itself, its two parts, or one of a grid; never both, and never half."""
    name = ("contract", "koto_sib", "--format", "json")
    parts = ("--given", "more_taxes=3505880kr", "--given", "transfers_saved=3532240kr")
    whole = ("--given", "difference=7038120kr")
    for given in (parts, whole):
        assert json.loads(call(*name, *given).out)["payment_sek"] == 3_519_060.0
    grid = json.loads(call(*name, "--grid", "difference=0kr:7038120kr:2").out)
    assert [row["payment_sek"] for row in grid["rows"]] == [0.0, 3_519_060.0]
    assert call(*name, *parts[:2]).code == 2
    assert call(*name, *parts, *whole).code == 2
