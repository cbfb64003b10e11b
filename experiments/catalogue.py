"""The catalogue: levers, scenarios, worlds and metrics, each from its one declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from agents.declare import Declaration, declarations
from experiments.errors import DONE, BadInput, unknown
from experiments.grammar import parse
from experiments.own import known_levers, own_levers
from experiments.tables import Table, show
from experiments.text import Text

VALUE_HEADINGS = ["value", "default", "unit", "bounds", "grade", "source", "meaning"]


def _words(
    words: Sequence[str], allowed: Sequence[str] = ("lang",)
) -> tuple[list[str], dict[str, str]]:
    """Names apart from overrides."""
    names = [word for word in words if "=" not in word]
    options: dict[str, str] = {}
    for setting in parse([word for word in words if "=" in word]):
        if setting.key not in allowed:
            raise BadInput(
                f"{setting.key} changes nothing here; this verb reads {', '.join(allowed)}"
            )
        options[setting.key] = str(setting.values[0])
    lang = options.setdefault("lang", "en")
    if lang not in ("en", "zh"):
        raise unknown("lang", lang, ("en", "zh"), "expected en or zh")
    return names, options


def _listed(declared: Iterator[Declaration]) -> tuple[list[list[str]], list[dict[str, Any]]]:
    rows, data = [], []
    for item in declared:
        low = "" if item.low is None else f"{item.low:g}"
        high = "" if item.high is None else f"{item.high:g}"
        bounds = f"{low} – {high}" if low or high else ""
        value = (
            ", ".join(f"{v:g}" for v in item.value) if isinstance(item.value, tuple) else item.value
        )
        rows.append(
            [item.name, f"{value}", item.unit, bounds, item.grade, item.source, item.meaning]
        )
        data.append(
            {
                "name": item.name, "value": item.value, "unit": item.unit, "low": item.low,
                "high": item.high, "grade": item.grade, "source": item.source,
                "meaning": item.meaning,
            }
        )  # fmt: skip
    return rows, data


def show_levers(words: Sequence[str], form: str) -> int:
    """List the levers; named ones with all their values."""
    names, options = _words(words, ("lang", "levers_from"))
    levers = known_levers(own_levers(options.get("levers_from", "")))
    for name in names:
        if name not in levers:
            raise unknown("lever", name, levers, "`wotu levers` lists them")
    text = Text(options["lang"])
    data, tables, rows = [], [], []
    for name, lever in levers.items():
        if names and name not in names:
            continue
        title = text.get(f"levers.{name}.title", lever.words)
        values, described = _listed(declarations(lever))
        facts = {
            "id": name, "clause": lever.clause, "title": title, "section": lever.section,
            "words": lever.words, "rule": lever.rule, "phases": list(lever.phases),
            "mechanism": text.get(f"levers.{name}.mechanism", ""),
            "disappoint": text.get(f"levers.{name}.disappoint", ""),
        }  # fmt: skip
        data.append({**facts, "values": described})
        envelope = next((v["value"] for v in described if v["name"] == "envelope"), 0.0)
        rows.append([name, lever.clause, title, f"{envelope:g}", ", ".join(lever.phases)])
        if names:
            notes = [str(facts[key]) for key in ("words", "rule", "mechanism", "disappoint")]
            head = f"{name} · {lever.clause} · {title}"
            tables.append(
                Table(
                    VALUE_HEADINGS,
                    values,
                    head,
                    left=len(VALUE_HEADINGS),
                    notes=[n for n in notes if n],
                )
            )
    headings = ["lever", "clause", "title", "envelope, m yuan/year", "phases"]
    show(tables or [Table(headings, rows, left=3, tail=1)], data, form)
    return DONE


def show_scenarios(words: Sequence[str], form: str) -> int:
    """List scenarios with the levers they switch on and their planned outlay."""
    from experiments.design import expand
    from experiments.grammar import Setting
    from experiments.shelf import check_name, scenario_names

    names, options = _words(words, ("lang", "scenarios_from", "levers_from"))
    folder, file = options.get("scenarios_from", ""), options.get("levers_from", "")
    known = scenario_names(folder, own_levers(file))
    chosen = tuple(check_name("scenario", name, known) for name in names) or known
    settings = [Setting("scenario", chosen)]
    if folder:
        settings.append(Setting("scenarios_from", (folder,)))
    if file:
        settings.append(Setting("levers_from", (file,)))
    rows, data = [], []
    for design in expand(settings).compared():
        title = design.title[options["lang"]] or design.title["en"]
        rows.append([design.scenario, title, f"{design.outlay:g}", ", ".join(design.levers)])
        data.append(
            {
                "name": design.scenario, "title": title, "planned_outlay": design.outlay,
                "extra_budget": design.extra_budget, "levers": list(design.levers),
            }
        )  # fmt: skip
    show(
        [Table(["scenario", "title", "outlay, m yuan/year", "levers"], rows, left=2, tail=1)],
        data,
        form,
    )
    return DONE


def show_worlds(words: Sequence[str], form: str) -> int:
    """List worlds and what each changes; named ones with all their values."""
    from experiments.compose import composer, flat
    from experiments.schema import build
    from experiments.shelf import CONF, check_name, first_comment, world_names
    from sim.world import World

    names, options = _words(words)
    chosen = [check_name("world", name, world_names()) for name in names] or list(world_names())
    text, standard = Text(options["lang"]), {d.name: d.value for d in declarations(World())}
    data, tables, rows = [], [], []
    with composer() as compose:
        for name in chosen:
            world = build(World, compose.compose([("world", name)]).values()["world"], "world")
            title = text.get(f"worlds.{name}", first_comment(CONF / "world" / f"{name}.yaml"))
            values, described = _listed(declarations(world))
            differs = {
                v["name"]: v["value"] for v in described if v["value"] != standard[v["name"]]
            }
            changed = ", ".join(f"{key}={value:g}" for key, value in flat(differs).items())
            rows.append([name, title, changed])
            facts = {"name": name, "title": title, "differs": differs}
            data.append({**facts, "values": described} if names else facts)
            if names:
                tables.append(
                    Table(VALUE_HEADINGS, values, f"{name} · {title}", left=len(VALUE_HEADINGS))
                )
    show(tables or [Table(["world", "title", "differs in"], rows, left=3)], data, form)
    return DONE


def show_metrics(words: Sequence[str], form: str) -> int:
    """List the metrics of a comparison."""
    from experiments.metrics import METRICS

    names, options = _words(words)
    known = list(dict.fromkeys(metric.name for metric in METRICS))
    for name in names:
        if name not in known:
            raise unknown("metric", name, known, "`wotu metrics` lists them")
    text, rows, data = Text(options["lang"]), [], []
    for metric in METRICS:
        if names and metric.name not in names:
            continue
        label = text.get(f"metrics.{metric.name}.label", metric.name)
        line = {
            "name": metric.name, "kind": metric.kind, "label": label, "unit": metric.unit,
            "definition": text.get(f"metrics.{metric.name}.definition", metric.definition),
            "direction": metric.direction, "headline": metric.headline,
        }  # fmt: skip
        data.append(line)
        rows.append([*map(str, list(line.values())[:6]), "yes" if metric.headline else ""])
    headings = ["metric", "kind", "label", "unit", "definition", "direction", "headline"]
    show([Table(headings, rows, left=7)], data, form)
    return DONE
