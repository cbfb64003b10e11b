"""Headings break at punctuation first, and never inside a name."""

import pytest

from experiments.figures.headings import balanced
from experiments.figures.style import styled
from experiments.figures.typeset import width, wrapped


def test_a_heading_leaves_no_word_alone() -> None:
    words = "Employment in 2024Q2: median 1.01 million persons (Opinion)"
    with styled():
        room = width(words, 20.0) * 0.95
        greedy, even = wrapped(words, 20.0, room), balanced(words, 20.0, room)
        assert len(greedy) == len(even) == 2
        assert width(even[1], 20.0) > width(greedy[1], 20.0)


# Each had been broken inside a word: 财政净成本，3个明确低|于, 新材料|与新能源, 主动|注销.
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("5个情景中，2个收益明确高于财政净成本，3个明确低于（每个就业人年按28.2万元计）", "低于"),
        (
            "从业人员：明确减少最多的是新材料与新能源（−890人）；明确增加最多的是大型企业",
            "新材料与新能源",
        ),
        ("按每个就业人年折合28.2万元计，预期损失最小的是需求拉动（0.26亿元）", "需求拉动"),
        ("2014年《意见》整套政策：4项指标明确变差（退出企业数、主动注销、违约贷款）", "主动注销"),
    ],
)
def test_a_chinese_heading_breaks_no_name_and_no_amount(words: str, name: str) -> None:
    with styled():
        for share in (0.55, 0.6, 0.7, 0.8, 0.9):
            room = width(words, 20.0) * share
            lines = balanced(words, 20.0, room)
            assert "".join(lines) == words
            assert max(width(line, 20.0) for line in lines) <= room
            assert any(name in line for line in lines)
            assert all("亿元" in line or "亿" not in line for line in lines)


def test_an_english_amount_keeps_its_unit() -> None:
    words = "First purchase: 104 m CNY of its own programmes beside 14.0 bn CNY of private money"
    with styled():
        for share in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            lines = balanced(words, 20.0, width(words, 20.0) * share)
            assert " ".join(lines) == words
            assert any("104 m CNY" in line for line in lines)
            assert any("14.0 bn CNY" in line for line in lines)


def test_a_heading_breaks_at_punctuation_that_is_about_in_its_middle() -> None:
    words = "2024年第2季度一对模拟中，获得基金或银行资金的跟踪企业：情景下16家，基准情景下12家"
    with styled():
        first, second = balanced(words, 20.0, width(words, 20.0) * 0.8)
        assert (first[-1], second[0]) == ("：", "情")
        words = (
            "2014年《意见》——总收入：减少最多的是龙头企业（−4亿元）；增加最多的是大型企业（+7亿）"
        )
        lines = balanced(words, 20.0, width(words, 20.0) * 0.8)
    assert any("龙头企业（−4亿元）" in line for line in lines)


def test_a_name_wider_than_its_room_is_broken_all_the_same() -> None:
    with styled():
        lines = balanced("移动互联网和下一代互联网", 20.0, width("移动互联", 20.0) * 1.05)
        assert len(lines) == 3
        room = width("移动互联", 20.0) * 1.05
        mixed = balanced("产业中移动互联网和下一代互联网增加", 20.0, room)
        assert max(width(line, 20.0) for line in mixed) <= room
