"""Present value, payback, rate of return and multiple against cases worked by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

from simulate.ledger import instalments
from simulate.value.irr import Irr, irr
from simulate.value.multiple import multiple
from simulate.value.npv import npv
from simulate.value.payback import NEVER, NEVER_EXPOSED, payback_year

YEARS = (2016, 2017, 2018, 2019, 2020)
# Three days exactly 365 days apart, so that act/365 counts whole years.
DAYS = (dt.date(2021, 1, 1), dt.date(2022, 1, 1), dt.date(2023, 1, 1))


def rate(*flows: float, days: tuple[dt.date, ...] = DAYS) -> Irr:
    """Return the rate of one path of flows."""
    return irr(days[: len(flows)], np.array([flows]))


def worth(found: Irr, *flows: float, days: tuple[dt.date, ...] = DAYS) -> float:
    """Return Σ flow (1 + r)^(−days / 365)."""
    grown = 1.0 + float(found.rate[0])
    return math.fsum(
        flow * grown ** (-(day - days[0]).days / 365)
        for day, flow in zip(days, flows, strict=False)
    )


# ---- Present value ------------------------------------------------------------------------------


def test_present_value_by_hand() -> None:
    """−100 now, 60.50 in one year and 60.50 in two at 10 % are worth 5.00."""
    factors = np.array([[1.0, 1 / 1.1, 1 / 1.21]])
    assert abs(npv(np.array([[-100.0, 60.5, 60.5]]), factors)[0] - 5.0) < 1e-12


# ---- Payback ------------------------------------------------------------------------------------


PAYBACK = {
    "back in the last year": ([-2, 0, 1, 0, 1], 2020.0),
    "back at once in the year after": ([-2, 2, 0, 0, 0], 2017.0),
    "exposed later": ([1, -3, 1, 1, 0], 2019.0),
    "below again after having been repaid": ([-1, 2, -2, 1, 0], 2019.0),
    "below at the end after having been repaid": ([-1, 2, -2, 0, 0], NEVER),
    "never within the horizon": ([-5, 1, 1, 1, 1], NEVER),
    "exposed in the last year only": ([0, 0, 0, 0, -1], NEVER),
    "never exposed": ([0, 1, 0, 1, 0], NEVER_EXPOSED),
    "nothing at all": ([0, 0, 0, 0, 0], NEVER_EXPOSED),
    "spent and refunded in the same year": ([0, 0, 0, 0, 3], NEVER_EXPOSED),
}


@pytest.mark.parametrize("name", PAYBACK)
def test_payback_by_hand(name: str) -> None:
    """Payback is the first year from which the sum so far, once negative, stays at nought or above.

    Never exposed and never within the horizon are outcomes of their own.
    """
    flows, year = PAYBACK[name]
    assert payback_year(np.array([flows], dtype=np.float64), YEARS)[0] == year


def test_payback_of_rounded_kronor() -> None:
    """Ten times ten öre repay a krona, although their floating sum is a little less."""
    flows = np.array([[-1.0, *[0.1] * 10]])
    assert payback_year(flows, tuple(range(2016, 2027)))[0] == 2026.0
    assert payback_year(flows - 0.001, tuple(range(2016, 2027)))[0] == NEVER


# ---- Rate of return -----------------------------------------------------------------------------


RATES = {
    "ten per cent a year": ((-100.0, 110.0), 0.10),
    "ten per cent twice": ((-100.0, 0.0, 121.0), 0.10),
    "money back": ((-100.0, 0.0, 100.0), 0.0),
    "half lost in a year": ((-100.0, 50.0), -0.5),
    "a quarter left after two": ((-100.0, 0.0, 25.0), -0.5),
    "two drawings": ((-100.0, -110.0, 242.0), 0.10),
    "doubled every year": ((-100.0, 0.0, 400.0), 1.0),
    "all but a hundredth lost": ((-100.0, 1.0), -0.99),
}


@pytest.mark.parametrize("name", RATES)
def test_rate_by_hand(name: str) -> None:
    """The rate makes the dated flows worth nothing; one change of sign is not flagged."""
    flows, wanted = RATES[name]
    found = rate(*flows)
    assert abs(found.rate[0] - wanted) < 1e-12
    assert not found.several[0]


def test_rate_counts_days() -> None:
    """A leap year has 366 days of a 365-day year: 10 % over 2024 is 9.97 % a year."""
    found = rate(-100.0, 110.0, days=(dt.date(2024, 1, 1), dt.date(2025, 1, 1)))
    assert abs(found.rate[0] - (1.1 ** (365 / 366) - 1)) < 1e-12


def test_norrkoping_guarantee_as_a_rate() -> None:
    """1.5 mkr five times and 3 mkr back is a rate at which the flows are worth under an öre."""
    days = (
        dt.date(2016, 8, 15),
        dt.date(2017, 2, 15),
        dt.date(2017, 8, 15),
        dt.date(2018, 2, 15),
        dt.date(2018, 8, 15),
        dt.date(2020, 10, 31),
    )
    flows = (*[-1.5e6] * 5, 3e6)
    found = rate(*flows, days=days)
    assert -0.3 < found.rate[0] < -0.2
    assert abs(worth(found, *flows, days=days)) < 0.01


def test_total_loss_is_minus_one_hundred_per_cent() -> None:
    """When nothing comes back the rate is exactly −1."""
    assert rate(-100.0, -50.0, 0.0).rate[0] == -1.0


def test_nothing_paid_out_is_undefined() -> None:
    """Without anything paid out there is no rate, whether or not something is received."""
    assert np.isnan(rate(0.0, 0.0, 0.0).rate[0])
    assert np.isnan(rate(0.0, 0.0, 5.0).rate[0])


def test_several_changes_of_sign_are_flagged() -> None:
    """−100, +230, −132 has the two roots 10 and 20 per cent, and is flagged."""
    assert rate(-100.0, 230.0, -132.0).several[0]
    assert rate(-100.0, 0.0, 150.0).several.tolist() == [False]


def test_one_of_several_roots_is_returned() -> None:
    """With several roots the rate is one of them."""
    found = rate(-100.0, 230.0, -132.0)
    assert min(abs(found.rate[0] - 0.1), abs(found.rate[0] - 0.2)) < 1e-9


@pytest.mark.parametrize("back", [36.0, 64.0])
def test_a_deep_loss_has_its_rate(back: float) -> None:
    """Three drawings of 100 and little back five years after the first have a rate."""
    days = tuple(dt.date(year, 1, 1) for year in (2016, 2017, 2018, 2021))
    flows = (-100.0, -100.0, -100.0, back)
    assert abs(worth(rate(*flows, days=days), *flows, days=days)) < 1e-6


def test_flows_on_one_day_have_no_rate() -> None:
    """Paid out and received on the same day: no rate makes a difference, so there is none."""
    day = dt.date(2021, 1, 1)
    assert np.isnan(rate(-100.0, 90.0, days=(day, day)).rate[0])


# ---- Multiple and instalments -------------------------------------------------------------------


def test_multiple_by_hand() -> None:
    """3 of 7.5 mkr is 0.4 times; of nothing there is no multiple."""
    found = multiple(np.array([300_000_000, 0]), np.array([750_000_000, 0]))
    assert found[0] == 0.4
    assert np.isnan(found[1])


def test_instalments_add_up_to_the_ore() -> None:
    """10.03 kr in four parts is 2.50 three times and 2.53."""
    assert instalments(np.array([1003, 0]), 4).tolist() == [[250, 250, 250, 253], [0, 0, 0, 0]]
