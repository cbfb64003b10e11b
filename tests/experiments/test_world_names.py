"""A world is called by its name only while nobody has changed it."""

import yaml

from experiments.compose import CONF
from experiments.text import Text
from experiments.world_names import study_worlds, world_name

EN, ZH = Text("en"), Text("zh")


def test_a_world_as_it_ships_has_its_plain_name() -> None:
    assert world_name(EN, "small", ["world=small", "scenario=baseline"]) == "Haidian at one tenth"
    assert world_name(EN, "mine") == "mine"


def test_with_another_scale_it_is_no_longer_at_one_tenth() -> None:
    given = ["world=small", "world.scale=0.05"]
    assert world_name(EN, "small", given) == "Haidian, mid-2014 (scale 0.05)"
    assert world_name(ZH, "small", given) == "2014年年中的海淀（模拟规模0.05）"
    assert world_name(EN, "hot_market", given) == "Hot market (scale 0.05)"


def test_small_is_the_standard_world_at_another_scale_and_nothing_else() -> None:
    """Else a scale by hand would not make it the standard world; see ONLY_SMALLER."""
    stated = yaml.safe_load((CONF / "world" / "small.yaml").read_text("utf-8"))
    assert stated.keys() == {"defaults", "name", "scale"}


def test_two_values_are_told_the_scale_first_and_the_rest_counted() -> None:
    given = ["world.demand.growth_shock=-0.1", "world.scale=0.2", "world.equity.climate=0.5",
             "world.equity.window=0.5"]  # fmt: skip
    assert world_name(EN, "haidian_2014", given) == (
        "Haidian, mid-2014 (scale 0.2, shock to demand growth: -0.1, 2 more values set by hand)"
    )


def test_what_a_sweep_varies_is_not_part_of_its_worlds_name() -> None:
    designs = [
        {"world": "small", "overrides": ["world.scale=0.05", f"world.equity.climate={value}"]}
        for value in (0.5, 0.7)
    ]
    assert study_worlds(EN, designs) == {"small": "Haidian, mid-2014 (scale 0.05)"}
