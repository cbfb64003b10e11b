"""Dates of levers: quarters from 0 = 2014Q3, which may also be written as calendar quarters, 2016Q1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from experiments.text import OPENING

CALENDAR = re.compile(r"(?<![\w.])(\d{4})Q([1-4])(?!\w)", re.IGNORECASE)
KEYS = ("start", "end")


def is_date(key: str) -> bool:
    """True for the key of a lever's first or last quarter."""
    parts = key.split(".")
    return len(parts) == 3 and parts[0] == "levers" and parts[2] in KEYS


def counted(text: str) -> str:
    """A text in which calendar quarters from 2014Q3 on are counted."""
    return CALENDAR.sub(_count, text)


def _count(found: re.Match[str]) -> str:
    quarter = int(found[1]) * 4 + int(found[2]) - (OPENING[0] * 4 + OPENING[1])
    return str(quarter) if quarter >= 0 else found[0]


def dated(levers: Any) -> Any:
    """The levers of a scenario file, their dates counted; what is no mapping is left to others."""
    if not isinstance(levers, Mapping):
        return levers
    return {lever: _dated(values) for lever, values in levers.items()}


def _dated(values: Any) -> Any:
    if not isinstance(values, Mapping):
        return values
    return {
        key: int(number)
        if key in KEYS and isinstance(value, str) and (number := counted(value)).isdigit()
        else value
        for key, value in values.items()
    }
