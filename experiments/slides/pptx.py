"""The deck as an editable presentation; needs the extra `slides` (python-pptx)."""

from __future__ import annotations

import datetime
import importlib.util
import io
import zipfile
from pathlib import Path
from typing import Any

from experiments.errors import BadInput
from experiments.figures.save import rendered
from experiments.figures.study import Study
from experiments.figures.style import GREY, INK, RULE, SOFT, TITLE, styled
from experiments.figures.table_page import NAMES, Grid
from experiments.figures.text_page import TONES, Card, largest
from experiments.figures.typeset import wrapped
from experiments.gallery.shown import slides_study
from experiments.report.places import file
from experiments.report.results import Results
from experiments.slides.page import Page
from experiments.slides.pages import pages
from experiments.speech import worded

LATIN, CHINESE = "Calibri", "Microsoft YaHei"
OPENED = datetime.datetime(2014, 7, 1)  # any fixed moment: files carry no date of their own
EPOCH = (1980, 1, 1, 0, 0, 0)
TITLED, INCH = 5, 914_400  # the layout with a title alone; English metric units an inch
WHITE, BODY = "#FFFFFF", 16.0  # ink of heads; points of what stands below a title


def needed() -> None:
    """Raise BadInput where python-pptx is not installed."""
    if importlib.util.find_spec("pptx") is None:
        raise BadInput(worded("outputs.pptx"))


def write_pptx(results: Results, lang: str) -> Path:
    """The deck as PPTX: charts as pictures with alt text, titles and words editable, notes."""
    from pptx import Presentation

    study = slides_study(results, lang)
    deck: Any = Presentation()
    deck.slide_width = round(study.sheet.width * INCH)
    deck.slide_height = round(study.sheet.height * INCH)
    for page in pages(results, study):
        _slide(deck, page, study)
    deck.core_properties.created = deck.core_properties.modified = OPENED
    deck.core_properties.author = study.text("report.product")
    buffer = io.BytesIO()
    deck.save(buffer)
    path = file(results, "slides", f"{lang}.pptx")
    path.write_bytes(_undated(buffer.getvalue()))
    return path


def _slide(deck: Any, page: Page, study: Study) -> None:
    slide, sheet = deck.slides.add_slide(deck.slide_layouts[TITLED]), study.sheet
    margin, top = round(sheet.margin * INCH), round(0.25 * INCH)
    wide = round((sheet.width - 2 * sheet.margin) * INCH)
    heading = [line for line in page.figure.texts if line.get_label() == TITLE]
    size = float(heading[0].get_fontsize())
    tall = round(0.9 * INCH)
    if page.lines:  # a chart has its own room for a title, as a slide of words has not
        tall = max(tall, round(1.3 * size * len(heading) / 72 * INCH))
        first, rest = page.lines[:1], page.lines[1:]
        foot = _words(slide, first, (margin, top + tall, wide), study)
        if page.cards:
            foot = _cards(slide, page.cards, (margin, foot, wide), study)
        if page.table:
            _table(slide, page.table, (margin, foot, wide), study)
        elif rest:
            _filling(slide, rest, (margin, foot, wide), study)
    else:
        for line in heading:
            line.set_visible(False)  # the slide's own title stands there and can be edited
        picture = slide.shapes.add_picture(
            io.BytesIO(rendered(page.figure, "png")), 0, 0, deck.slide_width, deck.slide_height
        )
        picture._element._nvXxPr.cNvPr.set("descr", page.alt)
    # A real title: outlines and screen readers know the slide by it.
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = margin, top, wide, tall
    _fill(title.text_frame, (page.title,), size, study)
    title.text_frame.paragraphs[0].alignment = _left()
    slide.shapes._spTree.remove(title._element)
    slide.shapes._spTree.append(title._element)  # in front of the picture
    slide.notes_slide.notes_text_frame.text = page.notes


Place = tuple[int, int, int]  # left, top and width


def _words(slide: Any, lines: tuple[str, ...], place: Place, study: Study) -> int:
    """A box of paragraphs; returns where there is room below it."""
    left, top, wide = place
    with styled():
        rows = sum(len(wrapped(line, BODY, wide / INCH - 0.3)) for line in lines)
    tall = round((rows * 1.25 + 0.8) * BODY / 72 * INCH)
    box = slide.shapes.add_textbox(left, top, wide, tall)
    _fill(box.text_frame, lines, BODY, study)
    return top + tall


def _filling(slide: Any, lines: tuple[str, ...], place: Place, study: Study) -> None:
    """Paragraphs as large as fit into what is left of a slide, in its middle."""
    from pptx.enum.text import MSO_ANCHOR

    left, top, wide = place
    tall = study.sheet.height - top / INCH - 0.3
    with styled():
        points = largest(lines, wide / INCH - 0.3, tall - 0.2, study.sheet.points)
    box = slide.shapes.add_textbox(left, top, wide, round(tall * INCH))
    _fill(box.text_frame, lines, points, study)
    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for paragraph in box.text_frame.paragraphs:
        paragraph.space_after = round(0.4 * points * 12_700)  # English metric units a point


def _cards(slide: Any, cards: tuple[Card, ...], place: Place, study: Study) -> int:
    """Numbers side by side, each with its interval and what may be said of it."""
    left, top, wide = place
    gap = round(0.18 * INCH)
    each, tall = (wide - gap * (len(cards) - 1)) // len(cards), round(1.75 * INCH)
    for order, card in enumerate(cards):
        box = slide.shapes.add_textbox(left + order * (each + gap), top, each, tall)
        box.line.color.rgb = _colour(RULE)
        ink = TONES.get(card.tone, GREY)
        lines = (card.what, card.number, card.interval, card.reading)
        _fill(box.text_frame, lines, 14.0, study, inks=(SOFT, ink, SOFT, ink), second=24.0)
    return top + tall + round(0.1 * INCH)


def _table(slide: Any, table: Grid, place: Place, study: Study) -> None:
    """A table whose cells can be edited."""
    left, top, wide = place
    shape = slide.shapes.add_table(
        len(table.rows) + 1, len(table.heads), left, top, wide, round(0.4 * INCH)
    )
    grid, high = shape.table, study.sheet.height - top / INCH - 0.3
    each = high / (len(table.rows) + 1) - 0.1  # inches of a row without its margins
    points = max(6.0, min(14.0, 72 * each / 2.4))
    for column, width in zip(grid.columns, _widths(table, wide), strict=True):
        column.width = width
    rows = [(table.heads[0].words, table.heads[1:]), *table.rows]
    for down, (name, cells) in enumerate(rows):
        first = WHITE if down == 0 else INK
        _fill(grid.cell(down, 0).text_frame, (name,), points, study, inks=(first,))
        for across, cell in enumerate(cells, 1):
            lines = tuple(part for part in (cell.words, cell.small) if part)
            ink = WHITE if down == 0 else TONES.get(cell.tone, GREY)
            inks = (ink, WHITE if down == 0 else SOFT)
            _fill(grid.cell(down, across).text_frame, lines, points, study, inks=inks)


def _widths(table: Grid, wide: int) -> list[int]:
    """Of the columns: as a table of words says, else names and then columns alike."""
    if table.shares:
        return [round(share * wide) for share in table.shares]
    names, others = round(NAMES * wide), len(table.heads) - 1
    return [names, *[(wide - names) // others] * others]


def _left() -> Any:
    from pptx.enum.text import PP_ALIGN

    return PP_ALIGN.LEFT


def _colour(code: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code.lstrip("#").upper())


def _fill(
    frame: Any,
    lines: tuple[str, ...],
    points: float,
    study: Study,
    *,
    inks: tuple[str, ...] = (),
    second: float = 0.0,
) -> None:
    """Paragraphs in fonts that every office has; the East-Asian one must be set by hand.

    `inks` are the colours of the paragraphs, `second` the size of the second where it stands out.
    """
    from pptx.util import Pt

    frame.word_wrap = True
    for place, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        size = second if second and place == 1 else points
        run.text, run.font.size, run.font.name = words, Pt(size), LATIN
        if place < len(inks):
            run.font.color.rgb = _colour(inks[place])
        properties = run._r.get_or_add_rPr()
        properties.set("lang", study.text("language.code"))
        for tag in ("a:ea", "a:cs"):
            other = properties.makeelement(_qualified(tag), {"typeface": CHINESE})
            properties.append(other)


def _qualified(tag: str) -> str:
    from pptx.oxml.ns import qn

    return str(qn(tag))


def _undated(content: bytes) -> bytes:
    """The same archive without the moment it was written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
