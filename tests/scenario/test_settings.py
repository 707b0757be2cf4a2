"""``--set KEY=VALUE``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from models import distributions as d
from models.number import Number
from simulate.errors import BadInput, Problem
from simulate.scenario.read import find, load
from simulate.scenario.register import register

VALID = Path(__file__).parents[1] / "bad" / "_valid.toml"


def number(setting: str, path: Path = VALID) -> Number:
    """Return the number that a setting changes."""
    key = setting.partition("=")[0].strip()
    return next(one for one in register(load(path, [setting]).scenario) if one.key == key)


def refused(*settings: str) -> tuple[Problem, ...]:
    """Return the problems that settings bring about."""
    with pytest.raises(BadInput) as caught:
        load(VALID, settings)
    return caught.value.problems


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("programme.delivery=0.5", d.Fixed(0.5)),
        ("programme.delivery = 50 %", d.Fixed(0.5)),
        ('programme.delivery="50 %"', d.Fixed(0.5)),
        ("programme.delivery={ beta = { a = 3, b = 2 } }", d.Beta(3.0, 2.0)),
        ("programme.duration=18 månader", d.Fixed(1.5)),
        ("contract.clauses.share.share=0.7", d.Fixed(0.7)),
        ("programme.cost_lines.staff.amount=3 mkr", d.Fixed(3e6)),
        ("outcomes.cost.effect=0", d.Fixed(0.0)),
    ],
)
def test_values(setting: str, expected: d.Distribution) -> None:
    """A value is TOML, or else text; list items go by their id."""
    assert number(setting).distribution == expected


def test_other_types() -> None:
    """Flags, days, lists and tables are set like numbers."""
    scenario = load(
        VALID,
        [
            "contract.clauses.guarantee.requires_delivery=false",
            "contract.pays_on=2025-06-30",
            "contract.drawn_on=[2020-02-01, 2021-02-01]",
            "contract.cap=unlimited",
            "title=En annan titel",
        ],
    ).scenario
    assert scenario.contract.pays_on == dt.date(2025, 6, 30)
    assert len(scenario.contract.drawn_on) == 2
    assert scenario.contract.cap.unlimited
    assert scenario.title == "En annan titel"


def test_the_last_setting_counts() -> None:
    """A key that is set twice has the later value."""
    loaded = load(VALID, ["programme.cohorts=3", "programme.cohorts=5"])
    assert loaded.scenario.programme.cohorts == 5


def test_the_file_is_left() -> None:
    """A setting holds for one reading; the file and the next reading are as before."""
    before = VALID.read_bytes()
    load(VALID, ["programme.cohorts=3"])
    assert VALID.read_bytes() == before
    assert load(VALID).scenario.programme.cohorts == 2


def test_a_set_number_has_a_source_of_its_own() -> None:
    """A value that was set is an assumption of the command line, not of the file."""
    path = find("team_nystart")
    new = number("parties.kommun.discount_rate=2 %", path)
    assert new.distribution == d.Fixed(0.02)
    assert (new.source, new.kind) == ("angivet med --set", "assumption")
    assert (new.known_from, new.hindsight, new.reason) == (None, False, None)


def test_a_set_number_does_not_inherit() -> None:
    """Where the file's number inherits the source of its table, the one that is set does not."""
    new = number("contract.committed=9 mkr", find("team_nystart"))
    assert (new.source, new.kind) == ("angivet med --set", "assumption")


def test_the_plain_data_says_what_was_set() -> None:
    """The copy of the scenario in a run folder carries the new source too."""
    raw = load(find("team_nystart"), ["measurements.saving.comparison.persons=500"]).raw
    assert raw["measurements"]["saving"]["comparison"]["persons"] == {
        "value": 500,
        "source": "angivet med --set",
        "kind": "assumption",
    }


def test_new_notes_win() -> None:
    """A setting that is a table may bring notes of its own."""
    setting = 'society.inflation={ value = 0.03, source = "ny", kind = "expert" }'
    new = number(setting)
    assert (new.source, new.kind, new.distribution) == ("ny", "expert", d.Fixed(0.03))


def test_unknown_key() -> None:
    """A key that is not there is refused with the whole key that was probably meant."""
    (problem,) = refused("contract.clauses.shar.share=1")
    assert (problem.code, problem.key, problem.line) == ("unknown_setting", "--set", 0)
    assert "menade du contract.clauses.share?" in problem.words.remedy
    assert problem.words.allowed == "guarantee, share"


def test_below_a_value() -> None:
    """A key below a plain value is refused in words."""
    (problem,) = refused("title.x=1")
    assert problem.words.allowed == "ingen nyckel: här står ett värde"


@pytest.mark.parametrize("setting", ["x", "=1", "", " = 3"])
def test_not_an_assignment(setting: str) -> None:
    """A setting without key or equals sign is refused."""
    assert [one.code for one in refused(setting)] == ["bad_assignment"]


def test_all_at_once() -> None:
    """Bad settings, bad values and their consequences are told together."""
    found = refused("x=1", "y", "programme.delivery=1.4", "contract.payer=staten")
    assert sorted(one.code for one in found) == [
        "bad_assignment", "share_out_of_range", "unknown_party", "unknown_setting",
    ]  # fmt: skip


def test_a_set_value_has_no_line() -> None:
    """The file is not blamed for what a setting put in."""
    (problem,) = refused("programme.delivery=1.4")
    assert (problem.key, problem.line) == ("programme.delivery", 0)


@pytest.mark.parametrize("value", ["9" * 10_000, "[" * 100_000, "'"], ids=lambda one: one[:12])
def test_what_is_not_toml_is_text(value: str) -> None:
    """A value that no TOML reader can read is taken as it stands."""
    assert load(VALID, [f"title={value}"]).scenario.title == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0x" + "f" * 100, "integer_too_large"),
        ("[" * 200 + "]" * 200, "too_deep"),
        ("\udcff", "control_character"),
        ("\x1b[31m", "control_character"),
        ("", "empty_text"),
    ],
    ids=lambda value: ascii(value[:12]),
)
def test_hostile_values(value: str, code: str) -> None:
    """Whatever is set, the answer is a message."""
    assert [one.code for one in refused(f"title={value}")] == [code]
