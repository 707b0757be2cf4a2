"""A probability as it is said in a sentence, in whole per cent."""

from __future__ import annotations

from models.language import say


def chance(share: float) -> str:
    """Return a probability in whole per cent, without the sign.

    One that is a mean over samples is never said to be nought or a hundred per cent.

    Args:
        share: 0–1.

    Example:
        >>> chance(0.427), chance(0.004), chance(1.0)
        ('43', 'under 1', 'över 99')
    """
    whole = round(100.0 * share)
    if whole <= 0:
        return say("under {least}", least=1)
    return say("över {most}", most=99) if whole >= 100 else str(whole)
