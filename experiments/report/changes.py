"""What a scenario changes, lever by lever and section by section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.figures.style import SECTIONS
from experiments.report.assumptions import Assumption
from experiments.report.results import Described
from experiments.report.tables import lever_rows
from experiments.text import Text
from experiments.told import Told

FEW = 6  # levers that a first page can name one by one


def changes(
    text: Text,
    design: Described,
    known: Mapping[str, Sequence[Assumption]],
    levers: Mapping[str, Told],
) -> list[dict[str, Any]]:
    """The levers that are on by section of the document, each section with its count and money.

    A section has title, count, envelope (in words), rows (as of tables.lever_rows) and `folded`: true
    where the levers are too many to be listed on the first page.
    """
    named = dict(zip(design["levers"], lever_rows(text, design, known, levers), strict=True))
    found = []
    for section in SECTIONS:
        inside = [name for name in named if _section(name) == section]
        if inside:
            total = sum(float(design["levers"][name]["envelope"]) for name in inside)
            found.append(
                {
                    "title": text(f"sections.{section}"),
                    "count": text("report.levers_count", count=len(inside)),
                    "envelope": text("report.a_year", value=text.money(total))
                    if total
                    else text("report.no_cost"),
                    "rows": [named[name] for name in inside],
                    "folded": len(named) > FEW,
                }
            )
    return found


def _section(name: str) -> str:
    """A lever's section; a user's own lever stands beyond the document."""
    from scenarios.levers import LEVERS

    return LEVERS[name].section if name in LEVERS else "beyond"
