"""Write the report of a study's folder: one HTML file, in Chinese, English or both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from experiments.figures.study import Study
from experiments.reading import languages
from experiments.report import (
    assumptions,
    chain,
    changes,
    findings,
    gains,
    matrix,
    names,
    orders,
    pictures,
    swept,
    tables,
    trails,
    words,
)
from experiments.report.places import file
from experiments.report.results import Results
from experiments.report.typeface import embedded
from experiments.text import Text
from experiments.told import PARTS, told_levers

if TYPE_CHECKING:
    import pandas as pd

    from experiments.store import Store

PAGE = Path(__file__).parent / "page"
NAME = "report"
MANY = 12  # levers beyond which what is said of each of them is folded


def write_report(
    folder: Path, lang: str = "both", known: pd.DataFrame | None = None, scenario: str = "",
    store: Store | None = None,
) -> Path:  # fmt: skip
    """Write `report.html` into a study's folder from what is stored there; returns its path.

    `lang` is zh, en or both; `known` are the folder's effects and `store` is its store if they are at
    hand; `scenario` is the one that it is about, `report.SCENARIO.html`, if not the study's own.
    Raises BadInput for another language or scenario, or a folder without results.
    """
    chosen = languages(lang)
    results = Results(Path(folder), scenario, known, store)
    with results.store.read_once():
        page = _page([_content(Text(name), results) for name in chosen])
    path = file(results, NAME, "html")
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(page, "utf-8")
    temporary.replace(path)
    return path


def _page(contents: list[dict[str, Any]]) -> str:
    """Fill the templates, then add the font cut to what the page shows."""
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    template = environment.get_template("page.html.j2")
    style = (PAGE / "page.css").read_text("utf-8")
    page = template.render(contents=contents, style=style, font="@font@")
    return page.replace("@font@", embedded(page), 1)


def _content(text: Text, results: Results) -> dict[str, Any]:
    """Everything one language's pages show."""
    study = names.study(text, results)
    world = assumptions.world_assumptions(text, results)
    told = told_levers(results.manifest)
    levers = assumptions.lever_assumptions(text, results.compared, told)
    values = [item for items in levers.values() for item in items]
    focus = results.focus
    about = swept.content(text, results, study) if swept.varied(results) else None
    return {
        "t": text,
        "lang": text("language.code"),
        "key": text.lang,
        "title": about["title"] if about else words.question(text, results),
        "lead": about["lead"] if about else words.lead(text, results),
        "answer": words.answer(text, results) + words.price(text, results),
        "cards": tables.cards(text, results),
        "headline": tables.headline_table(text, results),
        "effects_intro": text(
            "report.effects_intro", n=results.pairs, reference=study.label(results.reference)
        ),
        "sections": changes.changes(text, focus, levers, told),
        "changed": words.changed(text, results),
        "gains": gains.gains(results, study),
        "chain": chain.chain(text, results, told),
        "runs": results.pairs,
        "caveats": words.caveats(text, results, [*world, *values]),
        **_of_sweep(text, results, study, about),
        "own_orders": " ".join(orders.told(text, results)),
        "orders": orders.of_all(text, results),
        "scenario": study.label(str(focus["design"])),
        "reference": study.label(results.reference),
        "worse": tables.worse(text, results),
        "worse_selected": tables.worse_selected(text, results),
        "grades": list(assumptions.grade_table(text, world, values)),
        "lever_values": [
            (told[name].title[text.lang], tables.key_values(items))
            for name, items in levers.items()
        ],
        "mechanisms": [
            {part: getattr(told[name], part)[text.lang] for part in PARTS} for name in levers
        ],
        "short": [
            assumptions.in_short(text, told[name].title[text.lang], tables.key_values(items))
            for name, items in levers.items()
        ],
        "many": len(levers) > MANY,
        "world": world,
        **_charts(results, study),
        **_colophon(text, results),
    }


def _of_sweep(
    text: Text, results: Results, study: Study, about: dict[str, Any] | None
) -> dict[str, Any]:
    """What is said otherwise where the first page is about a sweep, and one point an example."""
    reference, scenario = study.label(results.reference), study.label(str(results.focus["design"]))
    called, order = (about["names"], about["order"]) if about else ({}, ())
    return {
        "swept": about,
        "answer_title": text("swept.answer_point" if about else "report.answer"),
        "glance_title": text("swept.glance" if about else "report.glance"),
        "glance_intro": text("swept.glance_intro", reference=about["reference"], named=about["named"])
        if about else text("report.glance_intro", reference=reference),
        "row_head": text("swept.point" if about else "report.scenario"),
        "charts_intro": text("swept.charts_intro" if about else "report.charts_intro",
                             scenario=scenario),
        "glance": matrix.glance(text, results, called, order),
        "compare": list(matrix.comparison(text, results, called))
        if len(results.compared) > 1 else [],
    }  # fmt: skip


def _charts(results: Results, study: Study) -> dict[str, Any]:
    return {
        "over_time": list(pictures.headline(results, study)),
        "forests": list(pictures.by_scenario(results, study)),
        "drawn": pictures.by_section(results, study),
        "group_rows": list(trails.group_rows(results, study)),
        "money_rows": list(trails.money_rows(results, study)),
    }


def _colophon(text: Text, results: Results) -> dict[str, Any]:
    return {
        "definitions": _definitions(text, results),
        "reproduce": words.reproduce(text, results),
        "identity": results.identity,
    }


def _definitions(text: Text, results: Results) -> list[tuple[str, str]]:
    keys = [findings.name_key(*key) for key in results.headline()]
    return [
        (text(f"metrics.{key}.label"), text(f"metrics.{key}.definition"))
        for key in keys
        if text.get(f"metrics.{key}.label", "")
    ]
