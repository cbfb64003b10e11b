"""The report: one HTML file made from a study's folder and nothing else."""

from experiments.report.write import write_report

__all__ = ["write_report"]
