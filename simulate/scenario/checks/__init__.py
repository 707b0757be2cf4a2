"""What must hold between the parts of a scenario. Each check yields problems and never stops.

A new check is one function in the file of its kind and one line in :data:`CHECKS`, with the parts
of the scenario that it reads; where one of those cannot be read, or does not belong to the kind of
scenario, the check waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulate.errors import Problem
from simulate.scenario.checks import (
    claims,
    clauses,
    common,
    contract,
    correlations,
    fund,
    gates,
    outcomes,
    payers,
    studies,
)
from simulate.scenario.tree.scenario import Scenario


def check(scenario: Scenario, lacking: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Yield everything that does not fit together in ``scenario``.

    Args:
        scenario: with keys, sources and kinds filled in.
        lacking: parts that could not be read and are absent.
    """
    there = type(scenario).model_fields.keys() - lacking
    for one, reads in CHECKS.items():
        if there >= set(reads):
            yield from one(scenario)
    if not lacking:
        for one in WHOLE:
            yield from one(scenario)


# Check → the parts of the scenario that it reads. Numbers are looked for wherever there are any.
CHECKS: Mapping[Callable[[Any], Iterator[Problem]], tuple[str, ...]] = {
    common.sources: (),
    common.hindsight: ("signed", "judged"),
    common.names: ("parties",),
    common.tolerances: ("parties",),
    contract.payer_and_investor: ("contract", "parties"),
    payers.payers: ("contract", "parties"),
    contract.provider: ("programme", "parties"),
    outcomes.bearers: ("outcomes", "parties"),
    outcomes.splits: ("outcomes",),
    contract.cost_lines: ("programme",),
    contract.contract_ids: ("contract",),
    contract.measured_outcomes: ("measurements", "outcomes"),
    contract.clauses: ("contract", "measurements"),
    clauses.blends: ("measurements",),
    clauses.groups: ("contract",),
    clauses.same_krona: ("contract",),
    clauses.loan_days: ("contract",),
    clauses.leaving: ("contract", "measurements"),
    clauses.measured_in_time: ("contract", "measurements", "programme"),
    clauses.lenders: ("contract", "parties", "outcomes"),
    clauses.waterfall: ("contract",),
    clauses.ceilings: ("programme",),
    gates.meetings: ("contract", "programme"),
    gates.looked_at: ("contract", "measurements"),
    gates.rule: ("contract", "measurements", "programme"),
    contract.cases: ("contract", "measurements"),
    contract.caps: ("contract",),
    contract.dates: ("programme", "contract", "signed", "first_year", "last_year"),
    contract.windows: ("programme", "measurements", "last_year"),
    contract.participants: ("programme",),
    contract.comparisons: ("measurements",),
    contract.alternatives: ("measurements",),
    contract.costs_of_measuring: ("measurements", "parties"),
    contract.pay_days_of_alternatives: ("measurements", "contract", "first_year", "last_year"),
    outcomes.periods: ("outcomes",),
    outcomes.targets: ("outcomes",),
    outcomes.shares: ("outcomes",),
    outcomes.groups: ("outcomes", "fund"),
    fund.parties: ("fund", "investments", "parties"),
    fund.namnder: ("parties",),
    fund.some_namnd: ("fund", "parties"),
    fund.plans: ("investments",),
    fund.payments: ("investments",),
    fund.terms: ("fund", "investments"),
    fund.common_factors: ("fund", "investments"),
    fund.grants: ("fund", "parties", "first_year", "last_year"),
    fund.sizes: ("fund", "investments"),
    fund.effect_ids: ("investments",),
    fund.after: ("investments",),
    fund.lines: ("investments",),
    claims.claims: ("investments",),
    fund.top_ups: ("fund", "first_year", "last_year"),
    fund.years: ("fund", "investments", "signed", "first_year", "last_year"),
    common.decision: ("decision", "parties"),
    studies.studies: ("decision", "parties"),
    studies.biases: ("decision",),
    common.evidence: ("evidence",),
}

# Checks that ask for numbers by key, wherever they stand, and wait until everything can be read.
WHOLE: tuple[Callable[[Any], Iterator[Problem]], ...] = (
    correlations.correlations,
    studies.subjects,
)
