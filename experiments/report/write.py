"""Write the report of a study's folder: one HTML file, in Chinese, English or both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from experiments.errors import BadInput
from experiments.figures.study import Study
from experiments.report import (
    assumptions,
    changes,
    findings,
    gains,
    names,
    pictures,
    tables,
    trails,
)
from experiments.report.results import Results
from experiments.report.typeface import embedded
from experiments.text import LANGUAGES, Text
from experiments.told import PARTS, told_levers

HERE = Path(__file__).parent
NAME = "report.html"
FEW = 20  # pairs below which the report warns


def write_report(folder: Path, lang: str = "both") -> Path:
    """Write `report.html` into a study's folder from what is stored there; returns its path.

    `lang` is zh, en or both. Raises BadInput for another language or a folder without results.
    """
    if lang not in (*LANGUAGES, "both"):
        raise BadInput(Text("en")("errors.language", lang=lang))
    languages = LANGUAGES if lang == "both" else (lang,)
    results = Results(Path(folder))
    page = _page([_content(Text(name), results) for name in languages])
    path = Path(folder) / NAME
    temporary = path.with_name(f".{NAME}.tmp")
    temporary.write_text(page, "utf-8")
    temporary.replace(path)
    return path


def _page(contents: list[dict[str, Any]]) -> str:
    """Fill the template, then add the font cut to what the page shows."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    template = environment.get_template("page.html.j2")
    style = (HERE / "page.css").read_text("utf-8")
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
    return {
        "t": text,
        "lang": text("language.code"),
        "key": text.lang,
        "title": _question(text, results),
        "lead": _lead(text, results),
        "answer": findings.answer(text, results),
        "cards": tables.cards(text, results),
        "headline": tables.headline_table(text, results),
        "effects_intro": text(
            "report.effects_intro", n=results.pairs, reference=study.label(results.reference)
        ),
        "sections": changes.changes(text, focus, levers, told),
        "changed": _changed(text, results),
        "gains": gains.gains(results, study),
        "caveats": _caveats(text, results, [*world, *values]),
        "compare": list(tables.comparison(text, results)) if len(results.compared) > 1 else [],
        "scenario": study.label(str(focus["design"])),
        "reference": study.label(results.reference),
        "worse": tables.worse(text, results),
        "grades": list(assumptions.grade_table(text, world, values)),
        "lever_values": [
            (told[name].title[text.lang], tables.key_values(items))
            for name, items in levers.items()
        ],
        "mechanisms": [
            {part: getattr(told[name], part)[text.lang] for part in PARTS} for name in levers
        ],
        "world": world,
        **_charts(results, study),
        **_colophon(text, results),
    }


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
        "reproduce": _reproduce(text, results),
        "identity": results.identity,
    }


def _question(text: Text, results: Results) -> str:
    if results.focus["design"] == "opinion_2014":
        return text("report.title_opinion")
    if len(results.compared) == 1:
        return text("report.title_focus", scenario=names.title(text, results.focus))
    return text("report.title")


def _lead(text: Text, results: Results) -> str:
    count = len(results.compared)
    world = str(results.focus["world"])
    first = names.title(text, results.focus)
    others = text("report.more", count=count - 1) if count > 1 else ""
    return text(
        "report.lead",
        scenarios=first + others,
        reference=names.title(text, results.designs[results.reference]),
        world=text.get(f"worlds.{world}", world),
        start=text.date(0),
        end=text.date(results.quarters - 1),
        n=results.pairs,
    )


def _changed(text: Text, results: Results) -> str:
    levers = results.focus["levers"]
    if not levers:
        return text("report.changed_none")
    return text(
        "report.changed_intro_one" if len(levers) == 1 else "report.changed_intro",
        scenario=names.title(text, results.focus),
        count=len(levers),
        total=text.money(sum(float(values["envelope"]) for values in levers.values())),
    )


def _caveats(text: Text, results: Results, items: list[assumptions.Assumption]) -> list[str]:
    """What a reader must know before the numbers, the study's own troubles first."""
    runs, found = results.runs, []
    if runs["failed"]:
        found.append(text("report.caveat_failed", failed=runs["failed"], total=runs["total"]))
    if runs["missing"]:
        found.append(text("report.caveat_incomplete", missing=runs["missing"], total=runs["total"]))
    if results.pairs < FEW:
        found.append(text("report.caveat_few", n=results.pairs))
    grades = [item.grade for item in items]
    c, u = grades.count("C"), grades.count("U")
    found += [text(f"report.caveat_{name}") for name in ("model", "baseline", "parameters")]
    found.append(
        text("report.caveat_placeholders", placeholders=c + u, total=len(grades), c=c, u=u)
    )
    if len(results.compared) > 1 and results.pairs > 1:
        found.append(text("report.caveat_many", count=tables.intervals_shown(results)))
    return found


def _definitions(text: Text, results: Results) -> list[tuple[str, str]]:
    keys = [findings.name_key(*key) for key in results.headline()]
    return [
        (text(f"metrics.{key}.label"), text(f"metrics.{key}.definition"))
        for key in keys
        if text.get(f"metrics.{key}.label", "")
    ]


def _reproduce(text: Text, results: Results) -> list[tuple[str, str]]:
    found = results.manifest
    revision = str(found["git"]["revision"])[:12] or text("number.missing")
    if found["git"]["revision"] and found["git"]["dirty"]:
        revision += f" ({text('report.dirty')})"
    packages = [f"{name} {version}" for name, version in found["packages"].items()]
    return [
        (text("report.command"), str(found["command"])),
        (text("report.identity"), results.identity),
        (text("report.revision"), revision),
        (text("report.code"), str(found["code_hash"])),
        (text("report.world"), str(results.focus["world"])),
        (text("report.seeds"), names.seeds(text, results)),
        (text("report.quarters"), str(results.quarters)),
        (text("report.versions"), ", ".join([f"Python {found['python']}", *packages])),
    ]
