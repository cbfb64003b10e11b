"""The numbers behind a comparison with their grades; C and U are called placeholders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.declare import GRADES, Declaration, declarations
from experiments.report.results import Results
from experiments.text import Text, plain

PLACEHOLDERS = ("C", "U")


@dataclass(frozen=True)
class Assumption:
    """One number: where it belongs, what it is, and how well it is known."""

    owner: str
    name: str
    meaning: str
    value: str
    unit: str
    grade: str
    source: str
    changed: bool

    @property
    def placeholder(self) -> bool:
        """True where there is no evidence of its own."""
        return self.grade in PLACEHOLDERS


def world_assumptions(results: Results) -> list[Assumption]:
    """Every declared value of the world that the focus ran in."""
    from sim.world import World

    values = results.world()
    return [_assumption("world", item, values) for item in declarations(World)]


def lever_assumptions(
    text: Text, designs: Sequence[Mapping[str, Any]]
) -> dict[str, list[Assumption]]:
    """Lever → its declared values, for the levers that are on in any of the designs."""
    from scenarios.levers import LEVERS

    found: dict[str, list[Assumption]] = {}
    for design in designs:
        for name, values in design["levers"].items():
            if name not in found and name in LEVERS:
                items = declarations(LEVERS[name])
                found[name] = [_assumption(name, item, values, text) for item in items]
    return {name: found[name] for name in LEVERS if name in found}


def _assumption(
    owner: str, item: Declaration, values: Mapping[str, Any], text: Text | None = None
) -> Assumption:
    value = _at(values, item.name, item.value)
    meaning = text.get(f"values.{owner}.{item.name}", item.meaning) if text else item.meaning
    if text and meaning == item.meaning:
        meaning = text.get(f"values.common.{item.name}", item.meaning)
    return Assumption(
        owner=owner,
        name=item.name,
        meaning=meaning,
        value=shown(value),
        unit=item.unit,
        grade=item.grade,
        source=item.source,
        changed=_plain(value) != _plain(item.value),
    )


def _at(values: Mapping[str, Any], name: str, default: Any) -> Any:
    node: Any = values
    for part in name.split("."):
        if not isinstance(node, Mapping) or part not in node:
            return default
        node = node[part]
    return node


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def shown(value: Any) -> str:
    """A value as a planner would write it."""
    if isinstance(value, list | tuple):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int) or float(value).is_integer():
        return plain(float(value))
    return plain(float(value), next((d for d in range(1, 7) if _exact(float(value), d)), 6))


def _exact(value: float, digits: int) -> bool:
    return abs(value - round(value, digits)) <= 1e-9 * abs(value)


def grade_table(
    text: Text, world: Sequence[Assumption], levers: Sequence[Assumption]
) -> Iterator[dict[str, Any]]:
    """How many numbers of each grade the world and the levers rest on."""
    counts = [Counter(item.grade for item in items) for items in (world, levers)]
    for grade in GRADES:
        yield {
            "grade": grade,
            "meaning": text(f"grades.{grade}"),
            "world": counts[0][grade],
            "levers": counts[1][grade],
            "placeholder": grade in PLACEHOLDERS,
        }
