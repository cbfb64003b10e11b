"""Every number is declared once, with unit, bounds, grade, source and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from agents.declare import declarations, declared


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
