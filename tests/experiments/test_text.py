"""The catalogues say the same things in both languages, and numbers are written as people do."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from agents.declare import declarations
from experiments.figures.style import FONT
from experiments.levels import TARGETS
from experiments.metrics import METRICS
from experiments.shelf import shipped_scenarios, world_names
from experiments.text import LANGUAGES, Scale, Text, catalogue, design_name, lever_text, said_unit
from experiments.value_names import value_name, value_names
from scenarios.levers import LEVERS
from sim.measures import COUNTED
from sim.quarter import PHASES
from sim.world import World

WORLD = "values.world."  # in English most are named by their declaration
# In English these stand where they are declared: in a lever, a target, a scenario's checks, a verb.
DECLARED = re.compile(
    r"values\.world\.|levers\.\w+\.rule$|level_notes\.|verdicts\.|messages\.(help|refused|usage)\."
)
EN, ZH = Text("en"), Text("zh")


def leaves(node: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


ENTRIES = {lang: dict(leaves(catalogue(lang))) for lang in LANGUAGES}


def test_both_catalogues_have_the_same_keys() -> None:
    shared = [{key for key in ENTRIES[lang] if not DECLARED.match(key)} for lang in LANGUAGES]
    assert shared[0] == shared[1]


def test_a_rule_is_said_in_chinese_with_the_sources_of_the_english() -> None:
    ruled = {name: kind for name, kind in LEVERS.items() if kind.rule}
    assert {
        key for key in ENTRIES["zh"] if key.endswith(".rule") and key.startswith("levers.")
    } == {f"levers.{name}.rule" for name in ruled}
    for name, kind in ruled.items():
        marks = r"\[\w+\]|〔\d+〕\d+号"
        assert re.findall(marks, ZH(f"levers.{name}.rule")) == re.findall(marks, kind.rule)
        assert lever_text(EN, kind, "rule") == kind.rule
        assert not re.search("[a-z]{2}", lever_text(ZH, kind, "rule"))


def test_notes_and_verdicts_of_levels_are_said_in_chinese() -> None:
    noted = {f"level_notes.{target.id}" for target in TARGETS if target.note}
    assert {key for key in ENTRIES["zh"] if key.startswith("level_notes.")} == noted
    assert [ZH(f"verdicts.{word}") for word in ("PASS", "NEAR", "FAIL")] == [
        "达标",
        "接近",
        "未达标",
    ]


def test_a_chinese_sentence_calls_a_design_by_its_scenario() -> None:
    assert design_name("baseline", ZH) == "基准情景"
    assert design_name("only/rnd_subsidy share=0.5", ZH) == "研发投入支持 share=0.5"
    assert design_name("my_own", ZH) == "my_own"
    assert design_name("baseline", EN) == "baseline"


def test_every_value_of_the_world_has_a_name_in_both_languages() -> None:
    declared = {f"world.{item.name}": item for item in declarations(World())}
    assert {key for key in ENTRIES["zh"] if key.startswith(WORLD)} == {
        f"values.{key}" for key in declared
    }
    assert all(value_name(key, EN) != key for key in declared)
    assert value_name("world.equity.committed", EN) == declared["world.equity.committed"].meaning
    assert {key for key in ENTRIES["en"] if key.startswith(WORLD)} < ENTRIES["zh"].keys()


def test_values_that_are_called_alike_bear_their_lever() -> None:
    keys = ["levers.rnd_subsidy.envelope", "levers.joint_rnd.envelope", "world.credit.squeeze"]
    for text in (EN, ZH):
        assert len(set(value_names(keys, text).values())) == 3


def test_a_unit_that_ends_its_label_is_not_said_twice() -> None:
    assert EN.measured("job_years", "job-years") == "Job-years"
    assert ZH.measured("job_years", "人年") == "就业人年"
    assert EN.measured("rnd", "bn CNY") == "R&D outlay, bn CNY"
    assert ZH.measured("job_years", "万人年") == "就业人年（万人年）"


def test_every_unit_of_a_value_is_written_in_both_languages() -> None:
    declared = [
        *declarations(World()),
        *(d for kind in LEVERS.values() for d in declarations(kind)),
        *(term for phase in PHASES for term in phase.terms.declared.values()),
    ]
    units = {item.unit for item in declared if item.unit}
    latin = {unit: said_unit(ZH, unit) for unit in units}
    assert {unit for unit, said in latin.items() if re.search("[a-z]{2}|×", said)} == set()
    assert said_unit(ZH, "m yuan/hour") == "百万元/小时"
    assert said_unit(EN, "m yuan/hour") == "m yuan/hour"


def test_every_entry_is_a_text() -> None:
    for lang in LANGUAGES:
        assert [key for key, words in ENTRIES[lang].items() if not isinstance(words, str)] == []


def test_chinese_sentences_use_no_value_that_the_english_do_not_have() -> None:
    for key, words in ENTRIES["zh"].items():
        if not DECLARED.match(key):
            given = set(re.findall(r"{(\w+)", ENTRIES["en"][key]))
            assert set(re.findall(r"{(\w+)", words)) <= given, key


@pytest.mark.parametrize("text", [EN, ZH], ids=LANGUAGES)
def test_everything_a_report_names_has_a_name(text: Text) -> None:
    world = World()
    for lever in LEVERS.values():
        for part in ("title", "mechanism", "disappoint"):
            assert text(f"levers.{lever.id}.{part}")
        assert text(f"sections.{lever.section}")
    for metric in METRICS:
        for part in ("label", "unit", "definition"):
            assert text(f"metrics.{metric.name}.{part}")
        assert text(f"kinds.{metric.kind}")
    for column in COUNTED:
        assert text(f"metrics.{column}.label")
    for name in shipped_scenarios():
        assert text(f"scenarios.{name}")
    for name in world_names():
        assert text(f"worlds.{name}")
    for group, names in (("sectors", world.sectors.names), ("zones", world.zones.names)):
        for name in names:
            assert text(f"{group}.{name}")


def test_chinese_names_are_chinese() -> None:
    plain = [
        name for name in LEVERS if not re.search("[\u4e00-\u9fff]", ZH(f"levers.{name}.title"))
    ]
    assert plain == []


def test_the_font_covers_every_text_of_both_catalogues() -> None:
    from fontTools.ttLib import TTFont

    with TTFont(FONT) as font:
        covered = set(font.getBestCmap())
    for lang in LANGUAGES:
        letters = {letter for words in ENTRIES[lang].values() for letter in words}
        assert {letter for letter in letters if ord(letter) not in covered} <= {"\n"}


def test_a_missing_text_is_named() -> None:
    with pytest.raises(KeyError, match=r"metrics\.happiness\.label"):
        EN("metrics.happiness.label")
    with pytest.raises(KeyError, match="group of texts"):
        EN("metrics.firms")
    with pytest.raises(KeyError, match="'fr'"):
        Text("fr")


@pytest.mark.parametrize(
    ("m_yuan", "english", "chinese"),
    [
        (3421.0, "3.42 bn CNY", "34.2亿元"),
        (12.0, "12.0 m CNY", "1,200万元"),
        (0.0006, "600 CNY", "600元"),
        (0.213, "213 thousand CNY", "21.3万元"),
        (-250.0, "−250 m CNY", "−2.50亿元"),
        (0.0, "0 m CNY", "0万元"),
        (999.96, "1.00 bn CNY", "10.0亿元"),  # the unit is that of what is written
        (99.996, "100 m CNY", "1.00亿元"),
    ],
)
def test_money_is_written_in_each_languages_own_units(
    m_yuan: float, english: str, chinese: str
) -> None:
    assert (EN.money(m_yuan), ZH.money(m_yuan)) == (english, chinese)


def test_counts_say_no_more_digits_than_are_known() -> None:
    assert EN.quantity("employment", 812_345.0) == "812,000 persons"
    assert ZH.quantity("employment", 812_345.0) == "81.2万人"
    assert EN.quantity("firms", 7.25) == "7.25 firms"


def test_shares_are_per_cent_and_their_differences_percentage_points() -> None:
    assert EN.quantity("survival", 0.563) == "56.3%"
    assert EN.quantity("survival", 0.021, effect=True, signed=True) == "+2.10 percentage points"


def test_the_ends_of_an_interval_share_the_unit_of_the_mean() -> None:
    scale = EN.scale("rnd", (400.0, -30.0, 1200.0), effect=True)
    assert scale.unit == "bn CNY"
    assert EN.interval(-30.0, 1200.0, scale) == "−0.03 to +1.20"


def test_a_clear_effect_has_no_end_that_is_written_as_zero() -> None:
    """Awards were said to make clearly more closures, from 0 to +12."""
    scale = Scale(1.0, "firms", 0)
    assert EN.interval(0.4, 12.0, scale) == "+0.4 to +12"
    assert EN.interval(-30.0, -0.04, scale) == "−30 to −0.04"
    assert EN.interval(-0.4, 12.0, scale) == "0 to +12"  # holds zero, and says so
    assert ZH.interval(0.5, 20.0, Scale(1.0, "家", -1)) == "+0.5至+20"


def test_trillions_have_a_unit_of_their_own() -> None:
    assert ZH.money(3_810_000.0) == "3.81万亿元"
    assert ZH.money(999_000.0) == "9,990亿元"
    assert EN.money(3_810_000.0) == "3.81 trn CNY"
    assert (ZH.money(0.0), EN.money(0.0)) == ("0万元", "0 m CNY")


def test_what_is_not_a_number_is_said_in_words() -> None:
    assert EN.quantity("cost_per_job", float("nan")) == "undefined"
    assert ZH.quantity("rnd", float("nan")) == "未测算"


def test_quarter_0_is_the_third_of_2014() -> None:
    assert (EN.date(0), EN.date(2), ZH.date(39)) == ("2014Q3", "2015Q1", "2024年第2季度")
