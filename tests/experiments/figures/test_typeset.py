"""Lines break as their language does."""

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from experiments.figures.ruler import Ruler
from experiments.figures.style import family, styled
from experiments.figures.typeset import apart, width, wrapped

CHINESE = "配对差异的均值（95%区间），各季度分别计算；“专精特新”产业园除外。"


def test_no_line_is_wider_than_its_room() -> None:
    with styled():
        for words in (
            CHINESE,
            "Mean of 20 pairs with a 95% t interval for each quarter by itself.",
        ):
            lines = wrapped(words, 12.0, 1.6)
            assert len(lines) > 1
            assert max(width(line, 12.0) for line in lines) <= 1.6
            assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_a_line_takes_every_word_that_fits() -> None:
    words = ["il", "il", "MW", "WWWW", "iiiiiiii", "MW", "i"] * 6  # no guess at widths is right
    with styled():
        for room in (0.2, 0.8, 1.6, 4.0):
            lines = [words[0]]
            for word in words[1:]:
                longer = f"{lines[-1]} {word}"
                lines[-1:] = [longer] if width(longer, 12.0) <= room else [lines[-1], word]
            assert wrapped(" ".join(words), 12.0, room) == lines


def test_chinese_lines_do_not_begin_with_closing_punctuation() -> None:
    with styled():
        for room in (0.8, 1.0, 1.2, 1.5, 1.9):
            lines = wrapped(CHINESE, 12.0, room)
            assert not any(line[0] in "，。；）”" for line in lines)
            assert not any(line[-1] in "（“" for line in lines)


def test_labels_that_meet_are_moved_apart_and_keep_their_order() -> None:
    assert apart([1.0, 1.0], [0.5, 0.5], 0.0, 3.0) == [1.0, 1.5]
    assert apart([2.9, 3.0], [0.5, 0.5], 0.0, 3.0) == [2.25, 2.75]
    assert apart([0.5, 2.0], [0.4, 0.4], 0.0, 3.0) == [0.5, 2.0]


def test_a_clause_keeps_its_code_in_one_line() -> None:
    with styled():
        for room in (0.6, 1.0, 1.5, 2.0):
            lines = wrapped("最大的是“三(二)5 完善需求拉动创新机制”和四(一)", 15, room)
            assert any("三(二)5" in line for line in lines)
            assert any("四(一)" in line for line in lines)


def test_the_font_in_memory_measures_as_the_file_does() -> None:
    mine, theirs = Ruler(144), RendererAgg(1, 1, 144)
    lines = (CHINESE, "Wave AVATAR, 1,200 firms (−3.5 %)", "", "lp", "☂ beside 区", "ff fi fl")
    with styled():
        for words in lines:
            for points in (8.1, 9.0, 12.6):
                given = (words, FontProperties(family=family(), size=points), False)
                measured = mine.get_text_width_height_descent(*given)
                assert measured == theirs.get_text_width_height_descent(*given)
