"""The report: one HTML file made from a study's folder and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from experiments.store import Store


def write_report(
    folder: Path, lang: str = "both", known: pd.DataFrame | None = None, scenario: str = "",
    store: Store | None = None,
) -> Path:  # fmt: skip
    """Write `report.html` into a study's folder; see `experiments.report.write`."""
    from experiments.report.write import write_report as write

    return write(folder, lang, known, scenario, store)


__all__ = ["write_report"]
