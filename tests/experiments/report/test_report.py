"""The report is one file that stands alone, in both languages, and says only what numbers allow."""

import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from experiments.comparison import outcome
from experiments.effects import effects
from experiments.errors import BadInput
from experiments.report import write_report
from experiments.report.gains import more
from experiments.store import Store
from experiments.text import Text
from scenarios.levers import LEVERS
from tests.experiments.conftest import Wotu

EMPTY = {"meta", "input", "br", "path", "use", "rect"}


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.tables = self.headed = 0
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.references += [
            str(v) for k, v in attrs if k in ("href", "src", "xlink:href", "action")
        ]
        if tag == "svg":
            self.images.append(given)
        self.tables += tag == "table"
        self.headed += tag == "thead"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def page(study_folder: Path) -> str:
    return write_report(study_folder).read_text("utf-8")


def said(page: str, lang: str) -> str:
    """The words of one language's part."""
    part = page[page.index(f'id="page-{lang}"') :]
    return " ".join(" ".join(Page(part[: part.index("</main>")]).words).split())


def test_the_page_refers_to_nothing_outside_itself(page: str) -> None:
    assert "://" not in page
    assert re.findall(r"url\((?!#|\"data:font)", page) == []
    assert "@import" not in page
    assert all(reference.startswith("#") for reference in Page(page).references)


def test_the_page_is_small_enough_to_send(page: str) -> None:
    assert len(page.encode()) < 4_000_000


def test_every_id_is_unique_and_every_reference_has_a_target(page: str) -> None:
    ids = Counter(Page(page).ids)
    assert [name for name, count in ids.items() if count > 1] == []
    used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)|aria-labelledby="([^"]+)"', page)
    assert {name for group in used for name in group if name} <= ids.keys()


def test_every_chart_has_alt_text_and_every_table_a_head(page: str) -> None:
    found = Page(page)
    assert len(found.images) > 10
    for image in found.images:
        assert image["role"] == "img"
        title = re.search(rf'<title id="{image["aria-labelledby"]}">([^<]+)</title>', page)
        assert title is not None
    assert found.tables == found.headed > 0


def test_the_same_study_gives_the_same_bytes(page: str, study_folder: Path) -> None:
    assert write_report(study_folder).read_text("utf-8") == page
    known = effects(Store(study_folder))
    assert write_report(study_folder, known=known).read_text("utf-8") == page


def test_a_report_asks_once_for_the_series(
    page: str, study_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, asked, query = Store(study_folder), [], Store.query

    def watched(self: Store, sql: str, **frames: pd.DataFrame) -> pd.DataFrame:
        asked.append(sql)
        return query(self, sql, **frames)

    monkeypatch.setattr(Store, "query", watched)
    with store.read_once():
        found = outcome(store)
        assert (
            write_report(study_folder, known=found.effects, store=store).read_text("utf-8") == page
        )
    assert sum("FROM series" in sql for sql in asked) == 1
    store.series()
    assert sum("FROM series" in sql for sql in asked) == 2


def test_the_first_page_says_what_changed_and_what_came_of_it(page: str) -> None:
    words = said(page, "en")
    first = words[: words.index("Paired effects")]
    assert "What would the whole Opinion of 2014 change?" in first
    assert "Venture capital guidance fund" in first
    assert "120 m CNY a year" in first
    for metric in ("Job-years", "Patent applications", "Net public cost"):
        assert metric in first
    assert "These are results of a model" in first
    assert "Only 8 pairs" in first
    assert "Who gains and who loses" in first
    assert "Staff clearly rises (mean over the run): large firms (+3,000 persons, +30%)." in first
    assert "No clear effect in 1 of 2 groups of firms." in first


def test_the_first_page_judges_and_says_for_how_long_and_of_what_district(page: str) -> None:
    words = said(page, "en")
    first = words[: words.index("Paired effects")]
    assert "Judged by R&D alone" in first
    assert "Judged by jobs alone" in first
    assert "2014Q3 to 2020Q2 (6 years)" in first
    assert re.search(
        r"Net public cost over 6 years is .* bn CNY \(95% .*\), .* m CNY a year\.", first
    )
    assert "Clearly worse in" in first
    assert "All scenarios at a glance" in first
    # The made-up world has half the firms; nobody need multiply.
    assert "simulated at 50% of its size; every figure is already for the whole district" in first


def test_a_cost_and_a_harm_are_not_shown_as_gains(page: str) -> None:
    assert re.search(r'<div class="card up gain">\s*<p class="what">R&amp;D outlay|'
                     r'<div class="card up gain">\s*<p class="what">Job-years', page)  # fmt: skip
    assert re.search(r'<div class="card up cost">\s*<p class="what">Net public cost', page)
    assert re.search(r'<tr class="up harm">\s*<th scope="row">Rent', page)


def test_what_is_folded_on_screen_is_printed_with_assumptions_and_their_sources(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    """A printed report had a bare heading, and none of the values that its numbers rest on."""
    folder = study_maker(tmp_path / "whole", {"baseline": 0.0, "opinion_2014": 1.0}, seeds=2)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["designs"][1]["levers"] = {
        name: {"start": 0, "end": 400, "envelope": 10.0} for name in LEVERS
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    page = write_report(folder, "en").read_text("utf-8")
    why = page[page.index('id="en-why"') : page.index('id="en-assumptions"')]
    assert re.search(r"</details>\s*<div class=\"folded\">.*<table class=\"why\">", why, re.S)
    short = page[page.index('<table class="short">') :]
    short = short[: short.index("</table>")]
    assert short.count("<tr>") == len(LEVERS) + 1
    assert "share of lost principal borne: 40% [B]; largest loan covered: 5.00 m CNY [B]" in short
    assert "YZ25, 5b-46" in short
    # A list of weights, which have no unit, ended in a stray dash.
    assert "0.25, 0.25, 0.25, 0.25 [" in short
    assert "–;" not in short
    assert "–<" not in short


def test_many_levers_are_counted_by_section_and_folded(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    folder = study_maker(tmp_path / "whole", {"baseline": 0.0, "opinion_2014": 1.0}, seeds=2)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    design = manifest["designs"][1]
    design["levers"] = {
        name: {"start": 0, "end": 400, "envelope": 10.0} for name in list(LEVERS)[:12]
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    page = write_report(folder, "en").read_text("utf-8")
    first = page[: page.index('id="en-effects"')]
    assert "12 levers are on" in first
    assert first.count('<ul class="changes">') == first.count("<details>") > 0
    sections = {kind.section for kind in list(LEVERS.values())[:12]}
    assert all(Text("en")(f"sections.{section}") in first for section in sections)


def test_an_effect_whose_interval_holds_zero_is_never_claimed(page: str) -> None:
    words = said(page, "en")
    (clear,) = re.findall(r"Clear increase: ([^.]+(?:\.\d+[^.]*)*)\.", words)
    assert "job-years" in clear
    assert "patent" not in clear
    assert "No clear effect (the interval holds zero): " in words
    assert re.search(r"No clear effect[^.]*patent applications", words)
    chinese = said(page, "zh")
    (clear,) = re.findall("明确增加：([^。]+)。", chinese)
    assert "专利" not in clear


def test_what_gets_worse_is_shown(page: str) -> None:
    words = said(page, "en")
    start = words.index("Clear effects in the direction that a planner would not wish")
    worse = words[start : words.index("Why: from what was changed")]
    assert "Rent" in worse
    assert "Patent applications" not in worse
    # Beside the list stands out of how many it was picked.
    assert re.search(r"picked from \d+ intervals of all scenarios", worse)


def test_one_more_group_is_not_one_groups() -> None:
    assert more(Text("en"), 0) == ""
    assert more(Text("en"), 1) == " and one other group"
    assert more(Text("en"), 2) == " and 2 other groups"


def test_placeholders_are_counted_and_named(page: str) -> None:
    assert re.search(
        r"\d+ of \d+ numbers behind this comparison are placeholders", said(page, "en")
    )
    assert "占位值" in said(page, "zh")


def test_a_value_that_differs_from_its_declaration_is_marked(page: str) -> None:
    # The made-up study ran its world at half scale.
    assert re.search(r"<code>scale</code></th>.*?changed by hand", page, re.S)


def test_the_command_that_repeats_the_study_is_there(page: str) -> None:
    for lang in ("en", "zh"):
        assert "wotu compare scenario=opinion_2014" in said(page, lang)


def test_a_real_study_shows_money_sizes_and_costs_too(finished: Path) -> None:
    page = write_report(finished / "mine").read_text("utf-8")
    ids = Counter(Page(page).ids)
    assert [name for name, count in ids.items() if count > 1] == []
    assert "://" not in page
    assert len(page.encode()) < 4_000_000
    for lang in ("en", "zh"):
        shown = {name.removesuffix("-alt") for name in ids if name.endswith("-alt")}
        for chart in ("side_effects", "money", "groups-employment", "sizes", "plane-rnd"):
            assert f"{lang}-{chart}" in shown
    assert "Where the money goes" in said(page, "en")


def test_a_report_about_another_scenario_has_a_file_of_its_own(wotu: Wotu, finished: Path) -> None:
    told = wotu("report", str(finished / "mine"), "scenario=safeguards", "lang=en")
    path = finished / "mine" / "report.safeguards.html"
    assert (told.code, told.out) == (0, f"{path}\n")
    assert "<h1>Safeguards only: what would it change?</h1>" in path.read_text("utf-8")
    told = wotu("report", str(finished / "mine"), "scenario=safegards")
    assert told.code == 2
    assert "did you mean 'safeguards'?" in told.err


@pytest.mark.parametrize(("lang", "other"), [("en", "zh"), ("zh", "en")])
def test_one_language_alone(study_folder: Path, lang: str, other: str) -> None:
    page = write_report(study_folder, lang).read_text("utf-8")
    assert f'<html lang="{Text(lang)("language.code")}">' in page
    assert f'id="page-{other}"' not in page
    assert "<script" not in page


def test_the_fonts_of_the_page_cover_its_words(page: str) -> None:
    import base64
    import io

    from fontTools.ttLib import TTFont

    data = re.search(r'data:font/woff;base64,([^"]+)"', page)
    assert data is not None
    with TTFont(io.BytesIO(base64.b64decode(data[1]))) as font:
        covered = set(font.getBestCmap())
    words = "".join(Page(page).words)
    letters = {letter for letter in words if letter.isprintable() and not letter.isspace()}
    assert {letter for letter in letters if ord(letter) not in covered} == set()


def test_bad_input_is_one_sentence(tmp_path: Path, study_folder: Path) -> None:
    with pytest.raises(BadInput, match="no results in"):
        write_report(tmp_path)
    with pytest.raises(BadInput, match="'fr' is not known"):
        write_report(study_folder, "fr")
