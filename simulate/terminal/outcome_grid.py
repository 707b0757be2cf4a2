"""A table of payouts on a grid of stated outcomes, for people and for programs."""

from __future__ import annotations

import json

from models.language import named, say
from simulate.contract.grid import Table
from simulate.contract.money import Ore
from simulate.contract.payers import in_all
from simulate.language.numbers import amount_exact
from simulate.language.quantities import quantity
from simulate.scenario.tree.scenario import ContractScenario


def as_plain(scenario: ContractScenario, table: Table) -> str:
    """Return the table as JSON, in SEK with whole öre: one row a point."""
    paid, payers = table.payout, _several(table)
    rows = [
        {
            **{name: float(values[place]) for name, values in table.points.items()},
            "clauses": {key: int(part[place]) / 100 for key, part in paid.clauses.items()},
            "payment_sek": int(paid.payment[place]) / 100,
            **(
                {"payers": {key: int(part[place]) / 100 for key, part in payers.items()}}
                if payers
                else {}
            ),
        }
        for place in range(len(paid.payment))
    ]
    stated = table.stated
    given = {"drawn_sek": stated.drawn_sek, "delivered": stated.delivered, **stated.readings}
    return json.dumps(
        {"scenario": scenario.id, "given": given, "rows": rows}, ensure_ascii=False, indent=1
    )


def _several(table: Table) -> dict[str, Ore]:
    """Return what each party pays, where several pay."""
    payers = in_all(table.payout.payers)
    return payers if len(payers) > 1 else {}


def as_text(scenario: ContractScenario, table: Table) -> str:
    """Return the table as lines: the outcomes, the part of every clause, the payment."""
    contract, paid, payers = scenario.contract, table.payout, _several(table)
    heads = [*table.points, *paid.clauses, say("betalning"), *payers]
    rows = []
    for place in range(len(paid.payment)):
        outcomes = [
            quantity(float(values[place]), scenario.measurements[name].dimension)
            for name, values in table.points.items()
        ]
        parts = (*paid.clauses.values(), paid.payment, *payers.values())
        ore = [part[place] for part in parts]
        rows.append([*outcomes, *(amount_exact(int(one)) for one in ore)])
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    drawn = amount_exact(round(table.stated.drawn_sek * 100))
    return "\n".join(
        [
            named(contract.title),
            say("Draget belopp: {amount} kr; belopp i kronor.", amount=drawn),
            *(
                "  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))
                for row in (heads, *rows)
            ),
        ]
    )
