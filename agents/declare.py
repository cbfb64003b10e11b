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
    """Declare a field of a frozen dataclass; the grade is U unless there is evidence."""
    if grade not in GRADES:
        raise ValueError(f"grade {grade!r} is not one of {', '.join(GRADES)}")
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
