"""What goes on after its grant, in words that more than one page needs."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import named, say
from simulate.scenario.tree.investment import Implementation


def both_pay(after: Implementation) -> Iterator[str]:
    """Yield each year that both the grant and ordinary operations pay, and how they share it."""
    for year, reason in after.shared_years.items():
        yield say(
            "{year} betalar både anslaget och driften: {reason}.", year=year, reason=named(reason)
        )
