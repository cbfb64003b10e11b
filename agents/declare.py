"""Every number is declared once: value, unit, bounds, grade, source and meaning.

The world's parameters and the levers' values are fields of frozen dataclasses made with
`declared`; catalogues, configuration checks and reports read the declarations back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

GRADES = {
    "A": "read in the primary text",
    "B": "secondary source, or a ratio of graded numbers",
    "C": "general literature, not looked up",
    "U": "no evidence: a placeholder to be swept",
}


@dataclass(frozen=True)
class Declaration:
    """What is known of one number; `low` and `high` bound what a user may type."""

    name: str
    value: Any
    unit: str
    low: float | None
    high: float | None
    grade: str
    source: str
    meaning: str


def parts_of(value: Any) -> tuple[Any, ...]:
    """The values of a list, or a value that stands for itself."""
    return value if isinstance(value, tuple) else (value,)


def declared(
    value: Any,
    unit: str,
    meaning: str,
    *,
    low: float | None = None,
    high: float | None = None,
    grade: str = "U",
    source: str = "",
) -> Any:
    """Declare a field of a frozen dataclass; the grade is U unless there is evidence.

    Where no bounds are said, a number is at least 0 and a share at most 1, unless it is beyond that
    itself. Raises ValueError for a grade that is none.
    """
    if grade not in GRADES:
        raise ValueError(f"grade {grade!r} is not one of {', '.join(GRADES)}")
    values = parts_of(value)
    if low is None and min(values) >= 0:
        low = 0
    if high is None and unit.startswith("share") and max(values) <= 1:
        high = 1
    return field(
        default=value,
        metadata={
            "unit": unit,
            "meaning": meaning,
            "low": low,
            "high": high,
            "grade": grade,
            "source": source,
        },
    )


def is_whole(value: Any, unit: str) -> bool:
    """Are these the parts of a whole, shares that add up to one?"""
    return isinstance(value, tuple) and unit == "share" and abs(sum(value) - 1.0) < 1e-6


def declarations(owner: Any, prefix: str = "") -> Iterator[Declaration]:
    """List the declared numbers of a dataclass or an instance of one, nested blocks by dots."""
    for item in fields(owner):
        value = item.default if isinstance(owner, type) else getattr(owner, item.name)
        if (
            isinstance(owner, type)
            and item.default_factory is not None
            and callable(item.default_factory)
        ):
            value = item.default_factory()
        if is_dataclass(value):
            yield from declarations(value, f"{prefix}{item.name}.")
        elif "grade" in item.metadata:
            yield Declaration(name=prefix + item.name, value=value, **item.metadata)
