"""When it goes badly, in one sentence, and what decides how badly."""

from __future__ import annotations

from models.language import mark, say
from simulate.language.numbers import percent
from simulate.report.phrases import name_in
from simulate.report.sections import Answer, Table
from simulate.sensitivity.sobol import Index
from simulate.sensitivity.study import Sensitivity
from simulate.sensitivity.told.figures import index, level
from simulate.sensitivity.told.names import dimension_of, factor_name

# What is said of the party in the futures where the event happens.
_EVENTS = {
    "p_loss": mark("{party} förlorar pengar"),
    "p_never_payback": mark("{party} får aldrig igen pengarna"),
}
_MOST = 8


def region(study: Sensitivity) -> Answer:
    """Return the sentence, and the table of what decides how bad it is."""
    party = name_in(study.scenario, study.answers.event.party)
    what = say(_EVENTS[study.answers.event.measure], party=party)
    what = what[:1].upper() + what[1:]
    event = study.found[1]
    if event.value[0] in (0.0, 1.0):
        text = say("{what} i alla framtider.", what=what)
        if event.value[0] == 0.0:
            text = say("{what} i ingen framtid.", what=what)
        return (text,), (), ()
    paragraphs = [_sentence(study, what)]
    ranking = study.region.ranking[:_MOST]
    if not ranking or ranking[0][1].value <= 0.0:
        return tuple(paragraphs), (), ()
    caption = say(
        "I de framtiderna: så stor del av nuvärdets variation som följer med varje tal (talen "
        "hänger ihop där, så delarna summerar inte till 100 %)"
    )
    rows = tuple((factor_name(study.scenario, factor), index(one)) for factor, one in ranking)
    table = Table(caption, (say("Tal"), say("Del av variationen")), rows)
    return tuple(paragraphs), (table,), ()


def _sentence(study: Sensitivity, what: str) -> str:
    box = study.region.box
    base = study.found[1].value
    if not box.bounds:
        return say(
            "{what} i {base} av alla framtider. Inget tal, och inga två tillsammans, skiljer ut de "
            "framtiderna: det är slumpen och många tal tillsammans som avgör.",
            what=what,
            base=index(Index(*base)),
        )
    return say(
        "{what} i {density} av de framtider där {bounds}. Så är det i {share} av alla framtider, "
        "och där finns {coverage} av alla framtider där det går så. Räknat på alla framtider är "
        "sannolikheten {base}.",
        what=what,
        density=index(Index(*box.density)),
        bounds=_bounds(study),
        share=percent(box.share, 0.005),
        coverage=index(Index(*box.coverage)),
        base=index(Index(*base)),
    )


def _bounds(study: Sensitivity) -> str:
    factors = {one.key: one for factor in study.factors for one in factor.members}
    parts = []
    for key, (low, high) in study.region.values.items():
        factor = factors[key]
        name = factor_name(study.scenario, factor)
        under, over = (
            None if one is None else level(one, dimension_of(study.scenario, factor))
            for one in (low, high)
        )
        if under is None:
            parts.append(say("«{name}» är högst {high}", name=name, high=over))
        elif over is None:
            parts.append(say("«{name}» är minst {low}", name=name, low=under))
        else:
            parts.append(
                say("«{name}» är mellan {low} och {high}", name=name, low=under, high=over)
            )
    return parts[0] if len(parts) == 1 else say("{one} och {other}", one=parts[0], other=parts[1])
