"""The pictures of a review, each with what it says in words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy
from numpy.typing import NDArray

from models import priors
from models.diagnosis import Loo
from models.distributions import Fixed
from models.evidence import load_model
from models.language import say
from models.posterior import Posterior
from models.quantity import DIMENSIONS, Dimension
from models.spec import Evidence
from simulate.evidence_sensitivity import Reach
from simulate.language.numbers import number, significant
from simulate.language.quantities import unit_of
from simulate.report.learned import figure, parameter_name
from simulate.report.style import Picture, as_uri
from simulate.review import draw_chains, draw_evidence, draw_money
from simulate.review.study import Calibrated, Study

Floats = NDArray[np.float64]

_PRIOR_DRAWS, _GRID = 8000, 200
_MILLION = 1e6
_MONEY = (DIMENSIONS["sek"], DIMENSIONS["signed_sek"])


def densities(study: Study, name: str, fitted: Posterior, title: str) -> Picture:
    """Return every uncertain parameter, and what is handed on, before and after the data."""
    spec = study.result.scenario.evidence[name]
    model = load_model(spec)
    rng = np.random.default_rng(1)
    parameters = model.parameters(spec)
    drawn = priors.draw_prior(parameters, model.latent(spec), _PRIOR_DRAWS, rng)
    before = {**drawn, **model.derive(drawn, spec)}
    wanted = [key for key, one in parameters.items() if not isinstance(one.distribution, Fixed)]
    if spec.headline not in wanted:
        wanted.append(spec.headline)
    found = [
        _density(*_in_unit(spec, parameters, key), before[key], fitted.quantity(key))
        for key in wanted
        if key in fitted.samples
    ]
    spans = (
        say(
            "{parameter}: {low} till {high}",
            parameter=one.title,
            low=significant(_at(one, 0.05)),
            high=significant(_at(one, 0.95)),
        )
        for one in found
    )
    alt = say(
        "Tätheter före och efter data. Nio tiondelar efter data: {spans}.", spans="; ".join(spans)
    )
    caption = say("Streckad linje: före data. Fylld yta: efter data.")
    return Picture(as_uri(draw_evidence.densities_svg(tuple(found))), alt, caption, title)


def _in_unit(spec: Evidence, parameters: object, key: str) -> tuple[str, float]:
    """Return what a panel is called, and the scale it is shown in: amounts in mkr."""
    dimension = spec.quantities.get(key)
    if dimension is None and isinstance(parameters, dict) and key in parameters:
        dimension = parameters[key].dimension
    title = say(spec.titles[key])
    return (f"{title}, {say('mkr')}", _MILLION) if dimension in _MONEY else (title, 1.0)


def _density(title: str, scale: float, before: Floats, after: Floats) -> draw_evidence.Density:
    before, after = before / scale, after / scale
    low, high = np.quantile(after, (0.002, 0.998))
    start, end = np.quantile(before, (0.02, 0.98))
    # A wide prior is cut off rather than making the posterior a line.
    room = 4.0 * (high - low)
    grid = np.linspace(max(min(low, start), low - room), min(max(high, end), high + room), _GRID)
    prior = scipy.stats.gaussian_kde(before[np.isfinite(before)])
    return draw_evidence.Density(title, grid, prior(grid), scipy.stats.gaussian_kde(after)(grid))


def _at(one: draw_evidence.Density, p: float) -> float:
    mass = np.cumsum(one.after)
    return float(np.interp(p, mass / mass[-1], one.grid))


def predictive(fitted: Posterior, spec: Evidence, title: str) -> Iterator[Picture]:
    """Yield predicted against observed, and what leaving one unit out shows."""
    yield from _predicted(fitted, spec, title)
    yield from _left_out(fitted.diagnosis.loo, title)


def _predicted(fitted: Posterior, spec: Evidence, title: str) -> Iterator[Picture]:
    known = {key: check for key, check in fitted.checks.items() if check.after}
    if known:
        shown = tuple(
            (f"{spec.statistic(key)}{unit}", check, scale)
            for key, check in known.items()
            for unit, scale in (_unit(spec.dimension_of(key)),)
        )
        spans = (
            say(
                "{name}: observerat {seen}, förutsagt {low} till {high}",
                name=name,
                seen=significant(check.observed / scale),
                low=significant(check.after[5] / scale),
                high=significant(check.after[-6] / scale),
            )
            for name, check, scale in shown
        )
        yield Picture(
            as_uri(draw_evidence.predictive_svg(shown)),
            "; ".join(spans) + ".",
            say(
                "Streckad linje: det observerade talet. Ljust fält: nio tiondelar av vad som "
                "förutsades; mörkt: hälften. Fält som går utanför bilden är bredare än den."
            ),
            title,
        )


def _left_out(loo: Loo | None, title: str) -> Iterator[Picture]:
    if loo is not None and loo.shapes:
        told = ", ".join(number(one, 2) for one in loo.shapes)
        yield Picture(
            as_uri(draw_evidence.pareto_svg(loo)),
            say("Pareto-k för varje utelämnad enhet: {shapes}.", shapes=told),
            say("Hur mycket anpassningen ändras när en enhet utelämnas."),
            title,
        )
    if loo is not None and loo.pit:
        told = ", ".join(number(100 * one) for one in loo.pit)
        yield Picture(
            as_uri(draw_evidence.pit_svg(loo)),
            say("LOO-PIT, procent av enheterna i lika breda fält: {shares}.", shares=told),
            say("Jämna staplar: modellen beskriver spridningen mellan enheterna."),
            title,
        )


def _unit(dimension: Dimension | None) -> tuple[str, float]:
    """Return what follows the name of a statistic, and the scale that it is shown in."""
    if dimension in _MONEY:
        return f", {say('mkr')}", _MILLION
    if dimension is None or dimension.name == "count":
        return "", 1.0
    unit = unit_of(dimension)
    return ("", 1.0) if unit == "–" else (f", {unit}", 0.01 if unit == "%" else 1.0)


def chains(study: Study, name: str, fitted: Posterior, title: str) -> Iterator[Picture]:
    """Yield ranks and trace of the quantity on which the chains agree least, and the energy."""
    spec = study.result.scenario.evidence[name]
    worst, told = next(iter(study.agreement[name].items()))
    label, scale = _in_unit(spec, load_model(spec).parameters(spec), worst)
    values = fitted.samples[worst].values / scale
    alt = say(
        "{quantity}: R-hat {rhat}, {bulk} effektiva dragningar.",
        quantity=label,
        rhat=number(told.rhat, 3),
        bulk=number(told.bulk),
    )
    yield Picture(
        as_uri(draw_chains.ranks_svg(values, told.bulk)),
        say("Rangtal per kedja. {alt}", alt=alt),
        say(
            "Rangtal av {quantity}, den storhet där kedjorna är minst överens. Jämna staplar inom "
            "det grå fältet: kedjorna utforskar samma fördelning.",
            quantity=label,
        ),
        title,
    )
    yield Picture(
        as_uri(draw_chains.trace_svg(values, label)),
        say("Spår av kedjorna. {alt}", alt=alt),
        say("Kedjornas spår: de ska ligga om varandra och inte vandra."),
        title,
    )
    if "energy" in fitted.stats:
        yield Picture(
            as_uri(draw_chains.energy_svg(fitted.stats["energy"].values)),
            say(
                "Energi mot steg; E-BFMI {ebfmi}.", ebfmi=number(fitted.diagnosis.figures.ebfmi, 2)
            ),
            say("Är stegen mycket smalare än energin utforskas fördelningen dåligt."),
            title,
        )


def calibration(one: Calibrated, title: str) -> Picture:
    """Return how even the ranks of the true values are."""
    return Picture(
        as_uri(draw_chains.calibration_svg(one.ranks)),
        say(
            "Rangtal ur {count} simuleringar; sannolikhet för minst lika ojämna {probability}.",
            count=one.simulations,
            probability=number(one.worst_p, 3),
        ),
        say(
            "En linje per storhet. Utanför det grå fältet kommer någon linje för en av hundra "
            "riktiga modeller."
        ),
        title,
    )


def money(reach: Reach, title: str) -> Picture:
    """Return how far a figure moves with each assumption."""
    spans = (
        say(
            "{parameter}: från {low} till {high}",
            parameter=parameter_name(one.parameter),
            low=figure(reach.target, *one.at_low),
            high=figure(reach.target, *one.at_high),
        )
        for one in reach.moves
    )
    return Picture(
        as_uri(draw_money.moves_svg(reach)),
        "; ".join(spans) + ".",
        say(
            "Rund punkt: parametern vid den nedre gränsen i sin prior; fyrkant: vid den övre. "
            "Streckad linje: svaret som det är. Strecken genom punkterna är två simuleringsfel."
        ),
        title,
    )
