"""The shape of a configuration, built from the declarations of the world and the levers.

Hydra refuses keys and types outside this schema. Nothing here holds a value of its own: worlds and
levers are declared in sim/world and scenarios/levers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, make_dataclass
from functools import cache
from typing import Any, get_type_hints

from experiments.errors import BadInput
from experiments.own import known_levers
from experiments.speech import worded


@dataclass
class Title:
    """A scenario's title in both languages."""

    en: str = ""
    zh: str = ""


@dataclass
class Settings:
    """Everything in a configuration beside the world and the levers."""

    title: Title = field(default_factory=Title)
    extra_budget: float = 0.0
    envelope_total: float = 0.0
    budget_source: str = ""
    seeds: int = 20
    precision: float = 0.0
    most_seeds: int = 200
    quarters: int = 40
    sample: int = 64
    design: str = "lhs"
    n: int = 0
    against: str = "baseline"
    engine: str = "processes"
    workers: int = 0
    cluster: str = ""
    results: str = "results"
    name: str = ""
    lang: str = "en"
    scenarios_from: str = ""
    levers_from: str = ""


# What a design may differ in, beside world.* and levers.*; everything else takes one value a study.
SWEPT = ("world", "scenario", "extra_budget", "envelope_total")
FREE_TEXT = (
    "name", "results", "scenarios_from", "levers_from", "cluster", "budget_source",
    "title.en", "title.zh",
)  # fmt: skip
# Files, folders and clusters: typed by its user, never taken from a page.
FROM_DISK = ("results", "scenarios_from", "levers_from", "cluster")
GROUPS = ("world", "scenario")
# Settings of `wotu sweep` alone.
SWEEP_ONLY = ("design", "n")


def default_of(item: Field[Any]) -> Any:
    """The default of a dataclass field, made by its factory where it has one."""
    if item.default is not MISSING:
        return item.default
    if item.default_factory is not MISSING:
        return item.default_factory()
    raise TypeError(f"field {item.name} has no default")


def _mutable(
    owner: type, *, first: tuple[tuple[str, type, Any], ...] = (), instance: Any = None
) -> type:
    """Copy a frozen dataclass into one whose values Hydra may set.

    `instance` gives the defaults where the owner is nested with values of its own.
    """
    hints = get_type_hints(owner)
    items: list[tuple[str, Any, Any]] = [(n, t, field(default=d)) for n, t, d in first]
    for item in fields(owner):
        value = default_of(item) if instance is None else getattr(instance, item.name)
        if is_dataclass(value):
            block = _mutable(type(value), instance=value)
            items.append((item.name, block, field(default_factory=block)))
        else:
            items.append((item.name, hints[item.name], field(default=value)))
    return make_dataclass(f"{owner.__name__}Values", items)


def value_block(lever: type) -> type:
    """The block of a lever's values in a configuration, `enabled` in front."""
    return _mutable(lever, first=(("enabled", bool, False),))


@cache
def config_class(own: str = "") -> type:
    """The dataclass of a whole configuration: settings, `world` and `levers`.

    `own` is the text of a user's lever file, which extends the levers.
    """
    from sim.world import World

    blocks: list[tuple[str, Any, Any]] = []
    for name, lever in known_levers(own).items():
        block = value_block(lever)
        blocks.append((name, block, field(default_factory=block)))
    world = _mutable(World)
    levers = make_dataclass("LeverValues", blocks)
    return make_dataclass(
        "Configuration",
        [
            ("world", world, field(default_factory=world)),
            ("levers", levers, field(default_factory=levers)),
        ],
        bases=(Settings,),
    )


def _leaves(owner: type, prefix: str = "") -> Iterator[str]:
    for item in fields(owner):
        value = default_of(item)
        if is_dataclass(value):
            yield from _leaves(type(value), f"{prefix}{item.name}.")
        else:
            yield prefix + item.name


@cache
def known_keys(own: str = "") -> tuple[str, ...]:
    """Every key that may be overridden, groups first."""
    return (*GROUPS, *_leaves(config_class(own)))


def build(owner: type, values: Mapping[str, Any], where: str) -> Any:
    """Make a frozen dataclass from plain values, lists as tuples, and check them.

    `where` is the key of the block, such as `levers.rnd_subsidy`. Raises BadInput.
    """
    from experiments.bounds import check_value

    given: dict[str, Any] = {}
    for item in fields(owner):
        default, value, key = default_of(item), values[item.name], f"{where}.{item.name}"
        if is_dataclass(default):
            given[item.name] = build(type(default), value, key)
            continue
        value = tuple(value) if isinstance(default, tuple) else value
        check_value(key, value, default, item.metadata)
        given[item.name] = value
    try:
        return owner(**given)
    except ValueError as error:
        raise BadInput(worded("values.unusable", where=where, error=error)) from error
