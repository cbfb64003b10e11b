"""Designs: off stays off, the reference ignores levers, equal designs share runs."""

from __future__ import annotations

from experiments.design import Design, Plan, expand
from experiments.grammar import parse
from scenarios.levers import LEVERS


def plan(*overrides: str) -> Plan:
    return expand(parse(overrides))


def by_id(made: Plan) -> dict[str, Design]:
    return {design.id: design for design in made.designs}


def test_off_stays_off() -> None:
    made = plan("scenario=baseline", "levers.rnd_subsidy.envelope=77")
    assert made.compared()[0].levers == {}
    assert "levers.rnd_subsidy is off" in " ".join(made.notices)
    assert made.designs[0].identity == plan("scenario=baseline").designs[0].identity


def test_a_lever_can_be_switched_on_by_hand() -> None:
    made = plan(
        "scenario=baseline", "levers.rnd_subsidy.enabled=true", "levers.rnd_subsidy.envelope=77"
    )
    (compared,) = [design for design in made.compared() if design.levers]
    assert compared.levers["rnd_subsidy"]["envelope"] == 77.0


def test_the_reference_ignores_lever_overrides_but_not_the_world() -> None:
    made = plan(
        "scenario=opinion_2014", "against=only/rnd_subsidy", "world.scale=0.5",
        "levers.rnd_subsidy.envelope=77",
    )  # fmt: skip
    designs = by_id(made)
    reference = designs[made.compared()[0].reference]
    assert reference.levers["rnd_subsidy"]["envelope"] != 77.0
    assert made.compared()[0].levers["rnd_subsidy"]["envelope"] == 77.0
    assert reference.world["scale"] == made.compared()[0].world["scale"] == 0.5


def test_each_world_has_its_own_reference() -> None:
    made = plan("scenario=environment", "world=haidian_2014,funding_winter")
    references = {design.world_name: design.reference for design in made.compared()}
    assert references == {
        "haidian_2014": "haidian_2014: baseline",
        "funding_winter": "funding_winter: baseline",
    }


def test_equal_designs_run_once() -> None:
    made = plan("scenario=environment,baseline", "levers.guidance_fund.envelope=100,200")
    assert len(made.compared()) == 4
    assert [design.id for design in made.computed()] == ["baseline", "environment envelope=100"]


def test_a_world_that_is_spelt_out_equals_the_named_one() -> None:
    spelt = plan("scenario=baseline", "world=haidian_2014", "world.scale=0.1")
    assert spelt.designs[0].identity == plan("scenario=baseline", "world=small").designs[0].identity


def test_merged_scenarios_hold_the_levers_of_both() -> None:
    (merged,) = plan("scenario=[industries,capability]").compared()
    both = {name for name, kind in LEVERS.items() if kind.section in ("industries", "capability")}
    assert set(merged.levers) == both
    assert " + " in merged.title["en"]


def test_a_sweep_of_levers_and_worlds_is_every_combination() -> None:
    made = plan(
        "scenario=opinion_2014", "levers.guidance_fund.envelope=100,120", "world.scale=0.1,0.2"
    )
    assert len(made.compared()) == 4
    assert len({design.identity for design in made.compared()}) == 4
    assert {design.reference for design in made.compared()} == {
        "baseline scale=0.1", "baseline scale=0.2",
    }  # fmt: skip
