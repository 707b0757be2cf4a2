"""A fund composed of scenarios that also run alone: what is taken, kept and refused."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import tomli_w

from models.cache import cache_key
from simulate.errors import BadInput, Problem
from simulate.scenario.read import load
from simulate.scenario.resolve import numbers
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import FundScenario

BAD = Path(__file__).parents[1] / "bad"
PARTS = ("skolfam2", "alla_barn_i_skolan", "servicetrainee", "np_center", "solid_aterkomst")
PLAIN = (BAD / "_valid_fund.toml").read_text(encoding="utf-8")


def fund(name: str, *settings: str) -> FundScenario:
    """Return a shipped scenario with a fund."""
    scenario = load(shipped()[name], settings).scenario
    assert isinstance(scenario, FundScenario)
    return scenario


def write(folder: Path, entries: str, *changes: tuple[str, str]) -> Path:
    """Write a fund whose investments are ``entries``, with the plain fund beside as a part."""
    (folder / "delar").mkdir(exist_ok=True)
    (folder / "delar" / "hemma.toml").write_text(PLAIN, encoding="utf-8")
    start, end = PLAIN.index("[investments"), PLAIN.index("[outcomes")
    text = PLAIN[:start] + entries
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    assert end > start
    path = folder / "helhet.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[Problem]:
    """Return what is wrong with a file."""
    with pytest.raises(BadInput) as caught:
        load(path)
    return list(caught.value.problems)


def test_the_whole_holds_its_parts() -> None:
    """Investments, evidence, gains and parties are those of the parts, number by number."""
    whole = fund("norrkoping_fond")
    assert tuple(whole.investments) == PARTS
    there = {one.key: one for one in numbers(whole)}
    for name in PARTS:
        part = fund(name)
        for place in ("investments", "evidence", "outcomes"):
            own = list(numbers(getattr(part, place)))
            assert [there[one.key] for one in own] == own
        assert part.evidence.keys() <= whole.evidence.keys()
        for who in part.investments[name].named_parties:
            assert whole.parties[who].type == part.parties[who].type
    assert set(whole.outcomes) == {"betyg", "arbete", "barn"}


def test_fits_are_shared() -> None:
    """A block that was fitted for a part is not fitted again for the whole."""
    whole = fund("norrkoping_fond")
    for name in ("skolfam2", "servicetrainee"):
        part = fund(name)
        for block, spec in part.evidence.items():
            own = cache_key(block, spec, part.fit_seed)
            assert cache_key(block, whole.evidence[block], whole.fit_seed) == own


def test_what_is_stored_stands_on_its_own(tmp_path: Path) -> None:
    """The plain data of the whole reads the same without any other file."""
    loaded = load(shipped()["norrkoping_fond"])
    text = tomli_w.dumps(loaded.raw)
    assert "from" not in {key for one in loaded.raw["investments"].values() for key in one}
    stored = tmp_path / "stored.toml"
    stored.write_text(text, encoding="utf-8")
    assert load(stored).scenario == loaded.scenario


def test_settings_reach_into_the_parts() -> None:
    """``--set`` changes a number of a part as any other."""
    key = "investments.np_center.effects.realiserat.share"
    found = {one.key: one for one in numbers(fund("norrkoping_fond", f"{key}=0.5"))}
    assert found[key].distribution.support() == (0.5, 0.5)
    assert found[key].source == "angivet med --set"


def test_a_file_below_is_a_part(tmp_path: Path) -> None:
    """A part may lie in a folder below; its numbers keep the source that they had there."""
    path = write(
        tmp_path,
        '[investments.ute]\nfrom = "delar/hemma.toml"\n',
        ('source = "skrivet för test"', 'source = "helheten"'),
        ('[parties.regionen]\nname = "Regionen"', '[parties.regionen]\nname = "Vår region"'),
    )
    scenario = load(path).scenario
    assert isinstance(scenario, FundScenario)
    assert list(scenario.investments) == ["ute"]
    assert scenario.parties["regionen"].name == "Vår region"
    found = {one.key: one.source for one in numbers(scenario)}
    assert found["investments.ute.costs.2020"] == "skrivet för test"
    assert found["outcomes.arbete.without"] == "skrivet för test"
    assert found["fund.capital.2020"] == "helheten"


def test_keys_beside_override(tmp_path: Path) -> None:
    """What is written beside ``from`` takes the place of the part's own, and nothing else does."""
    beside = 'costs = { 2020 = { value = "2 mkr", source = "nytt", kind = "expert" } }\n'
    path = write(tmp_path, f'[investments.ute]\nfrom = "delar/hemma.toml"\n{beside}')
    scenario = load(path).scenario
    assert isinstance(scenario, FundScenario)
    one = scenario.investments["ute"]
    assert one.costs["2020"].distribution.support() == (2e6, 2e6)
    assert one.costs["2020"].source == "nytt"
    assert one.title == "Hemmaplan"


def test_parties_come_along(tmp_path: Path) -> None:
    """A party that only the part has is added; one that its investments do not name is not."""
    start, end = PLAIN.index("[parties.socialnamnden]"), PLAIN.index("[fund]")
    only = PLAIN[start:end]
    extra = '[parties.staten]\nname = "Staten"\ntype = "state"\nroles = ["outcome_payer"]\n'
    path = write(tmp_path, '[investments.ute]\nfrom = "delar/hemma.toml"\n', (only, ""))
    part = tmp_path / "delar" / "hemma.toml"
    part.write_text(PLAIN.replace("[fund]", f'{extra}discount_rate = "2 %"\n\n[fund]', 1), "utf-8")
    assert list(load(path).scenario.parties) == ["fonden", "socialnamnden", "regionen"]


def test_problems_of_parts_have_their_own_file_and_line(tmp_path: Path) -> None:
    """Every slip of every part is told at once, where it stands, beside those of composing."""
    entries = (
        '[investments.a]\nfrom = "delar/hemma.toml"\n\n[investments.b]\nfrom = "delar/b.toml"\n'
        '\n[investments.c]\nfrom = "delar/saknas.toml"\n'
    )
    path = write(tmp_path, entries)
    slips = {"hemma": ("cashable = 0.5", "cashable = 1.5"), "b": ("first_year", "frist_year")}
    for name, (old, new) in slips.items():
        text = PLAIN.replace(old, new)
        (tmp_path / "delar" / f"{name}.toml").write_text(text, encoding="utf-8")
    lines = {name: text.split("\n") for name, text in (("hemma", PLAIN), ("b", PLAIN))}
    found = problems(path)
    assert [(one.file, one.code) for one in found] == [
        ("", "unknown_part"),
        ("delar/b.toml", "missing_key"),
        ("delar/b.toml", "unknown_key"),
        ("delar/hemma.toml", "share_out_of_range"),
    ]
    assert found[-1].line == lines["hemma"].index("cashable = 0.5") + 1
    assert found[-1].text().startswith(f"delar/hemma.toml, rad {found[-1].line}, investments.hemma")


def test_what_does_not_fit_the_whole_is_told_at_its_from(tmp_path: Path) -> None:
    """A part that is good by itself and wrong in the whole is told where it is taken in."""
    entries = '[investments.ute]\nfrom = "delar/hemma.toml"\n'
    path = write(tmp_path, entries, ("signed = 2020-01-01", "signed = 2020-01-02"))
    part = tmp_path / "delar" / "hemma.toml"
    late = 'price = { value = "2 500 kr/dygn", source = "s", kind = "expert", known_from = {} }'
    judged = "signed = 2020-01-01\njudged = 2021-12-31"
    text = PLAIN.replace('price = "2 500 kr/dygn"', late.replace("{}", "2021-01-01"))
    part.write_text(text.replace("signed = 2020-01-01", judged), encoding="utf-8")
    (problem,) = problems(path)
    assert problem.code == "later_than_signed"
    assert (
        path.read_text(encoding="utf-8")
        .split("\n")[problem.line - 1]
        .startswith(("[investments.ute]", "from"))
    )


def test_a_longer_circle_is_named(tmp_path: Path) -> None:
    """A circle of several files is told with all of them."""
    path = write(tmp_path, '[investments.ute]\nfrom = "delar/hemma.toml"\n')
    part = tmp_path / "delar" / "hemma.toml"
    start = PLAIN.index("[investments")
    inner = '[investments.inne]\nfrom = "djup.toml"\n'
    part.write_text(PLAIN[:start] + inner, encoding="utf-8")
    deep = '[investments.ute]\nfrom = "djup.toml"\n'
    (tmp_path / "delar" / "djup.toml").write_text(PLAIN[:start] + deep, encoding="utf-8")
    (problem,) = problems(path)
    assert problem.code == "composition_circular"
    assert problem.context["found"] == "djup.toml → djup.toml"
    assert problem.file.endswith("djup.toml")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A file that only seems to lie in the folder is outside it."""
    inside, outside = tmp_path / "inne", tmp_path / "ute.toml"
    inside.mkdir()
    outside.write_text(PLAIN, encoding="utf-8")
    path = write(inside, '[investments.ute]\nfrom = "delar/lank.toml"\n')
    (inside / "delar" / "lank.toml").symlink_to(outside)
    assert [one.code for one in problems(path)] == ["part_outside"]


@pytest.mark.parametrize("name", ["3", "true", "[]", '""', '"."', '"/"', '"a\\u0000b"', '"x/y"'])
def test_names_of_nothing(tmp_path: Path, name: str) -> None:
    """Whatever is no name of a part is refused once, on its line."""
    (problem,) = problems(write(tmp_path, f"[investments.ute]\nfrom = {name}\n"))
    assert problem.key == "investments.ute.from"
    assert problem.code in ("not_text", "unknown_part", "part_outside", "control_character")


def test_parts_of_the_plan() -> None:
    """The composed fund grants and plans what the plan of the fund does, to the krona."""
    whole, plan = fund("norrkoping_fond"), fund("norrkoping_fond_plan")
    for key, one in plan.investments.items():
        for name in ("costs", "aterforing", "split"):
            assert {k: n.distribution for k, n in getattr(one, name).items()} == {
                k: n.distribution for k, n in getattr(whole.investments[key], name).items()
            }


def test_the_files_say_from() -> None:
    """The shipped fund is composed; nothing of the parts is written twice."""
    raw = tomllib.loads(shipped()["norrkoping_fond"].read_text(encoding="utf-8"))
    assert {name: one["from"] for name, one in raw["investments"].items()} == {
        name: name for name in PARTS
    }
