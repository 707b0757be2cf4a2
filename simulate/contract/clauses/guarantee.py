"""A share of the drawn amount, whatever the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from models.number import Share
from models.table import Flag
from simulate.contract.clauses.base import Clause

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


class Guarantee(Clause):
    """Pays ``share`` × drawn, if the activity was delivered or delivery is not required.

    Law: 0 ≤ payment ≤ drawn; independent of every measure.

    Attributes:
        share: of the drawn amount.
        requires_delivery: whether it is paid only where the activity was carried out.
    """

    guarantee: ClassVar[bool] = True

    EXAMPLE: ClassVar[Mapping[str, object]] = {
        "id": "guarantee",
        "title": "Garanti",
        "type": "guarantee",
        "share": "40 %",
        "requires_delivery": True,
    }

    type: Literal["guarantee"]
    share: Share
    requires_delivery: Flag

    def amount(self, terms: Terms) -> Ore:
        promised = terms.part(terms.drawn, self.share)
        return terms.where(terms.delivered, promised) if self.requires_delivery else promised


CLAUSE = Guarantee
