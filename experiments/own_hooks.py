"""The hooks of a user's own lever, watched: what they contribute is looked at before a phase reads it.

A share that is not a number, or is below zero, serves nobody: the phase would run on as if the measure
did nothing, and an effect of exactly zero would be reported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import fields, is_dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput
from experiments.own_lines import InFile, in_file
from experiments.speech import in_unit, kind_of, language, worded

if TYPE_CHECKING:
    from scenarios.lever import Hook, Lever
    from sim.model import Ecosystem
    from sim.terms import Term, Terms

ROUNDING = 1e-9


def watch(kind: type[Lever]) -> type[Lever]:
    """Let every hook of a class be watched from now on."""
    plain = kind.hooks

    def hooks(self: Lever) -> Mapping[str, Hook]:
        return {phase: _watched(self, phase, hook) for phase, hook in plain(self).items()}

    kind.hooks = hooks  # type: ignore[method-assign]
    return kind


def _watched(lever: Lever, phase: str, hook: Hook) -> Hook:
    import numpy as np

    def run(eco: Ecosystem) -> None:
        quiet = np.errstate(divide="ignore", invalid="ignore")  # what comes of it is refused below
        try:
            with _looking(lever, phase, eco), redirect_stdout(sys.stderr), quiet:
                hook(eco)
        except InFile:
            raise
        except (Exception, SystemExit) as error:
            where = worded("lever_files.before", id=lever.id, phase=phase)
            raise in_file(error, type(lever).__module__, beside=where) from error

    return run


@contextmanager
def _looking(lever: Lever, phase: str, eco: Ecosystem) -> Iterator[None]:
    """Put a look at each contribution in front of the terms' own method, for one hook."""
    every: dict[str, Terms] = vars(eco.terms)
    for name, terms in every.items():
        vars(terms)["contribute"] = partial(_contribute, lever, phase, eco, name)
    try:
        yield
    finally:
        for terms in every.values():
            del vars(terms)["contribute"]


def _contribute(
    lever: Lever, phase: str, eco: Ecosystem, name: str, by: str, /, **values: Any
) -> None:
    from experiments.text import Text
    from experiments.writes import term_of

    terms: Terms = getattr(eco.terms, name)
    if name != phase:
        raise BadInput(worded("lever_files.other_phase", phase=phase, other=name))
    if by != lever.id:
        raise BadInput(worded("lever_files.other_id", by=by))
    by_row = {}
    for key, value in values.items():
        declared = term_of(phase, key, terms.declared)
        rows = 1 if declared.over == "district" else len(eco.tables[declared.over])
        if wrong := unfit(declared, value, rows):
            text = Text(language())
            meaning = text.get(f"terms.{phase}.{key}", declared.meaning)
            raise BadInput(worded("lever_files.unfit", term=key, meaning=meaning, wrong=wrong))
        by_row[key] = _by_row(declared, value, rows)
    type(terms).contribute(terms, by, **by_row)


def _by_row(term: Term, value: Any, rows: int) -> Any:
    """One number for all as a value a row, which not every phase does by itself."""
    import numpy as np

    from sim.terms import Combine

    if term.combine is Combine.COLLECT or term.over == "district":
        return value
    found = np.asarray(value, bool if term.combine is Combine.ANY else float)
    return found if found.size == rows and found.ndim else np.full(rows, found)


def unfit(term: Term, value: Any, rows: int) -> str:
    """Why a value cannot be contributed to a term with so many rows; nothing where it can."""
    import numpy as np

    from experiments.bounds import expected
    from sim.terms import Combine

    if term.combine is Combine.COLLECT:
        return worded("lever_files.holds_nan") if _holds_nan(value) else ""
    found = np.asarray(value)
    if found.dtype.kind not in "biuf":
        return worded("lever_files.no_number", value=value)
    if found.ndim > 1 or found.size not in (1, rows):
        return worded(
            "lever_files.other_length", count=found.size, rows=rows, over=kind_of(term.over)
        )
    if not found.size:
        return ""
    low, high = float(found.min()), float(found.max())
    most = 1.0 if term.combine in (Combine.COMPLEMENT, Combine.ANY) else float("inf")
    wanted, unit = expected(0.0, most if np.isfinite(most) else None), in_unit(term.unit)
    if not (np.isfinite(low) and np.isfinite(high)):
        worst = high if np.isfinite(low) else low
        return worded("lever_files.not_finite", value=worst, expected=wanted, unit=unit)
    if low < 0.0 or high > most + ROUNDING:
        return worded(
            "lever_files.out_of_bounds",
            value=low if low < 0.0 else high,
            expected=wanted,
            unit=unit,
        )
    return ""


def _holds_nan(value: Any) -> bool:
    """True if a scheme, or a number inside it, is not a number; infinity may mean no bound."""
    import numpy as np

    if is_dataclass(value) and not isinstance(value, type):
        return any(_holds_nan(getattr(value, item.name)) for item in fields(value))
    if isinstance(value, tuple | list):
        return any(_holds_nan(item) for item in value)
    found = np.asarray(value)
    return found.dtype.kind == "f" and bool(np.isnan(found).any())
