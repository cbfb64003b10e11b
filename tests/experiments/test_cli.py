"""The command line as typed: help, formats, JSON keys, completion."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from agents.sources import ROOT
from experiments.cli import wotu as group
from experiments.completion import complete_key
from experiments.help import Spoken
from experiments.text import Text
from tests.experiments.conftest import SMALL, Wotu, only_folder

VERBS = (
    "attribute", "bench", "clauses", "compare", "discover", "figure", "figures", "interactions",
    "levers", "metrics", "optimise", "report", "reproduce", "results", "run", "scenarios",
    "sensitivity", "slides", "story", "sweep", "worlds",
)  # fmt: skip


def test_verbs() -> None:
    assert tuple(sorted(group.commands)) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples(verb: str, wotu: Wotu) -> None:
    said = wotu(verb, "--help")
    assert said.code == 0
    assert f"wotu {verb}" in said.out.split("Examples:")[1]


def spoken(verb: str) -> Iterator[tuple[str, str]]:
    """What the help of a verb says, in English, and the key of its Chinese text."""
    command = group.commands[verb]
    assert isinstance(command, Spoken)
    yield command.help or "", f"verbs.{verb}"
    for item in command.question.options if command.question else ():
        yield item.meaning, f"settings.{verb}.{item.name}"
    for option in command.params:
        if isinstance(option, click.Option):
            name = option.opts[-1].lstrip("-")
            yield option.help or "", f"options.{'every' if name == 'format' else verb}.{name}"


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_in_chinese_too(verb: str, wotu: Wotu) -> None:
    said = wotu(verb, "--help", "lang=zh").out
    for english, key in spoken(verb):
        chinese = Text("zh")(f"messages.help.{key}")
        assert english
        assert all(line.strip() in said.replace("\n  ", "") for line in chinese.splitlines())
    assert "：\n" in said
    assert "Overrides are" not in said


def test_the_list_of_verbs_is_in_chinese_too(wotu: Wotu) -> None:
    said = wotu("--help", "lang=zh").out
    listed = said.split("命令：\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == list(VERBS)
    assert all(re.search("[\u4e00-\u9fff]", line) for line in listed)


def test_levers_as_json(wotu: Wotu) -> None:
    found = json.loads(wotu("levers", "--format", "json").out)
    assert {"id", "clause", "title"} <= set(found[0])
    (one,) = json.loads(wotu("levers", "rnd_subsidy", "--format", "json", "lang=zh").out)
    assert one["clause"] == "三(三)1"
    assert {"name", "value", "unit", "low", "high", "grade"} <= set(one["values"][0])


FIRST = {
    "levers": "工具代号", "scenarios": "情景代号", "worlds": "世界设定", "metrics": "指标代号",
    "clauses": "总体思路",
}  # fmt: skip


@pytest.mark.parametrize("verb", FIRST)
def test_catalogues_in_every_form_and_language(verb: str, wotu: Wotu) -> None:
    for form in ("table", "md", "json"):
        for lang in ("en", "zh"):
            said = wotu(verb, f"--format={form}", f"lang={lang}")
            assert said.code == 0
            assert said.err == ""
            first = FIRST[verb] if lang == "zh" else "General approach"
            first = verb[:-1] if lang == "en" and verb != "clauses" else first
            mark = "**" if verb == "clauses" else "| "
            assert said.out.startswith({"md": f"{mark}{first}", "json": "["}.get(form, first))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_lever_is_shown_with_all_that_is_known_of_it(lang: str, wotu: Wotu) -> None:
    said = wotu("levers", "rnd_subsidy", "--format=json", f"lang={lang}")
    (one,) = json.loads(said.out)
    for key in ("words", "rule", "mechanism", "disappoint", "phases", "terms", "values", "grades"):
        assert one[key], key
    assert {(term["phase"], term["name"]) for term in one["terms"]} == {
        ("granting", "refunds"), ("researching", "relief"),
    }  # fmt: skip
    assert sum(one["grades"].values()) == len(one["values"])
    shown = wotu("levers", "rnd_subsidy", f"lang={lang}").out
    for part in (one["mechanism"], one["disappoint"], "researching.relief", one["words"]):
        assert part in shown.replace("\n", "")
    listed = wotu("levers", "--format=md", f"lang={lang}").out
    assert one["mechanism"] in listed


def test_a_clause_is_shown_with_its_levers_in_full(wotu: Wotu) -> None:
    rows = json.loads(wotu("clauses", "3(3)1", "--format=json", "lang=zh").out)
    assert [row["levers"] for row in rows] == [
        ["rnd_subsidy"], ["mission_rnd"], ["industry_rnd_platforms"],
    ]  # fmt: skip
    assert rows[0]["text"].startswith("鼓励企业加大研发投入,")
    shown = wotu("clauses", "3(3)1", "lang=zh").out
    assert "rnd_subsidy · 三(三)1 · 研发投入支持" in shown
    assert wotu("clauses", "9").code == 2


def test_worlds_say_what_they_change(wotu: Wotu) -> None:
    found = {
        item["name"]: item["differs"] for item in json.loads(wotu("worlds", "--format=json").out)
    }
    assert found["haidian_2014"] == {}
    assert found["small"] == {"scale": 0.1}
    assert set(found["funding_winter"]) == {"equity.climate", "equity.window", "equity.hurdle"}


def test_scenarios_of_a_planner_are_listed(wotu: Wotu, tmp_path: Path) -> None:
    text = "title: {en: Mine, zh: 我的}\nlevers: {rnd_subsidy: {enabled: true, envelope: 90}}\n"
    (tmp_path / "mine.yaml").write_text(text)
    found = json.loads(wotu("scenarios", f"scenarios_from={tmp_path}", "--format=json").out)
    mine = next(item for item in found if item["name"] == "mine")
    assert mine["planned_outlay"] == 90
    assert mine["levers"] == ["rnd_subsidy"]


def test_compare_as_json_holds_effects_and_levels(small: Wotu, finished: Path) -> None:
    words = ("scenario=environment,safeguards", "seeds=2", "name=mine", f"results={finished}")
    found = json.loads(small("compare", *words, "--format=json").out)
    assert {"folder", "effects", "levels", "failures"} <= set(found)
    firms = next(row for row in found["effects"] if row["metric"] == "firms")
    keys = (
        "design scenario metric kind n baseline mean per_cent low high boot_low boot_high "
        "paired_share certainty"
    )
    assert set(keys.split()) <= set(firms)
    assert firms["n"] == 2
    document = small("compare", *words, "--format=md").out
    assert document.startswith("**")
    assert "| environment |" in document


def test_results_answers_sql_and_lists_studies(wotu: Wotu, finished: Path) -> None:
    def ask(*words: str) -> list:
        return json.loads(wotu("results", *words, f"results={finished}", "--format=json").out)

    assert [(item["name"], item["complete"]) for item in ask()] == [("mine", True)]
    sql = "SELECT design, count(*) AS n FROM series WHERE seed = 1 GROUP BY design ORDER BY design"
    assert ask(sql, "name=mine") == [
        {"design": "baseline", "n": 4},
        {"design": "environment", "n": 4},
        {"design": "safeguards", "n": 4},
    ]
    assert ask("SELECT count(*) AS n FROM effects WHERE headline")[0]["n"] > 5
    bad = wotu("results", "SELECT nothing", f"results={finished}")
    assert bad.code == 2
    assert "SQL" in bad.err


def test_reproduce_gives_the_same_numbers(wotu: Wotu, finished: Path) -> None:
    sql = "SELECT run_id FROM runs WHERE design = 'environment' AND seed = 1"
    said = wotu("results", sql, f"results={finished}", "--format=json")
    identity = json.loads(said.out)[0]["run_id"]
    said = wotu("reproduce", identity[:10], f"results={finished}", "--format=json")
    found = json.loads(said.out)
    assert found["run_id"] == identity
    assert found["same_numbers"] is True
    assert found["seed"] == 1
    assert "scenario=environment" in found["command"]
    assert "world=small" in found["command"]
    assert "incubator_support" in found["config"]


def test_reproduced_command_has_the_same_run(small: Wotu, wotu: Wotu, results: Path) -> None:
    small("compare", "scenario=environment", "seeds=1", "levers.incubator_support.envelope=33")
    first = only_folder(results).name
    runs = json.loads(wotu("results", "FROM runs", f"results={results}", "--format=json").out)
    identity = next(row["run_id"] for row in runs if row["design"] != "baseline")
    said = wotu("reproduce", identity, "--no-run", f"results={results}", "--format=json")
    command = json.loads(said.out)["command"].split()[1:]
    assert wotu(*command, f"results={results}", "engine=serial").code == 0
    (second,) = [path.name for path in results.iterdir() if path.name != first]
    again = wotu("results", "FROM runs", f"results={results}", f"name={second}", "--format=json")
    assert identity in {row["run_id"] for row in json.loads(again.out)}


def test_multirun_is_compare(small: Wotu, results: Path) -> None:
    words = ("scenario=environment,capability", "seeds=1", "quarters=1")
    assert small("run", "-m", *words).code == 0
    assert only_folder(results).name.startswith("compare-")


def test_keys_complete_block_by_block_and_values_by_name() -> None:
    def complete(typed: str) -> list[str]:
        return [item.value for item in complete_key(None, None, typed)]  # type: ignore[arg-type]

    assert "levers." in complete("le")
    assert complete("levers.rnd_s") == ["levers.rnd_subsidy."]
    assert "levers.rnd_subsidy.envelope=" in complete("levers.rnd_subsidy.e")
    assert complete("world=sm") == ["world=small"]
    assert complete("scenario=environment,cap") == ["scenario=environment,capability"]
    assert complete("engine=s") == ["engine=serial", "engine=slurm"]


def test_settings_of_questions_complete_like_keys() -> None:
    def complete(verb: str, typed: str) -> list[str]:
        context = click.Context(group.commands[verb], info_name=verb)
        (argument,) = [p for p in context.command.params if isinstance(p, click.Argument)]
        return [item.value for item in argument.shell_complete(context, typed)]

    assert complete("attribute", "by=") == ["by=section", "by=clause", "by=lever"]
    assert complete("attribute", "perm") == ["permutations="]
    assert complete("compare", "perm") == []
    assert complete("sensitivity", "method=p") == ["method=pawn"]
    assert "metrics=rnd,revenue" in complete("sensitivity", "metrics=rnd,rev")
    assert "metrics=rnd,rnd" not in complete("sensitivity", "metrics=rnd,rnd")
    assert complete("discover", "parameters=world.credit.sq") == ["parameters=world.credit.squeeze"]
    assert "parameters=world.credit." in complete("discover", "parameters=world.")
    assert complete("optimise", "by=lever,") == []
    assert complete("sweep", "design=so") == ["design=sobol"]
    assert complete("sweep", "levers.rnd_subsidy.share=b") == ["levers.rnd_subsidy.share=bounds"]
    assert complete("compare", "levers.rnd_subsidy.share=b") == []
    assert "first_purchase+rnd_subsidy" in complete("interactions", "first_purchase+rnd")
    assert complete("interactions", "world=sm") == ["world=small"]
    assert complete("interactions", "seed_eq") == ["seed_equity_fund+"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_installed_where_the_shell_looks(
    shell: str, wotu: Wotu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", f"/bin/{shell}")
    said = wotu("--install-completion")
    assert said.code == 0
    (script,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert "_WOTU_COMPLETE" in script.read_text()


def imported_by(code: str, *modules: str) -> list[str]:
    """Which of the modules a fresh process has imported when it has run the code."""
    code = f"import sys; {code}; print(*(m for m in {modules} if m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].split()


def test_help_imports_nothing_heavy() -> None:
    code = "from experiments.cli import main; main(['--help'])"
    assert imported_by(code, "numpy", "pandas", "hydra", "mesa", "numba") == []


def test_planning_and_the_levers_need_no_mesa() -> None:
    code = "from experiments.study import prepare; prepare('compare', ['seeds=1'])"
    assert imported_by(code, "mesa", "networkx", "matplotlib") == []


def test_the_program_itself(tmp_path: Path) -> None:
    words = [*SMALL, "scenario=environment", "seeds=1", f"results={tmp_path}", "--format=json"]
    done = subprocess.run(
        [sys.executable, "-m", "experiments", "compare", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["effects"]
    assert "report" in done.stderr


def test_the_library_returns_tidy_frames(results: Path) -> None:
    from experiments import compare

    found = compare(*SMALL, scenario=["environment", "capability"], seeds=1, results=results)
    assert set(found.effects["design"]) == {"environment", "capability"}
    assert found.failures.empty
    assert found.folder.parent == results


def test_one_lever_names_what_its_targeting_and_its_dates_may_be(wotu: Wotu) -> None:
    """Errors send people to `wotu levers ID`, so that it holds every legal name."""
    said = wotu("levers", "rnd_subsidy")
    for name in ("focused", "bio_medicine", "town_parks", "0 = no bound", "0 = 2014Q3"):
        assert name in said.out
    assert "targeting.sectors" in wotu("levers", "rnd_subsidy", "lang=zh").out
    (data,) = json.loads(wotu("levers", "rnd_subsidy", "--format=json").out)
    assert set(data["targeting"]) == {"mode", "sectors", "zones"}
