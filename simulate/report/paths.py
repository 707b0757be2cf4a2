"""What the pictures over time show, as plain numbers; drawing is in :mod:`draw_paths`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.language import say
from simulate.language.numbers import million, percent
from simulate.report.phrases import party_name
from simulate.report.reading import error_of
from simulate.risk.fan import LEVELS
from simulate.run import Result
from simulate.scenario.tree.party import SOCIETY

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fan:
    """Cumulated cash of one party, SEK undiscounted.

    Attributes:
        party: its name.
        years: dims (year,).
        bands: quantiles 5, 25, 50, 75 and 95 per cent, dims (level, year).
        errors: Monte Carlo error of each, dims (level, year).
    """

    party: str
    years: NDArray[np.int64]
    bands: Floats
    errors: Floats

    def alt(self) -> str:
        """Return the picture in words: where it is lowest, and where it ends."""
        place = int(np.argmin(self.bands[2]))
        middle, low, high = self.bands[2], self.bands[0], self.bands[4]
        return say(
            "{party}: medianen är lägst {year} med {lowest} och slutar på {end} {last}; nio "
            "framtider av tio slutar mellan {low} och {high}.",
            party=self.party,
            year=int(self.years[place]),
            lowest=million(float(middle[place]), float(self.errors[2, place]), 1),
            end=million(float(middle[-1]), float(self.errors[2, -1]), 1),
            last=int(self.years[-1]),
            low=million(float(low[-1]), float(self.errors[0, -1]), 1),
            high=million(float(high[-1]), float(self.errors[4, -1]), 1),
        )


def fans(result: Result) -> tuple[Fan, ...]:
    """Return the fan of every party, and of all together where they are more than that."""
    futures = result.futures
    years = np.asarray(futures["year"].values)
    found = []
    for party in map(str, futures["party"].values):
        if party == SOCIETY:
            continue
        bands = futures["cumulated_fan"].sel(party=party).values
        errors = futures["cumulated_fan_mcse"].sel(party=party).values
        found.append(Fan(party_name(result, party), years, bands, errors))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Exceedance:
    """How likely a loss is larger than an amount.

    Attributes:
        amounts: SEK, rising, dims (point,).
        probabilities: P(loss > amount), dims (point,).
        spoken: a few of them, with Monte Carlo error, to be put in words.
    """

    amounts: Floats
    probabilities: Floats
    spoken: tuple[tuple[float, float, float], ...]

    def alt(self) -> str:
        """Return the picture in words, at a few amounts."""
        parts = [
            say(
                "mer än {amount} i {share}",
                amount=million(amount, 0.0, 1),
                share=percent(p, error),
            )
            for amount, p, error in self.spoken
        ]
        return say("Sannolikhet att förlora: {parts}.", parts="; ".join(parts))


_POINTS, _SPOKEN = 301, 4


def exceedance(result: Result) -> Exceedance:
    """Return the exceedance curve of the investor's loss, from nothing to the largest loss."""
    loss = (result.futures["drawn_ore"] - result.futures["payment_ore"]).values / 100.0
    top = max(float(loss.max()), 1.0)
    amounts = np.linspace(0.0, top, _POINTS)
    shares = 1.0 - np.searchsorted(np.sort(loss), amounts, side="right") / len(loss)
    spoken = []
    for amount in np.linspace(0.0, top, _SPOKEN, endpoint=False):
        over = loss > amount
        error = error_of(result, over - over.mean()) if over.any() else 0.0
        spoken.append((float(amount), float(over.mean()), error))
    return Exceedance(amounts, shares, tuple(spoken))


@dataclass(frozen=True, eq=False)
class BalancePath:
    """The fund's balance at the end of each year, SEK.

    Attributes:
        years: dims (year,).
        planned: as if the plan were returned, dims (year,).
        bands: quantiles 5, 25, 50, 75 and 95 per cent if only what is realised is returned,
            dims (level, year).
    """

    years: NDArray[np.int64]
    planned: Floats
    bands: Floats

    def alt(self) -> str:
        """Return the picture in words: both paths, where each is lowest and where it ends."""
        plan, place = int(np.argmin(self.planned)), int(np.argmin(self.bands[2]))
        planned = say(
            "Fondens saldo enligt planen är lägst {year} med {lowest}, och {end} vid slutet av "
            "{last}.",
            year=int(self.years[plan]),
            lowest=_million(self.planned[plan]),
            last=int(self.years[-1]),
            end=_million(self.planned[-1]),
        )
        lesser = say(
            "Om det lägsta av plan och realiserat återförs är det lägst {year} med {lowest} i "
            "median; vid slutet av {last} {end} i median, och nio framtider av tio ligger då "
            "mellan {low} och {high}.",
            year=int(self.years[place]),
            lowest=_million(self.bands[2, place]),
            last=int(self.years[-1]),
            end=_million(self.bands[2, -1]),
            low=_million(self.bands[0, -1]),
            high=_million(self.bands[4, -1]),
        )
        return f"{planned} {lesser}"


def _million(sek: float) -> str:
    return million(float(sek), 0.0, 1)


def balance_path(result: Result) -> BalancePath:
    """Return the fund's balance as planned, and if only what is realised were returned."""
    futures = result.futures
    both = futures["rule_balance_ore"].values / 100.0
    rules = [str(rule) for rule in futures["rule"].values]
    planned = both[:, rules.index("planned"), :]
    lesser = both[:, rules.index("lesser"), :]
    bands = np.quantile(lesser, LEVELS, axis=0, method="inverted_cdf")
    return BalancePath(np.asarray(futures["year"].values), planned.mean(axis=0), bands)
