"""From the bytes of a file to a scenario: encodings, sources, and what was known when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from models.number import Number
from simulate.errors import BadInput, Problem
from simulate.scenario.read import find, load
from simulate.scenario.register import hindsight, register

VALID = (Path(__file__).parents[1] / "bad" / "_valid.toml").read_text(encoding="utf-8")


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the plain scenario with some text replaced; return the file."""
    text = VALID
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def numbers(path: Path) -> dict[str, Number]:
    """Return the numbers of a scenario by key."""
    return {number.key: number for number in register(load(path).scenario)}


def problems(path: Path) -> list[Problem]:
    """Return the problems of a file."""
    with pytest.raises(BadInput) as caught:
        load(path)
    return list(caught.value.problems)


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("line_break", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_byte_order_mark_and_line_breaks(tmp_path: Path, bom: bytes, line_break: bytes) -> None:
    """With or without byte order mark, with LF or CRLF, the same scenario is read."""
    path = tmp_path / "same.toml"
    path.write_bytes(bom + VALID.encode("utf-8").replace(b"\n", line_break))
    expected = load(write(tmp_path))
    assert load(path) == expected


def test_line_breaks_keep_the_lines(tmp_path: Path) -> None:
    """A problem is on the same line with CRLF and a byte order mark as without."""
    path = write(tmp_path, ("cohorts = 2", "cohorts = 2.5"))
    line = problems(path)[0].line
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert [one.line for one in problems(path)] == [line] != [0]


def test_sources_are_inherited(tmp_path: Path) -> None:
    """A number without source takes that of the nearest table, with the kind stated there."""
    path = write(
        tmp_path,
        ("[society]\n", '[society]\nsource = "tabellen"\nkind = "published"\n'),
        ("inflation = 0.02", 'inflation = { value = 0.02, source = "eget", kind = "expert" }'),
    )
    found = numbers(path)
    assert (found["society.discount_rate"].source, found["society.discount_rate"].kind) == (
        "tabellen", "published",
    )  # fmt: skip
    assert (found["society.inflation"].source, found["society.inflation"].kind) == (
        "eget", "expert",
    )  # fmt: skip
    share = found["contract.clauses.guarantee.share"]
    assert (share.source, share.kind) == ("skrivet för test", "assumption")


def test_own_source_needs_own_kind(tmp_path: Path) -> None:
    """Whoever states a source of their own says what kind it is."""
    path = write(tmp_path, ("inflation = 0.02", 'inflation = { value = 0.02, source = "eget" }'))
    assert [(one.code, one.key) for one in problems(path)] == [("no_kind", "society.inflation")]


KNOWN_LATER = ("inflation = 0.02", "inflation = { value = 0.02, known_from = 2021-06-01 }")


def test_what_became_known_later_is_refused(tmp_path: Path) -> None:
    """A number that was not known at signing cannot be used."""
    assert [one.code for one in problems(write(tmp_path, KNOWN_LATER))] == ["later_than_signed"]


def test_what_was_known_is_accepted(tmp_path: Path) -> None:
    """A number that became known on the very day of signing can be used."""
    change = ("inflation = 0.02", "inflation = { value = 0.02, known_from = 2020-01-01 }")
    assert numbers(write(tmp_path, change))["society.inflation"].known_from == dt.date(2020, 1, 1)


def test_hindsight_with_reason_is_accepted(tmp_path: Path) -> None:
    """Hindsight is accepted with a reason, and is listed."""
    old, new = KNOWN_LATER
    marked = new.replace("}", ', hindsight = true, reason = "målet trycktes sent" }')
    loaded = load(write(tmp_path, (old, marked)))
    assert [(one.key, one.reason) for one in hindsight(loaded.scenario)] == [
        ("society.inflation", "målet trycktes sent")
    ]


def test_hindsight_without_reason_is_refused(tmp_path: Path) -> None:
    """Hindsight is not accepted in silence."""
    old, new = KNOWN_LATER
    path = write(tmp_path, (old, new.replace("}", ", hindsight = true }")))
    assert [one.code for one in problems(path)] == ["hindsight_without_reason"]


def test_judged_moves_the_day(tmp_path: Path) -> None:
    """What is judged later may use what was known then, and nothing later still."""
    judged = "signed = 2020-01-01\njudged = 2021-12-31"
    path = write(tmp_path, KNOWN_LATER, ("signed = 2020-01-01", judged))
    assert load(path).scenario.known_until == dt.date(2021, 12, 31)
    path = write(tmp_path, KNOWN_LATER, ("signed = 2020-01-01", judged.replace("12-31", "05-31")))
    assert [one.code for one in problems(path)] == ["later_than_signed"]


@pytest.mark.parametrize("name", ["a/b", "a\\b", "C:\\egna\\mitt", "mitt.toml", "./team_nystart"])
def test_paths(name: str) -> None:
    """A slash of either kind, or .toml, makes an argument a file."""
    assert find(name) == Path(name)


def test_names() -> None:
    """Anything else is a shipped scenario, or is refused with the one that was probably meant."""
    assert find("team_nystart").name == "team_nystart.toml"
    with pytest.raises(BadInput) as caught:
        find("team_nystat")
    assert "menade du team_nystart?" in caught.value.problems[0].words.remedy
