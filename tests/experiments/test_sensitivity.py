"""Sensitivity: parameters within their bounds, two stages in one folder, the verb in full."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from agents.declare import declarations
from experiments.errors import BAD_INPUT
from experiments.grammar import parse
from experiments.questions.parameters import find_parameters, split_ranges
from experiments.questions.sensitivity import USUAL, mattering, prepare, sensitivity_frame
from experiments.questions.sensitivity_shown import sensitivity_shown
from experiments.questions.stages import read_question
from experiments.questions.variants import Whole, compose_whole
from experiments.sweeps.ranges import Span
from experiments.text import Text
from sim.world import World
from tests.experiments.conftest import ALL_THERE, Wotu, only_folder

BANKS = Span(3.0, 5.0, whole=True, unit="branches")
ONE = "scenario=only/incubator_support"
WORDS = (
    ONE, "parameters=world.credit.squeeze", "levers.incubator_support.envelope=interval(50,400)",
    "within=0.5", "trajectories=2", "samples=2", "quarters=2", "seeds=2", "metrics=net_cost,rnd",
)  # fmt: skip


@pytest.fixture(scope="module")
def subsidy() -> Whole:
    return compose_whole("sensitivity", [ONE, "world=small"])


def test_a_glob_takes_what_is_declared_with_bounds(subsidy: Whole) -> None:
    found = {p.key: p for p in find_parameters(subsidy, ["levers.incubator_support.*"], {})}
    envelope = "levers.incubator_support.envelope"
    assert envelope not in found  # its bounds reach beyond any purse
    near = find_parameters(subsidy, ["levers.incubator_support.*"], {}, within=0.5)
    assert envelope in {p.key for p in near}
    assert not any(key.endswith((".start", ".end")) or "targeting" in key for key in found)
    share = find_parameters(subsidy, ["world.purse.retention"], {})[0]
    assert (share.low, share.high, share.value) == (0.0, 1.0, 0.2)


def test_within_keeps_close_to_the_value_and_inside_the_bounds(subsidy: Whole) -> None:
    (found,) = find_parameters(subsidy, ["world.purse.retention"], {}, 0.5)
    assert (found.low, found.high) == pytest.approx((0.1, 0.3))
    (found,) = find_parameters(subsidy, ["world.credit.screening_floor"], {}, 1.0)
    assert (found.low, found.high) == pytest.approx((0.05, 0.7))


def test_ranges_are_read_as_in_a_sweep() -> None:
    words = ["world.credit.banks=interval(3,5)", "levers.rnd_subsidy=bounds", "seeds=2"]
    ranges, left = split_ranges(words)
    assert ranges == {item.key: item.span for item in parse(words[:2])}
    assert ranges["world.credit.banks"] == BANKS
    assert left == ["seeds=2"]


def test_whole_numbers_have_equal_room(subsidy: Whole) -> None:
    (banks,) = find_parameters(subsidy, [], {"world.credit.banks": BANKS})
    assert [banks.at(place) for place in (0.0, 0.34, 0.67, 1.0)] == [3, 4, 5, 5]


def test_without_a_parameter_values_without_evidence_are_varied(results: Path) -> None:
    asked = prepare(["world=small", f"results={results}"])
    assert [item.key for item in asked.parameters] == list(USUAL)
    grades = {f"world.{item.name}": item.grade for item in declarations(World())}
    for item in asked.parameters:
        assert grades[item.key] == "U"
        assert (item.low, item.high) == pytest.approx((item.value / 2, item.value * 1.5))


def test_what_matters_moves_a_tenth_of_what_the_strongest_moves() -> None:
    rows = [("weak", 0.9), ("strong", 10.0), ("middling", 1.0), ("none", 0.0)]
    frame = pd.DataFrame(
        [{"parameter": p, "value": v, "index": "mu_star", "final": True, "metric": "rnd", "kind": ""}
         for p, v in rows]
    )  # fmt: skip
    assert mattering(frame, 4) == ["strong", "middling"]
    assert mattering(frame, 1) == ["strong"]
    other = frame.assign(metric="revenue", value=[0.1, 0.0, 0.0, 0.0])  # to revenue, weak is all
    assert mattering(pd.concat([frame, other]), 2) == ["weak", "strong"]


def sobol(first: dict[str, float]) -> list[dict]:
    """The rows of a second stage whose parameters have these shares alone."""
    shared = {
        "stage": "indices", "method": "sobol", "metric": "rnd", "kind": "cumulative", "luck": 0.0,
        "samples": 16, "final": True, "n": 2, "range_low": 0.0, "range_high": 1.0, "range_unit": "",
    }  # fmt: skip
    return [
        {**shared, "parameter": name, "index": index, "value": v, "low": v - 0.01, "high": v + 0.01}
        for name, value in first.items()
        for index, v in (("first", value), ("total", max(value, 0.1)))
    ]


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ({"a": 0.5, "b": 0.3}, "the other 20 % comes from parameters acting together"),
        ({"a": 0.6, "b": 0.9}, "sum to 150 %, more than there is: sampling error"),
        ({"a": -0.4, "b": 0.2}, "sum to −20 %, less than nothing: sampling error"),
        ({"a": -0.4, "b": 0.6}, "1 indices lie outside 0 to 1 (−0.40)"),
    ],
)
def test_shares_that_sum_to_more_than_the_whole_are_told_as_sampling_error(
    first: dict[str, float], told: str
) -> None:
    """143 % had been told as "0% comes from parameters acting together, or is sampling error"."""
    table = sensitivity_shown(pd.DataFrame(sobol(first)), "mine", Text("en"))[0]
    assert told in " ".join(table.notes)


def test_a_value_without_any_effect_is_told_from_one_of_little_effect() -> None:
    rows = [{**row, "method": "morris", "index": index, "value": value, "stage": "screening"}
            for row in sobol({"a": 0.5})[:1]
            for index, value in (("mu", 3.0), ("mu_star", 3.0), ("sigma", 0.0))]  # fmt: skip
    rows += [{**row, "parameter": "b", "value": 0.0, "low": 0.0, "high": 0.0} for row in rows]
    notes = sensitivity_shown(pd.DataFrame(rows), "mine", Text("en"))[0].notes
    assert "Without any effect in their ranges, on any seed: b." in notes


def test_both_stages_run_once_and_are_read_from_what_is_stored(small: Wotu, results: Path) -> None:
    said = small("sensitivity", *WORDS, "--format=json")
    assert said.code == 0, said.err
    data = json.loads(said.out)
    folder = only_folder(results)
    assert data["folder"] == str(folder)
    frame = sensitivity_frame(folder)
    assert len(frame) == len(data["sensitivity"])
    assert set(frame["stage"]) == {"screening", "indices"}
    assert data["matters"] == ["levers.incubator_support.envelope"]
    assert set(frame[frame["stage"] == "indices"]["parameter"]) == set(data["matters"])
    assert len(read_question(folder)["parameters"]) == 2
    envelope = frame[(frame["index"] == "mu") & (frame["metric"] == "net_cost") & frame["final"]]
    assert envelope.set_index("parameter").loc["levers.incubator_support.envelope", "value"] > 0
    for lang, word in (("en", "matters most"), ("zh", "最为关键")):
        again = small("sensitivity", *WORDS, f"lang={lang}")
        assert again.err.count(ALL_THERE[lang]) == 2
        assert word in again.out


def test_pawn_and_screening_only(small: Wotu, results: Path) -> None:
    words = (*(w for w in WORDS if not w.startswith("samples")), "method=pawn")
    found = json.loads(small("sensitivity", *words, "samples=4", "--format=json").out)
    assert {"morris", "pawn"} == {row["method"] for row in found["sensitivity"]}
    found = json.loads(small("sensitivity", *words, "samples=0", "--format=json").out)
    assert {"morris"} == {row["method"] for row in found["sensitivity"]}


BAD = {
    "too short for a metric": ((ONE, "metrics=rnd,survival", "quarters=20"), "give quarters=21"),
    "a lever that is off": ((ONE, "parameters=levers.guidance_fund.share"), "is off in"),
    "an unknown parameter": ((ONE, "parameters=world.credit.squeez"), "did you mean"),
    "a glob of nothing": ((ONE, "parameters=world.crdit.*"), "matches no number"),
    "no declared bounds": ((ONE, "parameters=world.equity.hurdle"), "interval(a,b)"),
    "outside the bounds": ((ONE, "world.purse.retention=interval(0,2)"), "0 to 1 [share of taxes]"),
    "an empty range": ((ONE, "world.purse.retention=interval(1,0)"), "is empty"),
    "words for a range": ((ONE, "world.purse.retention=interval(a,b)"), "two numbers"),
    "no power of two": ((*WORDS[:3], "samples=3"), "power of two"),
    "more than the purse": ((ONE, "parameters=levers.incubator_support.envelope"), "programme budget"),
    "an unknown method": ((*WORDS[:3], "method=fast"), "expected sobol, pawn"),
    "no effect": (("scenario=baseline", "parameters=world.credit.squeeze"), "no effect to explain"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(case: str, wotu: Wotu, results: Path) -> None:
    words, expected = BAD[case]
    said = wotu("sensitivity", *words, f"results={results}")
    assert said.code == BAD_INPUT, said.err
    assert expected in said.err.splitlines()[-1], said.err
    assert not results.exists()


def test_a_folder_of_another_question_is_refused(small: Wotu) -> None:
    words = (*WORDS, "name=mine", "quarters=1", "seeds=1")
    words = tuple(w for w in words if w not in ("quarters=2", "seeds=2", "samples=2"))
    assert small("sensitivity", *words, "samples=0").code == 0
    said = small("sensitivity", *words[:4], "samples=0", "trajectories=3", *words[5:])
    assert said.code == BAD_INPUT
    assert "holds another question" in said.err


def test_another_metric_of_the_same_points_runs_nothing_anew(small: Wotu) -> None:
    words = tuple(w for w in WORDS if not w.startswith(("metrics", "samples")))
    assert small("sensitivity", *words, "metrics=net_cost", "samples=0").code == 0
    said = small("sensitivity", *words, "metrics=outlay", "samples=0", "--format=json")
    assert "runs are in" in said.err
    assert {row["metric"] for row in json.loads(said.out)["sensitivity"]} == {"outlay"}
