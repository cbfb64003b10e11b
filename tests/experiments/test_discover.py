"""Robustness: regret on paper, conditions and policies in the store, failures in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from experiments.errors import BAD_INPUT
from experiments.figures import regret
from experiments.figures.study import Study
from experiments.gallery.robust import regret_frame
from experiments.questions.asking import chosen_metrics
from experiments.questions.discover import prepare
from experiments.questions.discover_shown import discovery_shown
from experiments.questions.regrets import (
    PAIR_COLUMNS,
    by_world,
    condition_regrets,
    seed_pairs,
    spot_rows,
)
from experiments.questions.robustness import (
    BOX_COLUMNS,
    WORLD_COLUMNS,
    Discovery,
    _boxes,
    _policies,
    discovery,
)
from experiments.text import LANGUAGES, Text
from tests.experiments.conftest import ALL_THERE, Wotu, only_folder

worths = arrays(float, (4, 5), elements=st.floats(-1e3, 1e3))
WORDS = (
    "world=small,hot_market", "world.scale=0.1", "scenario=only/joint_rnd,only/incubator_support",
    "quarters=2", "seeds=2", "metrics=rnd,net_cost",
)  # fmt: skip


@settings(deadline=None)
@given(worths)
@example(
    np.array([[0.0] * 5, [0.0] * 5, [0.0, 0.0, 0.0, 684.7, 0.0], [684.7, 0.0, 0.0, 0.0, 0.0]])
    - 683.5
)
def test_regret_is_never_below_zero_and_nothing_for_the_best(worth) -> None:
    regret, best = condition_regrets(worth)
    assert (regret.mean(axis=1) >= -1e-9).all()
    assert sum(best) >= 1  # more where they tie, which they may do seed by seed or on average only
    assert regret[best].mean(axis=1) == pytest.approx(0.0, abs=1e-6)
    assert (np.abs(regret).max(axis=1) == 0.0).any()


@settings(deadline=None)
@given(worths, st.floats(-100, 100))
def test_luck_that_moves_all_policies_alike_changes_no_regret(worth, luck: float) -> None:
    moved, _ = condition_regrets(worth + luck)
    assert moved.mean(axis=1) == pytest.approx(condition_regrets(worth)[0].mean(axis=1), abs=1e-6)


SEEDS = 3
KEY = "world.demand.growth_shock"


def measured(effects: Callable[[str, float], list[float]], points: int = 40) -> tuple:
    """A question of three policies at some points; `effects` of a policy where demand has a shift."""
    demand, policies = np.linspace(-1.0, 1.0, points), ("nothing", "bold", "timid")
    designs = {
        ("small", place): {policy: f"{place}: {policy}" for policy in policies}
        for place in range(points)
    }
    table = pd.DataFrame(
        {
            name: effects(policy, demand[place])
            for (_, place), names in designs.items()
            for policy, name in names.items()
        }
    )  # fmt: skip
    (metric,) = chosen_metrics(["rnd"])
    pairs = pd.DataFrame(seed_pairs(metric, table, designs, "nothing"), columns=list(PAIR_COLUMNS))
    frame = pd.DataFrame(spot_rows(pairs, metric, 0.0, "nothing"))
    facts = {
        "nothing": "nothing", "policies": ["bold", "timid"], "titles": {},
        "points": [{KEY: float(value)} for value in demand],
        "parameters": [{"key": KEY, "low": -1.0, "high": 1.0, "unit": "1/year"}],
        "settings": {"least": 0.0},
    }  # fmt: skip
    found = Discovery(
        Path(),
        frame,
        pd.DataFrame(_policies(frame, pairs, {"bold": 600.0})),
        pd.DataFrame(by_world(pairs, frame), columns=list(WORLD_COLUMNS)),
        pd.DataFrame(_boxes(frame, facts), columns=list(BOX_COLUMNS)),
        pd.DataFrame(),
    )
    return found, facts


def steep(policy: str, shift: float) -> list[float]:
    """The bold policy fails where demand is low, the timid one never gains much."""
    mean = {"nothing": 0.0, "bold": 10.0 * shift + 4.0, "timid": 1.0}[policy]
    return [mean - 0.01, mean, mean + 0.01] if policy == "bold" else [mean] * SEEDS


def made_up() -> tuple[Discovery, dict]:
    """Forty points at which the seeds hardly matter."""
    return measured(steep)


def lucky(policy: str, shift: float) -> list[float]:
    """Bold has the best mean everywhere, because of one seed of three."""
    return {"nothing": [0.0] * SEEDS, "bold": [9.0, -2.0, -1.0], "timid": [-3.0, 1.0, 1.0]}[policy]


def equal(policy: str, shift: float) -> list[float]:
    """Neither policy does anything."""
    return [7.0, 8.0, 9.0]


def test_the_steady_policy_has_the_smallest_largest_regret() -> None:
    policies = made_up()[0].policies.set_index("policy")
    assert policies.loc["bold", "largest_regret"] == pytest.approx(7.0)
    assert policies.loc["timid", "largest_regret"] == pytest.approx(13.0)
    assert policies["holds_up"].to_dict() == {"nothing": False, "bold": True, "timid": False}
    assert policies.loc["bold", "fail_share"] == pytest.approx(12 / 40)
    assert policies.loc["bold", "worst_effect_point"] == 0


def test_a_failure_is_told_in_words_in_both_languages() -> None:
    found, facts = made_up()
    (box,) = found.boxes.to_dict("records")
    assert (box["policy"], box["parameter"]) == ("bold", "world.demand.growth_shock")
    assert np.isnan(box["low"])
    assert box["high"] == pytest.approx(-0.4, abs=0.06)
    assert box["coverage"] > 0.9
    words = {"en": "(world.demand.growth_shock)", "zh": "不高于"}
    for lang, word in words.items():
        (row,) = discovery_shown(found, facts, 0.0, Text(lang))[-1].rows
        assert word in row[1]


def told(found: Discovery, facts: dict, lang: str) -> list[str]:
    return [
        note for table in discovery_shown(found, facts, 0.0, Text(lang)) for note in table.notes
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_box_was_found_a_sentence_says_why_and_no_table_is_empty(lang: str) -> None:
    found, facts = made_up()
    none = replace(found, boxes=found.boxes.iloc[:0])
    few = replace(none, policies=none.policies.assign(conditions=4))
    assert all(table.rows for table in discovery_shown(few, facts, 0.0, Text(lang)))
    text = Text(lang)
    assert told(none, facts, lang)[-1] == text("discover.no_boxes", conditions=40)
    assert told(few, facts, lang)[-1] == text("discover.few_conditions", conditions=4, fewest=12)
    held = replace(few, regrets=few.regrets.assign(fails=False))
    assert told(held, facts, lang)[-1] == text("discover.no_failures", conditions=4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_best_everywhere_by_luck_of_the_same_seeds_is_not_called_clear(lang: str) -> None:
    """Forty conditions on the same three seeds had been told as forty proofs."""
    found, facts = measured(lucky)
    text, policies = Text(lang), found.policies.set_index("policy")
    assert policies.loc["bold", ["best_share", "clear_best_share"]].tolist() == [1.0, 0.0]
    assert policies.loc["timid", ["fail_share", "clear_fail_share"]].tolist() == [1.0, 0.0]
    low, high = policies.loc["bold", ["mean_effect_low", "mean_effect_high"]]
    assert low < 0.0 < high  # the interval of three seeds, not that of 120 pairs
    quoted = [text("discover.quoted", policy=name) for name in ("timid",)]
    others = text.listed([text("discover.quoted", policy=text("discover.nothing")), *quoted])
    said = told(found, facts, lang)
    bold = text("discover.quoted", policy="bold")
    assert said[:2] == [
        text("discover.best_always", policy=bold, conditions=40),
        text("discover.not_clear", others=others, n=SEEDS),
    ]
    assert text("discover.luck", n=SEEDS) in said
    drawn = regret_frame(found, facts, text)
    key = text("chart.regret_best_unclear", metric="", policy="")[-8:]
    assert regret.title(drawn, "rnd", Study(text)).endswith(key)


def test_a_lead_that_every_seed_shows_is_clear() -> None:
    found, facts = made_up()
    assert told(found, facts, "en")[1] == Text("en")("discover.clear")
    assert "holds up best" in regret.title(
        regret_frame(found, facts, Text("en")), "rnd", Study(Text("en"))
    )


def test_policies_that_tie_are_all_best_and_all_hold_up() -> None:
    """The one that was named first had been "the best choice under all conditions tried"."""
    found, facts = measured(equal, points=2)
    assert found.regrets["best"].all()
    assert not found.regrets["clear_best"].any()
    assert found.policies["holds_up"].all()
    assert told(found, facts, "en")[0] == (
        'Best mean in all 2 conditions: "Doing nothing", "bold", "timid".'
    )


def test_every_policy_meets_every_world(small: Wotu, results: Path) -> None:
    said = small("discover", *WORDS, "--format=json")
    assert said.code == 0, said.err
    data = json.loads(said.out)
    found = discovery(only_folder(results))
    assert data["folder"] == str(found.folder)
    assert len(found.regrets) == 2 * 3 * 2
    assert set(found.regrets["point"]) == {-1}
    for _, rows in found.regrets.groupby(["world", "metric"]):
        assert rows["best"].any()
        assert rows["regret"].min() == 0.0
    cost = found.policies[found.policies["metric"] == "net_cost"].set_index("policy")
    assert bool(cost.loc["baseline", "holds_up"])
    for lang, word in (("en", "Best mean in all"), ("zh", "均值最优的都是")):
        again = small("discover", *WORDS, f"lang={lang}")
        assert ALL_THERE[lang] in again.err
        assert word in again.out
    strict = small("discover", *WORDS, "least=100000", "--format=json")
    assert "runs are in" in strict.err
    fails = {row["policy"]: row["fails"] for row in json.loads(strict.out)["regrets"][:3]}
    assert fails == {"baseline": False, "only/joint_rnd": True, "only/incubator_support": True}


def test_sampled_world_values_make_conditions(small: Wotu, results: Path) -> None:
    words = (
        "scenario=only/joint_rnd", "parameters=world.credit.squeeze", "within=0.5", "samples=3",
        "quarters=1", "seeds=1", "metrics=net_cost",
    )  # fmt: skip
    data = json.loads(small("discover", *words, "--format=json").out)
    squeezes = [point["world.credit.squeeze"] for point in data["points"]]
    assert len(set(squeezes)) == 3
    assert all(0.5 <= value <= 1.5 for value in squeezes)
    assert [row["point"] for row in data["regrets"] if row["policy"] == "baseline"] == [0, 1, 2]


def test_the_usual_question_is_four_packages_at_one_cost_in_five_worlds(tmp_path: Path) -> None:
    asked = prepare([f"results={tmp_path}"])
    assert len(asked.plan.compared()) == 4 * 5
    assert {round(design.outlay) for design in asked.plan.compared()} == {600}
    assert len({design.reference for design in asked.plan.compared()}) == 5


BAD = {
    "one condition": (("world=small",), "is one condition"),
    "a lever's value": (("parameters=levers.joint_rnd.envelope",), "no world value"),
    "a swept value": (("levers.joint_rnd.envelope=1,2",), "one value of levers.joint_rnd"),
    "neither good nor bad": (("metrics=grants",), "neither better nor worse"),
    "the reference": (("scenario=baseline,environment",), "leave it out"),
    "an unknown world": (("world=small,smal",), "did you mean 'small'"),
    "too few points": (("samples=1",), "2 to 65536"),
    "a metric the run is too short for": (("metrics=rnd,survival", "quarters=4"), "give quarters=21"),
    "a word for a number": (("least=much",), "not a number"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(case: str, wotu: Wotu, results: Path) -> None:
    words, expected = BAD[case]
    said = wotu("discover", *words, f"results={results}")
    assert said.code == BAD_INPUT, said.err
    assert expected in said.err.splitlines()[-1], said.err
    assert not results.exists()
