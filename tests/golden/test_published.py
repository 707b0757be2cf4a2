"""Scenarios quote the published figures, and the published figures add up the way they should."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from models.number import Number
from models.rows.synthetic import COLUMN, YES
from simulate.scenario.read import load
from simulate.scenario.resolve import numbers
from simulate.scenario.shipped import folder, shipped


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a published table."""
    with (folder() / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(source: str, name: str) -> float:
    """Return one printed figure in its canonical unit."""
    found = [r for r in rows("figures.csv") if (r["source"], r["id"]) == (source, name)]
    assert len(found) == 1, name
    return float(found[0]["value"])


def quoted(scenario: str) -> dict[str, Number]:
    """Return the numbers of a shipped scenario by key."""
    return {number.key: number for number in numbers(load(shipped()[scenario]).scenario)}


ACCOUNT = "slutredovisning"
QUOTES = [
    ("programme.participants", "participants"),
    ("contract.committed", "committed"),
    ("contract.clauses.guarantee.share", "guarantee_share"),
    ("measurements.saving.comparison.expected", "expected_cost"),
    ("measurements.saving.actual", "actual_cost"),
    ("evidence.kostnad.treated.total", "actual_cost"),
    ("evidence.skola.negative", "school_negative"),
    ("evidence.skola.neutral", "school_neutral"),
    ("evidence.skola.positive", "school_positive"),
    ("evidence.skola.undeterminable", "school_undeterminable"),
    ("evidence.skola.not_due", "school_not_yet_assessable"),
    ("evidence.skola.point_sum", "school_points"),
    ("measurements.school_points.stated", "school_points"),
    ("programme.cost_lines.tutoring.ceiling.amount", "tutoring_ceiling"),
    ("contract.cases.two_years.readings.saving", "saving_two_years"),
    ("contract.cases.three_years.readings.saving", "saving_three_years_preliminary"),
    ("contract.cases.two_years.drawn", "drawn"),
]


@pytest.mark.parametrize(("key", "name"), QUOTES)
def test_the_account_is_quoted_as_printed(key: str, name: str) -> None:
    """A number that the final account prints stands so in the scenario."""
    low, high = quoted("team_nystart_slutredovisning")[key].distribution.support()
    assert low == high == printed(ACCOUNT, name)


def test_the_cap_is_the_drawn_amount_and_a_fifth() -> None:
    """The ceiling of the payment is 1.2 × drawn, as drawn plus 20 per cent."""
    cap = quoted("team_nystart")["contract.cap.of_drawn"].distribution.support()[0]
    assert cap == pytest.approx(1 + printed(ACCOUNT, "upside_share"), abs=1e-12)


def test_cost_lines_add_up_to_what_was_drawn() -> None:
    """64, 20, 9 and 7 per cent of 7.5 mkr are the four lines, and they sum to the drawn amount."""
    found = quoted("team_nystart_slutredovisning")
    drawn = printed(ACCOUNT, "drawn")
    lines = {"staff": "staff_share", "tutoring": "tutoring_share",
             "overhead": "overhead_share", "intermediary": "intermediary_share"}  # fmt: skip
    total = 0.0
    for line, share in lines.items():
        amount = found[f"programme.cost_lines.{line}.amount"].distribution.support()[0]
        assert amount == pytest.approx(printed(ACCOUNT, share) * drawn, abs=0.5)
        total += amount
    assert total == drawn


def test_comparison_total_is_the_expected_cost_for_61() -> None:
    """The comparison group's total is the expected cost of 60 scaled to its 61 persons."""
    found = quoted("team_nystart_slutredovisning")
    total = found["evidence.kostnad.comparison.total"].distribution.support()[0]
    assert total == pytest.approx(printed(ACCOUNT, "expected_cost") * 61 / 60, abs=0.01)


def test_cost_per_person_at_signing() -> None:
    """Cost per person at signing is 101.6 mkr over 60 persons, and is marked as hindsight."""
    number = quoted("team_nystart")["outcomes.social_cost.cost_per_person"]
    assert number.distribution.support()[0] == pytest.approx(
        printed(ACCOUNT, "expected_cost") / 60, abs=0.01
    )
    assert number.hindsight


def test_skolfam_totals_are_the_printed_sums() -> None:
    """The evidence quotes the printed sums, which differ from the lines by one krona each."""
    table = {row["line"]: row for row in rows("skolfam2_costs.csv")}
    found = quoted("team_nystart")
    for arm, column in (("treated", "skolfam2_sek"), ("comparison", "control_sek")):
        total = float(table["SUM printed"][column])
        lines = sum(float(row[column]) for row in table.values() if row["group"])
        assert found[f"evidence.skolfam2.{arm}.total"].distribution.support()[0] == total
        assert abs(lines - total) == 1.0
        persons = found[f"evidence.skolfam2.{arm}.n"].distribution.support()[0]
        assert total / persons == pytest.approx(float(table["PER CHILD printed"][column]), abs=0.5)


def tables() -> Iterator[str]:
    """Yield the names of the published tables; made-up rows have no source."""
    for path in sorted((folder() / "data").glob("*.csv")):
        if COLUMN not in path.name:
            yield path.name


def test_made_up_rows_say_so() -> None:
    """A file of made-up rows says it in its name and in every row."""
    found = [p for p in (folder() / "data").glob("*.csv") if COLUMN in p.name]
    assert found
    for path in found:
        with path.open(encoding="utf-8", newline="") as file:
            marked = [row[COLUMN] for row in csv.DictReader(file, delimiter=";")]
        assert set(marked) == {YES}


@pytest.mark.parametrize("name", list(tables()))
def test_every_published_row_has_a_source(name: str) -> None:
    """Every row of a published table says where it was printed."""
    for row in rows(name):
        assert row.get("source") or row.get("source_and_note"), row
