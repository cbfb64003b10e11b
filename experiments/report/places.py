"""Where the files of a study's pages and pictures go: one scenario's never replace another's."""

from __future__ import annotations

import re
from pathlib import Path

from experiments.report.axes import sweeps
from experiments.report.results import Results

LONGEST = 60  # letters of a scenario in the name of a file


def folder(results: Results, kind: str, lang: str, beside: Path | None = None) -> Path:
    """The folder of pictures of one kind, e.g. FOLDER/figures/zh.

    Those of a scenario asked for by name have one of their own, FOLDER/figures/demand_pull/zh.
    `beside` stands for the folder of a question, whose stages are folders inside it.
    """
    return (beside or results.folder) / kind / scenario(results) / lang


def file(results: Results, name: str, ending: str) -> Path:
    """A file of a study, e.g. FOLDER/slides.zh.pdf, or FOLDER/slides.demand_pull.zh.pdf."""
    return results.folder / ".".join(part for part in (name, scenario(results), ending) if part)


def scenario(results: Results) -> str:
    """The looked-at scenario as part of a file's name; empty for the one that a study is about.

    A sweep is about none of its points.
    """
    design = str(results.focus["design"])
    point = bool(results.scenario) and bool(sweeps(results))
    if design == results.usual["design"] and not point:
        return ""
    names = {name: _safe(name) for name in map(str, results.designs)}
    alike = [name for name, written in names.items() if written == names[design]]
    # Long names of a sweep may begin alike: then the place among them tells them apart.
    return names[design] + (f"-{alike.index(design) + 1}" if len(alike) > 1 else "")


def _safe(name: str) -> str:
    """A design's name without what a file's name cannot have: only/rnd_subsidy → only-rnd_subsidy."""
    return re.sub(r"[^\w=,+-]+", "-", name).strip("-")[:LONGEST]
