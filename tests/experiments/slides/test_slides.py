"""The deck has the report's words and charts, the same bytes each time, and fits its sheets."""

import importlib.util
import re
from pathlib import Path

import pytest

from experiments.figures.style import SLIDE
from experiments.figures.text_page import text_page
from experiments.gallery.shown import opened, slides_study
from experiments.report.words import answer, price
from experiments.slides.page import Page
from experiments.slides.pages import pages
from experiments.text import Text
from tests.experiments.conftest import Wotu
from tests.experiments.figures.conftest import check

PPTX = importlib.util.find_spec("pptx") is not None


def deck(folder: Path, lang: str) -> list[Page]:
    results = opened(str(folder))
    return list(pages(results, slides_study(results, lang)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_of_a_page_of_words_is_clipped_or_meets_another(finished: Path, lang: str) -> None:
    for page in deck(finished / "mine", lang):
        if page.lines:
            check(page.figure)


def test_the_first_slide_has_the_answer_and_charts_follow(finished: Path) -> None:
    results = opened(str(finished / "mine"))
    found = deck(finished / "mine", "en")
    assert found[0].title == "What would the measures change?"
    assert set(answer(Text("en"), results)) <= set(found[0].lines)
    assert set(price(Text("en"), results)) <= set(found[1].lines)
    charts = [page for page in found if not page.lines]
    assert len(charts) > 8
    assert all("Random seeds 0 to 1" in page.notes and page.alt for page in charts)
    assert found[-1].title == "How to reproduce"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_several_scenarios_have_a_table_of_their_own(finished: Path, lang: str) -> None:
    (page,) = (page for page in deck(finished / "mine", lang) if page.table)
    assert page.title == Text(lang)("report.glance")
    table = page.table
    assert table is not None
    assert [len(cells) for _, cells in table.rows] == [6, 6]
    drawn = {line.get_text() for axes in page.figure.axes for line in axes.texts}
    for _, cells in table.rows:
        assert {cell.words for cell in cells} <= drawn
    check(page.figure)


def test_a_long_command_is_broken_at_its_commas_and_not_clipped() -> None:
    command = "wotu compare scenario=" + ",".join(f"only/measure_number_{n}" for n in range(12))
    figure = text_page(SLIDE, "How to reproduce", "", "", [("Command", command)])
    check(figure)
    drawn = [line.get_text() for axes in figure.axes for line in axes.texts]
    assert "".join(drawn).replace(" ", "").endswith(command.replace(" ", ""))
    assert len(drawn) > 3


def test_a_long_path_is_broken_at_its_slashes_and_not_clipped() -> None:
    path = "/" + "/".join(f"a_folder_of_results_{n}" for n in range(12))
    figure = text_page(
        SLIDE, "How to reproduce", "", "", [("Another point", f"wotu slides {path}")]
    )
    check(figure)
    assert all(line.get_text().endswith("/") for line in figure.axes[0].texts[2:-1])


def test_few_words_are_larger_than_many() -> None:
    def size(count: int) -> float:
        figure = text_page(
            SLIDE, "Read this first", "", "", ["These are results of a model."] * count
        )
        return float(figure.axes[0].texts[0].get_fontsize())

    assert size(1) > size(6) > size(14)


def test_names_of_a_list_take_the_room_that_short_values_leave() -> None:
    name = "Venture capital guidance fund: bound to local firms in named sectors"
    figure = text_page(SLIDE, "What was varied", "", "", [(name, "0% to 100%")] * 3)
    assert [line.get_text() for line in figure.axes[0].texts] == [name, "0% to 100%"] * 3


def test_the_pdf_has_a_page_a_slide_and_the_same_bytes_twice(wotu: Wotu, finished: Path) -> None:
    path = finished / "mine" / "slides.zh.pdf"
    contents = []
    for _ in range(2):
        said = wotu("slides", str(finished / "mine"), "lang=zh")
        assert (said.code, said.out) == (0, f"{path}\n")
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]
    assert len(re.findall(rb"/Type /Page\b", contents[0])) == len(deck(finished / "mine", "zh"))


def test_slides_about_another_scenario_have_its_name(wotu: Wotu, finished: Path) -> None:
    said = wotu("slides", str(finished / "mine"), "scenario=safeguards")
    assert said.out == f"{finished / 'mine' / 'slides.safeguards.en.pdf'}\n"
    # The scenario that the study is about anyway is no other one.
    said = wotu("slides", str(finished / "mine"), "scenario=environment")
    assert said.out == f"{finished / 'mine' / 'slides.en.pdf'}\n"


@pytest.mark.skipif(PPTX, reason="python-pptx is installed")
def test_without_the_extra_the_way_to_it_is_named(wotu: Wotu, finished: Path) -> None:
    said = wotu("slides", str(finished / "mine"), "--pptx")
    assert said.code == 2
    assert "make extras" in said.err


@pytest.mark.skipif(not PPTX, reason="the extra `slides` is not installed")
def test_titles_can_be_edited_and_pictures_have_alt_text(wotu: Wotu, finished: Path) -> None:
    from pptx import Presentation

    assert wotu("slides", str(finished / "mine"), "lang=zh", "--pptx").code == 0
    path = finished / "mine" / "slides.zh.pptx"
    once = path.read_bytes()
    made = Presentation(str(path))
    for slide, page in zip(made.slides, deck(finished / "mine", "zh"), strict=True):
        # A title that outlines and screen readers know, and the only placeholder there is.
        assert slide.shapes.title.text == page.title
        assert [shape.name for shape in slide.placeholders] == [slide.shapes.title.name]
        words = [shape.text for shape in slide.shapes if shape.has_text_frame]
        for card in page.cards:
            assert "\n".join((card.what, card.number, card.interval, card.reading)) in words
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        assert len(tables) == (page.table is not None)
        for table in tables:
            assert len(list(table.rows)) == 3
        assert slide.notes_slide.notes_text_frame.text == page.notes
        for shape in slide.shapes:
            if shape.shape_type == 13:
                assert shape._element._nvXxPr.cNvPr.get("descr") == page.alt
            else:
                assert 'typeface="Microsoft YaHei"' in shape._element.xml
    assert wotu("slides", str(finished / "mine"), "lang=zh", "--pptx").code == 0
    assert path.read_bytes() == once
