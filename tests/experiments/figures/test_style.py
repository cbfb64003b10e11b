"""How scenarios are told apart: by colour and by marker, the same in every chart of a study."""

import itertools

import numpy as np
import pytest

from experiments.figures.study import Study
from experiments.figures.style import (
    BLUE,
    COLOURS,
    GREY,
    LEGIBLE,
    SAND,
    UMBER,
    contrast,
    legible,
    looks,
)
from experiments.text import Text

# What is left of linear red, green and blue where one kind of cone is missing (Machado et al. 2009).
SIGHT = {
    "full": np.eye(3),
    "no red cones": np.array(
        [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]
    ),
    "no green cones": np.array(
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
    ),
    "no blue cones": np.array(
        [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]
    ),
}
APART = 10.0  # CIE distance; about 2 can just be told side by side


def lab(colour: str, sight: np.ndarray) -> np.ndarray:
    """A colour as it is seen, in CIE L*a*b*."""
    given = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(given <= 0.04045, given / 12.92, ((given + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.412, 0.358, 0.180], [0.213, 0.715, 0.072], [0.019, 0.119, 0.950]])
    seen = to_xyz @ np.clip(sight @ linear, 0.0, 1.0) / np.array([0.9505, 1.0, 1.089])
    root = np.where(seen > 0.008856, np.cbrt(seen), 7.787 * seen + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("sight", SIGHT)
def test_no_scenario_has_the_colours_of_other_meanings(sight: str) -> None:
    """Funds and banks had been teal and orange, as were two packages; better and worse as well."""
    light, dark = lab(SAND, SIGHT[sight]), lab(UMBER, SIGHT[sight])
    assert np.linalg.norm(light - dark) > APART
    for scenario in (GREY, BLUE, *COLOURS):
        seen = lab(scenario, SIGHT[sight])
        assert min(np.linalg.norm(seen - light), np.linalg.norm(seen - dark)) > APART


def test_words_about_a_scenario_are_dark_enough_to_read() -> None:
    for colour in (GREY, BLUE, SAND, UMBER, *COLOURS):
        assert contrast(legible(colour)) >= LEGIBLE
    assert legible(BLUE) == BLUE
    assert contrast("#000000") == pytest.approx(21.0)


@pytest.mark.parametrize("sight", SIGHT)
def test_the_colours_stay_apart_for_all_eyes(sight: str) -> None:
    seen = [lab(colour, SIGHT[sight]) for colour in (GREY, BLUE, *COLOURS)]
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(one - other) > APART


def test_baseline_and_opinion_look_the_same_in_every_study() -> None:
    for names in (["baseline", "vitality"], ["vitality", "opinion_2014"]):
        found = looks(names)
        assert found["baseline"].colour == GREY
        assert found["opinion_2014"].colour == BLUE


def test_packages_and_single_levers_are_told_apart() -> None:
    """All packages had been orange triangles, and all single levers teal circles."""
    names = ["demand_pull", "finance_first", "only/first_purchase", "only/rnd_subsidy"]
    found = looks(["baseline", "opinion_2014", *names])
    assert len({found[name].colour for name in names}) == 4
    assert len({found[name].marker for name in names}) == 4
    many = looks([f"only/{place}" for place in range(50)])
    assert len(set(many.values())) == len(many) == 52


def test_a_scenario_looks_the_same_whatever_the_world_and_the_chart() -> None:
    study = Study(
        Text("en"), labels=dict.fromkeys(["baseline", "small: vitality", "vitality"], "any")
    )
    assert study.colour("small: vitality") == study.colour("vitality")
    assert study.marker("small: vitality") == study.marker("vitality")
