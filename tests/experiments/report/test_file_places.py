"""Files about one scenario of a study never replace those about another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.report import places
from experiments.report.results import Results


def test_a_scenario_asked_for_by_name_is_in_the_names_of_its_files(study_folder: Path) -> None:
    usual, other = Results(study_folder), Results(study_folder, "only/guidance_fund")
    assert places.file(usual, "report", "html") == study_folder / "report.html"
    assert places.file(other, "report", "html") == study_folder / "report.only-guidance_fund.html"
    assert places.folder(usual, "figures", "zh") == study_folder / "figures" / "zh"
    assert places.folder(other, "figures", "zh") == (
        study_folder / "figures" / "only-guidance_fund" / "zh"
    )
    # It is the scenario that counts, not whether it was named.
    named = Results(study_folder, "opinion_2014")
    assert places.file(named, "report", "html") == study_folder / "report.html"


@pytest.mark.parametrize("letter", ["a", "b"])
def test_long_names_that_begin_alike_are_told_apart(
    tmp_path: Path, study_maker: Callable[..., Path], letter: str
) -> None:
    long = "demand_pull " + "levers.first_purchase.volume=100 " * 3
    names = {f"{long}{one}": 1.0 for one in "ab"}
    folder = study_maker(
        tmp_path / "sweep", {"baseline": 0.0, "opinion_2014": 1.0, **names}, seeds=2
    )
    found = Results(folder, f"{long}{letter}")
    assert places.scenario(found).endswith({"a": "-1", "b": "-2"}[letter])
