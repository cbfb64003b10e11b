"""The search for mixes: fronts and their names on paper, and a journal that outlives a kill."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from optuna.storages import JournalStorage

from experiments.questions.asking import chosen_metrics
from experiments.questions.optimise_shown import named
from experiments.questions.optimum import _key, mix_names, objective_names
from experiments.questions.search import STEP, Search, balanced, spread_out, undominated
from experiments.text import Text

PARTS = ["roads", "schools", "loans"]
WAYS = ["maximize", "minimize"]
worths = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=1, max_size=12
).map(lambda rows: np.array(rows, float))  # fmt: skip
quickly = settings(deadline=None, max_examples=60)


def test_a_mix_is_on_the_front_unless_another_beats_it() -> None:
    worth = np.array([[3, 1], [1, 3], [2, 2], [1, 1], [3, 1]], float)
    assert list(undominated(worth)) == [True, True, True, False, True]


@quickly
@given(worths)
def test_whoever_is_off_the_front_is_beaten_by_somebody_on_it(worth) -> None:
    front = undominated(worth)
    assert front.any()
    for loser in worth[~front]:
        assert ((worth[front] >= loser).all(axis=1) & (worth[front] > loser).any(axis=1)).any()


@quickly
@given(worths, st.integers(1, 6))
def test_the_best_of_every_objective_is_tried_again(worth, most) -> None:
    chosen = spread_out(worth, most)
    assert len(chosen) == len(set(chosen)) == min(most, len(worth))
    if most >= 3:
        assert worth[chosen].max(axis=0).tolist() == worth.max(axis=0).tolist()


def test_mixes_are_named_by_what_they_are_best_at() -> None:
    worth = np.array([[0.0, 10.0], [10.0, 0.0], [8.0, 8.0], [1.0, 1.0]])
    assert balanced(worth) == 2
    names = mix_names(worth, [4, 7, 9, 0], ["rnd", "revenue"])
    assert names == {4: "best:revenue", 7: "best:rnd", 9: "balanced", 0: "stated"}


def worth_of(weights) -> list[float]:
    return [weights["roads"] * weights["schools"], weights["loans"] ** 2]


def searched(folder: Path, stops: bool) -> list[dict]:
    """Three generations of six mixes; `stops` opens the journal anew in the middle of each."""
    search = Search(folder, PARTS, WAYS, 6)
    for number in range(3):
        mixes = search.generation(number)
        for place, (mix, weights) in enumerate(mixes.items()):
            if stops and place == 3:
                search = Search(folder, PARTS, WAYS, 6)
                assert search.generation(number) == mixes
            search.tell(mix, worth_of(weights))
    return [dict(trial.params) for trial in search.told()]


def test_a_search_that_is_stopped_goes_on_to_the_same_mixes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    straight = searched(tmp_path / "one", stops=False)
    assert searched(tmp_path / "two", stops=True) == straight
    assert straight[0] == dict.fromkeys(PARTS, 1.0)
    assert len(straight) == 18
    assert all(w / STEP == pytest.approx(round(w / STEP)) for m in straight for w in m.values())


@pytest.mark.parametrize("written", [0, 1, 4, 17, 18, 23, 40, 53])
def test_a_mix_that_a_kill_left_half_asked_is_asked_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """It had been given up: the search went on with a mix less, to other mixes."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    straight = searched(tmp_path / "one", stops=False)
    write, count = JournalStorage.set_trial_param, []

    def killed(*arguments):
        count.append(1)
        if len(count) == written + 1:
            raise SystemExit
        return write(*arguments)

    monkeypatch.setattr(JournalStorage, "set_trial_param", killed)
    with pytest.raises(SystemExit):
        searched(tmp_path / "two", stops=False)
    assert searched(tmp_path / "two", stops=False) == straight


def test_the_search_improves_on_the_first_mixes(tmp_path: Path) -> None:
    found = [worth_of(mix) for mix in searched(tmp_path, stops=False)]
    assert max(v[0] - v[1] for v in found[6:]) >= max(v[0] - v[1] for v in found[:6])


def test_one_metric_in_two_kinds_is_two_objectives() -> None:
    """The luck of one had been taken from the other: persons less job-years."""
    kinds = chosen_metrics(["employment:level", "employment:job_years"])
    assert objective_names(kinds) == ["employment:level", "employment:job_years"]
    assert objective_names(chosen_metrics(["rnd", "net_cost"])) == ["rnd", "net_cost"]
    assert {_key({"metric": m.name, "kind": m.kind}) for m in kinds} == {
        ("employment", "level"), ("employment", "job_years"),
    }  # fmt: skip
    row = {"mix": 3, "name": "best:employment:job_years"}
    assert "job-years" in named(row, Text("en"))


def test_a_mix_that_failed_is_not_on_record_as_worth_anything(tmp_path: Path) -> None:
    search = Search(tmp_path, PARTS, WAYS, 4)
    for mix in search.generation(0):
        search.tell(mix, None if mix == 1 else [1.0, 1.0])
    assert [trial.number for trial in search.told()] == [0, 2, 3]
