"""What worlds are called, with what was set in them by hand: the one place that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from experiments.text import Text
from experiments.value_names import value_name

PREFIX, SCALE = "world.", "world.scale"
# `small` is the standard world at another scale and nothing else, so that with a scale given by hand
# it is the standard world: "at one tenth" would contradict what follows.
ONLY_SMALLER = {"small": "haidian_2014"}
MOST = 2  # values that the name of a world can bear


def world_name(text: Text, world: str, overrides: Iterable[str] = ()) -> str:
    """A world with what is set on top of it, as in "Haidian, mid-2014 (scale 0.05)"."""
    given = dict(item.split("=", 1) for item in overrides if item.startswith(PREFIX))
    base = ONLY_SMALLER.get(world, world) if SCALE in given else world
    called = text.get(f"worlds.{base}", base)
    if not given:
        return called
    order = sorted(given, key=lambda key: key != SCALE)  # the scale first
    words = [_set(text, key, given[key]) for key in order[:MOST]]
    if (more := len(order) - MOST) > 0:
        words.append(text("world_values_more", count=more))
    return text("world_set", world=called, values=text.listed(words))


def _set(text: Text, key: str, value: str) -> str:
    if key == SCALE:  # its full meaning would be longer than the world's name
        return text("world_scale", value=value)
    return text("world_value", name=value_name(key, text), value=value)


def by_hand(design: Mapping[str, Any]) -> list[str]:
    """The values of a design's world that were set by hand, as they are typed."""
    return [item for item in design.get("overrides", ()) if item.startswith(PREFIX)]


def design_world(text: Text, design: Mapping[str, Any], apart: Collection[str] = ()) -> str:
    """The world of a design as a manifest describes it.

    Values of the keys in `apart` are told elsewhere: they are what a sweep varies.
    """
    told = [item for item in by_hand(design) if item.split("=", 1)[0] not in apart]
    return world_name(text, str(design["world"]), told)


def study_worlds(text: Text, designs: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The worlds of a study by id; values that differ between designs in one world are left out."""
    found: dict[str, list[str]] = {}
    for design in designs:
        name, given = str(design["world"]), by_hand(design)
        found[name] = [item for item in found.get(name, given) if item in given]
    return {name: world_name(text, name, given) for name, given in found.items()}
