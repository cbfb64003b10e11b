"""What designs, seeds and dates are called in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.figures.study import Study
from experiments.figures.style import PAGE
from experiments.report.results import Results
from experiments.text import Text
from experiments.world_names import design_world, study_worlds


def title(text: Text, design: Mapping[str, Any]) -> str:
    """A design's name: the user's title, else the catalogue's, else its id; then what was set."""
    scenario = str(design["scenario"])
    given = str(design["title"].get(text.lang, ""))
    own = any(item.startswith("title.") for item in design.get("overrides", ()))
    base = given if own and given else text.get(f"scenarios.{scenario}", given or scenario)
    extra = str(design["design"])
    world, _, rest = extra.rpartition(": ")
    extra = rest.removeprefix(scenario).strip()
    # A screening has a reference a point; which of them it is says nothing to a reader.
    extra = "" if extra.startswith("point ") and not design["reference"] else extra
    name = f"{base} ({extra})" if extra else base
    return f"{design_world(text, design)}: {name}" if world else name


def seeds(text: Text, results: Results) -> str:
    """The seeds of the study, first to last."""
    seeds = [int(run[2]) for part in results.manifest["chunks"].values() for run in part]
    first = min(seeds, default=0)
    last = first + int(results.manifest["seeds"]) - 1
    return text("number.interval", low=str(first), high=str(last)) if last > first else str(first)


def study(text: Text, results: Results) -> Study:
    """The surroundings of every chart of a report."""
    return Study(
        text=text,
        reference=results.reference,
        labels={name: title(text, item) for name, item in results.designs.items()},
        worlds=study_worlds(text, results.designs.values()),
        seeds=seeds(text, results),
        identity=results.identity,
        sheet=PAGE,
    )
