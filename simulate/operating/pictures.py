"""The pictures of the characteristics, each with what it says in words."""

from __future__ import annotations

from models.language import say
from simulate.operating import draw
from simulate.operating.sentences import answers, least, more
from simulate.operating.study import Study
from simulate.report.cells import cell
from simulate.report.style import Picture, as_uri


def payment(study: Study) -> Picture:
    """Return payment against the true saving, with its spread."""
    low, middle, high = (study.curve[0], study.without, study.curve[-1])
    spans = (
        say(
            "sann besparing {saving}: betalning {payment} i genomsnitt",
            saving=cell(one.figures["true_saving"]).value,
            payment=cell(one.figures["payment_mean"]).value,
        )
        for one in (low, middle, high)
    )
    return Picture(
        as_uri(draw.payment_svg(study)),
        "; ".join(spans) + ".",
        say(
            "Linjen är betalningen i genomsnitt, det mörka bandet hälften av framtiderna och det "
            "ljusa nio av tio. Streckade linjer: ingen effekt, och det dragna beloppet."
        ),
        say("Betalningen mot vad insatsen verkligen sparar"),
    )


def chances(study: Study) -> Picture:
    """Return how likely each kind of payment is, against the true saving."""
    return Picture(
        as_uri(draw.chances_svg(study)),
        " ".join(answers(study)),
        say(
            "Ju brantare kurvorna är mellan noll och det dragna, desto mer avgör effekten och "
            "desto mindre slumpen."
        ),
        say(
            "Hur troligt det är att hela det dragna betalas, {more}, eller {least}",
            more=more(study),
            least=least(study),
        ),
    )


def moves(study: Study) -> Picture:
    """Return the two errors at every level of every factor."""
    spans = (
        say(
            "{what} {level}: {full} och {least}",
            what=factor.title,
            level=moved.level.label,
            full=cell(moved.without.figures["p_full"]).value,
            least="–" if moved.reached is None else cell(moved.reached.figures["p_only"]).value,
        )
        for factor, levels in study.moves
        for moved in levels
    )
    words = say(
        "Full betalning utan effekt, och {least} vid e_F. {spans}.",
        least=least(study),
        spans="; ".join(spans),
    )
    return Picture(
        as_uri(draw.moves_svg(study)),
        words,
        say(
            "Rund punkt: hela det dragna betalas utan effekt. Fyrkant: {least} betalas vid e_F. "
            "Streckade linjer: scenariot som det står. Båda felen ska vara nära noll.",
            least=least(study),
        ),
        say("Vad som flyttar felen"),
    )
