"""Where a line may break, and where it must not: filters of the templates."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from simulate.language.numbers import HARD

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_AFTER_A_NUMBER = re.compile(r"(?<=\d) (?=[^\W\d])")
_JOINT = re.compile(r"([._])")


def together(text: str) -> str:
    """Return the text with hard spaces between a number and its unit, and inside brackets.

    Example:
        >>> together("8,3 mkr (3,4 till 19,5)").replace(HARD, "~")
        '8,3~mkr (3,4~till~19,5)'
    """
    whole = _IN_BRACKETS.sub(lambda found: found[0].replace(" ", HARD), text)
    return _AFTER_A_NUMBER.sub(HARD, whole)


def breakable(key: str) -> Markup:
    """Return a key as HTML that may break after its dots and underscores, and nowhere else.

    Example:
        >>> breakable("programme.cost_lines")
        Markup('programme.<wbr>cost_<wbr>lines')
    """
    return Markup(_JOINT.sub(r"\1<wbr>", str(escape(key))))
