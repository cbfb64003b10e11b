"""The YAML that ships: every file composes, names are those of the levers, differences are said."""

from __future__ import annotations

import pytest
import yaml

from experiments import shipped
from experiments.clauses import mapped
from experiments.compose import SCENARIO_KEYS, composer, flat
from experiments.design import expand
from experiments.grammar import Setting
from experiments.schema import build
from experiments.shelf import CONF, shipped_scenarios, world_names
from scenarios.levers import LEVERS
from sim.world import World

SECTIONS = ("environment", "vitality", "capability", "industries", "safeguards")


def stated(name: str) -> dict:
    return yaml.safe_load((CONF / "scenario" / f"{name}.yaml").read_text(encoding="utf-8"))


def test_every_scenario_composes_within_the_purse() -> None:
    made = expand([Setting("scenario", shipped_scenarios())])
    assert {design.scenario for design in made.compared()} == set(shipped_scenarios())


def test_what_ships_is_what_the_levers_say() -> None:
    """Run `python -m experiments.shipped` after a lever or a package has changed."""
    made = shipped.files()
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is not up to date"
    names = {path.relative_to(CONF / "scenario").with_suffix("").as_posix()
             for path in made if path.is_relative_to(CONF)}  # fmt: skip
    assert names == set(shipped_scenarios())


def test_one_scenario_a_lever() -> None:
    only = [name.removeprefix("only/") for name in shipped_scenarios() if name.startswith("only/")]
    assert only == list(LEVERS)
    for name in only:
        assert set(stated(f"only/{name}")["levers"]) == {name}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_and_the_opinion_without_it_make_the_opinion(section: str) -> None:
    whole = [name for name, lever in LEVERS.items() if lever.section in SECTIONS]
    inside = [name for name in whole if LEVERS[name].section == section]
    assert list(stated("opinion_2014")["levers"]) == whole
    assert list(stated(section)["levers"]) == inside
    assert list(stated(f"opinion_without/{section}")["levers"]) == [
        name for name in whole if name not in inside
    ]


def test_packages_are_made_of_levers_of_the_document() -> None:
    for name, package in shipped.packages()["packages"].items():
        given = package["levers"]
        assert given == "document" or set(given) <= set(mapped()), name
        assert given == "document" or len(set(given)) == len(given)
        assert stated(name)["levers"], name
        assert package["why"]["en"].isascii()
        assert not package["why"]["zh"].isascii()


def test_packages_cost_the_same() -> None:
    names = tuple(shipped.packages()["packages"])
    made = expand([Setting("scenario", names)]).compared()
    assert {design.scenario for design in made} == {
        "supply_push", "demand_pull", "finance_first", "talent_first", "universal", "focused",
    }  # fmt: skip
    for design in made:
        assert design.outlay == pytest.approx(shipped.packages()["envelope_total"])


def test_universal_and_focused_differ_in_whom_they_serve_only() -> None:
    universal, focused = (
        design.levers
        for design in expand([Setting("scenario", ("universal", "focused"))]).compared()
    )
    assert universal.keys() == focused.keys()
    for name in universal:
        one, two = flat(universal[name]), flat(focused[name])
        assert {key for key in one if one[key] != two[key]} == {"targeting.mode"}


def test_the_baseline_switches_nothing_on() -> None:
    assert set(stated("baseline")) == {"title"}


@pytest.mark.parametrize("name", shipped_scenarios())
def test_scenarios_have_titles_in_both_languages_and_state_nothing_else(name: str) -> None:
    values = stated(name)
    assert set(values) <= set(SCENARIO_KEYS)
    assert values["title"]["en"].isascii()
    assert not values["title"]["zh"].isascii()


@pytest.mark.parametrize("name", world_names())
def test_worlds_are_within_bounds_and_explain_each_difference(name: str) -> None:
    with composer() as compose:
        values = compose.compose([("world", name)]).values()["world"]
    assert build(World, values, "world").name == name
    text = (CONF / "world" / f"{name}.yaml").read_text(encoding="utf-8")
    own = yaml.safe_load(text)
    own.pop("defaults", None)
    assert own.pop("name") == name
    for key, value in flat(own).items():
        (line,) = [row for row in text.splitlines() if row.strip().startswith(key.split(".")[-1])]
        assert "#" in line, f"{name}: {key}={value} does not say why"
        assert flat(values)[key] != flat_declared()[key], f"{name}: {key} is what is declared"


def flat_declared() -> dict:
    from dataclasses import asdict

    return flat(asdict(World()))
