"""Colours that all can read and tell apart, worked out rather than looked at."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import simulate.report
from simulate.report import style

CSS = (Path(simulate.report.__file__).parent / "templates" / "style.css").read_text("utf-8")
INK, GREY, BLUE, ORANGE = (
    re.findall(rf"--{name}: (#\w+);", CSS)[0] for name in ("ink", "grey", "blue", "orange")
)
BEHIND = ["#ffffff", *re.findall(r"--(?:warn|stop): (#\w+);", CSS)]
SQUARES = re.findall(r"^\.h\d \{ background: (#\w+); \}", CSS, re.MULTILINE)
# Machado, Oliveira and Fernandes (2009), table 1: no green cones at all.
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)


def linear(colour: str) -> NDArray[np.float64]:
    """Return red, green and blue light of a colour such as #222."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    coded = np.array([int(digits[place : place + 2], 16) / 255.0 for place in (0, 2, 4)])
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the contrast of two lights as WCAG 2.2 defines it, from 1 to 21."""
    low, high = sorted(float(light @ [0.2126, 0.7152, 0.0722]) for light in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("letters", [INK, GREY])
@pytest.mark.parametrize("behind", BEHIND)
def test_text_can_be_read_on_every_ground(letters: str, behind: str) -> None:
    """At least 4.5 to 1, which level AA asks of small text."""
    assert contrast(linear(letters), linear(behind)) >= 4.5


@pytest.mark.parametrize("letters", [BLUE, ORANGE, style.BLUE, style.ORANGE, style.INK, style.GREY])
def test_coloured_text_can_be_read_on_white(letters: str) -> None:
    """Words in pictures stand on white, or on a white patch."""
    assert contrast(linear(letters), linear("#ffffff")) >= 4.5


def test_squares_darken_with_the_probability_and_can_be_read() -> None:
    """The order of the heat map is there without colour, and so is every figure in it."""
    assert len(SQUARES) == 5
    for paler, darker in pairwise(map(linear, SQUARES)):
        assert contrast(paler, linear("#000")) > contrast(darker, linear("#000"))
    assert all(contrast(linear(INK), linear(square)) >= 4.5 for square in SQUARES)


@pytest.mark.parametrize("seen", [np.eye(3), DEUTERANOPIA])
def test_fills_beside_orange_differ_in_grey(seen: NDArray[np.float64]) -> None:
    """Orange bars are much darker than the blue ones beside them, whoever looks."""
    dark, light, lighter = (
        np.clip(seen @ linear(one), 0.0, 1.0) for one in (style.ORANGE, style.LIGHT, style.LIGHTER)
    )
    assert contrast(dark, light) >= 2.0
    assert contrast(dark, lighter) >= 3.0
    assert contrast(light, lighter) >= 1.4


def test_orange_and_blue_are_equally_dark_which_is_why_nothing_rests_on_them() -> None:
    """Negative control: the check above fails for two lines of these colours."""
    assert contrast(linear(style.ORANGE), linear(style.BLUE)) < 1.1


def test_the_smallest_letters_are_nine_pixels_on_a_telephone() -> None:
    """390 pixels less the margins of the page are 358 for a picture."""
    assert style.SMALL / 72.0 * 358.0 / style.WIDTH >= 9.0
