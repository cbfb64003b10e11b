"""A command speaks the language of its lang=, in everything it says on stderr."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.sources import ROOT
from experiments.comparison import compare
from experiments.errors import BAD_INPUT, BadInput
from experiments.speech import either, kind_of, language, speaking, worded
from experiments.text import LANGUAGES, Text
from tests.experiments.conftest import SMALL, Wotu

SOURCES = sorted((ROOT / "experiments").rglob("*.py"))


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


MISTAKES = {
    "unknown name": (
        "scenario=baselin",
        "没有“baselin”这个情景，是否指“baseline”？（可用`wotu scenarios`查看）",
    ),
    "out of bounds": (
        "levers.rnd_subsidy.envelope=-1",
        "levers.rnd_subsidy.envelope=-1超出范围：应在0至10000之间，单位为百万元/年"
        "（单位和取值范围见`wotu levers ID`或`wotu worlds NAME`）",
    ),
    "wrong type": ("seeds=2.5", "seeds=2.5不符合要求：应为整数"),
    "unknown sector": (
        "levers.brands.targeting.sectors=[bio]",
        "没有“bio”这个产业，是否指“bio_medicine”？（应为",
    ),
    "over budget": (
        "scenario=opinion_2014 world.purse.programme_budget=1",
        "情景opinion_2014自第0季度起每年计划支出",
    ),
    "no money": ("extra_budget=10", "extra_budget=10（百万元/年）须以budget_source=…写明由谁承担"),
    "given twice": ("seeds=2 seeds=3", "seeds给了两次；请只给一次"),
    "an option that is none": ("--frm=json", "没有--frm这个选项"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_in_chinese(case: str, wotu: Wotu, results: Path) -> None:
    given, expected = MISTAKES[case]
    said = wotu("compare", *given.split(), f"results={results}", "lang=zh")
    assert said.code == BAD_INPUT
    assert said.err.startswith(f"wotu: {expected}")


def test_the_language_is_known_before_anything_can_fail(wotu: Wotu) -> None:
    assert wotu("compair", "lang=zh").err.startswith(
        "wotu: 没有“compair”这个命令，是否指“compare”？"
    )
    assert wotu("report", "/nowhere", "lang=zh").err.startswith("wotu: /nowhere中没有结果")
    assert wotu("results", "lang=zh", "results=/nowhere").err == "wotu: /nowhere中没有结果\n"
    assert wotu("compair").err.startswith("wotu: unknown verb 'compair'; did you mean 'compare'?")
    assert language() == "en"


def test_progress_and_notices_are_in_chinese(wotu: Wotu, results: Path) -> None:
    words = (*SMALL, "seeds=1", "scenario=only/brands", "levers.standards.start=2", "lang=zh")
    said = wotu("run", *words, f"results={results}").err
    assert "共2次运行；1个工作进程；结果存入" in said
    assert "levers.standards在所比较的各情景中均未启用" in said
    assert [line for line in said.splitlines() if not re.search("[\u4e00-\u9fff]", line)] == []


def test_python_speaks_the_language_asked_for() -> None:
    with pytest.raises(BadInput, match="没有“baselin”这个情景"):
        compare(scenario="baselin", lang="zh")
    with pytest.raises(BadInput, match="unknown scenario 'baselin'"):
        compare(scenario="baselin")


def test_a_language_that_is_not_known_is_told_in_english() -> None:
    for words in (["lang=fr"], ["lang=both"], []):
        with speaking(words):
            assert language() == "en"
    with speaking(["lang='zh'"]):
        assert either(("a", "b", "c")) == "a、b或c"
        assert kind_of("scenario") == "情景"
        assert kind_of("by") == "by"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_message_is_a_text_in_both_languages(path: Path) -> None:
    """What users read is worded("…") from conf/text/<language>/messages/, never written in code."""
    for call in calls(path, "BadInput", "Unfinished", "Interrupted", "say"):
        written = call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
        assert not written, (
            f"{path}:{call.lineno}: say it by a key, worded(…), with texts in en and zh"
        )
    for call in calls(path, "worded"):
        key = call.args[0]
        if isinstance(key, ast.Constant):
            given = {item.arg for item in call.keywords}
            for lang in LANGUAGES:
                filled = set(re.findall(r"(?<!{){(\w+)", Text(lang)(f"messages.{key.value}")))
                assert filled <= given, f"{path}:{call.lineno}: {key.value} in {lang}"


def test_what_a_scenario_is_refused_for_has_a_chinese_sentence() -> None:
    found = list(calls(ROOT / "scenarios" / "scenario.py", "ScenarioError"))
    assert len(found) == 5
    for call in found:
        _, reason = call.args
        assert isinstance(reason, ast.Constant)
        filled = set(re.findall(r"{(\w+)", Text("zh")(f"messages.refused.{reason.value}")))
        assert filled <= {item.arg for item in call.keywords}


def test_a_message_without_text_is_named() -> None:
    with pytest.raises(KeyError, match=r"messages\.values\.magic"):
        worded("values.magic")
