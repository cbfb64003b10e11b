"""Sweeps: points paired with the reference, kept once, told in both languages, reproduced."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from agents.sources import ROOT
from experiments.cli import sweep
from experiments.design import expand
from experiments.errors import BAD_INPUT
from experiments.grammar import parse
from experiments.store import Store
from tests.experiments.conftest import Wotu, only_folder

RANGES = (
    "levers.rnd_subsidy.share=interval(0.1,0.6)",
    "levers.rnd_subsidy.envelope=interval(20,90)",
)
SWEEP = ("scenario=only/rnd_subsidy", "n=4", "seeds=2", *RANGES)


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder with one finished sweep of four points."""
    from experiments.cli import main
    from tests.experiments.conftest import SMALL

    results = tmp_path_factory.mktemp("swept")
    assert main(["sweep", *SMALL, *SWEEP, "name=mine", f"results={results}"]) == 0
    return results


def test_every_point_is_paired_with_one_reference(swept: Path) -> None:
    designs = Store(swept / "mine").designs()
    points = designs[designs["reference"] == "baseline"]
    assert list(points["design"]) == [f"only/rnd_subsidy #{place}" for place in range(1, 5)]
    assert points["levers.rnd_subsidy.share"].between(0.1, 0.6).all()
    assert len(designs) == 5


def test_points_share_one_configuration_and_keep_their_own_values(swept: Path) -> None:
    store = Store(swept / "mine")
    designs = [d for d in store.manifest["designs"] if d["reference"]]
    assert len({design["config"] for design in designs}) == 1
    for design in designs:
        for key, value in design["point"].items():
            assert design["levers"]["rnd_subsidy"][key.rsplit(".", 1)[-1]] == value


def test_a_point_is_reproduced_to_the_bit(wotu: Wotu, swept: Path) -> None:
    (run,) = Store(swept / "mine").query(
        "SELECT run_id FROM runs WHERE design = 'only/rnd_subsidy #3' AND seed = 1"
    )["run_id"]
    said = wotu("reproduce", run, f"results={swept}", "--format=json")
    found = json.loads(said.out)
    assert found["same_numbers"] is True
    assert "levers.rnd_subsidy.share=" in found["command"]


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Spread of paired effects"), ("zh", "效应分布")]
)
def test_it_tells_spread_ranks_and_variance(
    small: Wotu, swept: Path, lang: str, title: str
) -> None:
    said = small("sweep", *SWEEP, "name=mine", f"results={swept}", f"lang={lang}")
    assert said.code == 0
    assert title in said.out
    assert "rnd_subsidy.share" in said.out


def test_sql_sees_values_beside_effects(wotu: Wotu, swept: Path) -> None:
    sql = (
        'SELECT d."levers.rnd_subsidy.share" AS share, e.mean FROM designs d JOIN effects e '
        "USING (design) WHERE e.metric = 'rnd' ORDER BY share"
    )
    rows = json.loads(wotu("results", f"results={swept}", sql, "--format=json").out)
    assert len(rows) == 4
    assert all(0.1 <= row["share"] <= 0.6 for row in rows)


def test_the_documented_examples_are_answered(wotu: Wotu, swept: Path) -> None:
    text = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
    examples = [part.split("```")[0] for part in text.split("```sql\n")[1:]]
    assert len(examples) == 3
    for sql in examples:
        said = wotu("results", f"results={swept}", sql, "--format=json")
        assert said.code == 0, said.err
    assert json.loads(wotu("results", f"results={swept}", examples[0], "--format=json").out)


def test_points_are_crossed_with_scenarios_and_worlds(results: Path) -> None:
    words = [
        "scenario=only/rnd_subsidy,environment",
        "world=small,funding_winter",
        "n=3",
        RANGES[0],
    ]
    plan = expand(parse(words), sweep=True)
    assert len(plan.compared()) == 2 * 2 * 3
    assert len(plan.designs) == 2 * 2 * 3 + 2


def test_a_point_of_the_world_has_a_reference_of_its_own() -> None:
    plan = expand(
        parse(["n=3", "scenario=opinion_2014", "world.demand.footloose=bounds"]), sweep=True
    )
    pairs = [(design.id, design.reference) for design in plan.compared()]
    assert pairs[0] == ("opinion_2014 #1", "baseline #1")
    assert len(set(pairs)) == 3


def test_a_thousand_points_share_what_they_have_in_common() -> None:
    plan = expand(parse(["n=1000", "scenario=opinion_2014", *RANGES]), sweep=True)
    first, last = plan.compared()[0], plan.compared()[-1]
    assert first.world is last.world
    assert first.levers["guidance_fund"] is last.levers["guidance_fund"]
    assert first.levers["rnd_subsidy"] != last.levers["rnd_subsidy"]


def test_figures_of_a_sweep_are_effects_against_values(wotu: Wotu, swept: Path) -> None:
    said = wotu("figures", str(swept / "mine"), "--format=json")
    assert said.code == 0, said.err
    drawn = {row["chart"] for row in json.loads(said.out)}
    assert {"swept-rnd", "swept-revenue"} <= drawn
    assert not any("#1" in row["finding"] for row in json.loads(said.out))


def test_a_sweep_names_its_charts_and_where_indices_are(small: Wotu, tmp_path: Path) -> None:
    words = ("scenario=only/rnd_subsidy", "n=2", "seeds=1", RANGES[0], f"results={tmp_path}")
    said = small("sweep", "design=sobol", *words)
    assert "ask `wotu sensitivity`" in said.err
    assert "charts: wotu figures" in said.err


TOTAL = ("n=4", "quarters=4", "world=small", "levers.guidance_fund.envelope=interval(20,100)")


def test_envelopes_under_a_total_are_told_as_they_are_run() -> None:
    """#1 had been told as 75.8 and 50.5 where 180 and 120 were run, and the ranges as 20–100."""
    plan = expand(
        parse(
            [
                "scenario=[only/guidance_fund,only/first_purchase]", *TOTAL,
                "levers.first_purchase.envelope=interval(20,100)", "envelope_total=300",
            ]
        ),
        sweep=True,
    )  # fmt: skip
    keys = [f"levers.{name}.envelope" for name in ("guidance_fund", "first_purchase")]
    for design in plan.compared():
        told = [design.point[key] for key in keys]
        assert told == [design.levers[key.split(".")[1]]["envelope"] for key in keys]
        assert sum(told) == pytest.approx(300.0)
    for key in keys:
        told = [design.point[key] for design in plan.compared()]
        assert (plan.ranges[key].low, plan.ranges[key].high) == (min(told), max(told))
    assert "points are told as they are run" in " ".join(plan.notices)


def test_a_total_that_leaves_nothing_of_a_range_is_refused(wotu: Wotu, tmp_path: Path) -> None:
    place = tmp_path / "none"
    said = wotu(
        "sweep", "scenario=only/guidance_fund", *TOTAL, "envelope_total=50", f"results={place}"
    )
    assert said.code == BAD_INPUT
    assert "envelope_total plans levers.guidance_fund.envelope=50 at every point" in said.err
    assert not place.exists()


@pytest.mark.parametrize("example", sweep.examples.splitlines())
def test_each_example_of_the_help_can_run(example: str) -> None:
    words = shlex.split(example)[2:]
    assert expand(parse(words), sweep=True).compared()


def test_only_one_study_is_made(swept: Path) -> None:
    assert only_folder(swept).name == "mine"


def test_levers_switched_on_by_hand_are_swept_alone_as_run_and_compare_take_them() -> None:
    from experiments.comparison import ask

    words = ["levers.rnd_subsidy.enabled=true", "levers.rnd_subsidy.share=interval(0.1,0.5)", "n=3"]
    study = ask("sweep", words)
    assert {design.scenario for design in study.plan.compared()} == {"only/rnd_subsidy"}
    assert all(set(design.levers) == {"rnd_subsidy"} for design in study.plan.compared())


def test_a_sweep_of_the_whole_opinion_that_nobody_named_says_so() -> None:
    from experiments.comparison import ask

    study = ask("sweep", ["levers.rnd_subsidy.share=interval(0.1,0.5)", "n=3"])
    assert {design.scenario for design in study.plan.compared()} == {"opinion_2014"}
    assert "no scenario is named, so the whole Opinion is swept" in study.notices[0]
