"""What stands beside the clauses of a contract in words: groups, ways out, tranches, rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.language import mark, named, say
from models.spoken import listed
from simulate.contract.bound import Limit
from simulate.language.quantities import in_words
from simulate.prose.paragraph import Paragraph
from simulate.prose.words import at_most, limit
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.party import Party

_UNITS = {
    "krona": mark("hela kronor"),
    "hundra_kronor": mark("hela hundratal kronor"),
    "tusen_kronor": mark("hela tusental kronor"),
}


def groups(contract: Contract) -> Iterator[Paragraph]:
    """Yield the groups of clauses with a cap and a floor of their own."""
    titles = {one.id: named(one.title) for one in contract.clauses}
    for group in contract.groups:
        text = say(
            "{title}: {clauses} betalar tillsammans lägst {floor}, {cap}.",
            title=named(group.title),
            clauses=listed([f"«{titles[key]}»" for key in group.clauses]),
            floor=limit(group.floor),
            cap=at_most(group.cap),
        )
        yield Paragraph(text, key=f"contract.groups.{group.id}")


def ways_out(contract: Contract, titles: Mapping[str, str]) -> Iterator[Paragraph]:
    """Yield the days on which the investor may leave."""
    for one in contract.redemptions:
        text = say(
            "Den {day} får finansiären lämna mot {share} av det dragna beloppet; det som förfaller "
            "senare betalas då inte, och tak och golv räknas utan lösen.",
            day=one.day,
            share=in_words(one.share),
        )
        if one.leaves is None:
            text += " " + say("I framtiderna stannar hon alltid.")
        else:
            text += " " + say(
                "I framtiderna lämnar hon om «{measure}» är under {level}.",
                measure=titles[one.leaves.measure],
                level=in_words(one.leaves.below),
            )
        yield Paragraph(text, key=f"contract.redemptions.{one.id}")


def several(contract: Contract, parties: Mapping[str, Party]) -> Iterator[Paragraph]:
    """Yield the tranches, the order in which they are paid, and the guarantors."""
    titles = {one.id: named(one.title) for one in contract.tranches}
    for one in contract.tranches:
        text = say(
            "{title}: {party} lånar ut {principal} av ramen.",
            title=titles[one.id],
            party=named(parties[one.party].name),
            principal=in_words(one.principal),
        )
        yield Paragraph(text, key=f"contract.tranches.{one.id}")
    if contract.waterfall:
        steps = "; ".join(
            say("«{tranche}» till {limit}", tranche=titles[step.tranche], limit=_own(step.up_to))
            for step in contract.waterfall
        )
        text = say(
            "Det som betalas går i tur och ordning till: {steps}. Det dragna beloppet är här det "
            "som tranchen själv har lånat ut. Den som står sist förlorar först.",
            steps=steps,
        )
        yield Paragraph(text, key="contract.waterfall")
    for guarantor in contract.guarantors:
        text = say(
            "{title}: {party} ersätter {share} av det som «{tranche}» inte har fått tillbaka till "
            "sist, {cap}.",
            title=named(guarantor.title),
            party=named(parties[guarantor.party].name),
            share=in_words(guarantor.share),
            tranche=titles[guarantor.tranche],
            cap=at_most(guarantor.cap),
        )
        yield Paragraph(text, key=f"contract.guarantors.{guarantor.id}")


def payers(contract: Contract, parties: Mapping[str, Party]) -> Iterator[Paragraph]:
    """Yield who pays which part, where several pay, and how caps and floors are borne."""
    titles = {one.id: named(one.title) for one in contract.clauses}
    for place, one in enumerate(contract.payers):
        party = named(parties[one.party].name)
        share = say("hela beloppet") if one.share is None else in_words(one.share)
        if one.clauses is not None:
            clauses = listed([f"«{titles[key]}»" for key in one.clauses])
            text = say("{party} betalar {share} av {clauses}.", party=party, share=share,
                       clauses=clauses)  # fmt: skip
        elif any(other.clauses is not None for other in contract.payers):
            text = say("{party} betalar {share} av övriga klausuler.", party=party, share=share)
        else:
            text = say("{party} betalar {share} av varje klausul.", party=party, share=share)
        yield Paragraph(text, key=f"contract.payers.{place}")
    if contract.payers:
        text = say(
            "Ett tak minskar allas betalning i proportion till vad var och en skulle ha betalat "
            "den dagen. Det som ett golv lägger till, och lösen i förtid, bärs i proportion till "
            "vad var och en betalar av alla klausuler tillsammans; betalar ingen klausul något "
            "väger alla klausuler lika. Ören som inte går jämnt ut fördelas i den ordning "
            "betalarna står."
        )
        yield Paragraph(text, key="contract.payers")


def _own(bound: Limit) -> str:
    if bound.unlimited:
        return say("allt som är kvar")
    return limit(bound)


def rounding(contract: Contract) -> str:
    """Return how amounts are rounded."""
    text = say(
        "Belopp räknas i hela ören, andelar i hela miljondelar; en andel av ett belopp "
        "avrundas till närmaste öre, halva ören uppåt."
    )
    if contract.rounding == "ore":
        return text
    coarse = say(
        "Klausuler, tak och golv avrundas sedan till {unit}, från mitten bort från noll.",
        unit=say(_UNITS[contract.rounding]),
    )
    return f"{text} {coarse}"
