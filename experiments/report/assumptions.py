"""The numbers behind a comparison with their grades; C and U are called placeholders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.declare import GRADES, Declaration, declarations
from experiments.report.results import Results
from experiments.text import PURE, Text, catalogue, plain
from experiments.told import Told

PLACEHOLDERS = ("C", "U")


@dataclass(frozen=True)
class Assumption:
    """One number: what it is, and how well it is known; `foreign` words are English in any page."""

    name: str
    meaning: str
    foreign: bool
    value: str
    unit: str
    grade: str
    source: str
    changed: bool

    @property
    def placeholder(self) -> bool:
        """True where there is no evidence of its own."""
        return self.grade in PLACEHOLDERS


def world_assumptions(text: Text, results: Results) -> list[Assumption]:
    """Every declared value of the world that the focus ran in."""
    from sim.world import World

    values = results.world()
    return [_assumption(text, "world", item, values) for item in declarations(World)]


def lever_assumptions(
    text: Text, designs: Sequence[Mapping[str, Any]], levers: Mapping[str, Told]
) -> dict[str, list[Assumption]]:
    """Lever → its declared values, for the levers that are on in any of the designs."""
    found: dict[str, list[Assumption]] = {}
    for design in designs:
        for name, values in design["levers"].items():
            if name not in found and name in levers:
                items = levers[name].values
                found[name] = [_assumption(text, name, item, values) for item in items]
    return {name: found[name] for name in levers if name in found}


def in_short(text: Text, title: str, items: Sequence[Assumption]) -> dict[str, str]:
    """A lever's values with their grades, and where these come from, in one line of a table."""
    values = [
        text(
            "report.named_value",
            name=item.meaning,
            value=f"{text.joined(item.value, item.unit)} [{item.grade}]",
        )
        for item in items
    ]
    sources = dict.fromkeys(item.source for item in items if item.source)
    join = text("report.and").join
    return {"title": title, "numbers": join(values), "sources": join(sources)}


def _assumption(text: Text, owner: str, item: Declaration, values: Mapping[str, Any]) -> Assumption:
    common = text.get(f"values.common.{item.name}", "")
    meaning = text.get(f"values.{owner}.{item.name}", common)
    value = _at(values, item.name, item.value)
    shown, unit = written(text, value, item.unit)
    if item.name.startswith("targeting.max_") and not value:
        shown, unit = text("report.no_bound"), ""
    return Assumption(
        name=item.name,
        meaning=meaning or item.meaning,
        foreign=not meaning,
        value=shown,
        unit=unit,
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


def written(text: Text, value: Any, unit: str) -> tuple[str, str]:
    """A value and its unit as a reader writes them: money as money, shares in per cent."""
    if isinstance(value, list | tuple):
        pairs = [written(text, item, unit) for item in value]
        return ", ".join(shown for shown, _ in pairs), pairs[0][1] if pairs else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value), unit
    base, _, period = unit.partition("/")
    if base == "m yuan":
        return text.money(float(value)), _unit(text, period)
    if base == "share":
        return _number(100 * float(value)) + "%", _unit(text, period)
    return _number(float(value)), _unit(text, unit)


def _unit(text: Text, unit: str) -> str:
    # Units such as "s.d." have dots of their own, so that no dotted key can name them.
    if unit in ("", PURE):  # a number without a unit has none to be set beside it
        return ""
    return str(catalogue(text.lang)["value_units"].get(unit, unit))


def _number(value: float) -> str:
    """A number with all its decimals, six at most."""
    digits = next((d for d in range(6) if abs(value - round(value, d)) <= 1e-9 * abs(value)), 6)
    return plain(value, digits)


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
