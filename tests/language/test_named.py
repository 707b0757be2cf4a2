"""Texts of scenarios: the program's own are translated, a person's own are left alone."""

from __future__ import annotations

import pickle

import pytest

from models.language import Name, inside, language, named, noun, say, speaking
from models.spoken import listed
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


def test_a_name_inside_a_sentence() -> None:
    """«The» is small inside a sentence, and where a list or a part of a sentence stands in one."""
    with speaking("en"):
        region, state, own = (named(one) for one in ("Regionen", "Staten", "Norrköpings kommun"))
        assert (region, own) == ("The region", "Norrköping Municipality")
        both = listed([region, state, own])
        assert both == "The region, the state and Norrköping Municipality"
        for who, begins, within in (
            (region, "The region", "the region"),
            (own, own, own),
            (both, both, f"the{both[3:]}"),
            (say("{who} 3", who=region), "The region 3", "the region 3"),
        ):
            assert say("{who} betalar.", who=who) == f"{begins} betalar."
            assert say("Det betalar {who}.", who=who) == f"Det betalar {within}."
            assert say("Så. {who} betalar «{who}».", who=who) == f"Så. {begins} betalar «{begins}»."


def test_our_own_names_inside_a_sentence() -> None:
    """Society is no proper name in Swedish either; a name of a person's own is left alone."""
    assert say("värt för {who}", who=noun("Samhället")) == "värt för samhället"
    assert say("värt för {who}", who=named("Kommunen")) == "värt för Kommunen"


def test_a_name_goes_between_processes() -> None:
    """What draws in another process says the same."""
    name = pickle.loads(pickle.dumps(Name("The region", "the region")))  # our own
    assert (name, inside(name)) == ("The region", "the region")
