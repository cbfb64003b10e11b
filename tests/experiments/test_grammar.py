"""Hydra's sweep grammar, with what planners type around it."""

from __future__ import annotations

import pytest

from experiments.errors import BadInput
from experiments.grammar import parse


def test_lists_ranges_and_choices_are_sweeps() -> None:
    listed, ranged, chosen = parse(
        [
            "levers.guidance_fund.envelope=100,200",
            "levers.rnd_subsidy.envelope=range(100,400,100)",
            "levers.talent_awards.envelope=choice(10,20)",
        ]
    )
    assert listed.values == (100, 200)
    assert ranged.values == (100, 200, 300)
    assert chosen.values == (10, 20)
    assert all(setting.swept for setting in (listed, ranged, chosen))


def test_glob_finds_scenarios_in_folders_and_mixes_with_names() -> None:
    (setting,) = parse(["scenario=glob(only/*),opinion_2014"])
    assert "only/rnd_subsidy" in setting.values
    assert setting.values[-1] == "opinion_2014"


def test_a_list_of_scenarios_is_one_scenario() -> None:
    (setting,) = parse(["scenario=[environment,vitality]"])
    assert setting.values == (("environment", "vitality"),)
    assert not setting.swept


@pytest.mark.parametrize("text", ["需求", "~/x y", "a=b, c", "it's", "[1]", "${x}"])
def test_free_text_is_taken_as_it_stands(text: str) -> None:
    (setting,) = parse([f"results={text}"])
    assert setting.values == (text,)


def test_a_repeated_value_is_taken_once() -> None:
    (setting,) = parse(["scenario=environment,environment"])
    assert setting.values == ("environment",)


def test_a_planners_scenario_may_have_a_chinese_name(tmp_path) -> None:
    (tmp_path / "需求侧.yaml").write_text("levers: {first_purchase: {enabled: true}}\n")
    _, setting = parse([f"scenarios_from={tmp_path}", "scenario=需求侧,baseline"])
    assert setting.values == ("需求侧", "baseline")


def test_a_planners_scenario_may_not_hide_one_that_ships(tmp_path) -> None:
    (tmp_path / "baseline.yaml").write_text("levers: {first_purchase: {enabled: true}}\n")
    with pytest.raises(BadInput, match="rename the file"):
        parse([f"scenarios_from={tmp_path}", "scenario=baseline"])
