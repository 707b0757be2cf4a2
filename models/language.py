"""The language of what a person reads: Swedish, unless another is asked for.

Every sentence of the program stands in the code in Swedish and is looked up when it is shown, in
the catalogue of the language that is spoken; what a catalogue lacks is said in Swedish. Files,
results and cached posteriors hold facts and codes, never sentences, so that the same run can be
read in any language.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter

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


class Name(str):
    """A name, and how it stands inside a sentence: there «The region» is «the region».

    :func:`say` puts in which of the two belongs where; what begins with a name is one itself.

    Attributes:
        inside: inside a sentence.

    Example:
        >>> say("{who} betalar", who=Name("The region", "the region"))
        'The region betalar'
        >>> say("det betalar {who}", who=Name("The region", "the region"))
        'det betalar the region'
    """

    __slots__ = ("inside",)
    inside: str

    def __new__(cls, text: str, inside: str) -> Name:
        """Return a name that begins a sentence as ``text``."""
        made = super().__new__(cls, text)
        made.inside = inside
        return made

    def __reduce__(self) -> tuple[type[Name], tuple[str, str]]:
        return Name, (str(self), self.inside)


def noun(text: str) -> Name:
    """Return a name that has a small letter inside a sentence.

    Example:
        >>> noun("Samhället").inside
        'samhället'
    """
    return Name(text, text[:1].lower() + text[1:])


def inside(text: str) -> str:
    """Return a text as it stands inside a sentence."""
    return text.inside if isinstance(text, Name) else text


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
    return _filled(text, values) if values else text


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the sentence for one or for many, with ``{count}`` filled in.

    Example:
        >>> say_count("{count} nämnd", "{count} nämnder", 2)
        '2 nämnder'
    """
    text = _catalogue(DOMAIN, CATALOGUES, language()).ngettext(one, many, count)
    return _filled(text, {"count": count, **values})


def _filled(text: str, values: Mapping[str, object]) -> str:
    """Return a sentence with its braces filled in, and names as they stand in it."""
    if not any(isinstance(value, Name) for value in values.values()):
        return text.format(**values)
    first, within = "", ""  # where it begins a sentence, and inside one
    for literal, field, spec, _ in Formatter().parse(text):
        first, within = first + literal, within + literal
        if field is None:
            continue
        value, begun = values[field], first
        large = format(value, spec or "")
        small = value.inside if isinstance(value, Name) else large
        first += small if _within(begun) else large
        within += large if begun and not _within(begun) else small
    return first if first == within else Name(first, within)


def _within(before: str) -> bool:
    """Whether a sentence has begun: neither at its start nor at that of what it quotes."""
    return before.rstrip()[-1:] not in ("", ".", "?", "!", "«", "“")


def mark(message: str) -> str:
    """Return ``message`` itself: marks a sentence that is kept now and said later.

    Example:
        >>> say(mark("Kontraktet"))
        'Kontraktet'
    """
    return message


def named(text: str) -> str:
    """Return a text of a scenario in the language that is spoken, where its catalogue has it.

    In English a name that is no proper one begins with «The», which is small inside a sentence.
    A source that is put together of several («a; b») is looked up as a whole, then part by part.

    Example:
        >>> with speaking("en"):
        ...     named("En text som ingen har översatt")
        'En text som ingen har översatt'
    """
    whole = _catalogue(SCENARIOS, OF_SCENARIOS, language()).gettext(text) if text else ""
    first, more, rest = text.partition("; ")
    if more and whole == text:
        return f"{named(first)}; {named(rest)}"
    return noun(whole) if language() == ENGLISH and whole.startswith("The ") else whole


@cache
def _catalogue(domain: str, folder: Path, name: str) -> gettext.NullTranslations:
    return gettext.translation(domain, folder, [name], fallback=True)
