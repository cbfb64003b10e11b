"""Interactions: the arithmetic on hand-made runs, what is declared, and the verb."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from agents.sources import ROOT
from experiments.clauses import mapped
from experiments.errors import BAD_INPUT
from experiments.metrics import METRICS
from experiments.questions.interactions import Pair, declared_pairs, interaction_table
from experiments.questions.interactions_shown import interactions_shown
from experiments.runs import encode_rows
from experiments.store import SCHEMA, Store
from experiments.text import Text
from scenarios.levers import LEVERS
from tests.experiments.conftest import Wotu

PAIR = Pair(("a", "b"), "births", "cumulative", 1, {"en": "because", "zh": "理由"})
BUILT = [pair for pair in declared_pairs() if set(pair.levers) <= LEVERS.keys()]


def stored(folder: Path, births: dict[str, Sequence[float]]) -> Store:
    """One quarter a run: births by design and seed."""
    designs = [
        {"design": name, "scenario": name, "data": name,
         "reference": "" if name == "baseline" else "baseline"}
        for name in births
    ]  # fmt: skip
    rows = [
        {"run_id": f"{name}{seed}", "design": name, "seed": seed, "quarter": 0, "births": value}
        for name, column in births.items()
        for seed, value in enumerate(column)
    ]
    store = Store(folder)
    store.create({"schema": SCHEMA, "designs": designs, "quarters": 1, "chunks": {"0000": []}}, {})
    for table in ("series", "runs"):
        (folder / table).mkdir()
    runs = [{"run_id": row["run_id"], "status": "ok"} for row in rows]
    store.part("runs", "0000").write_bytes(encode_rows(runs))
    pd.DataFrame(rows).to_parquet(store.part("series", "0000"), index=False)
    return store


def table(folder: Path, both: Sequence[float], pair: Pair = PAIR) -> dict:
    seeds = len(both)
    births = {
        "baseline": [10.0, 20.0, 15.0][:seeds], "only/a": [11.0, 21.0, 16.0][:seeds],
        "only/b": [13.0, 23.0, 18.0][:seeds], "only/a+only/b": both,
    }  # fmt: skip
    frame = interaction_table(stored(folder, births), [pair], headline=False)
    (row,) = frame.to_dict("records")
    return row


def test_an_interaction_is_what_both_do_beyond_each_alone(tmp_path: Path) -> None:
    row = table(tmp_path, [19.0, 29.0, 24.0])
    assert (row["first"], row["second"], row["both"]) == (1.0, 3.0, 9.0)
    assert (row["interaction"], row["low"], row["high"]) == (5.0, 5.0, 5.0)
    # Three pairs that agree to the last digit prove nothing; three that nearly agree do.
    assert row["verdict"] == "unclear"
    assert table(tmp_path / "near", [19.0, 29.1, 23.9])["verdict"] == "as_expected"


@pytest.mark.parametrize(
    ("both", "sign", "verdict"),
    [
        ([12.0, 22.1, 16.9], 1, "against"), ([12.0, 22.1, 16.9], -1, "as_expected"),
        ([12.0, 22.1, 16.9], 0, "minus"), ([10.0, 28.0, 19.0], 1, "unclear"),
        ([14.0, 24.0, 19.0], 1, "same"), ([19.0], 1, "single"),
    ],
)  # fmt: skip
def test_the_verdict_follows_the_interval(
    tmp_path: Path, both: list[float], sign: int, verdict: str
) -> None:
    pair = Pair(("a", "b"), "births", "cumulative", sign)
    assert table(tmp_path, both, pair)["verdict"] == verdict


def test_pairing_by_seed_removes_the_luck_they_share(tmp_path: Path) -> None:
    """The four runs of a seed differ by ten between seeds; the interaction does not."""
    row = table(tmp_path, [19.0, 29.5, 24.0])
    assert row["high"] - row["low"] < 2.0


def test_a_design_that_failed_leaves_its_pair_out(tmp_path: Path) -> None:
    store = stored(tmp_path, {"baseline": [1.0], "only/a": [1.0], "only/b": [1.0]})
    frame = interaction_table(store, [PAIR], headline=False)
    assert frame.empty


ISSUE = (
    {"first_purchase", "rnd_subsidy"}, {"guidance_fund", "seed_equity_fund"},
    {"talent_awards", "functional_zones"}, {"firm_attraction", "entry_screening"},
    {"policy_outreach"}, {"fund_coordination"},
    {"credit_information", "credit_risk_compensation"}, {"graduate_landing", "functional_zones"},
)  # fmt: skip


def test_the_pairs_that_have_a_reason_are_declared() -> None:
    declared = [set(pair.levers) for pair in declared_pairs()]
    assert all(any(pair <= found for found in declared) for pair in ISSUE)
    assert len(declared) == len({frozenset(pair) for pair in declared}) >= 8


@pytest.mark.parametrize("pair", declared_pairs(), ids=lambda pair: pair.name)
def test_a_declared_pair_says_where_which_way_and_why(pair: Pair) -> None:
    assert set(pair.levers) <= set(mapped())
    assert (pair.metric, pair.kind) in {(metric.name, metric.kind) for metric in METRICS}
    assert pair.sign in (-1, 1)
    assert pair.reason["en"].endswith(".")
    assert pair.reason["zh"].endswith("。")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_is_written_in_both_languages(tmp_path: Path, lang: str) -> None:
    births = {"baseline": [10.0, 20.0], "only/a": [11.0, 21.0], "only/b": [13.0, 23.0]}
    store = stored(tmp_path, {**births, "only/a+only/b": [18.9, 29.1]})
    shown = interactions_shown(interaction_table(store, [PAIR], headline=False), Text(lang))
    (row,) = shown.rows
    assert row[0] == "a+\nb"
    assert row[5] == "+5.00"
    assert row[-1].text == {"en": "as expected", "zh": "与预期一致"}[lang]


def test_a_sign_against_the_reason_is_explained_beneath(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = replace(PAIR, explained={"en": "but then", "zh": "然而"})
    module = "experiments.questions.interactions_shown.declared_pairs"
    monkeypatch.setattr(module, lambda: (known,))
    births = {"baseline": [10.0, 20.0], "only/a": [11.0, 21.0], "only/b": [13.0, 23.0]}
    store = stored(tmp_path, {**births, "only/a+only/b": [18.9, 29.1]})
    frame = interaction_table(store, [known], headline=False)
    for verdict, note in (("as_expected", "because"), ("against", "because but then")):
        shown = interactions_shown(frame.assign(verdict=verdict), Text("en"))
        assert shown.notes == [f"a+b: {note}"]


def test_the_verb_runs_what_exists_and_says_what_does_not(small: Wotu) -> None:
    said = small("interactions", "seeds=2", "quarters=2", "--format=json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    assert [row["pair"] for row in found["interactions"]] == [pair.name for pair in BUILT]
    for pair in declared_pairs():
        assert (pair in BUILT) != (f"skipped {pair.name}: there is no lever" in said.err)
        assert (pair in BUILT) == (pair.name in found["reasons"])


def test_a_named_pair_may_hold_a_lever_of_ones_own_and_is_told_in_full(small: Wotu) -> None:
    file = ROOT / "docs" / "examples" / "rent_voucher.py"
    words = ("rent_voucher+incubator_support", f"levers_from={file}", "seeds=1", "quarters=2")
    found = json.loads(small("interactions", *words, "--format=json").out)["interactions"]
    assert {row["pair"] for row in found} == {"rent_voucher+incubator_support"}
    assert {"firms", "births", "rnd"} <= {row["metric"] for row in found}
    assert {row["verdict"] for row in found} == {"single"}


def test_three_levers_are_the_first_against_the_others(small: Wotu) -> None:
    words = ("policy_outreach+rnd_subsidy+first_purchase", "seeds=1", "quarters=1")
    found = json.loads(small("interactions", *words, "--format=json").out)
    assert found["interactions"]


BAD = {
    "not a pair": (("rnd_subsidy",), "two different levers"),
    "a lever twice": (("rnd_subsidy+rnd_subsidy",), "two different levers"),
    "an unknown lever": (("rnd_subsidi+first_purchase",), "did you mean 'rnd_subsidy'"),
    "a scenario": (("scenario=opinion_2014",), "scenario is fixed here"),
    "a total": (("envelope_total=5",), "envelope_total is fixed here"),
    "a sweep": (("rnd_subsidy+first_purchase", "world=small,haidian_2014"), "one value of each"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(case: str, wotu: Wotu, results: Path) -> None:
    words, expected = BAD[case]
    said = wotu("interactions", *words, f"results={results}")
    assert said.code == BAD_INPUT
    assert expected in said.err.splitlines()[-1], said.err
    assert not results.exists()
