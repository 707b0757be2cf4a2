"""Texts of scenarios: the program's own are translated, a person's own are left alone."""

from __future__ import annotations

import pytest

from models.language import language, named, say, speaking
from simulate.scenario.prices import prices


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Norrköpings kommun", "Norrköping Municipality"),
        ("Vår egen kommun", "Vår egen kommun"),
        ("en egen källa; antas", "en egen källa; assumed"),
        ("", ""),
    ],
)
def test_a_text_of_a_scenario(text: str, said: str) -> None:
    """What the catalogue lacks stands as it is written, part by part."""
    assert named(text) == text
    with speaking("en"):
        assert named(text) == said


def test_the_source_of_a_price_with_a_source_of_its_own() -> None:
    """A source that is added to that of the price list leaves the list's part translated."""
    price = prices()["hvb_dygn_sbu_2018"]
    with speaking("en"):
        text = named(f"{price.citation}; vår egen bedömning")
    assert text.startswith("price list, hvb_dygn_sbu_2018: SBU report 279")
    assert text.endswith(
        "borne by the committee; residential care (HVB) for young people; vår egen bedömning"
    )


def test_a_message_is_no_text_of_a_scenario() -> None:
    """The two catalogues are apart: a scenario may use the program's words for its own."""
    with speaking("en"):
        assert say("godkänd") == "passed"
        assert named("godkänd") == "godkänd"


def test_an_unknown_language() -> None:
    """Only the languages of the program are spoken, and the one before comes back."""
    with pytest.raises(ValueError, match="de: not one of sv, en"), speaking("de"):
        pass
    assert language() == "sv"
