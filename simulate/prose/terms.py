"""The terms on which the fund is filled again, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.language import mark, say, say_count
from simulate.prose.words import number
from simulate.scenario.tree.aterforing import RULE_WORDS, Aterforing, Terms

GAP_WORDS: Mapping[str, str] = {
    "namnd": mark(
        "Har en nämnd hittills återfört mindre än planerat för en investering betalar den ändå "
        "mellanskillnaden: gapet bärs av nämnden, inte av fonden."
    ),
    "provider": mark(
        "Har en nämnd hittills återfört mindre än planerat för en investering betalar den som "
        "driver investeringen mellanskillnaden till fonden: gapet bärs av utföraren, inte av "
        "fonden."
    ),
}


def terms_in_words(terms: Terms) -> Iterator[str]:
    """Yield what terms say, a sentence at a time; only what departs from the rule is said of it."""
    yield say(RULE_WORDS[terms.rule])
    if terms.rule == "realised_share" and terms.share is not None:
        yield say("Andelen är {share}.", share=number(terms.share))
    if terms.gap in GAP_WORDS and terms.rule != "planned":
        yield say(GAP_WORDS[terms.gap])
    if terms.ceiling is not None:
        yield say(
            "En investering återför som mest {times} gånger det beviljade.",
            times=number(terms.ceiling),
        )
    if terms.lag:
        yield say_count(
            "Återföringen kommer {count} år efter besparingen.",
            "Återföringen kommer {count} år efter besparingen.",
            terms.lag,
        )
    abolished = terms.abolished if isinstance(terms, Aterforing) else None
    if abolished is not None:
        yield say(
            "Från {year} är sannolikheten {hazard} varje år att återföringen avskaffas; från och "
            "med det året återförs ingenting mer.",
            year=abolished.first_year,
            hazard=number(abolished.hazard),
        )
