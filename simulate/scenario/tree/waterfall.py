"""Several lenders: who lends how much, who is paid first, and who makes good a loss."""

from __future__ import annotations

from models.number import Sek, Share
from models.table import Identifier, Table, Text
from simulate.contract.bound import Bound


class Tranche(Table):
    """A part of what is committed, with a lender of its own.

    Attributes:
        id: names the tranche in results.
        title: the tranche in a few words, for people.
        party: who lends it and is paid.
        principal: its part of what is committed; every drawdown has the same proportions.
    """

    id: Identifier
    title: Text
    party: Identifier
    principal: Sek


class Step(Table):
    """A step of the waterfall: the tranche is paid up to a limit before the next step gets a krona.

    Who stands last is paid last and loses first.

    Attributes:
        tranche: who is paid.
        up_to: most in this step, over all days: an amount, a multiple of what the tranche has
            lent, the return on all that it has lent and been paid, or without limit.
    """

    tranche: Identifier
    up_to: Bound


class Guarantor(Table):
    """Somebody outside who makes good a share of what a tranche has not got back in the end.

    Attributes:
        id: names the guarantor in results.
        title: the undertaking in a few words, for people.
        party: who pays.
        tranche: whose loss it is.
        share: of the loss.
        cap: most that is paid.
    """

    id: Identifier
    title: Text
    party: Identifier
    tranche: Identifier
    share: Share
    cap: Bound
