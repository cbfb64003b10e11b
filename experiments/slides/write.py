"""`wotu slides`: write a deck of stored results; nothing is run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from matplotlib.backends.backend_pdf import PdfPages

from experiments.errors import DONE, Unfinished
from experiments.figures.save import METADATA
from experiments.figures.style import styled
from experiments.gallery.question import refuse_question
from experiments.gallery.shown import opened, slides_study
from experiments.reading import languages, reading
from experiments.report.places import file
from experiments.report.results import Results
from experiments.slides.pages import pages
from experiments.speech import worded
from experiments.typed_path import typed_path

NAME = "slides"


def show_slides(folder: str, overrides: Sequence[str], *, pptx: bool) -> int:
    """Write slides.LANG.pdf, and .pptx if asked, into a results folder and print where they are.

    Those about a scenario asked for by name bear it: slides.demand_pull.en.pdf.
    """
    options = reading(overrides)
    chosen = languages(options.get("lang", "en"))
    if pptx:
        from experiments.slides.pptx import needed

        needed()
    refuse_question(typed_path(folder), worded("outputs.made_slides"))
    results = opened(folder, options.get("scenario", ""))
    for lang in chosen:
        try:
            sys.stdout.write(f"{write_deck(results, lang)}\n")
            if pptx:
                from experiments.slides.pptx import write_pptx

                sys.stdout.write(f"{write_pptx(results, lang)}\n")
        except OSError as error:
            raise Unfinished(worded("outputs.slides", error=error)) from error
    return DONE


def write_deck(results: Results, lang: str) -> Path:
    """The deck as PDF, one page a slide; the same results give the same bytes."""
    path = file(results, NAME, f"{lang}.pdf")
    study = slides_study(results, lang)
    with styled(), PdfPages(path, metadata=METADATA["pdf"]) as deck:
        for page in pages(results, study):
            deck.savefig(page.figure)
    return path
