"""What stands beside the clauses of a contract in words: groups, ways out, tranches, rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.language import mark, named, say
from models.spoken import listed
from simulate.language.quantities import in_words
from simulate.prose.paragraph import Paragraph
from simulate.prose.words import at_most, limit, quoted
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
            clauses=listed([quoted(titles[key]) for key in group.clauses]),
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
            text += " " + say("I de dragna framtiderna sker det aldrig.")
        else:
            text += " " + say(
                "I de dragna framtiderna sker det om «{measure}» är under {level}.",
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
        yield Paragraph(_in_turn(contract, titles), key="contract.waterfall")
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


def _in_turn(contract: Contract, titles: Mapping[str, str]) -> str:
    """Return the order in which the tranches are paid."""
    *steps, last = contract.waterfall
    if not steps:
        return say("Allt som betalas går till «{tranche}».", tranche=titles[last.tranche])
    each = [
        say("«{tranche}» tills den har fått {limit}", tranche=titles[one.tranche],
            limit=limit(one.up_to))
        for one in steps
    ]  # fmt: skip
    each.append(say("«{tranche}», som får allt som är kvar", tranche=titles[last.tranche]))
    return say(
        "Det som betalas går i tur och ordning till: {steps}. Det dragna beloppet är här det "
        "som tranchen själv har lånat ut. Den som står sist förlorar först.",
        steps="; ".join(each),
    )


def payers(contract: Contract, parties: Mapping[str, Party]) -> Iterator[Paragraph]:
    """Yield who pays which part, where several pay, and how caps and floors are borne."""
    for place, one in enumerate(contract.payers):
        paid = [each for each in contract.clauses if one in contract.payers_of(each.id)]
        clauses = listed([quoted(named(each.title)) for each in paid])
        text = say(
            "{party} betalar {share} av {clauses}.",
            party=named(parties[one.party].name),
            share=say("hela beloppet") if one.share is None else in_words(one.share),
            clauses=say("varje klausul") if len(paid) == len(contract.clauses) else clauses,
        )
        yield Paragraph(text, key=f"contract.payers.{place}")
    if contract.payers:
        text = say(
            "Ett tak minskar allas betalning i proportion till vad var och en skulle ha betalat "
            "den dagen. Det som ett golv lägger till, och lösen i förtid, svarar inte mot någon "
            "klausul: det bärs lika för varje klausul, efter andelarna av den. Ören som inte går "
            "jämnt ut fördelas i den ordning betalarna står."
        )
        yield Paragraph(text, key="contract.payers")


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
