"""What the data behind a chain from short run to long run can and do say, in words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.interface import Floats, Samples
from models.language import named, say, say_count
from models.proxy_link.spec import ProxyLink


def learned_from(spec: ProxyLink, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the data can move each parameter."""
    assumed = say("inget: ett antagande")
    several = len(spec.studies) > 1
    studies = assumed
    if spec.studies:
        studies = say_count(
            "{count} publicerad riskkvot", "{count} publicerade riskkvoter", len(spec.studies)
        )
    found = {
        "mean_risk_ratio": studies,
        "between_study_sd": say("hur riskkvoterna skiljer sig") if several else assumed,
        "causal_share": say("inget: om sambandet är orsak syns inte i ett samband"),
        "base_risk": assumed,
        "success_without": assumed,
        "risk_ratio": studies,
        "log_risk_ratio": studies,
        "long_run_gain": say("bara genom leden: {studies}", studies=studies),
    }
    if spec.prior.confounding is not None:
        found["confounding"] = say("inget eget: data ger bara summan av riskkvot och bakgrund")
    if spec.short_run is None:
        return found | {"short_run_gain": assumed}
    counts = say(
        "{treated} behandlade mot {compared} jämförda, minus jämförelsens skevhet",
        treated=sizes["treated"],
        compared=sizes["comparison"],
    )
    return found | {
        "short_run_gain": counts,
        "short_run_effect": counts,
        "comparison_success": say("{persons} jämförda", persons=sizes["comparison"]),
        "comparison_bias": say("inget eget: antalen ger bara summan av effekt och skevhet"),
        "between_place_sd": say(
            "inget: en enda plats säger inte hur effekten skiljer mellan platser"
        ),
    }


def statement(samples: Samples, spec: ProxyLink, sizes: Mapping[str, int]) -> str:
    """Return the chain link by link, and what it comes to for a hundred participants."""
    low, middle, high = _quantiles(100.0 * samples["long_run_gain"])
    share = _quantiles(100.0 * samples["causal_share"])
    gain = _quantiles(100.0 * samples["short_run_gain"])
    ratio = np.quantile(samples["risk_ratio"], (0.05, 0.5, 0.95))
    most = _decimals(float(np.median(samples["base_risk"])) * 100.0)
    chain = say(
        "Effekten på andelen som når {short} är {gain} procentenheter (90 % trovärdighetsintervall "
        "{gain_low} till {gain_high}); risken för {long} är {ratio} gånger så hög för den som inte "
        "når dit ({ratio_low} till {ratio_high}), varav {share} % av skillnaden är orsak "
        "({share_low} till {share_high}). Av 100 deltagare väntas {most} få {long} utan insats; "
        "{middle} av dem undviker det ({low} till {high}).",
        gain=_decimals(gain[1]),
        gain_low=_decimals(gain[0]),
        gain_high=_decimals(gain[2]),
        short=named(spec.short_run_name),
        long=named(spec.long_run_name),
        ratio=_decimals(float(ratio[1])),
        ratio_low=_decimals(float(ratio[0])),
        ratio_high=_decimals(float(ratio[2])),
        share=f"{share[1]:.0f}",
        share_low=f"{share[0]:.0f}",
        share_high=f"{share[2]:.0f}",
        middle=_decimals(middle),
        low=_decimals(low),
        high=_decimals(high),
        most=most,
    )
    if spec.studies or spec.short_run is not None:
        return chain
    assumed = say("Inga data är angivna: varje led är ett antagande.")
    return f"{chain} {assumed}"


def _quantiles(values: Floats) -> tuple[float, float, float]:
    low, middle, high = (float(x) for x in np.quantile(values, (0.05, 0.5, 0.95)))
    return low, middle, high


def _decimals(value: float) -> str:
    text = f"{value:.1f}"
    text = "0.0" if text == "-0.0" else text
    return text.replace("-", "−").replace(".", say(","))
