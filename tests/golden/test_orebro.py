"""Örebro's calculation line by line: the scenario at its plan gives back what was printed."""

from __future__ import annotations

import pytest

from simulate.aterforing.saving import saving
from simulate.draws.values import Central
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.investment import Investment, Priced
from simulate.scenario.tree.scenario import FundScenario
from tests.golden.test_published import rows

# Lines of the published table → of the scenario.
LINES = {
    "fewer HVB placements": "hvb",
    "less need of öppenvård": "oppenvard",
    "less extra support in compulsory school": "extra_stod",
    "fewer repeat a year in compulsory school": "omgang_grundskola",
    "fewer repeat a year in upper secondary school": "omgang_gymnasium",
    "fewer pupils in introductory programmes": "introduktion",
    "fewer payments of försörjningsstöd": "forsorjningsstod",
}
# Everything is printed before any of it is cashable.
ALL = tuple(f"investments.skolfam.effects.{line}.cashable=1.0" for line in LINES.values())
# Örebro counts three of the 35 fewer on support each year; the scenario has a chain of its own.
AVOIDED = tuple(
    f"investments.skolfam.effects.forsorjningsstod.avoided.{year}={3 / 35!r}"
    for year in range(2020, 2025)
)
# Every amount is printed to a tenth of a million, or to a hundred thousand.
HALF_A_DIGIT = 50_000.0
TWELVE = ", ".join(f'{year} = "2 årsplatser"' for year in range(2017, 2023))


def skolfam(*settings: str) -> Investment:
    """Return the shipped investment with all of it cashable, changed."""
    scenario = load(shipped()["orebro_skolfam"], (*ALL, *AVOIDED, *settings)).scenario
    assert isinstance(scenario, FundScenario)
    return scenario.investments["skolfam"]


def amounts(investment: Investment) -> dict[str, float]:
    """Return what each line saves in all its years, every number at its median, SEK."""
    found = {}
    for line in investment.effects:
        assert isinstance(line, Priced)
        years = [float(saving(line, investment, year, Central())) for year in line.counted]
        found[line.id] = sum(years)
    return found


PRINTED = {row["line"]: row for row in rows("orebro_skolfam.csv") if row["kind"] == "effect"}


def test_every_printed_line_is_there() -> None:
    """The scenario has the seven lines of the table, and no other."""
    assert PRINTED.keys() == LINES.keys()
    assert set(amounts(skolfam())) == set(LINES.values())


@pytest.mark.parametrize("line", list(PRINTED))
def test_a_line_is_what_is_printed(line: str) -> None:
    """At its plan a line gives the printed amount, to half a unit of the last printed digit."""
    found = amounts(skolfam())[LINES[line]]
    assert found == pytest.approx(float(PRINTED[line]["value_sek"]), abs=HALF_A_DIGIT)


def test_the_arithmetic_behind_the_lines() -> None:
    """What was rounded when it was printed is exact here: 3 × 365 × 2 500 is 2 737 500."""
    assert amounts(skolfam()) == pytest.approx(
        {
            "hvb": 3 * 365 * 2500,
            "oppenvard": 6 * 0.003 * 16e6,
            "extra_stod": 5 * 0.25 * 500e3,
            "omgang_grundskola": 3 * 70e3,
            "omgang_gymnasium": 4 * 70e3,
            "introduktion": 3 * 100e3,
            "forsorjningsstod": 5 * 3 * 100e3,
        },
        abs=0.01,
    )


@pytest.mark.parametrize("line", list(PRINTED))
def test_as_many_years_as_printed(line: str) -> None:
    """A line counts in as many years as Örebro says."""
    found = next(one for one in skolfam().effects if one.id == LINES[line])
    assert isinstance(found, Priced)
    assert len(found.counted) == int(PRINTED[line]["years"])


def test_the_cost_against_the_effects() -> None:
    """5.6 mkr against 5.9: the cost is printed, the sum of the effects is ours."""
    cost = sum(one.distribution.support()[0] for one in skolfam().costs.values())
    printed = {row["line"]: float(row["value_sek"]) for row in rows("orebro_skolfam.csv")}
    assert cost == printed["SUM"] == 5.6e6
    assert sum(float(row["value_sek"]) for row in PRINTED.values()) == pytest.approx(5.9e6)
    assert sum(amounts(skolfam()).values()) == pytest.approx(5.9e6, abs=HALF_A_DIGIT)


def test_twelve_placement_years_instead_of_three() -> None:
    """Norrköping's effect, which Örebro chose not to count, is four times as much of that line."""
    more = skolfam(f"investments.skolfam.effects.hvb.days={{ {TWELVE} }}")
    assert amounts(more)["hvb"] == pytest.approx(12 * 365 * 2500, abs=0.01)
    rest = sum(amounts(more).values()) - sum(amounts(skolfam()).values())
    assert rest == pytest.approx(9 * 365 * 2500, abs=0.01)


def test_the_higher_price() -> None:
    """At 3 300 kr, which Örebro calls more likely, the line is 3.6 mkr."""
    dearer = skolfam("investments.skolfam.effects.hvb.price=3300 kr/dygn")
    assert amounts(dearer)["hvb"] == pytest.approx(3 * 365 * 3300, abs=0.01)
