"""The report's "why": terms as stored, steps on the way, and no claim that the numbers do not allow."""

import math
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from experiments.report.causes import CAUSES, causes
from experiments.report.chain import MOST, chain
from experiments.report.findings import plain
from experiments.report.moved import TERMS, moved, outlays, sentence
from experiments.report.results import Results
from experiments.statistics import reading_of
from experiments.text import LANGUAGES, Text
from experiments.told import told_levers
from sim.measures import COUNTED

EN = Text("en")


@pytest.fixture(scope="module")
def results(finished: Path) -> Results:
    return Results(finished / "mine", "environment")


def test_every_term_has_a_name_in_both_languages() -> None:
    for lang in LANGUAGES:
        for phase, name in TERMS:
            assert Text(lang)(f"terms.{phase}.{name}")


def test_every_cause_has_a_name_and_every_phase_its_words() -> None:
    for lang in LANGUAGES:
        for phase, names in CAUSES.items():
            assert Text(lang)(f"why.phases.{phase}")
            assert all(Text(lang)(f"metrics.{name}.label") for name in names)
    flows = {name for names in CAUSES.values() for name in names} & set(COUNTED)
    assert "grants" in flows


def test_terms_are_the_means_of_the_store_at_the_scale_of_the_district(results: Results) -> None:
    frame = moved(results).set_index(["lever", "term"])
    stored = results.store.query(
        "SELECT avg(mean) AS mean, avg(touched) AS touched FROM terms "
        "WHERE design = 'environment' AND lever = 'loan_interest_subsidy'"
    )
    row = frame.loc[("loan_interest_subsidy", "interest_share")]
    scale = float(results.world()["scale"])
    assert row["mean"] == pytest.approx(stored["mean"][0])
    assert row["touched"] == pytest.approx(stored["touched"][0] / scale)
    assert (row["form"], row["n"], row["quarters"]) == ("share", 2, 4)
    # Three thousand hours are bought for the whole district, 300 in a world of a tenth.
    assert frame.loc[("service_platforms", "brokered_hours")]["mean"] == pytest.approx(3000)
    assert frame.loc[("credit_information", "signal_noise")]["form"].eq("factor").all()


def test_levers_come_by_what_they_paid_out(results: Results) -> None:
    paid = outlays(results)
    assert list(paid.values()) == sorted(paid.values(), reverse=True)
    flows = results.table("flows", ["environment"])
    public = flows[(flows["payer"] == "government") & flows["line"].isin(list(paid))]
    assert sum(paid.values()) == pytest.approx(public["amount"].sum() / 2)
    told = chain(EN, results, told_levers(results.manifest))
    assert len(told["levers"]) == MOST
    assert len(told["levers"]) + len(told["folded"]) == len(results.focus["levers"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_steps_name_only_what_is_clear(results: Results, lang: str) -> None:
    text = Text(lang)
    frame = causes(results)
    told = chain(text, results, told_levers(results.manifest))
    lines = [line for step in told["steps"] for line in step["lines"]]
    claims = [line for line in lines if "95%" in line]
    clear = [row for row in frame.to_dict("records") if reading_of(plain(row)) in ("up", "down")]
    assert len(claims) == len(clear) > 0
    assert told["notes"][-1] == text("why.many", count=len(frame))


def test_a_chain_whose_direct_steps_do_not_move_is_called_broken(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = causes(results).assign(low=-1.0, high=1.0)
    monkeypatch.setattr("experiments.report.chain.causes", lambda _: still)
    told = chain(EN, results, told_levers(results.manifest))
    assert EN("why.broken") in told["notes"]
    assert not any("95%" in line for step in told["steps"] for line in step["lines"])


def test_one_pair_claims_nothing(study_maker: Callable[..., Path], tmp_path: Path) -> None:
    folder = study_maker(tmp_path / "one", {"baseline": 0.0, "only/guidance_fund": 1.0}, seeds=1)
    told = chain(EN, Results(folder), {})
    assert told["steps"] == []
    assert told["headline"][0] == EN("report.finding_single")


def test_a_folder_without_terms_says_so(study_folder: Path) -> None:
    told = chain(EN, Results(study_folder), {})
    assert told["levers"] == []
    assert told["notes"] == [EN("why.no_terms")]


def test_a_share_too_small_to_be_written_is_not_written_as_nought() -> None:
    row = {
        "phase": "lending", "term": "cover", "form": "eligible", "n": 2, "quarters": 8.0,
        "mean": 2e-6, "low": 1e-6, "high": 3e-6, "touched": 0.4,
    }  # fmt: skip
    assert "(below 0.01% of all)" in sentence(EN, row, 8)
    assert "占全部企业的0.01%以下" in sentence(Text("zh"), row, 8)


def test_a_rule_without_a_number_is_said_to_be_in_force() -> None:
    row = {
        "phase": "granting", "term": "one_scheme", "form": "there", "n": 2, "quarters": 3.0,
        "mean": 1.0, "low": 1.0, "high": 1.0, "touched": math.nan,
    }  # fmt: skip
    said = sentence(EN, row, 8)
    assert said == "rule of one project, one scheme: in force (in 3 of 8 quarters)"
    frame = pd.DataFrame([{**row, "term": "signal_noise", "form": "factor", "mean": 0.9}])
    (factor,) = frame.to_dict("records")
    assert sentence(EN, {str(k): v for k, v in factor.items()}, 3).endswith("0.90 times the usual")
