"""Command lines that cannot be carried out: 2, in Swedish, on stderr, and nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulate.language.numbers import HARD, THIN
from simulate.language.problems import PROBLEMS
from tests.cli.calls import Caller, subprocess_call
from tests.cli.cases import CODES, FILES, VALID

ENGLISH = ("Error", "Usage", "Try ", "Invalid", "Missing", "No such", "Options", "Traceback")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files that are no scenarios."""
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def plain(text: str) -> str:
    """Return the text with ordinary spaces."""
    return text.replace(HARD, " ").replace(THIN, " ")


def all_below(folder: Path) -> set[Path]:
    """Return everything in a folder."""
    return set(folder.rglob("*"))


@pytest.mark.parametrize("code", list(CODES))
def test_each_code(call: Caller, folder: Path, code: str) -> None:
    """Each command line brings about its code, said on stderr alone."""
    before = all_below(folder)
    answer = call(*(part.format(folder=folder) for part in CODES[code]))
    assert (answer.code, answer.out) == (2, "")
    words = PROBLEMS[code]
    start = words.found.split("{")[0] or words.found.split("}")[-1]
    assert start.strip() in answer.err
    assert "tillåtet: " in answer.err and "åtgärd: " in answer.err
    assert not any(word in answer.err for word in ENGLISH)
    assert all_below(folder) == before


@pytest.mark.parametrize("name", ["binary.toml", "zero.toml", "wide.toml"])
def test_no_text(call: Caller, folder: Path, name: str) -> None:
    """A file that is no text in UTF-8 is refused with how to save it."""
    answer = call("check", folder / name)
    assert answer.code == 2
    assert "spara om filen som UTF-8" in answer.err


@pytest.mark.parametrize(
    "draws", ["0", "-1", "1000000000000", "8000001", "abc", "1e5", "1.5", "", "٣", "9" * 5000]
)
def test_draws(call: Caller, draws: str) -> None:
    """Draws are a whole number that fits in memory."""
    answer = call("run", VALID, f"--draws={draws}")
    assert (answer.code, answer.out) == (2, "")
    assert "duger inte som antal dragningar" in answer.err
    assert "ett heltal från 100 till 8 000 000" in plain(answer.err)


@pytest.mark.parametrize("seed", ["-1", "9223372036854775808", "x", "1.0"])
def test_seed(call: Caller, seed: str) -> None:
    """A seed is a whole number of 63 bits."""
    answer = call("run", VALID, f"--seed={seed}")
    assert (answer.code, answer.out) == (2, "")
    assert "duger inte som frö" in answer.err


def test_all_problems_of_a_call_at_once(call: Caller) -> None:
    """Draws, seed and settings are told together, and counted."""
    answer = call("run", VALID, "--draws", "0", "--seed", "x", "--set", "programme.delivery=1,4")
    assert answer.code == 2
    assert "3 fel" in answer.err
    assert answer.err.count("åtgärd: ") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verfy", VALID], "Kommandot 'verfy' finns inte. Menade du 'verify'?"),
        (["xyz"], "Kommandot 'xyz' finns inte."),
        (["run"], "Här saknas argumentet 'SCENARIO'."),
        (["check", VALID, "--formt"], "Flaggan '--formt' finns inte. Menade du '--format'?"),
        (["--verson"], "Flaggan '--verson' finns inte. Menade du '--version'?"),
        (["check", VALID, "--format", "xml"], "'xml' är inte något av 'text', 'json'."),
        (["check", VALID, "--set"], "Flaggan '--set' behöver ett värde."),
        (["run", VALID, "--quiet=3"], "Flaggan '--quiet' tar inget värde."),
        (["check", VALID, "b", "c"], "För många argument: b c"),
        (["check", VALID, "--lang", "de"], "'de' är inte något av 'sv', 'en'."),
        (["\x1b[31m"], "Kommandot '\\x1b[31m' finns inte."),
        (["check", VALID, "\x1b[31m"], "För många argument: \ufffd[31m"),
    ],
)
def test_usage(call: Caller, arguments: list[str], said: str) -> None:
    """What cannot be read as a command is told in Swedish, with where help is."""
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "--help" in answer.err
    assert "\x1b" not in answer.err
    assert not any(word in answer.err for word in ENGLISH)


def test_no_command(call: Caller) -> None:
    """The program alone shows its help, as a message."""
    answer = call()
    assert (answer.code, answer.out) == (2, "")
    assert "Kommandon:" in answer.err


def test_check_as_json(call: Caller) -> None:
    """Problems are data too: code, line, key, found, allowed and remedy."""
    answer = call("check", "tests/bad/share_out_of_range.toml", "--format", "json")
    assert (answer.code, answer.err) == (2, "")
    (problem,) = json.loads(answer.out)["problems"]
    assert (problem["code"], problem["key"]) == ("share_out_of_range", "contract.clauses[0].share")
    assert problem["line"] > 0
    assert problem["found"] == "1.4 är ingen andel"
    assert problem["allowed"] == "en andel mellan 0 och 1"
    assert problem["remedy"].startswith("skriv t.ex. 0.4")


def test_path_cannot_steer_the_terminal(call: Caller) -> None:
    """The name of a file is printed without its control characters."""
    answer = call("check", "./\x1b[31m\u202e.toml")
    assert answer.code == 2
    assert "\x1b" not in answer.err and "\u202e" not in answer.err


def test_in_a_process_of_its_own() -> None:
    """The code reaches the shell, the message stderr, and no traceback anybody."""
    answer = subprocess_call("check", "tests/bad/unknown_key.toml")
    assert (answer.code, answer.out) == (2, "")
    assert "rad 26, parties.fond.discuont_rate: okänd nyckel discuont_rate" in answer.err
    assert "menade du discount_rate?" in answer.err


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--given", "saving=1mkr", "--drawn", "11mkr"), "högst 10 mkr"),
        (("--given", "saving=1mkr", "--given", "saving=2mkr"), "saving förekommer två gånger"),
    ],
)
def test_what_no_contract_allows(call: Caller, arguments: tuple[str, ...], found: str) -> None:
    """More than was committed cannot be drawn, and an outcome is given once."""
    answer = call("contract", "team_nystart", "--given", "school_points=1", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert found in plain(answer.err)


def test_nothing_committed(call: Caller) -> None:
    """A contract without anything to draw is refused."""
    answer = call("check", "team_nystart", "--set", "contract.committed=0 kr")
    assert answer.code == 2
    assert "contract.committed" in answer.err


@pytest.mark.parametrize("command", ["design", "gates", "characteristics"])
def test_a_fund_where_a_contract_is_asked_about(call: Caller, command: str) -> None:
    """What is wrong with the call is told beside that there is no contract."""
    answer = call(command, "norrkoping_fond_plan", "--draws", "1", "--seed", "x")
    assert (answer.code, answer.out) == (2, "")
    assert "3 fel" in answer.err and "scenariot har inget kontrakt" in answer.err


def test_chapters_that_a_fund_has_not(call: Caller) -> None:
    """One reason, although several chapters have it; and in which file."""
    answer = call("run", "norrkoping_fond_plan", "--chapters", "gates,characteristics,design")
    assert answer.code == 2
    assert "norrkoping_fond_plan.toml: 1 fel" in answer.err


def test_too_many_designs(call: Caller) -> None:
    """Too many measurements are that, and not a contract without any."""
    vary = ("--vary", "measurements.saving.comparison.persons=1:30000:20000")
    answer = call("design", VALID, *vary, "--vary", "measurements.saving.drift=0,0.1")
    assert answer.code == 2
    assert "1 fel" in answer.err and "40 000" in plain(answer.err)


def test_a_meeting_that_is_told_of_twice(call: Caller) -> None:
    """One of the two would win without a word."""
    known = "2027-03-01:cost=55mkr,expected=60mkr,persons=80"
    twice = (part for one in (known, known.replace("80", "81")) for part in ("--known", one))
    answer = call("gates", "exempel_insatsrad", *twice)
    assert answer.code == 2
    assert "--known: 2027-03-01 är angivet två gånger" in answer.err
