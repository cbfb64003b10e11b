"""Bad input: one sentence on stderr, nothing on stdout, exit code 2, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.errors import BAD_INPUT
from tests.experiments.conftest import Wotu

TABLE = {
    "unknown scenario": ("scenario=opinion_2041", "'opinion_2014'"),
    "unknown world": ("world=smal", "'small'"),
    "unknown reference": ("against=baselin", "'baseline'"),
    "unknown lever": ("levers.rnd_subsidi.enabled=true", "did you mean 'rnd_subsidy'"),
    "unknown value of a lever": ("levers.rnd_subsidy.envelop=3", "'levers.rnd_subsidy.envelope'"),
    "unknown world value": ("world.demand.growth=0.1", "'world.demand.growth_"),
    "a block, not a value": ("levers.rnd_subsidy=3", "group of values"),
    "out of bounds, with the unit": ("world.purse.retention=1.5", "0 to 1 [share of taxes]"),
    "negative budget": ("levers.rnd_subsidy.envelope=-1", "m yuan/year"),
    "not finite": ("levers.rnd_subsidy.envelope=nan", "not a finite number"),
    "a word for a number": ("levers.rnd_subsidy.envelope=much", "is not a number"),
    "a fraction for a count": ("seeds=2.5", "is not a whole number"),
    "a lever that is off is checked too": ("levers.policy_outreach.end=-3", "at least 0|0 to"),
    "start after end": ("levers.rnd_subsidy.start=9 levers.rnd_subsidy.end=4", "is after"),
    "a date before the beginning": ("levers.rnd_subsidy.start=2013Q4", "0 = 2014Q3"),
    "a year for a quarter": ("levers.rnd_subsidy.start=2016", "2016Q1 is 6"),
    "a quarter that is none": ("levers.rnd_subsidy.start=2016Q5", "2016Q1 is 6"),
    "no seeds": ("seeds=0", "expected 1 to"),
    "no quarters": ("quarters=0", "expected 1 to"),
    "unknown engine": ("engine=proceses", "'processes'"),
    "unknown language": ("lang=fr", "en or zh"),
    "unknown targeting mode": ("levers.rnd_subsidy.targeting.mode=focussed", "'focused'"),
    "unknown sector": ("levers.rnd_subsidy.targeting.sectors=[bio_medicin]", "'bio_medicine'"),
    "unknown zone": ("levers.rnd_subsidy.targeting.zones=[town_park]", "'town_parks'"),
    "values in values": ("world.zones.rent=[[1],2,3,4,5]", "plain list"),
    "a group for a word": ("lang={a:1}", "plain list"),
    "nobody's home": ("levers_from=~nobody-here/x.py", "cannot be used"),
    "a path that no file has": ("levers_from=" + "x" * 300, "cannot be used"),
    "parts that are no whole": ("world.sectors.firm_share=[1,1,1,1,1,1,1,1]", "add up to 8"),
    "a zero to divide by": ("world.research.project_spread=0", "at least 0.001 [s.d.]"),
    "wrong number of values": ("world.zones.rent=[1,2]", "takes 5 values"),
    "above the purse": ("scenario=opinion_2014 world.purse.programme_budget=1", "purse|budget"),
    "a total below zero": ("envelope_total=-5", "at least 0 m yuan"),
    "money from nowhere": ("extra_budget=10", "budget_source"),
    "new key": ("+levers.rnd_subsidy.magic=1", "adds or deletes"),
    "deleted key": ("~levers.rnd_subsidy.envelope", "adds or deletes"),
    "a target to make": ("levers.rnd_subsidy._target_=os.system", "unknown key"),
    "Hydra's own keys": ("hydra.run.dir=x", "unknown key"),
    "a path for a name": ("scenario=../../etc/passwd", "not a name"),
    "a path for a folder": ("scenario=environment name=../elsewhere", "not a folder name"),
    "an interpolation": ("'levers.rnd_subsidy.targeting.mode=${oc.env:HOME}'", "refers to another"),
    "an empty sweep": ("scenario=glob(nothing*)", "matches nothing"),
    "a range without a step": ("levers.rnd_subsidy.years=range(1,3,0)", "its step being 0"),
    "a range without an end": ("levers.rnd_subsidy.envelope=range(0,inf,1)", "finite|cannot be read"),
    "a range the wrong way": ("levers.rnd_subsidy.envelope=range(9,1,1)", "is empty"),
    "a range of a milliard": ("levers.rnd_subsidy.envelope=range(0,1e9,1)", "1000000000 values"),
    "a range too fine": ("levers.rnd_subsidy.envelope=range(0,10000,0.001)", "10000000 values"),
    "too many combinations": (
        "levers.rnd_subsidy.envelope=range(0,1000,1) levers.guidance_fund.envelope=range(0,1000,1)",
        "1000000 combinations",
    ),
    "more runs than a life": ("scenario=glob(*) seeds=100000 quarters=400", "runs, and at most"),
    "an interval": ("levers.rnd_subsidy.envelope=interval(0,1)", "no list of values"),
    "a precision beyond reach": ("precision=2", "expected 0 to 1"),
    "no room for more seeds": ("precision=0.05 seeds=300", "most_seeds above them"),
    "a sweep's setting elsewhere": ("design=lhs", "wotu sweep"),
    "a sweep of seeds": ("seeds=1,2", "takes one value"),
    "a key twice": ("seeds=1 seeds=2", "given twice; give it once"),
    "a key of several values twice": ("envelope_total=1 envelope_total=2", "write envelope_total=a,b"),
    "a comma too many": ("levers.rnd_subsidy.envelope=1,", "comma with no value beside it"),
    "a count as a power": ("seeds=1e9", "seeds=1000000000 is out of bounds"),
    "more money than there is": ("extra_budget=1e12 budget_source=x", "expected 0 to 100000"),
    "a total that no line holds": (
        "envelope_total=100000 scenario=only/rnd_subsidy", "envelope_total=100000 would scale",
    ),
    "more than the purse and what is given beside": (
        "scenario=only/rnd_subsidy levers.rnd_subsidy.envelope=2000 extra_budget=100 budget_source=x",
        "with extra_budget=100: lower envelopes, or raise extra_budget",
    ),
    "a name half typed": ("levers.rnd.enabled=true", "did you mean 'rnd_subsidy'"),
    "no value": ("levers.rnd_subsidy.envelope", "not an override"),
    "unbalanced": ("scenario=[a", "cannot be read"),
    "an unknown option": ("--formt=json", "formt"),
    "an unknown format": ("--format=xml", "xml"),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_bad_input_is_one_sentence(case: str, wotu: Wotu, results: Path) -> None:
    given, expected = TABLE[case]
    words = [word.strip("'") for word in given.split()]
    said = wotu("compare", *words, f"results={results}")
    assert said.code == BAD_INPUT
    assert said.out == ""
    assert said.err.startswith("wotu: ")
    assert len(said.err.splitlines()) == 1
    assert any(part in said.err for part in expected.split("|")), said.err
    assert not results.exists()


SWEEPS = {
    "no range": ("n=4", "at least one range"),
    "unknown design": ("design=lsh levers.rnd_subsidy.share=bounds", "did you mean 'lhs'"),
    "no power of two": ("design=sobol n=6 levers.rnd_subsidy.share=bounds", "n=4 or n=8"),
    "too few": ("n=1 levers.rnd_subsidy.share=bounds", "expected 2 to"),
    "too many": ("design=grid n=100 levers.rnd_subsidy=bounds", "1000000 points"),
    "the wrong way round": ("levers.rnd_subsidy.share=interval(0.5,0.1)", "is empty"),
    "no number": ("levers.rnd_subsidy.share=interval(nan,1)", "needs two numbers"),
    "beyond what is declared": ("levers.rnd_subsidy.share=interval(0,2)", "0 to 0.9"),
    "a fraction of a count": ("levers.rnd_subsidy.years=interval(1,2.5)", "whole number"),
    "a range of seeds": ("seeds=interval(1,9)", "only single numbers"),
    "a range of a list": ("world.zones.rent=interval(1,9)", "only single numbers"),
    "more than the purse": ("levers.rnd_subsidy.envelope=interval(9000,9999)", "opinion_2014 #001"),
}


@pytest.mark.parametrize("case", SWEEPS)
def test_a_sweep_that_cannot_be_filled_is_one_sentence(
    case: str, wotu: Wotu, results: Path
) -> None:
    given, expected = SWEEPS[case]
    said = wotu("sweep", *given.split(), f"results={results}")
    assert (said.code, said.out, len(said.err.splitlines())) == (BAD_INPUT, "", 1)
    assert expected in said.err
    assert not results.exists()


def test_unknown_verb_names_the_nearest(wotu: Wotu) -> None:
    said = wotu("compair")
    assert said.code == BAD_INPUT
    assert "'compare'" in said.err


def test_run_refuses_a_sweep_and_names_compare(wotu: Wotu) -> None:
    said = wotu("run", "scenario=environment,vitality")
    assert said.code == BAD_INPUT
    assert "wotu compare" in said.err


def test_two_scenarios_that_disagree_are_refused(wotu: Wotu, tmp_path: Path) -> None:
    for name, budget in (("modest", 50), ("grand", 90)):
        text = f"levers: {{rnd_subsidy: {{enabled: true, envelope: {budget}}}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    said = wotu("compare", f"scenarios_from={tmp_path}", "scenario=[modest,grand]")
    assert said.code == BAD_INPUT
    assert "levers.rnd_subsidy.envelope is 50 in one and 90 in the other" in said.err


UNREADABLE = {
    "levers: {rnd_subsidy: [": "line 2",
    "levers: {rnd_subsidi: {enabled: true}}": "did you mean 'rnd_subsidy'",
    "world: {scale: 0.1}": "unknown key 'world'",
    "defaults: [/world: small]": "unknown key 'defaults'",
    "- a list": "keys and values",
    "levers: {rnd_subsidy: {enabled: perhaps}}": "perhaps",
    "levers: {rnd_subsidy: {envelope: '${oc.env:HOME}'}}": "refers to another",
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_own_scenario_that_cannot_be_used(text: str, wotu: Wotu, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(text + "\n")
    said = wotu("compare", f"scenarios_from={tmp_path}", "scenario=mine")
    assert said.code == BAD_INPUT
    assert len(said.err.splitlines()) == 1
    assert UNREADABLE[text] in said.err


def test_results_folder_that_is_a_file(wotu: Wotu, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    said = wotu("compare", f"results={tmp_path / 'file'}", "scenario=environment")
    assert said.code == BAD_INPUT
    assert "not a folder" in said.err


def test_results_folder_that_cannot_be_written(wotu: Wotu) -> None:
    said = wotu("compare", "results=/proc/wotu", "scenario=environment")
    assert said.code == BAD_INPUT
    assert "/proc/wotu" in said.err


def test_a_folder_that_is_not_a_study_is_left_alone(wotu: Wotu, results: Path) -> None:
    (results / "mine").mkdir(parents=True)
    (results / "mine" / "letter.txt").write_text("dear")
    said = wotu("compare", "name=mine", f"results={results}", "scenario=environment")
    assert said.code == BAD_INPUT
    assert [path.name for path in (results / "mine").iterdir()] == ["letter.txt"]


def test_reading_verbs_name_what_is_missing(wotu: Wotu, tmp_path: Path) -> None:
    assert "no results in" in wotu("report", str(tmp_path)).err
    assert "no results in" in wotu("results", "SELECT 1", f"results={tmp_path}").err
    assert "no run 'abcdef'" in wotu("reproduce", "abcdef", f"results={tmp_path}").err
    assert "changes nothing here" in wotu("reproduce", "abcdef", "sample=3").err
    assert "'rnd_subsidy'" in wotu("levers", "rnd_subsidi").err


def test_a_mistake_in_one_scenario_file_is_told_with_the_file(wotu: Wotu, tmp_path: Path) -> None:
    """And it keeps no other scenario from being listed."""
    (tmp_path / "good.yaml").write_text("levers: {rnd_subsidy: {enabled: true}}\n")
    (tmp_path / "bad.yaml").write_text("levers: {rnd_subsidy: {shar: 0.5}}\n")
    said = wotu("run", f"scenarios_from={tmp_path}", "scenario=bad")
    assert said.code == BAD_INPUT
    assert f"{tmp_path / 'bad.yaml'}: unknown key 'levers.rnd_subsidy.shar'" in said.err
    (tmp_path / "good.yaml").write_text("levers: {rnd_subsidy: {enabled: true, share: 0.2}}\n")
    (tmp_path / "much.yaml").write_text("levers: {rnd_subsidy: {enabled: true, share: 7}}\n")
    said = wotu("run", f"scenarios_from={tmp_path}", "scenario=[much,only/brands]")
    assert f"{tmp_path / 'much.yaml'}: levers.rnd_subsidy.share=7 is out of bounds" in said.err
    said = wotu("run", f"scenarios_from={tmp_path}", "scenario=good", "levers.rnd_subsidy.share=7")
    assert said.err.startswith("wotu: levers.rnd_subsidy.share=7 is out of bounds")
    said = wotu("scenarios", "good", "bad", f"scenarios_from={tmp_path}")
    assert said.code == BAD_INPUT
    assert "bad.yaml: unknown key" in said.err
    assert "good" in said.out
