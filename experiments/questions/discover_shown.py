"""`wotu discover`: the regret table, which policy holds up, and where each fails, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from experiments.questions.asking import exit_code, name_charts
from experiments.questions.discover import prepare, run
from experiments.questions.prim import FEWEST
from experiments.questions.robustness import Discovery, discovery
from experiments.summary import records
from experiments.tables import Cell, Table, show
from experiments.text import Scale, Text, said_unit
from experiments.value_names import value_name

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("mean_effect", "worst_effect", "mean_regret", "largest_regret")


def answer(words: Sequence[str], form: str) -> int:
    """Run what is missing, and print regret, what holds up, and boxes of failure."""
    asked = prepare(words)
    study = run(asked)
    found = discovery(asked.folder, asked.settings)
    text = Text(str(asked.plan.settings["lang"]))
    data = {
        "folder": str(asked.folder), "policies": records(found.policies),
        "regrets": records(found.regrets), "boxes": records(found.boxes),
        "points": records(found.points),
    }  # fmt: skip
    show(discovery_shown(found, asked.facts, float(asked.settings["least"]), text), data, form)
    name_charts(asked.folder)
    return exit_code(study)


def discovery_shown(
    found: Discovery, facts: Mapping[str, Any], least: float, text: Text
) -> list[Table]:
    """Per metric a table of policies and one of regret by world; what fails where stands last."""
    tables: list[Table] = []
    for _, rows in found.policies.groupby(["metric", "kind"], sort=False):
        mine = found.regrets[
            (found.regrets["metric"] == rows["metric"].iloc[0])
            & (found.regrets["kind"] == rows["kind"].iloc[0])
        ]
        first = not tables
        tables += [_summary(records(rows), facts, text, first=first), _by_world(mine, facts, text)]
    if tables and len(found.boxes):
        tables.append(_failures(found, facts, least, text))
    elif tables:
        tables[-1] = replace(tables[-1], notes=(*tables[-1].notes, _no_box(found, text)))
    return tables


def _no_box(found: Discovery, text: Text) -> str:
    """Why there is no box: nothing fails, there are too few conditions, or no pattern in them."""
    conditions = int(found.policies["conditions"].max())
    key = "few_conditions" if conditions < FEWEST else "no_boxes"
    if not found.regrets["fails"].any():
        key = "no_failures"
    return text(f"discover.{key}", conditions=conditions, fewest=FEWEST)


def policy_title(policy: str, facts: Mapping[str, Any], text: Text) -> str:
    """A policy as a reader knows it; doing nothing is called so."""
    if policy == facts["nothing"]:
        return text("discover.nothing")
    return facts["titles"].get(policy, {}).get(text.lang) or policy


def _world(name: str, text: Text) -> str:
    return text.get(f"worlds.{name}", name)


def _spot(world: str, point: float, text: Text) -> str:
    name = _world(world, text)
    return name if point < 0 else text("discover.spot", world=name, point=int(point))


def _scale(rows: Sequence[Mapping[str, Any]], keys: Sequence[str], text: Text) -> Scale:
    first = rows[0]
    return text.scale(_name(first), [float(row[key]) for row in rows for key in keys], effect=True)


def _name(row: Mapping[str, Any]) -> str:
    return "job_years" if row["kind"] == "job_years" else str(row["metric"])


def _measure(row: Mapping[str, Any], text: Text) -> str:
    name = _name(row)
    plain_kind = row["kind"] in ("ratio", "job_years")
    kind = "" if plain_kind else text.get(f"kinds.{row['kind']}", "")
    return text.listed(part for part in (text.get(f"metrics.{name}.label", name), kind) if part)


def _summary(
    rows: Sequence[dict[str, Any]], facts: Mapping[str, Any], text: Text, *, first: bool
) -> Table:
    """A row a policy over all conditions, the one that holds up marked."""
    scale = _scale(rows, KEYS, text)
    headings = [
        text("discover.policy"), text("discover.outlay"),
        *(text(f"discover.{key}") for key in KEYS), text("discover.best_share"),
    ]  # fmt: skip
    if first:
        headings.append(text("discover.fail_share"))
    body: list[list[Cell | str]] = []
    for row in rows:
        worst = f"{scale.number(row['worst_effect'], signed=True)}\n" + _spot(
            row["worst_world"], row["worst_point"], text
        )
        sorry = f"{scale.number(row['largest_regret'])}\n" + _spot(
            row["largest_regret_world"], row["largest_regret_point"], text
        )
        style = "bold" if row["holds_up"] else ""
        shares = [row["best_share"], *([row["fail_share"]] if first else [])]
        body.append(
            [
                Cell(policy_title(row["policy"], facts, text), style),
                text.money(row["planned_outlay"]),
                scale.number(row["mean_effect"], signed=True), worst,
                scale.number(row["mean_regret"]), Cell(sorry, style),
                *(text.per_cent(100 * share, signed=False) for share in shares),
            ]
        )  # fmt: skip
    notes = [*_holds(rows, facts, text)]
    return Table(
        headings,
        body,
        title=text("discover.title", measure=_measure(rows[0], text), unit=scale.unit),
        caption=text("discover.caption", conditions=rows[0]["conditions"]),
        notes=notes,
    )


def _holds(
    rows: Sequence[Mapping[str, Any]], facts: Mapping[str, Any], text: Text
) -> Iterator[str]:
    """Which policy holds up, and whether the mean says another."""
    steady = next(row for row in rows if row["holds_up"])
    name, lost = policy_title(steady["policy"], facts, text), float(steady["largest_regret"])
    if not lost > 0.0:
        yield text("discover.best_always", policy=name)
        return
    size = text.quantity(_name(steady), lost, effect=True)
    yield text("discover.holds_up", policy=name, size=size)
    usual = min(rows, key=lambda row: float(row["mean_regret"]))
    if usual["policy"] != steady["policy"]:
        yield text("discover.on_average", policy=policy_title(usual["policy"], facts, text))


def _by_world(frame: pd.DataFrame, facts: Mapping[str, Any], text: Text) -> Table:
    """Mean regret, a row a policy and a column a world; with one point, its interval beneath."""
    rows = records(frame)
    scale = _scale(rows, ("regret", "effect"), text)
    single = int(frame["point"].max()) < 0
    means = frame.groupby(["policy", "world"], sort=False)["regret"].mean()
    found = {(row["policy"], row["world"]): row for row in rows}
    worlds, policies = (list(dict.fromkeys(frame[key])) for key in ("world", "policy"))
    body: list[list[Cell | str]] = []
    for policy in policies:
        cells: list[Cell | str] = [policy_title(policy, facts, text)]
        for world in worlds:
            size = scale.number(float(means[policy, world]))
            row = found[policy, world]
            if single and not row["best"] and math.isfinite(row["regret_low"]):
                ends = text.interval(row["regret_low"], row["regret_high"], scale, signed=False)
                cells.append(Cell(f"{size}\n[{ends}]", "dim" if row["regret_low"] <= 0 else ""))
            else:
                cells.append(size)
        body.append(cells)
    measure = _measure(rows[0], text)
    return Table(
        [text("discover.policy"), *(_world(world, text) for world in worlds)],
        body,
        title=text("discover.by_world", measure=measure, unit=scale.unit),
        caption=text("discover.regret", n=rows[0]["n"]),
    )


def _failures(found: Discovery, facts: Mapping[str, Any], least: float, text: Text) -> Table:
    """A row a box: where a policy fails, in words."""
    metric = records(found.policies)[0]
    scale = text.scale(str(metric["metric"]), [least], effect=True)
    body: list[list[Cell | str]] = []
    for (policy, _), box in found.boxes.groupby(["policy", "box"], sort=False):
        row = records(box)[0]
        body.append(
            [
                policy_title(str(policy), facts, text),
                text("discover.and").join(_condition(part, text) for part in records(box)),
                *(
                    text.per_cent(100 * row[k], signed=False)
                    for k in ("density", "coverage", "mass")
                ),
            ]
        )
    keys = ("policy", "fails_where", "density", "coverage", "mass")
    return Table(
        [text(f"discover.{key}") for key in keys],
        body,
        title=text(
            "discover.failures", measure=_measure(metric, text),
            least=text.joined(scale.number(least), scale.unit),
        ),
        caption=text("discover.boxes"),
        left=2,
    )  # fmt: skip


def _condition(row: Mapping[str, Any], text: Text) -> str:
    """One restriction of a box in words."""
    if row["parameter"] == "world":
        names = text.listed(_world(world, text) for world in str(row["worlds"]).split(","))
        return text("discover.in_worlds", worlds=names)
    name, unit = str(row["parameter"]), said_unit(text, str(row["unit"]))
    low, high = (f"{row[key]:.3g}" for key in ("low", "high"))
    open_low, open_high = (not math.isfinite(row[key]) for key in ("low", "high"))
    key = "below" if open_low else "above" if open_high else "between"
    label = text("discover.named", name=value_name(name, text), value=name)
    return text(f"discover.{key}", parameter=label, low=low, high=high, unit=unit).rstrip()
