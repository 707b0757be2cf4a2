"""The price list: every price is public and sourced, and a scenario that names one holds it all."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from models import quantity as q
from models.number import parse_number, parse_price
from models.quantity import Dimension
from simulate.errors import BadInput
from simulate.scenario.prices import BASES, PAYERS, apply_prices, prices
from simulate.scenario.read import load
from simulate.scenario.register import register

VALID = Path(__file__).parents[1] / "bad" / "_valid.toml"
DIMENSIONS = {"kr": q.SEK, "kr/dygn": q.SEK_PER_DAY, "kr/år": q.SEK_PER_YEAR}


def with_price(tmp_path: Path, price: str) -> Path:
    """Return a scenario whose cost per person is ``price``, a piece of TOML."""
    path = tmp_path / "priced.toml"
    text = VALID.read_text(encoding="utf-8")
    old = 'cost_per_person = "1 mkr"'
    assert old in text
    path.write_text(text.replace(old, f"cost_per_person = {price}"), encoding="utf-8")
    return path


def test_every_price_is_whole() -> None:
    """Each row has a source, a known unit, basis and payer, and digits for a price."""
    assert len(prices()) >= 15
    for name, price in prices().items():
        assert name == price.id
        assert price.source and price.note
        assert price.basis in BASES and price.payer in PAYERS
        assert price.kr.isdecimal()
        assert not price.price_year or 1990 <= int(price.price_year) <= 2100
        assert price.known_from is None or price.known_from.year >= int(price.price_year)
        parse_number(f"{price.kr} {price.unit}", DIMENSIONS[price.unit])


@pytest.mark.parametrize(
    ("name", "kr"),
    [
        ("hvb_dygn_helsingborg_unga_2016", 2658),
        ("hvb_minus_familjehem_dygn_orebro_2016", 2500),
        ("hvb_minus_familjehem_dygn_hogre_orebro_2016", 3300),
        ("grundskola_extra_ar_orebro_2016", 70_000),
        ("ekonomiskt_bistand_hushall_riket_2024", 75_045),
    ],
)
def test_printed(name: str, kr: int) -> None:
    """Prices are those that the sources print."""
    assert int(prices()[name].kr) == kr


def test_a_price_brings_what_it_stands_on(tmp_path: Path) -> None:
    """Value, unit, source, basis, price year, payer, kind and day of knowledge follow along."""
    path = with_price(tmp_path, '{ unit_cost = "grundskola_extra_ar_orebro_2016" }')
    found = {number.key: number for number in register(load(path).scenario)}
    number = found["outcomes.cost.cost_per_person"]
    assert number.source
    assert number.distribution.support() == (70_000.0, 70_000.0)
    assert number.kind == "published"
    assert number.known_from == dt.date(2016, 6, 14)
    for part in ("Örebro", "genomsnittskostnad", "2016 års priser", "bärs av nämnden", "lokaler"):
        assert part in number.source


def test_own_words_are_added(tmp_path: Path) -> None:
    """A number may add to the source and state its own kind."""
    price = '{ unit_cost = "hvb_dygn_sbu_2018", source = "vårt avtal", kind = "expert" }'
    raw = {"price": tomllib.loads(f"x = {price}")["x"]}
    apply_prices(raw)
    number = parse_number(raw["price"], q.SEK_PER_DAY)
    assert (number.source or "").startswith("prislistan, hvb_dygn_sbu_2018: ")
    assert (number.source or "").endswith("; vårt avtal")
    assert number.kind == "expert"


def test_what_is_stored_stands_on_its_own(tmp_path: Path) -> None:
    """The plain data of a scenario name no price any more, and read the same without the list."""
    path = with_price(tmp_path, '{ unit_cost = "gymnasium_extra_ar_orebro_2016" }')
    loaded = load(path)
    text = tomli_w.dumps(loaded.raw)
    assert "unit_cost" not in text
    stored = tmp_path / "stored.toml"
    stored.write_text(text, encoding="utf-8")
    assert load(stored).scenario == loaded.scenario


def test_a_price_that_is_set(tmp_path: Path) -> None:
    """``--set`` may name a price."""
    setting = 'outcomes.cost.cost_per_person={ unit_cost = "gymnasium_extra_ar_orebro_2016" }'
    raw = load(VALID, [setting]).raw
    assert raw["outcomes"]["cost"]["cost_per_person"]["value"] == "70000 kr"


def test_a_price_of_later_years_is_hindsight(tmp_path: Path) -> None:
    """A price that was not known at the decision is refused, as any number is."""
    price = '{ unit_cost = "gymnasium_extra_ar_orebro_2016", known_from = 2031-01-01 }'
    with pytest.raises(BadInput) as caught:
        load(with_price(tmp_path, price))
    assert [one.code for one in caught.value.problems] == ["later_than_signed"]


@pytest.mark.parametrize("name", ["3", "true", '["a"]', '"x"', '""'])
def test_no_such_price(tmp_path: Path, name: str) -> None:
    """Whatever is no id of the list is refused once, under its own key."""
    with pytest.raises(BadInput) as caught:
        load(with_price(tmp_path, f"{{ unit_cost = {name} }}"))
    (problem,) = caught.value.problems
    assert problem.code in ("unknown_price", "not_text")
    assert problem.key == "outcomes.cost.cost_per_person.unit_cost"
    assert problem.line == 43


def test_a_misspelt_key_is_told(tmp_path: Path) -> None:
    """The key is one of those a number may have."""
    with pytest.raises(BadInput) as caught:
        load(with_price(tmp_path, '{ unit_cots = "hvb_dygn_sbu_2018" }'))
    assert "unit_cost" in {one.context.get("close") for one in caught.value.problems}


@pytest.mark.parametrize(
    ("raw", "dimension", "same"),
    [("2 tkr", q.SEK, True), ("2 tkr/år", q.SEK_PER_YEAR, True), ("2 tkr/dygn", q.SEK, False)],
)
def test_price_of_a_unit(raw: str, dimension: Dimension, same: bool) -> None:
    """Units are counted by year, so their price may be stated a year; but not a day."""
    if same:
        number = parse_price(raw)
        assert number.distribution == parse_number(raw, dimension).distribution
        assert number.dimension is q.SEK
        return
    with pytest.raises(q.QuantityError) as caught:
        parse_price(raw)
    assert caught.value.code == "unit_kind"


def test_the_text_of_a_price_list_is_plain() -> None:
    """No cell can be taken for a formula."""
    for price in prices().values():
        fields: dict[str, Any] = vars(price)
        assert not any(str(cell).startswith(("=", "+", "-", "@")) for cell in fields.values())
