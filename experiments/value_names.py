"""What the values of levers and of the world are called, for readers who do not know their keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from experiments.text import Text

PARTS = ("of ", "that ")  # a meaning that begins so is read after its unit: share of taxes that …


def value_name(key: str, text: Text) -> str:
    """The name of a value by its key (world.credit.squeeze, levers.ID.share), or the key itself.

    It is the text of the catalogue, or in English what its declaration says it means.
    """
    owner, _, value = key.removeprefix("levers.").partition(".")
    common = text.get(f"values.common.{value}", "")
    meaning = _meanings().get(key, key) if owner == "world" else key
    return text.get(f"values.{owner}.{value}", common or meaning)


def value_names(keys: Sequence[str], text: Text) -> dict[str, str]:
    """Names by key; values of several levers that are called alike bear their lever's title too."""
    names = {key: value_name(key, text) for key in keys}
    called = list(names.values())
    for key, name in names.items():
        lever = text.get(f"levers.{key.split('.')[1]}.title", "") if "." in key else ""
        if called.count(name) > 1 and key.startswith("levers.") and lever:
            names[key] = text("value_of", lever=lever, value=name)
    return names


@cache
def _meanings() -> dict[str, str]:
    """Meanings of the world's values by key."""
    from agents.declare import declarations
    from sim.world import World

    return {
        f"world.{item.name}": f"{item.unit} {item.meaning}"
        if item.meaning.startswith(PARTS)
        else item.meaning
        for item in declarations(World())
    }
