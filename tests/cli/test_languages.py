"""The program in English: help, errors and answers; what programs read is in no language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.units import UNITS
from simulate.cli.main import COMMANDS
from simulate.errors import BadInput
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.cli.calls import Caller
from tests.cli.cases import CODES, FILES, VALID

BAD = sorted((Path(__file__).parents[1] / "bad").glob("[!_]*.toml"))


# Names, and terms that English keeps in parentheses.
KEPT = {"norrköping", "återkomst", "återföring", "nämnd", "nämnder", "örebro", "öre"}


def swedish(text: str) -> set[str]:
    """Return the words with Swedish letters."""
    return set(re.findall(r"\w*[åäöÅÄÖ]\w*", text))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_english(call: Caller, command: str) -> None:
    """Every help page is in English throughout, click's own words and ours."""
    answer = call(*command.split(), "--help", "--lang", "en")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Usage: simulate")
    assert "Options:" in answer.out and "Show this message and exit." in answer.out
    assert swedish(answer.out) == set()
    for word in ("FLAGGOR", "KOMMANDO", "annars", "Visa"):
        assert word not in answer.out


def test_the_language_stands_anywhere(call: Caller) -> None:
    """It is found before and after the command, and with an equals sign."""
    for arguments in (("--lang=en", "list", "-h"), ("list", "-h", "--lang", "en")):
        assert call(*arguments).out.startswith("Usage: ")
    assert call("--lang", "en", "list", "--lang", "sv", "-h").out.startswith("Användning: ")


def test_the_language_of_the_environment(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIMULATE_LANG decides where the command line says nothing, and must be a language."""
    monkeypatch.setenv("SIMULATE_LANG", "en")
    assert call("-h").out.startswith("Usage: ")
    assert call("-h", "--lang", "sv").out.startswith("Användning: ")
    monkeypatch.setenv("SIMULATE_LANG", "de")
    answer = call("list")
    assert answer.code == 2
    assert "Värdet på '--lang' duger inte" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verfy", VALID], "Error: No such command 'verfy'. Did you mean 'verify'?"),
        (["run"], "Error: Missing argument 'SCENARIO'."),
        (["check", VALID, "--set"], "Error: Option '--set' requires an argument."),
        (["check", VALID, "b", "c"], "Error: Got unexpected extra arguments (b c)"),
    ],
)
def test_usage_in_english(call: Caller, arguments: list[str], said: str) -> None:
    """What cannot be read as a command is told in click's own English."""
    answer = call("--lang", "en", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "remedy: see simulate" in answer.err
    assert swedish(answer.err) == set()


@pytest.mark.parametrize("code", list(CODES))
def test_each_code_in_english(call: Caller, tmp_path: Path, code: str) -> None:
    """Bad command lines are told in English."""
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    answer = call("--lang", "en", *(part.format(folder=tmp_path) for part in CODES[code]))
    assert (answer.code, answer.out) == (2, "")
    assert "allowed: " in answer.err and "remedy: " in answer.err
    assert swedish(answer.err) == set()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_scenarios_in_english(call: Caller, path: Path) -> None:
    """Nothing in what is said of a file is Swedish but what is quoted from it, and units."""
    answer = call("check", path, "--lang", "en")
    assert answer.code == 2
    own = swedish(path.read_text(encoding="utf-8", errors="replace"))
    assert swedish(answer.err) <= own | swedish(" ".join(UNITS))


def test_answers_in_english(call: Caller) -> None:
    """Check and contract answer in English."""
    answer = call("check", VALID, "--lang", "en")
    assert "no errors" in answer.out
    answer = call("list", "--prices", "--lang", "en")
    assert "SEK/day" in answer.out and swedish(answer.out) == set()
    answer = call("contract", "halsoobligation", "--lang", "en")
    assert "33,000,000.00 SEK" in answer.out
    assert "Public sources do not say:" in answer.out


@pytest.mark.parametrize("scenario", list(shipped()))
def test_shipped_scenarios_are_described_in_english(call: Caller, scenario: str) -> None:
    """No text of a scenario that comes with the program is left in Swedish."""
    for command in ("describe", "check"):
        answer = call(command, scenario, "--lang", "en")
        assert answer.code == 0
        assert {word.lower() for word in swedish(answer.out)} <= KEPT


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "tests/bad/share_out_of_range.toml"),
        ("check", VALID),
        ("contract", "halsoobligation"),
        ("list",),
        ("list", "--prices"),
    ],
)
def test_programs_read_no_language(call: Caller, arguments: tuple[str, ...]) -> None:
    """Output for programs is the same bytes whatever language is spoken."""
    answers = [call(*arguments, "--format", "json", "--lang", lang) for lang in ("sv", "en")]
    assert answers[0] == answers[1]


def test_what_went_wrong_is_said_when_it_is_shown() -> None:
    """The error of a file that was read in Swedish is Swedish without anything being set."""
    with pytest.raises(BadInput, match="tillåtet: "):
        load(BAD[0])
