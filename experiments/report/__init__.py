"""The report: one HTML file made from a study's folder and nothing else."""

from pathlib import Path


def write_report(folder: Path, lang: str = "both") -> Path:
    """Write `report.html` into a study's folder; see `experiments.report.write`."""
    from experiments.report.write import write_report as write

    return write(folder, lang)


__all__ = ["write_report"]
