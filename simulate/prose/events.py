"""What several effect lines of an investment have in common, in words."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import named, say
from models.spoken import listed
from simulate.prose.paragraph import Paragraph
from simulate.prose.words import number
from simulate.scenario.tree.investment import Investment, Priced


def events(place: str, one: Investment) -> Iterator[Paragraph]:
    """Yield each event of an investment, and the lines that there are only with it.

    Args:
        place: key of the investment.
        one: the investment.
    """
    after = one.implementation
    lines = [*one.effects, *(after.effects if after else ())]
    for name, chance in one.events.items():
        titles = [
            named(line.title) for line in lines if isinstance(line, Priced) and line.event == name
        ]
        text = (
            say(
                "Händelsen {event} har sannolikheten {chance}. {lines} finns bara i de framtider "
                "där den inträffar, och då i samma.",
                event=name,
                chance=number(chance),
                lines=listed([f"«{title}»" for title in titles]),
            )
            if titles
            else say(
                "Händelsen {event} har sannolikheten {chance}, men ingen rad hänger på den.",
                event=name,
                chance=number(chance),
            )
        )
        yield Paragraph(text, key=f"{place}.events.{name}")
