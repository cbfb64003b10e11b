"""Optimisation: mixes that keep the budget, fresh seeds for the front, the verb in full."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import experiments.study
from experiments.errors import BAD_INPUT, INTERRUPTED
from experiments.questions.optimise import mix_design, prepare
from experiments.questions.optimum import optimum
from experiments.store import Store
from tests.experiments.conftest import ALL_THERE, Wotu, data_files, only_folder

MIX = "scenario=[only/incubator_support,only/joint_rnd,only/policy_outreach]"
WORDS = (
    MIX, "budget=100", "objectives=births,net_cost", "population=4", "generations=2", "fresh=2",
    "front=3", "seeds=2", "quarters=2",
)  # fmt: skip


def test_every_mix_plans_the_budget_whatever_its_weights(tmp_path: Path) -> None:
    asked = prepare([*WORDS, "world=small", f"results={tmp_path}"])
    for weights in ((1.0, 1.0, 1.0), (0.3, 1.0, 0.6), (0.0, 0.2, 1.0), (0.0, 0.0, 0.0)):
        design = mix_design(asked, 1, dict(zip(asked.parts, weights, strict=True)))
        assert design.outlay == pytest.approx(100.0)
    design = mix_design(asked, 1, dict(zip(asked.parts, (0.05, 1.0, 0.5), strict=True)))
    assert set(design.levers) == {"joint_rnd", "policy_outreach"}
    stated = asked.whole.design.levers
    shares = [design.levers[name]["envelope"] / stated[name]["envelope"] for name in design.levers]
    assert max(shares) / min(shares) == pytest.approx(2.0)


def test_the_front_is_told_from_fresh_seeds(small: Wotu, results: Path) -> None:
    said = small("optimise", *WORDS, "--format=json")
    assert said.code == 0, said.err
    data = json.loads(said.out)
    folder = only_folder(results)
    assert data["folder"] == str(folder)
    front, shares = optimum(folder).front, optimum(folder).shares
    assert set(Store(folder / "front").series()["seed"]) == {2, 3}
    assert set(Store(folder / "generation-000").series()["seed"]) == {0, 1}
    names = "+".join(front["name"])
    assert all(name in names for name in ("best:births", "best:net_cost", "balanced", "stated"))
    cost = front[front["metric"] == "net_cost"]
    assert list(cost["optimism"]) == pytest.approx(list(cost["value"] - cost["first"]))
    for _, rows in shares.groupby("mix"):
        assert rows["share"].sum() == pytest.approx(1.0)
        assert rows["envelope"].sum() == pytest.approx(100.0)
    assert {row["mix"] for row in data["search"]} == set(range(8))
    for lang, word in (("en", "on fresh seeds"), ("zh", "以新随机种子复核")):
        again = small("optimise", *WORDS, f"lang={lang}")
        assert again.code == 0
        assert word in again.out
        assert again.err.count(ALL_THERE[lang]) == len(list(folder.glob("*/manifest.json")))


def test_an_interrupted_search_goes_on_to_the_same_results(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert small("optimise", *WORDS, "name=straight").code == 0
    carry, done = experiments.study._carry, []

    def stop_once(*arguments):
        for item in carry(*arguments):
            done.append(item)
            if len(done) == 14:
                raise KeyboardInterrupt
            yield item

    monkeypatch.setattr(experiments.study, "_carry", stop_once)
    said = small("optimise", *WORDS, "name=stopped")
    assert said.code == INTERRUPTED
    assert "continue with: wotu optimise" in said.err
    assert small("optimise", *WORDS, "name=stopped").code == 0
    assert data_files(results / "stopped") == data_files(results / "straight")
    straight, stopped = optimum(results / "straight"), optimum(results / "stopped")
    assert stopped.front.equals(straight.front)
    assert stopped.search.equals(straight.search)


BAD = {
    "too short": ((MIX, "objectives=survival,rnd", "quarters=4"), "give quarters=21"),
    "one objective": ((MIX, "objectives=rnd"), "two or three metrics"),
    "neither good nor bad": ((MIX, "objectives=rnd,grants"), "neither better nor worse"),
    "unknown objective": ((MIX, "objectives=rnd,revenu"), "did you mean 'revenue'"),
    "beyond the purse": ((MIX, "budget=99000"), "budget=99000 cannot be planned by every mix"),
    "no budget": ((MIX, "budget=0"), "1 to 100000"),
    "one lever": (("scenario=only/joint_rnd",), "nothing to mix"),
    "a total": ((MIX, "envelope_total=5"), "envelope_total is fixed here"),
    "too small a population": ((MIX, "population=2"), "4 to 1000"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(case: str, wotu: Wotu, results: Path) -> None:
    words, expected = BAD[case]
    said = wotu("optimise", *words, f"results={results}")
    assert said.code == BAD_INPUT, said.err
    assert any(part in said.err.splitlines()[-1] for part in expected.split("|")), said.err
    assert not results.exists()
