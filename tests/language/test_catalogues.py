"""Every message has its translation, and what runs is what was gathered."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest

from tests.language.gathered import gathered, words

BOOKS = pytest.mark.parametrize("book", words.BOOKS, ids=lambda book: book.domain)
_PERCENT = re.compile(r"%\(\w+\)s")
# Swedish that stands in English on purpose: in parentheses, names, and the hundredth of a krona.
KEPT = {"norrköping", "återkomst", "örebro", "återföring", "nämnd", "nämnder", "öre"}


def placeholders(text: str) -> set[str]:
    """Return the parts of a message that are filled in."""
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return named | set(_PERCENT.findall(text))


@BOOKS
def test_no_message_lacks_words(book: Any) -> None:
    """Whatever code, pages and scenarios say is in the catalogue, and is translated there."""
    assert words.lacking(gathered(book)) == []


@BOOKS
def test_the_catalogue_is_up_to_date(book: Any) -> None:
    """`just words` would change nothing: no message is left that nobody says."""
    assert words.po(gathered(book)) == book.path(".po").read_bytes()


@BOOKS
def test_what_runs_is_what_people_edit(book: Any) -> None:
    """The compiled catalogue is the one beside it."""
    assert words.mo(gathered(book)) == book.path(".mo").read_bytes()


@BOOKS
def test_the_same_parts_are_filled_in(book: Any) -> None:
    """A translation has the placeholders of its message, no more and no fewer."""
    for message in gathered(book):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for one, said in zip(ids, words.strings(message), strict=True):
            assert placeholders(said) == placeholders(one), one


def test_no_swedish_is_left_in_english() -> None:
    """English has no letters of Swedish but in the terms that are kept on purpose."""
    for book in words.BOOKS:
        for message in gathered(book) if book.language == "en" else ():
            for said in words.strings(message) if message.id else ():
                found = {one.lower() for one in re.findall(r"\w*[åäöÅÄÖ]\w*", said)}
                assert found <= KEPT, said


def test_an_f_string_is_refused() -> None:
    """Negative control: a sentence with its numbers already in it cannot be looked up."""
    with pytest.raises(ValueError, match="name the parts"):
        list(words.in_python('say(f"{n} fel")', words.OURS))


def test_what_is_gathered() -> None:
    """Negative control: each way to say something is found, and nothing else."""
    code = (
        'say("a" "b", x=1)\nsay_count("c", "d", 2)\nWords("e", "f", "g")\nmark("h")\nother("i")\n'
        "say(variable)\n"
    )
    assert list(words.in_python(code, words.OURS)) == ["ab", ("c", "d"), "e", "f", "g", "h"]
    assert list(words.in_page('<p>{{ say("j", k=1) }}{{ other("l") }}</p>')) == ["j"]


@BOOKS
def test_one_word_for_percentage_points(book: Any) -> None:
    """What is measured in them is said in one way, in either language."""
    for one in gathered(book):
        ids = (one.id,) if isinstance(one.id, str) else one.id
        said = " ".join((*ids, *words.strings(one)))
        assert not re.search("%-enhet|%-punkt|procentpunkt|% point|percent point", said), said
