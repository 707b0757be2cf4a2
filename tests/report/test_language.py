"""Numbers, labels and distributions as Swedes write them."""

from __future__ import annotations

import pytest

from models.number import parse_number
from models.quantity import COUNT, LOG_RATIO, RATE, SEK, SHARE, YEARS
from simulate.language.measures import ENTRIES, UNITS
from simulate.language.numbers import HARD, THIN, frequency, million, number, percent, significant
from simulate.language.quantities import in_words, quantity
from simulate.report.cells import cell
from simulate.risk import measures as registry
from simulate.risk.risk import Figure
from simulate.run import Result


def plain(text: str) -> str:
    """Return the text with ordinary spaces."""
    return text.replace(HARD, " ").replace(THIN, " ")


def test_every_measure_has_a_label_and_a_unit() -> None:
    """A measure that is added without Swedish words fails here."""
    assert all(measure.title for measure in registry.MEASURES)
    assert {measure.unit for measure in registry.MEASURES} - set(UNITS) == set()
    assert not any("internränta" in measure.title.lower() for measure in registry.MEASURES)


def test_every_booking_has_a_name(result: Result) -> None:
    """The ledger of a real run has no entry without Swedish words."""
    booked = {
        str(name).removeprefix("yearly_")
        for name in result.futures.data_vars
        if str(name).startswith("yearly_")
    }
    assert booked - set(ENTRIES) == set()


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (-1254.55, 1, "−1 254,6"),
        (2500.0, -3, "3 000"),
        (-2500.0, -3, "−3 000"),
        (1234567.0, -3, "1 235 000"),
        (499.0, -3, "0"),
        (-0.004, 1, "0,0"),
        (0.5, 0, "1"),
        (2.675, 2, "2,68"),
        (999.96, 1, "1 000,0"),
    ],
)
def test_numbers_round_half_away_from_zero(value: float, decimals: int, text: str) -> None:
    """Decimals can be negative, and zero has no sign."""
    assert plain(number(value, decimals)) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 av 1000"),
        (1.0, "alla"),
        (0.3, "3 av 10"),
        (0.849, "85 av 100"),
        (0.083, "8 av 100"),
        (0.004, "4 av 1000"),
        (0.0001, "färre än 1 av 1000"),
        (0.9999, "fler än 999 av 1000"),
        (0.997, "997 av 1000"),
        (0.25, "25 av 100"),
    ],
)
def test_frequencies_are_close_to_the_probability(share: float, text: str) -> None:
    """Tenths are only said when they are near, and all or none are never said by rounding."""
    assert frequency(share) == text


def test_only_the_supported_digits_are_printed() -> None:
    """The last printed digit is at least two standard errors."""
    assert plain(percent(0.15141, 0.0027)) == "15 %"
    assert plain(million(4_147_062.0, 17_000.0)) == "4,1 mkr"
    assert plain(percent(1.0)) == "100 %"
    assert significant(0.138157) == "0,138"


@pytest.mark.parametrize(
    ("raw", "dimension", "text"),
    [
        ("7.5 mkr", SEK, "7,5 mkr"),
        ("40 %", SHARE, "40 %"),
        (0.0175, RATE, "1,75 % per år"),
        ("61 personer", COUNT, "61"),
        ("2 år", YEARS, "2 år"),
        ({"normal": {"mean": 0.08, "sd": 0.08}}, LOG_RATIO, "normalfördelat, medel 0,08, sd 0,08"),
        ({"beta": {"a": 12, "b": 8}}, SHARE, "beta(12; 8), medel 60 %"),
        ({"uniform": [70, 80]}, COUNT, "lika troligt från 70 till 80"),
        ({"pert": ["1 %", "2.5 %", "5 %"]}, SHARE, "1 % till 5 %, troligast 2,5 % (pert)"),
        (
            {"discrete": {"values": [1, 2], "weights": [1, 3]}},
            COUNT,
            "ett av: 1 (25,0 %), 2 (75,0 %)",
        ),
        ({"evidence": "a.b"}, SHARE, "ur evidensen: a.b"),
    ],
)
def test_numbers_of_a_scenario_in_words(raw: object, dimension: object, text: str) -> None:
    """Every form that a scenario can hold has words."""
    assert plain(in_words(parse_number(raw, dimension))) == text  # type: ignore[arg-type]  # any dimension


def test_money_below_a_million() -> None:
    """Small amounts are not printed as fractions of mkr."""
    assert plain(quantity(400.0, SEK)) == "400 kr"
    assert plain(quantity(157_367.0, SEK)) == "157,4 tkr"


@pytest.mark.parametrize(
    ("figure", "value", "note"),
    [
        (Figure("a", "payback_year_p50", None, None, "year", "never"), "aldrig", ""),
        (
            Figure("a", "payback_year_p10", None, None, "year", "never_exposed"),
            "aldrig exponerad",
            "",
        ),
        (Figure("a", "irr_p50", None, None, "rate", "undefined"), "odefinierat", ""),
        (
            Figure("a", "payback_year_p10", 2020.0, 0.0, "year", "at_atom", atom=0.137),
            "2020",
            "exakt detta i 14 % av framtiderna",
        ),
        (
            Figure("a", "p_no_saving_given_full", 0.0978, 0.0036, "share", None, given=0.15),
            "10 %",
            "villkoret gäller i 15,0 %",
        ),
    ],
)
def test_statuses_have_words(figure: Figure, value: str, note: str) -> None:
    """What is infinite, undefined, conditional or at a spike says so."""
    shown = cell(figure)
    assert (plain(shown.value), plain(shown.note)) == (value, note)
