"""Attribution: parts of a scenario, values that add up to its effect, the verb in full."""

from __future__ import annotations

import json
from math import nan
from pathlib import Path

import pandas as pd
import pytest

from experiments.effects import effects
from experiments.errors import BAD_INPUT
from experiments.figures.study import Study
from experiments.figures.waterfall import label
from experiments.questions.attribute import attribution, prepare
from experiments.questions.attribute_shown import attribution_shown
from experiments.questions.shapley import orders
from experiments.store import Store
from experiments.text import Text
from tests.experiments.conftest import Wotu, only_folder

TWO = "scenario=[only/rnd_subsidy,only/policy_outreach]"
WORDS = ("quarters=2", "seeds=2", "metrics=rnd,births,outlay")


@pytest.fixture(scope="module")
def sections(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The whole Opinion by section: 32 coalitions and two seeds."""
    from experiments.questions.attribute import attribute

    results = tmp_path_factory.mktemp("sections")
    small = ("world=small", "sample=256", "engine=serial")
    return attribute(*small, *WORDS, f"results={results}")[0]


def test_the_five_sections_add_up_to_the_whole_opinion(sections: Store) -> None:
    frame = attribution(sections)
    whole = effects(sections).query("design == 'opinion_2014'").set_index("metric")
    for metric, rows in frame.groupby("metric"):
        assert list(rows["part"]) == [
            "environment", "vitality", "capability", "industries", "safeguards",
        ]  # fmt: skip
        total = float(whole.loc[metric, "mean"])
        assert rows["value"].sum() == pytest.approx(total, rel=1e-9, abs=1e-9)
        assert (rows["own"] + rows["together"]).sum() == pytest.approx(total, rel=1e-9, abs=1e-9)
        assert list(rows["total"]) == pytest.approx([total] * 5)
    assert set(frame["permutations"]) == {0}
    assert set(frame["sampling_error"]) == {0.0}
    assert (frame["low"] <= frame["value"]).all()


def test_every_combination_of_sections_is_a_design_that_can_be_repeated(sections: Store) -> None:
    designs = {design["design"]: design for design in sections.manifest["designs"]}
    assert len(designs) == 32
    assert {"baseline", "environment+safeguards", "opinion_2014"} <= set(designs)
    from experiments.design import expand
    from experiments.grammar import parse

    stored = designs["environment+vitality+capability+industries"]
    (again,) = expand(parse([*stored["overrides"], "quarters=2"])).compared()
    assert again.identity == stored["identity"]


def test_many_parts_are_sampled_and_still_add_up(small: Wotu, results: Path) -> None:
    words = ("scenario=demand_pull", "by=lever", "permutations=2", *WORDS)
    said = small("attribute", *words, "--format=json")
    assert said.code == 0, said.err
    rows = [r for r in json.loads(said.out)["attribution"] if r["metric"] == "rnd"]
    assert len(rows) == 7
    assert {row["permutations"] for row in rows} == {2}
    assert sum(row["value"] for row in rows) == pytest.approx(rows[0]["total"])
    designs = Store(only_folder(results)).manifest["designs"]
    assert len(designs) <= 2 + 2 * 6 + 7
    assert orders(7, 2).shape == (2, 7)


def test_envelopes_scaled_to_a_total_stay_what_they_are_in_the_whole() -> None:
    study = prepare([TWO, "envelope_total=60", "by=lever", "quarters=4", "world=small"])
    whole = study.plan.designs[-1]
    for design in study.plan.designs[1:-1]:
        for lever, values in design.levers.items():
            assert values["envelope"] == whole.levers[lever]["envelope"]
    assert sum(d.outlay for d in study.plan.designs[1:-1]) == pytest.approx(60.0)


def parts(permutations: int, **given: tuple[float, float, float, int]) -> pd.DataFrame:
    """Rows of `attribution` from a part's value, interval and number of seeds."""
    about = {
        "metric": "employment", "kind": "job_years", "unit": "job-years", "total": 9e3,
        "total_low": -1.0, "total_high": 2e4, "share": nan, "own": 0.0, "together": 0.0,
        "sampling_error": nan, "permutations": permutations,
    }  # fmt: skip
    return pd.DataFrame(
        {**about, "part": part, "value": value, "low": low, "high": high, "n": n}
        for part, (value, low, high, n) in given.items()
    )


def test_the_largest_of_the_clear_parts_is_not_said_to_move_it_most() -> None:
    """ "Researchers as founders moves it most" had stood under a part of four times its size."""
    frame = parts(2, small=(900.0, 700.0, 1_100.0, 4), large=(3_390.0, -500.0, 7_300.0, 4))
    (table,) = attribution_shown(frame, "mine", Text("en"), {"small": "My own lever"})
    assert table.notes[:2] == (
        'Of 1 of 2 parts whose contribution is clear, "My own lever" has the largest, upwards.',
        '"large" has a larger mean (+3,390 job-years), which is not clear with these seeds.',
    )
    assert "one and its reverse" in table.notes[-1]
    assert table.rows[0][0] == "My own lever"
    (table,) = attribution_shown(frame.assign(permutations=8), "mine", Text("en"))
    assert "8 orders of introduction were simulated, 4 and their reverse" in table.notes[-1]


def test_three_equal_pairs_move_nothing_clearly() -> None:
    frame = parts(0, lumpy=(120.0, 120.0, 120.0, 3))
    (table,) = attribution_shown(frame, "mine", Text("en"))
    assert table.notes[0] == Text("en")("attribute.none_clear")


def test_a_chart_calls_a_lever_of_ones_own_by_its_title() -> None:
    study = Study(Text("zh"), labels={"rent_voucher": "青年企业租房券"})
    assert label("rent_voucher", "part", study) == "青年企业租房券"


def test_a_second_call_runs_nothing_and_speaks_both_languages(small: Wotu) -> None:
    words = (TWO, "by=lever", *WORDS)
    first = small("attribute", *words)
    assert first.code == 0, first.err
    assert "Exact: all 4 combinations" in first.out
    again = small("attribute", *words, "lang=zh", "--format=md")
    assert "全部8次运行均已在" in again.err
    assert "沙普利值" in again.out
    other = small("attribute", *words[:-1], "metrics=net_cost", "--format=json")
    assert "all 8 runs are in" in other.err
    assert {row["metric"] for row in json.loads(other.out)["attribution"]} == {"net_cost"}


BAD = {
    "one part": ("scenario=only/rnd_subsidy", "nothing to share out"),
    "no lever": ("scenario=baseline", "nothing to share out"),
    "unknown parts": ("by=sections", "did you mean 'section'"),
    "a mistyped setting": ("permutation=4", "did you mean 'permutations'"),
    "too few orders": ("permutations=1", "2 to 1000"),
    "a word for a number": ("permutations=many", "not a whole number"),
    "unknown metric": ("metrics=birth", "did you mean 'births'"),
    "another reference": ("against=environment", "against is fixed here"),
    "a sweep": ("scenario=environment,vitality", "one value of scenario"),
    "a setting twice": ("by=lever by=clause", "given twice"),
    "too short": ("metrics=net_cost,survival quarters=4", "give quarters=21"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(case: str, wotu: Wotu, results: Path) -> None:
    words, expected = BAD[case]
    said = wotu("attribute", *words.split(), f"results={results}")
    assert said.code == BAD_INPUT
    assert expected in said.err.splitlines()[-1], said.err
    assert not results.exists()
