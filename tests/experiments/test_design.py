"""Designs: off stays off, the reference ignores levers, equal designs share runs."""

from __future__ import annotations

import pytest

from experiments.design import Design, Plan, expand
from experiments.errors import BadInput
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
    assert [design.id for design in made.compared()] == ["baseline", "environment"]
    assert made.computed() == list(made.designs)


def test_a_lever_switched_on_by_hand_is_named_as_its_own_scenario() -> None:
    """A reader of the table sees what was tried, rather than "baseline (2)"."""
    made = plan("levers.rnd_subsidy.enabled=true", "levers.rnd_subsidy.envelope=77")
    (compared,) = made.compared()
    assert compared.id == compared.scenario == "only/rnd_subsidy"
    assert compared.title["en"] == "Support for growing R&D outlay"
    assert compared.title["zh"] == "研发投入支持"
    made = plan("scenario=environment", "levers.rnd_subsidy.enabled=true")
    assert [design.id for design in made.compared()] == ["environment+only/rnd_subsidy"]


def test_a_lever_switched_off_by_hand_is_named_too() -> None:
    made = plan("scenario=opinion_2014", "levers.rnd_subsidy.enabled=true,false")
    assert [design.id for design in made.compared()] == [
        "opinion_2014", "opinion_2014 rnd_subsidy.enabled=false",
    ]  # fmt: skip
    made = plan("scenario=opinion_2014", "levers.rnd_subsidy.enabled=false")
    assert [design.id for design in made.compared()] == ["opinion_2014 rnd_subsidy.enabled=false"]
    assert not made.notices


def test_values_are_in_the_names_of_scenarios_they_concern_only() -> None:
    """The subsidy spends its 180 m a year, whatever the fund is given."""
    made = plan("scenario=only/rnd_subsidy,only/guidance_fund", "levers.guidance_fund.envelope=5,6")
    assert [design.id for design in made.compared()] == [
        "only/rnd_subsidy", "only/guidance_fund envelope=5", "only/guidance_fund envelope=6",
    ]  # fmt: skip


def test_a_reference_that_is_called_alike_is_told_apart_by_values() -> None:
    words = ("scenario=only/rnd_subsidy", "levers.rnd_subsidy.envelope=77")
    (compared,) = plan(*words, "against=only/rnd_subsidy").compared()
    assert (compared.id, compared.reference) == ("only/rnd_subsidy envelope=77", "only/rnd_subsidy")
    (compared,) = plan("scenario=baseline", "extra_budget=10", "budget_source=bonds").compared()
    assert (compared.id, compared.reference) == ("baseline extra_budget=10", "baseline")


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


def envelopes(design: Design) -> dict[str, float]:
    return {name: values["envelope"] for name, values in design.levers.items()}


def test_envelopes_are_scaled_to_one_total_in_their_proportions() -> None:
    stated, scaled = (
        plan("scenario=vitality", f"envelope_total={total}").compared()[0] for total in (0, 300)
    )
    assert scaled.outlay == pytest.approx(300.0)
    factors = {envelopes(scaled)[name] / envelopes(stated)[name] for name in stated.levers}
    assert max(factors) == pytest.approx(min(factors))
    assert stated.outlay == sum(envelopes(stated).values())
    assert scaled.identity != stated.identity


def test_every_scenario_can_be_put_at_the_same_cost_and_the_reference_stays() -> None:
    made = plan(
        "scenario=environment,vitality,baseline", "envelope_total=200", "against=capability"
    )
    outlays = {design.id: design.outlay for design in made.compared()}
    assert outlays["environment"] == pytest.approx(200.0)
    assert outlays["vitality"] == pytest.approx(200.0)
    assert outlays["baseline"] == 0.0
    reference = by_id(made)[made.compared()[0].reference]
    assert reference.outlay == plan("scenario=capability").compared()[0].outlay


def test_a_total_is_a_mean_over_the_run_where_levers_are_dated() -> None:
    words = ("scenario=only/rnd_subsidy", "levers.rnd_subsidy.end=10", "quarters=40")
    assert plan(*words).compared()[0].outlay == pytest.approx(180.0 / 4)
    (scaled,) = plan(*words, "envelope_total=50").compared()
    assert envelopes(scaled)["rnd_subsidy"] == pytest.approx(200.0)
    assert scaled.outlay == pytest.approx(50.0)


def test_the_identity_knows_the_envelopes_and_not_how_they_were_stated() -> None:
    by_total = plan("scenario=only/rnd_subsidy", "envelope_total=100").compared()[0]
    by_hand = plan("scenario=only/rnd_subsidy", "levers.rnd_subsidy.envelope=100").compared()[0]
    assert by_total.identity == by_hand.identity


def test_totals_can_be_swept_and_a_total_beyond_the_purse_is_refused() -> None:
    swept = plan("scenario=vitality", "envelope_total=100,200,400").compared()
    assert [round(design.outlay, 6) for design in swept] == [100.0, 200.0, 400.0]
    with pytest.raises(BadInput, match="programme budget"):
        plan("scenario=vitality", "envelope_total=1500")


def test_a_scenario_that_plans_nothing_says_so() -> None:
    made = plan("scenario=only/rnd_subsidy", "levers.rnd_subsidy.envelope=0", "envelope_total=100")
    assert "nothing to scale" in " ".join(made.notices)


def test_scenarios_that_state_different_totals_are_not_merged(tmp_path) -> None:
    for name, total in (("modest", 50), ("grand", 90)):
        text = f"levers: {{rnd_subsidy: {{enabled: true}}}}\nenvelope_total: {total}\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    with pytest.raises(BadInput, match="envelope_total is 50 in one and 90 in the other"):
        plan(f"scenarios_from={tmp_path}", "scenario=[modest,grand]")


def test_dates_may_be_written_as_calendar_quarters(tmp_path) -> None:
    """Quarter 0 is 2014Q3, so that 2016Q1 is quarter 6; in lists, ranges and scenario files too."""
    on = ("scenario=only/rnd_subsidy", "quarters=40")
    for given, starts in (
        ("2016Q1", [6]), ("2014Q3,2018q2", [0, 15]), ("range(2015Q1,2017Q1,4)", [2, 6]), ("6", [6]),
    ):  # fmt: skip
        made = plan(*on, f"levers.rnd_subsidy.start={given}").compared()
        assert [design.levers["rnd_subsidy"]["start"] for design in made] == starts
    (tmp_path / "later.yaml").write_text("levers: {rnd_subsidy: {enabled: true, start: 2016Q1}}\n")
    (later,) = plan(f"scenarios_from={tmp_path}", "scenario=later").compared()
    assert later.levers["rnd_subsidy"]["start"] == 6


def test_a_scenario_file_may_give_one_title_for_both_languages(tmp_path) -> None:
    (tmp_path / "mine.yaml").write_text("title: 我的方案\nlevers: {brands: {enabled: true}}\n")
    (made,) = plan(f"scenarios_from={tmp_path}", "scenario=mine").compared()
    assert made.title == {"en": "我的方案", "zh": "我的方案"}


def test_a_lever_that_starts_after_the_run_is_told() -> None:
    made = plan("scenario=only/rnd_subsidy", "levers.rnd_subsidy.start=2022Q1", "quarters=4")
    assert "levers.rnd_subsidy of only/rnd_subsidy is never in force" in made.notices[0]
    assert "quarter 30 (2022Q1)" in made.notices[0]
