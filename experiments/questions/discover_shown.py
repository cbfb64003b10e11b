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
from experiments.statistics import reading
from experiments.summary import records
from experiments.tables import Cell, Table, show
from experiments.text import Scale, Text, said_unit
from experiments.value_names import value_name
from experiments.world_names import study_worlds, world_name

if TYPE_CHECKING:
    import pandas as pd

    from experiments.design import Design

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
    facts = {**asked.facts, "called": _called(asked.plan.designs, text)}
    show(discovery_shown(found, facts, float(asked.settings["least"]), text), data, form)
    name_charts(asked.folder)
    return exit_code(study)


def _called(designs: Sequence[Design], text: Text) -> dict[str, str]:
    told = [{"world": design.world_name, "overrides": design.overrides} for design in designs]
    return study_worlds(text, told)


def discovery_shown(
    found: Discovery, facts: Mapping[str, Any], least: float, text: Text
) -> list[Table]:
    """Per metric a table of policies and one of regret by world; what fails where stands last."""
    tables: list[Table] = []
    for _, rows in found.policies.groupby(["metric", "kind"], sort=False):
        mine = found.worlds[
            (found.worlds["metric"] == rows["metric"].iloc[0])
            & (found.worlds["kind"] == rows["kind"].iloc[0])
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


def _world(name: str, facts: Mapping[str, Any], text: Text) -> str:
    """A world's name; `called` has it with what was set by hand."""
    return str(facts.get("called", {}).get(name) or world_name(text, name))


def _spot(world: str, point: float, facts: Mapping[str, Any], text: Text) -> str:
    name = _world(world, facts, text)
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
        style = "bold" if row["holds_up"] else ""
        nothing = row["policy"] == facts["nothing"]
        shares = [_share(row, "best_share", text)]
        if first:
            shares.append("–" if nothing else _share(row, "fail_share", text))
        body.append(
            [
                Cell(policy_title(row["policy"], facts, text), style),
                text.money(row["planned_outlay"]),
                *(_amount(row, key, scale, facts, text) for key in KEYS),
                *shares,
            ]
        )  # fmt: skip
    return Table(
        headings,
        body,
        title=text("discover.title", measure=_measure(rows[0], text), unit=scale.unit),
        caption=text("discover.caption", conditions=rows[0]["conditions"]),
        notes=tuple(_holds(rows, facts, text)),
    )


def _amount(
    row: Mapping[str, Any], key: str, scale: Scale, facts: Mapping[str, Any], text: Text
) -> Cell:
    """A number with its interval and, where it is that of one condition, its place."""
    signed = key.endswith("effect")
    lines, style = [scale.number(row[key], signed=signed)], ""
    low, high = float(row[f"{key}_low"]), float(row[f"{key}_high"])
    if math.isfinite(low) and not low == high == 0.0:
        lines.append(f"[{text.interval(low, high, scale, signed=signed)}]")
        clear = reading(float(row[key]), low, high, int(row["n"])) in ("up", "down")
        style = "" if clear else "dim"
    if f"{key}_world" in row:
        lines.append(_spot(row[f"{key}_world"], row[f"{key}_point"], facts, text))
    return Cell("\n".join(lines), style)


def _share(row: Mapping[str, Any], key: str, text: Text) -> str:
    """A share of the conditions by their means, and that of those whose interval says so."""
    share, clear = (text.per_cent(100 * row[name], signed=False) for name in (key, f"clear_{key}"))
    return text("discover.share", share=share, clear=clear) if row[key] else share


def holders(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """Policies that hold up, more than one where they tie, and others that are not clearly behind."""
    steady = [str(row["policy"]) for row in rows if row["holds_up"]]
    near = [
        str(row["policy"])
        for row in rows
        if not row["holds_up"]
        and reading(row["behind"], row["behind_low"], row["behind_high"], row["n"]) != "up"
    ]
    return steady, near


def _holds(
    rows: Sequence[Mapping[str, Any]], facts: Mapping[str, Any], text: Text
) -> Iterator[str]:
    """Which policy holds up by the means, how sure that is, and whether the mean says another."""
    steady, near = holders(rows)
    lost = max(float(row["largest_regret"]) for row in rows if row["holds_up"])
    words = {
        "policy": _quoted(steady, facts, text), "conditions": rows[0]["conditions"],
        "others": _quoted(near, facts, text), "n": rows[0]["n"],
    }  # fmt: skip
    if lost > 0.0:
        size = text.quantity(_name(rows[0]), lost, effect=True)
        yield text("discover.holds_up", size=size, **words)
    else:
        yield text("discover.best_always", **words)
    yield text("discover.not_clear" if near else "discover.clear", **words)
    usual = min(rows, key=lambda row: float(row["mean_regret"]))
    if usual["policy"] not in steady:
        yield text("discover.on_average", policy=policy_title(usual["policy"], facts, text))


def _quoted(policies: Sequence[str], facts: Mapping[str, Any], text: Text) -> str:
    return text.listed(
        text("discover.quoted", policy=policy_title(name, facts, text)) for name in policies
    )


def _by_world(frame: pd.DataFrame, facts: Mapping[str, Any], text: Text) -> Table:
    """Mean regret with its interval, a row a policy and a column a world."""
    rows = records(frame)
    scale = _scale(rows, ("regret",), text)
    found = {(row["policy"], row["world"]): row for row in rows}
    worlds, policies = (list(dict.fromkeys(frame[key])) for key in ("world", "policy"))
    body: list[list[Cell | str]] = [
        [
            policy_title(policy, facts, text),
            *(_amount(found[policy, world], "regret", scale, facts, text) for world in worlds),
        ]
        for policy in policies
    ]
    measure = _measure(rows[0], text)
    return Table(
        [text("discover.policy"), *(_world(world, facts, text) for world in worlds)],
        body,
        title=text("discover.by_world", measure=measure, unit=scale.unit),
        caption=text("discover.regret", n=rows[0]["n"]),
        notes=(text("discover.luck", n=rows[0]["n"]),),
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
                text("discover.and").join(_condition(part, facts, text) for part in records(box)),
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
        notes=_doubted(found.boxes, facts, text),
        left=2,
    )  # fmt: skip


def _doubted(boxes: pd.DataFrame, facts: Mapping[str, Any], text: Text) -> tuple[str, ...]:
    """How many of the failures that the boxes rest on are clear, a sentence a policy."""
    return tuple(
        text(
            "discover.failures_clear", policy=policy_title(row["policy"], facts, text),
            failures=row["failures"], clear=row["clear_failures"],
        )
        for row in records(boxes.drop_duplicates("policy"))
    )  # fmt: skip


def _condition(row: Mapping[str, Any], facts: Mapping[str, Any], text: Text) -> str:
    """One restriction of a box in words."""
    if row["parameter"] == "world":
        names = text.listed(_world(world, facts, text) for world in str(row["worlds"]).split(","))
        return text("discover.in_worlds", worlds=names)
    name, unit = str(row["parameter"]), said_unit(text, str(row["unit"]))
    low, high = (f"{row[key]:.3g}" for key in ("low", "high"))
    open_low, open_high = (not math.isfinite(row[key]) for key in ("low", "high"))
    key = "below" if open_low else "above" if open_high else "between"
    label = text("discover.named", name=value_name(name, text), value=name)
    return text(f"discover.{key}", parameter=label, low=low, high=high, unit=unit).rstrip()
