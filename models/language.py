"""The language of what a person reads: Swedish, unless another is asked for.

Every sentence of the program stands in the code in Swedish and is looked up when it is shown, in
the catalogue of the language that is spoken; what a catalogue lacks is said in Swedish. Files,
results and cached posteriors hold facts and codes, never sentences, so that the same run can be
read in any language.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

SWEDISH, ENGLISH = "sv", "en"
LANGUAGES = (SWEDISH, ENGLISH)
DOMAIN = "socialrisk"
CATALOGUES = Path(__file__).parent / "locale"
# The texts of the scenarios that come with the program have a catalogue of their own.
SCENARIOS = "scenarios"
OF_SCENARIOS = Path(__file__).parents[1] / "scenarios" / "locale"

_spoken: ContextVar[str] = ContextVar("language", default=SWEDISH)


def language() -> str:
    """Return the language that is spoken now, one of :data:`LANGUAGES`."""
    return _spoken.get()


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak a language inside a ``with`` block.

    Raises:
        ValueError: the program does not know the language.

    Example:
        >>> with speaking("en"):
        ...     language()
        'en'
        >>> language()
        'sv'
    """
    if name not in LANGUAGES:
        raise ValueError(f"{name}: not one of {', '.join(LANGUAGES)}")
    token = _spoken.set(name)
    try:
        yield
    finally:
        _spoken.reset(token)


def say(message: str, /, **values: object) -> str:
    """Return a Swedish sentence in the language that is spoken, its braces filled in.

    Args:
        message: a literal, so that the extraction of messages finds it, or what :func:`mark` gave.
        values: for the names in braces; without any, braces stand for themselves.

    Example:
        >>> say("{count} fel", count=3)
        '3 fel'
    """
    text = _catalogue(DOMAIN, CATALOGUES, language()).gettext(message) if message else ""
    return text.format(**values) if values else text


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the sentence for one or for many, with ``{count}`` filled in.

    Example:
        >>> say_count("{count} nämnd", "{count} nämnder", 2)
        '2 nämnder'
    """
    text = _catalogue(DOMAIN, CATALOGUES, language()).ngettext(one, many, count)
    return text.format(count=count, **values)


def mark(message: str) -> str:
    """Return ``message`` itself: marks a sentence that is kept now and said later.

    Example:
        >>> say(mark("Kontraktet"))
        'Kontraktet'
    """
    return message


def named(text: str) -> str:
    """Return a text of a scenario in the language that is spoken, where its catalogue has it.

    A source that is put together of several («a; b») is looked up as a whole, then part by part.

    Example:
        >>> with speaking("en"):
        ...     named("En text som ingen har översatt")
        'En text som ingen har översatt'
    """
    whole = _catalogue(SCENARIOS, OF_SCENARIOS, language()).gettext(text) if text else ""
    first, more, rest = text.partition("; ")
    return f"{named(first)}; {named(rest)}" if more and whole == text else whole


@cache
def _catalogue(domain: str, folder: Path, name: str) -> gettext.NullTranslations:
    return gettext.translation(domain, folder, [name], fallback=True)
