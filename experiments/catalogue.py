"""The catalogue: levers, scenarios, worlds and metrics, each from its one declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from agents.declare import Declaration, declarations
from experiments.errors import BAD_INPUT, DONE, BadInput, unknown
from experiments.grammar import parse
from experiments.own import own_levers
from experiments.speech import either, worded
from experiments.tables import Table, show
from experiments.text import Text, said_unit

VALUE_KEYS = ("value", "default", "unit", "bounds", "grade", "source", "meaning")


def words_and_options(
    words: Sequence[str], allowed: Sequence[str] = ("lang",)
) -> tuple[list[str], dict[str, str]]:
    """Names apart from overrides."""
    names = [word for word in words if "=" not in word]
    options: dict[str, str] = {}
    for setting in parse([word for word in words if "=" in word]):
        if setting.key not in allowed:
            raise BadInput(worded("values.not_read", key=setting.key, allowed=", ".join(allowed)))
        options[setting.key] = str(setting.values[0])
    lang = options.setdefault("lang", "en")
    if lang not in ("en", "zh"):
        raise unknown(
            "lang", lang, ("en", "zh"), worded("look.expected", names=either(("en", "zh")))
        )
    return names, options


def value_headings(text: Text) -> list[str]:
    """The headings of a table of declared values."""
    return [text(f"catalogue.{key}") for key in VALUE_KEYS]


def listed(
    declared: Iterator[Declaration], text: Text, owner: str
) -> tuple[list[list[str]], list[dict[str, Any]]]:
    """Declared values as rows of a table and as plain values, meanings in the language of `text`.

    Numbers and units are those a user types, whatever the language.
    """
    rows, data = [], []
    for item in declared:
        low = "" if item.low is None else f"{item.low:g}"
        high = "" if item.high is None else f"{item.high:g}"
        bounds = f"{low} – {high}" if low or high else ""
        value = (
            ", ".join(f"{v:g}" for v in item.value) if isinstance(item.value, tuple) else item.value
        )
        common = text.get(f"values.common.{item.name}", item.meaning)
        meaning = text.get(f"values.{owner}.{item.name}", common)
        rows.append(
            [
                item.name,
                f"{value}",
                said_unit(text, item.unit),
                bounds,
                item.grade,
                item.source,
                meaning,
            ]
        )
        data.append(
            {
                "name": item.name, "value": item.value, "unit": item.unit, "low": item.low,
                "high": item.high, "grade": item.grade, "source": item.source,
                "meaning": meaning,
            }
        )  # fmt: skip
    return rows, data


def show_scenarios(words: Sequence[str], form: str) -> int:
    """List scenarios with the levers they switch on and their planned outlay."""
    from experiments.design import expand
    from experiments.grammar import Setting
    from experiments.progress import say
    from experiments.shelf import check_name, own_scenarios, scenario_names

    names, options = words_and_options(words, ("lang", "scenarios_from", "levers_from"))
    folder, file = options.get("scenarios_from", ""), options.get("levers_from", "")
    known = scenario_names(folder, own_levers(file))
    chosen = tuple(check_name("scenario", name, known) for name in names) or known
    given = (("scenarios_from", folder), ("levers_from", file))
    beside = [Setting(key, (value,)) for key, value in given if value]
    faulty = []
    for name in own_scenarios(folder):  # one that cannot be used keeps no other from being listed
        try:
            _ = name in chosen and expand([Setting("scenario", (name,)), *beside])
        except BadInput as error:
            say(str(error))
            faulty.append(name)
    rows, data = [], []
    usable = tuple(name for name in chosen if name not in faulty)
    for design in expand([Setting("scenario", usable), *beside]).compared() if usable else ():
        title = design.title[options["lang"]] or design.title["en"]
        rows.append([design.scenario, title, f"{design.outlay:g}", ", ".join(design.levers)])
        data.append(
            {
                "name": design.scenario, "title": title, "planned_outlay": design.outlay,
                "extra_budget": design.extra_budget, "levers": list(design.levers),
            }
        )  # fmt: skip
    text = Text(options["lang"])
    headings = [text(f"catalogue.{key}") for key in ("scenario", "title", "outlay", "levers")]
    show([Table(headings, rows, left=2, tail=1)], data, form)
    return BAD_INPUT if faulty else DONE


def show_worlds(words: Sequence[str], form: str) -> int:
    """List worlds and what each changes; named ones with all their values."""
    from experiments.compose import composer, flat
    from experiments.schema import build
    from experiments.shelf import CONF, check_name, first_comment, world_names
    from sim.world import World

    names, options = words_and_options(words)
    chosen = [check_name("world", name, world_names()) for name in names] or list(world_names())
    text, standard = Text(options["lang"]), {d.name: d.value for d in declarations(World())}
    data, tables, rows = [], [], []
    with composer() as compose:
        for name in chosen:
            world = build(World, compose.compose([("world", name)]).values()["world"], "world")
            title = text.get(f"worlds.{name}", first_comment(CONF / "world" / f"{name}.yaml"))
            values, described = listed(declarations(world), text, "world")
            differs = {
                v["name"]: v["value"] for v in described if v["value"] != standard[v["name"]]
            }
            changed = ", ".join(f"{key}={value:g}" for key, value in flat(differs).items())
            rows.append([name, title, changed])
            facts = {"name": name, "title": title, "differs": differs}
            data.append({**facts, "values": described} if names else facts)
            if names:
                tables.append(
                    Table(value_headings(text), values, f"{name} · {title}", left=len(VALUE_KEYS))
                )
    headings = [text(f"catalogue.{key}") for key in ("world", "title", "differs")]
    show(tables or [Table(headings, rows, left=3)], data, form)
    return DONE


def show_metrics(words: Sequence[str], form: str) -> int:
    """List the metrics of a comparison."""
    from experiments.metrics import METRICS

    names, options = words_and_options(words)
    known = list(dict.fromkeys(metric.name for metric in METRICS))
    for name in names:
        if name not in known:
            raise unknown("metric", name, known, worded("look.lists", command="wotu metrics"))
    text, data = Text(options["lang"]), []
    rows: list[list[str]] = []
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
        way = text(f"catalogue.directions.{metric.direction.split()[0]}")
        unit = text.get(f"metrics.{metric.name}.unit", metric.unit)
        rows.append(
            [
                metric.name, text.get(f"kinds.{metric.kind}", metric.kind), label,
                unit if text.lang == "zh" else metric.unit, str(line["definition"]), way,
                text("catalogue.yes") if metric.headline else "",
            ]
        )  # fmt: skip
    keys = ("metric", "kind", "label", "unit", "definition", "direction", "headline")
    headings = [text(f"catalogue.{key}") for key in keys]
    show([Table(headings, rows, left=7)], data, form)
    return DONE
