"""Every number is declared once, with unit, bounds, grade, source and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from agents.declare import declarations, declared, is_whole


@dataclass(frozen=True)
class Wall:
    height: float = declared(2.0, "m", "height of the wall", low=0, grade="A", source="survey")
    name: str = "north"


@dataclass(frozen=True)
class House:
    rooms: int = declared(4, "rooms", "rooms in the house")
    wall: Wall = field(default_factory=Wall)


@pytest.mark.parametrize("owner", [House, House()])
def test_declarations_are_read_back_from_a_class_or_an_instance(owner):
    found = {item.name: item for item in declarations(owner)}
    assert list(found) == ["rooms", "wall.height"]
    assert found["wall.height"].source == "survey"
    assert found["rooms"].grade == "U"


def test_an_instance_shows_its_own_values():
    found = {item.name: item.value for item in declarations(House(rooms=5, wall=Wall(height=3.0)))}
    assert found == {"rooms": 5, "wall.height": 3.0}


def test_a_grade_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="grade 'Z' is not one of A, B, C, U"):
        declared(1.0, "m", "height", grade="Z")


@dataclass(frozen=True)
class Silent:
    """Nothing is said of bounds."""

    count: float = declared(3.0, "persons", "how many")
    part: float = declared(0.4, "share of sales", "how much")
    tilt: tuple[float, ...] = declared((-0.1, 0.1), "share", "which way")
    factor: float = declared(1.5, "share of the usual", "how often")


def test_a_number_is_at_least_nought_and_a_share_at_most_one_unless_it_says_otherwise():
    bounds = {item.name: (item.low, item.high) for item in declarations(Silent)}
    assert bounds["count"] == (0, None)
    assert bounds["part"] == (0, 1)
    assert bounds["tilt"] == (None, 1)
    assert bounds["factor"] == (0, None)


@pytest.mark.parametrize(
    ("value", "unit", "whole"),
    [
        ((0.25, 0.75), "share", True), ((0.1, 0.1), "share", False),
        ((0.25, 0.75), "m²", False), (1.0, "share", False),
    ],
)  # fmt: skip
def test_shares_that_add_up_to_one_are_the_parts_of_a_whole(value, unit, whole):
    assert is_whole(value, unit) is whole
