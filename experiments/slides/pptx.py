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
from experiments.figures.style import TITLE
from experiments.gallery.shown import slides_study
from experiments.report.places import file
from experiments.report.results import Results
from experiments.slides.pages import Page, pages
from experiments.speech import worded

LATIN, CHINESE = "Calibri", "Microsoft YaHei"
OPENED = datetime.datetime(2014, 7, 1)  # any fixed moment: files carry no date of their own
EPOCH = (1980, 1, 1, 0, 0, 0)
BLANK, INCH = 6, 914_400  # the layout without placeholders; English metric units an inch


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
    slide, sheet = deck.slides.add_slide(deck.slide_layouts[BLANK]), study.sheet
    margin, top = round(sheet.margin * INCH), round(0.25 * INCH)
    wide = round((sheet.width - 2 * sheet.margin) * INCH)
    if page.lines:
        body = slide.shapes.add_textbox(margin, round(1.3 * INCH), wide, round(5.6 * INCH))
        _fill(body.text_frame, page.lines, 18.0, study)
    else:
        for line in page.figure.texts:
            if line.get_label() == TITLE:
                line.set_visible(False)  # the slide's own title stands there and can be edited
        picture = slide.shapes.add_picture(
            io.BytesIO(rendered(page.figure, "png")), 0, 0, deck.slide_width, deck.slide_height
        )
        picture._element._nvXxPr.cNvPr.set("descr", page.alt)
    title = slide.shapes.add_textbox(margin, top, wide, round(0.9 * INCH))
    _fill(title.text_frame, (page.title,), 1.32 * sheet.points, study)
    slide.notes_slide.notes_text_frame.text = page.notes


def _fill(frame: Any, lines: tuple[str, ...], points: float, study: Study) -> None:
    """Paragraphs in fonts that every office has; the East-Asian one must be set by hand."""
    from pptx.util import Pt

    frame.word_wrap = True
    for place, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.name = words, Pt(points), LATIN
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
