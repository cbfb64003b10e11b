"""What report and slides say of a study as a whole: question, lead, changes, caveats, command."""

from __future__ import annotations

from experiments.report import findings, names, orders, tables, verdict
from experiments.report.assumptions import Assumption
from experiments.report.results import Results
from experiments.statistics import FEW
from experiments.text import Text
from experiments.world_names import by_hand, design_world


def question(text: Text, results: Results) -> str:
    """The title: what the study asks."""
    if results.focus["design"] == "opinion_2014":
        return text("report.title_opinion")
    if len(results.compared) == 1 or results.scenario:
        return text("report.title_focus", scenario=names.title(text, results.focus))
    return text("report.title")


def lead(text: Text, results: Results) -> str:
    """What is compared with what, where, when, and on how many pairs."""
    count = len(results.compared)
    first = names.title(text, results.focus)
    others = text("report.more", count=count - 1) if count > 1 else ""
    said = text(
        "report.lead",
        scenarios=first + others,
        reference=names.title(text, results.designs[results.reference]),
        world=design_world(text, results.focus),
        start=text.date(0),
        end=text.date(results.quarters - 1),
        span=text.span(results.quarters),
        n=results.pairs,
    )
    return with_scale(text, results, said)


def with_scale(text: Text, results: Results, said: str) -> str:
    """A sentence and, where a part of the district is simulated, how large that is."""
    scale = float(results.world().get("scale", 1.0))
    if scale == 1.0:
        return said
    size = text.per_cent(100 * scale, signed=False)
    return text("report.sentences", first=said, second=text("report.scaled", size=size))


def answer(text: Text, results: Results) -> list[str]:
    """The first page in sentences: is it worth its cost, and what came of it, clear or not."""
    return verdict.verdict(text, results) + findings.outcome(text, results)


def price(text: Text, results: Results) -> list[str]:
    """What it costs, and who bears what: the purse, buyers, those worse off, applicants."""
    return [
        *findings.cost(text, results),
        *orders.told(text, results),
        *verdict.burdens(text, results),
    ]


def changed(text: Text, results: Results) -> str:
    """How many levers the focus turns on, and what they may spend."""
    levers = results.focus["levers"]
    if not levers:
        return text("report.changed_none")
    return text(
        "report.changed_intro_one" if len(levers) == 1 else "report.changed_intro",
        scenario=names.title(text, results.focus),
        count=len(levers),
        total=text.money(tables.planned(results.focus)),
    )


def caveats(text: Text, results: Results, items: list[Assumption]) -> list[str]:
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


def reproduce(text: Text, results: Results) -> list[tuple[str, str]]:
    """What is needed to run the study again, each with its name."""
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
        (text("report.world"), ", ".join([str(results.focus["world"]), *by_hand(results.focus)])),
        (text("report.seeds"), names.seeds(text, results)),
        (text("report.quarters"), str(results.quarters)),
        (text("report.versions"), ", ".join([f"Python {found['python']}", *packages])),
    ]
