"""What must hold of those who pay, where several do."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import say
from models.spec import value_of
from simulate.errors import Path, Problem, dotted
from simulate.language.numbers import per_cent, significant
from simulate.scenario.checks.common import named_once, party_exists, unknown
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.payer import Payer
from simulate.scenario.tree.scenario import ContractScenario

_OF = ("contract", "payers")


def payers(scenario: ContractScenario) -> Iterator[Problem]:
    """One pays, or several are parties who pay every clause once between them."""
    contract = scenario.contract
    known = [one.id for one in contract.clauses]
    if not contract.payers:
        if contract.payer is None:
            yield Problem("nobody_pays", _OF)
        return
    if contract.payer is not None:
        context = {"found": contract.payer, "other": dotted(_OF)}
        yield Problem("payer_and_payers", ("contract", "payer"), context)
        return
    readable = True
    for place, one in enumerate(contract.payers):
        yield from party_exists(scenario, (*_OF, place, "party"), one.party)
        for number, name in enumerate(one.clauses or ()):
            if name not in known:
                readable = False
                yield unknown("unknown_clause", (*_OF, place, "clauses", number), name, known)
        for problem in named_once((*_OF, place, "clauses"), one.clauses or ()):
            readable = False
            yield problem
        if one.share is not None and not one.share.certain:
            readable = False
            yield Problem("uncertain_split", (*_OF, place, "share"))
    if readable:
        yield from _once(contract)
        yield from _something(contract, known)


def _once(contract: Contract) -> Iterator[Problem]:
    """Every clause is paid once: the shares of those who pay it are the whole of it."""
    told: set[tuple[int, ...]] = set()
    for clause in contract.clauses:
        pays = [place for place, one in enumerate(contract.payers)
                for name in one.clauses or () if name == clause.id]  # fmt: skip
        pays = pays or [place for place, one in enumerate(contract.payers) if one.clauses is None]
        if not pays:
            where = ("contract", "clauses", clause.id)
            context = {"found": clause.id, "other": dotted(_OF)}
            yield Problem("paid_by_nobody", where, context)
            continue
        total = sum(_share(contract.payers[place]) for place in pays)
        if abs(total - 1.0) <= 1e-9 or tuple(pays) in told:
            continue
        told.add(tuple(pays))
        places = [_place(contract.payers[place], place) for place in pays]
        context = {
            "found": clause.id,
            "sum": per_cent(significant(100.0 * total, 6)),
            "other": ", ".join(map(dotted, places)),
        }
        yield Problem("paid_twice" if total > 1.0 else "payers_not_whole", places[-1], context)


def _something(contract: Contract, known: list[str]) -> Iterator[Problem]:
    """Everybody who is said to pay has something to pay."""
    paid = {id(one) for clause in known for one in contract.payers_of(clause)}
    for place, one in enumerate(contract.payers):
        if id(one) not in paid:
            others = [
                dotted((*_OF, number, "clauses"))
                for number, other in enumerate(contract.payers)
                if other.clauses is not None
            ]
            other = say("alla klausuler står i {places}", places=", ".join(others))
            context = {"found": one.party, "other": other}
            yield Problem("payer_of_nothing", (*_OF, place), context)
        elif _share(one) == 0.0:
            context = {"found": one.party, "other": say("andelen är 0 %")}
            yield Problem("payer_of_nothing", (*_OF, place, "share"), context)


def _share(one: Payer) -> float:
    return 1.0 if one.share is None else value_of(one.share)


def _place(one: Payer, place: int) -> Path:
    return (*_OF, place) if one.share is None else (*_OF, place, "share")
