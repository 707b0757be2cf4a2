"""A decision that is to be taken: what can be chosen, by whom, and what is sought."""

from __future__ import annotations

from typing import Literal, get_args

from models.number import Sek
from models.table import Identifier, Table, Text
from simulate.scenario.tree.study import AnyStudy

Utility = Literal["npv", "certainty_equivalent"]
UTILITIES: tuple[Utility, ...] = get_args(Utility)


class Decision(Table):
    """A choice between going ahead and staying out, before anything more is known.

    Staying out is worth nothing; going ahead is worth the party's net present value.

    Attributes:
        party: who decides, and whose money counts; ``kommunen`` is the municipality's purses
            together, ``samhallet`` everyone's.
        act: going ahead, as a person says it in a sentence.
        abstain: staying out, likewise.
        utility: ``npv`` seeks the largest expected net present value, ``certainty_equivalent``
            the largest certain amount that is as good.
        risk_tolerance: of the certainty equivalent: R in 1 − exp(−x/R). The smaller, the more an
            uncertain amount is worth less than its mean.
        studies: what could be found out first.
    """

    party: Identifier
    act: Text
    abstain: Text
    utility: Utility
    risk_tolerance: Sek | None = None
    studies: tuple[AnyStudy, ...] = ()
