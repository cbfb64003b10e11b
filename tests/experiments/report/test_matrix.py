"""All scenarios at a glance, and the colours: a cost or a harm is never as proud as a gain."""

from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.report import matrix
from experiments.report.results import Results
from experiments.report.tables import tone
from experiments.text import Text

EN = Text("en")


def effect(metric: str, kind: str, mean: float) -> dict[str, object]:
    return {"metric": metric, "kind": kind, "mean": mean, "low": mean - 1, "high": mean + 1, "n": 8}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (effect("rnd", "cumulative", 5.0), "gain"),
        (effect("rnd", "cumulative", -5.0), "harm"),
        (effect("rnd", "cumulative", 0.5), ""),
        (effect("defaults", "cumulative", 5.0), "harm"),
        (effect("rent", "level", -5.0), "gain"),
        (effect("net_cost", "cumulative", 5.0), "cost"),
        (effect("fund_dry", "level", 5.0), "neither"),
    ],
)
def test_only_a_gain_has_the_colour_of_gains(row: dict[str, object], said: str) -> None:
    assert tone(row) == said


def test_each_scenario_is_told_with_its_levers_its_outlay_and_its_effects(
    study_folder: Path,
) -> None:
    found = matrix.glance(EN, Results(study_folder, "only/guidance_fund"))
    assert found is not None
    first, second = found["rows"]
    # The one that the page is about comes first.
    assert (first["title"], first["levers"], first["planned"]) == (
        "Venture capital guidance fund", "1", "120 m CNY",
    )  # fmt: skip
    assert (second["title"], second["levers"], second["planned"]) == (
        "Whole Opinion of 2014", "2", "240 m CNY",
    )  # fmt: skip
    assert [head["metric"] for head in found["heads"]] == [
        "Job-years", "R&D outlay", "Patent applications", "Net public cost",
    ]  # fmt: skip
    assert second["cells"][0]["tone"] == "gain"
    assert second["cells"][-1]["tone"] == "cost"


def test_one_scenario_needs_no_table_and_many_are_counted(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    one = study_maker(tmp_path / "one", {"baseline": 0.0, "opinion_2014": 1.0}, seeds=2)
    assert matrix.glance(EN, Results(one)) is None
    names = {f"package_{place}": 0.1 for place in range(15)}
    many = study_maker(tmp_path / "many", {"baseline": 0.0, **names}, seeds=2, quarters=8)
    found = matrix.glance(EN, Results(many))
    assert found is not None
    assert len(found["rows"]) == matrix.MOST
    assert found["left"] == "3 more scenarios are in the tables below."
