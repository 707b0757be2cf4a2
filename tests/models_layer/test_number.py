"""Numbers in a scenario: a value or a distribution, with where it comes from."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from models import distributions as d
from models import number as number_module
from models import quantity as q
from models import units as units_module
from models.number import Number, parse_number
from models.quantity import Dimension, QuantityError


@pytest.mark.parametrize(
    ("raw", "dimension", "expected"),
    [
        (0.4, q.SHARE, d.Fixed(0.4)),
        ({"value": "40 %"}, q.SHARE, d.Fixed(0.4)),
        ({"value": 7.5, "unit": "mkr"}, q.SEK, d.Fixed(7.5e6)),
        ({"normal": {"mean": 0, "sd": 0.2}}, q.LOG_RATIO, d.Normal(0.0, 0.2)),
        ({"lognormal": {"median": "1 mkr", "sigma": 0.5}}, q.SEK, d.LogNormal(1e6, 0.5)),
        ({"beta": {"a": 3, "b": 2}}, q.SHARE, d.Beta(3.0, 2.0)),
        ({"gamma": {"mean": "1 mkr", "cv": 0.5}}, q.SEK, d.Gamma(1e6, 0.5)),
        ({"uniform": [2, 4], "unit": "mkr"}, q.SEK, d.Uniform(2e6, 4e6)),
        ({"triangular": [0.1, 0.2, 0.2]}, q.SHARE, d.Triangular(0.1, 0.2, 0.2)),
        ({"pert": [0.25, 0.5, 0.8]}, q.RATIO, d.Pert(0.25, 0.5, 0.8)),
        (
            {"discrete": {"values": [3, 1, 3], "weights": [1, 2, 1]}},
            q.COUNT,
            d.Discrete((1.0, 3.0), (0.5, 0.5)),
        ),
        ({"empirical": [2, 1, 2, 2]}, q.COUNT, d.Discrete((1.0, 2.0), (0.25, 0.75))),
        (
            {"evidence": "skolfam2.log_ratio_new"},
            q.LOG_RATIO,
            d.FromEvidence("skolfam2", "log_ratio_new"),
        ),
    ],
)
def test_forms(raw: object, dimension: Dimension, expected: d.Distribution) -> None:
    """Each form is read into its distribution, in the canonical unit."""
    assert parse_number(raw, dimension).distribution == expected


def test_interval_form() -> None:
    """An interval with a family becomes the distribution whose central 90 % it is."""
    raw = {"interval": [2000, 3300], "family": "lognormal", "unit": "kr/dygn"}
    found = parse_number(raw, q.SEK_PER_DAY).distribution
    assert isinstance(found, d.LogNormal)
    assert found.median == pytest.approx((2000 * 3300) ** 0.5)


def test_notes_are_kept() -> None:
    """Source, kind, day of knowledge and hindsight stand beside the value."""
    day = dt.date(2020, 10, 1)
    found = parse_number(
        {
            "value": 0.5, "source": "slutredovisning", "kind": "published",
            "known_from": day, "hindsight": True, "reason": "replication",
        },
        q.SHARE,
    )  # fmt: skip
    assert (found.source, found.kind, found.known_from) == ("slutredovisning", "published", day)
    assert (found.hindsight, found.reason) == (True, "replication")


def test_inheritance() -> None:
    """A number without source takes the table's; one with its own does not take the kind."""
    bare = Number(d.Fixed(1.0), q.RATIO).at("a.b", "table", "expert")
    assert (bare.key, bare.source, bare.kind) == ("a.b", "table", "expert")
    own = Number(d.Fixed(1.0), q.RATIO, source="own").at("a.b", "table", "expert")
    assert (own.source, own.kind) == ("own", None)


REFUSED: list[tuple[Any, Dimension, str]] = [
    ("sju", q.COUNT, "not_a_number"),
    ("7,5 mkr", q.SEK, "decimal_comma"),
    (7.5, q.SEK, "unit_missing"),
    ("7.5 msek", q.SEK, "unit_unknown"),
    ("7.5 dygn", q.SEK, "unit_kind"),
    ({"value": "7.5 mkr", "unit": "tkr"}, q.SEK, "unit_twice"),
    (float("inf"), q.COUNT, "not_finite"),
    (-1, q.COUNT, "out_of_range"),
    (1.4, q.SHARE, "share_out_of_range"),
    ({}, q.SHARE, "number_without_value"),
    ({"value": 1, "uniform": [0, 1]}, q.SHARE, "number_with_two_values"),
    ({"value": 1, "sorce": "x"}, q.SHARE, "unknown_key"),
    ({"value": 1, "source": " "}, q.SHARE, "empty_text"),
    ({"value": 1, "unit": 3}, q.SHARE, "empty_text"),
    ({"value": 1, "kind": "guess"}, q.SHARE, "not_one_of"),
    ({"value": 1, "known_from": "2020"}, q.SHARE, "not_a_date"),
    ({"value": 1, "hindsight": 1}, q.SHARE, "not_true_or_false"),
    ({"normal": {"mean": 0.5, "sd": 0.1}}, q.SHARE, "support_outside"),
    ({"beta": {"a": 0, "b": 1}}, q.SHARE, "not_positive"),
    ({"normal": {"mean": 0, "sd": 0}}, q.LOG_RATIO, "not_positive"),
    ({"beta": [1, 2]}, q.SHARE, "wrong_parameters"),
    ({"uniform": [0, 0.5, 1]}, q.SHARE, "wrong_parameters"),
    ({"empirical": []}, q.SHARE, "wrong_parameters"),
    ({"pert": [0.5, 0.2, 0.8]}, q.SHARE, "not_rising"),
    ({"uniform": [0.5, 0.5]}, q.SHARE, "not_rising"),
    ({"interval": [0.1, 0.2]}, q.SHARE, "interval_family"),
    ({"discrete": {"values": [1, 2], "weights": [1]}}, q.COUNT, "wrong_weights"),
    ({"discrete": {"values": [], "weights": []}}, q.COUNT, "wrong_weights"),
    ({"evidence": "skolfam2"}, q.LOG_RATIO, "wrong_evidence"),
]


@pytest.mark.parametrize(("raw", "dimension", "code"), REFUSED)
def test_refused(raw: object, dimension: Dimension, code: str) -> None:
    """Each way to be wrong has its own stable code."""
    with pytest.raises(QuantityError) as caught:
        parse_number(raw, dimension)
    assert caught.value.code == code


def test_every_code_is_reached() -> None:
    """The list above reaches every code that the bottom layer can raise."""
    sources = (number_module, units_module, q)
    text = "".join(Path(str(module.__file__)).read_text("utf-8") for module in sources)
    raised = set(re.findall(r'QuantityError\(\s*"([a-z_]+)"', text))
    raised |= {"number_without_value", "number_with_two_values", "out_of_range"}
    raised |= {"share_out_of_range", "unit_kind"}
    assert raised == {code for _, _, code in REFUSED}
