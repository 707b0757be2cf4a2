"""Commands that study a scenario whose evidence did not pass its diagnosis."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.cli.calls import Answer, Caller
from tests.support.made import pretend

NAME = "team_nystart"
PAGES = {"sensitivity": "kanslighet", "design": "matning", "gates": "insatsrad"}
SAID = "Diagnosen underkänner evidens som svaret bygger på."


def asked(call: Caller, command: str, folder: Path, *more: str) -> Answer:
    """Return the answer of a command on posteriors that fail."""
    pretend(load(shipped()[NAME]), folder, divergences=900)
    return call(command, NAME, "--draws", "2048", "--output", folder, "--quiet", *more)


@pytest.mark.parametrize("command", PAGES)
def test_it_is_refused(call: Caller, tmp_path: Path, command: str) -> None:
    """Nothing is written, and the reasons and the way out are told."""
    answer = asked(call, command, tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "diagnosen underkänner anpassningen" in answer.err
    assert "900" in answer.err and "--accept-failed" in answer.err
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.slow
@pytest.mark.parametrize("command", PAGES)
def test_where_it_is_accepted_the_page_says_so(call: Caller, tmp_path: Path, command: str) -> None:
    """On the page before any answer, and on stderr."""
    answer = asked(call, command, tmp_path, "--accept-failed")
    assert (answer.code, answer.err) == (0, f"{SAID}\n")
    page = (tmp_path / NAME / f"{PAGES[command]}.sv.html").read_text(encoding="utf-8")
    assert page.index(SAID) < page.index("<h2")
