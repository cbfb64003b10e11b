"""Terms: what stands between a lever and a phase.

A phase reads its terms (the share of a cost that is paid, the capacity on offer, the noise of a
signal); a lever contributes to them in a hook just before the phase. Contributions combine by a
declared rule and none is ever assigned, so levers move causes, stack, and cannot touch outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

import numpy as np

from agents.columns import at_rows


class Combine(Enum):
    """How contributions to one term come together."""

    ADD = "add"
    MULTIPLY = "multiply"
    MAXIMUM = "maximum"
    ANY = "any"
    COMPLEMENT = "1 - product of (1 - share)"
    COLLECT = "list"


NEUTRAL: dict[Combine, Any] = {
    Combine.ADD: 0.0,
    Combine.MULTIPLY: 1.0,
    Combine.MAXIMUM: 0.0,
    Combine.ANY: False,
    Combine.COMPLEMENT: 0.0,
    Combine.COLLECT: (),
}


@dataclass(frozen=True)
class Term:
    """A declared term; `over` says what its rows are: the district, firms, zones, …"""

    combine: Combine
    over: str
    unit: str
    meaning: str

    def merge(self, present: Any, given: Any) -> Any:
        """Combine what is there with one more contribution."""
        if self.combine is Combine.ADD:
            return present + given
        if self.combine is Combine.MULTIPLY:
            return present * given
        if self.combine is Combine.MAXIMUM:
            return np.maximum(present, given)
        if self.combine is Combine.ANY:
            return np.logical_or(present, given)
        if self.combine is Combine.COLLECT:
            return (*present, given)
        return 1.0 - (1.0 - present) * (1.0 - given)


def term(combine: Combine, over: str, unit: str, meaning: str) -> Any:
    """Declare a term in the body of a Terms class; on an instance the name is its value."""
    return Term(combine, over, unit, meaning)


class Terms:
    """The terms of one phase, neutral at the start of each quarter.

    A value is a scalar until somebody contributes an array (one value a row of `over`).
    """

    declared: ClassVar[dict[str, Term]] = {}
    _neutral: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        """Gather the terms declared in the class body."""
        super().__init_subclass__(**options)
        cls.declared = {n: v for n, v in vars(cls).items() if isinstance(v, Term)}
        cls._neutral = {name: NEUTRAL[term.combine] for name, term in cls.declared.items()}

    def __init__(self) -> None:
        self.parts: dict[str, list[tuple[str, Any]]] = {}
        # The share of what a term promised that its lines could pay, for those who decide later.
        self.kept: dict[str, float] = {}
        self.__dict__.update(self._neutral)

    def reset(self) -> None:
        """Return every term to its neutral value."""
        for name in self.parts:
            self.__dict__[name] = self._neutral[name]
        self.parts.clear()
        self.kept.clear()

    def contribute(self, lever: str, **values: Any) -> None:
        """Add a lever's contribution to named terms; raises KeyError for a term not declared."""
        now, parts = self.__dict__, self.parts
        for name, value in values.items():
            declared = self.declared.get(name)
            if declared is None:
                raise KeyError(f"{type(self).__name__} has no term {name!r}")
            before = parts.get(name)
            if before is None:
                # The first contribution is the value: nothing is combined with what is neutral.
                parts[name] = [(lever, value)]
                now[name] = (value,) if declared.combine is Combine.COLLECT else value
            else:
                before.append((lever, value))
                now[name] = declared.merge(now[name], value)

    def at(self, name: str, rows: Any) -> Any:
        """The value of a term for some rows, whether or not anybody has given one by row."""
        return at_rows(self.__dict__[name], rows)

    def split(self, name: str, outlay: Any, rows: Any = None) -> list[tuple[str, Any]]:
        """Divide an outlay among the levers that contributed to a share: a total, one value for each
        row of the term, or for those of its `rows`.
        """
        parts = self.parts.get(name, [])
        if not parts:
            return []
        if len(parts) == 1:
            return [(parts[0][0], outlay)]
        values = [np.asarray(value, float) for _, value in parts]
        if rows is not None:
            values = [at_rows(value, rows) for value in values]
        total = sum(values)
        safe = np.where(np.asarray(total) > 0.0, total, 1.0)
        return [
            (lever, outlay * (value / safe))
            for (lever, _), value in zip(parts, values, strict=True)
        ]
