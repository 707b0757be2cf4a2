"""What the documentation says of the characteristics is what they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulate.operating import Study
from simulate.operating.sentences import answers
from simulate.scenario.tree.measurements import MEASUREMENTS, CostSaving
from tests.operating.test_characteristics import TABLE, exact

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"^> ?", "", text, flags=re.MULTILINE).split())


@pytest.mark.slow
def test_the_guide_quotes_the_two_sentences(nystart_study: Study) -> None:
    """The guide explains the sentences that the command prints."""
    guide = _plain((DOCS / "guide.md").read_text(encoding="utf-8"))
    for answer in answers(nystart_study):
        assert _plain(answer) in guide


@pytest.mark.slow
def test_the_paper_has_the_figures_of_the_command(nystart_study: Study) -> None:
    """The decision paper's table is what the command finds, in whole per cent."""
    (paper,) = (DOCS / "beslut").glob("0023-*.md")
    rows = re.findall(
        r"^\| \**([^|*]+)\** \| \**(\d+) %\** \| \**(\d+) %\** \|$",
        paper.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    levels = {
        "jämförelsegrupp 244": ("comparison", 244.0),
        "120 deltagare": ("participants", 120.0),
        "tre års fönster": ("window", 3.0),
        "full indexering": ("indexation", 1.0),
    }
    assert len(rows) == 1 + len(levels)
    for name, full, only in rows:
        without, reached = nystart_study.without, nystart_study.reached
        if name.strip() in levels:
            moved = nystart_study.level(*levels[name.strip()])
            assert moved is not None
            without, reached = moved.without, moved.reached
        assert reached is not None
        found = without.value("p_full"), reached.value("p_only")
        assert [round(100 * one) for one in found] == [int(full), int(only)], name


def test_the_method_has_the_exact_table() -> None:
    """The table of what is paid for nothing is that of the quadrature, as rounded."""
    text = (DOCS / "metod.md").read_text(encoding="utf-8").replace(",", ".")
    for cv in TABLE:
        calm, drifting = exact(cv, (0.0, 0.0)), exact(cv, (0.08, 0.08))
        row = (
            f"| {cv} | {100 * calm[0]:.1f} % | {calm[1]:.3f} "
            f"| {100 * drifting[0]:.1f} % | {drifting[1]:.3f} |"
        )
        assert row in text


def test_every_rule_for_the_missing_is_in_the_method() -> None:
    """No rule that a scenario may state is left unexplained."""
    text = (DOCS / "metod.md").read_text(encoding="utf-8")
    with_rules = [kind for kind in MEASUREMENTS.values() if "missing" in kind.model_fields]
    assert len(with_rules) >= 3
    for kind in with_rules:
        annotation = kind.model_fields["missing"].annotation
        for rule in getattr(annotation, "__args__", ()):
            assert f"`{rule}`" in text
    for name in ("followed", "alternatives", *("persons", "window", "window_from", "weight")):
        assert f"`{name}`" in text
    assert "alternatives" in CostSaving.model_fields
