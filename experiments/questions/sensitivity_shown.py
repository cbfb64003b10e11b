"""`wotu sensitivity`: screening, indices and convergence as tables, and what they mean in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.questions.asking import exit_code, name_charts
from experiments.questions.sensitivity import mattering, prepare, run_stages, sensitivity_frame
from experiments.summary import records
from experiments.tables import Cell, Table, show
from experiments.text import Scale, Text, plain, said_unit
from experiments.value_names import value_names

if TYPE_CHECKING:
    import pandas as pd

UNSETTLED = 0.1  # half an interval, in shares of variance, above which an index is not settled
LUCKY = 0.5  # of an index, above which luck of seeds is told
MAIN = {"morris": "mu_star", "sobol": "total", "pawn": "median"}


def answer(words: Sequence[str], form: str) -> int:
    """Run both stages, or continue, and print what the effect hangs on."""
    asked = prepare(words)
    studies = run_stages(asked)
    frame = sensitivity_frame(asked.folder, asked.settings)
    text = Text(str(asked.whole.plan.settings["lang"]))
    design = asked.whole.design
    title = design.title[text.lang] or design.id
    data = {
        "folder": str(asked.folder),
        "matters": mattering(frame, asked.settings["keep"]),
        "sensitivity": records(frame),
    }
    show(sensitivity_shown(frame, title, text), data, form)
    name_charts(asked.folder)
    return exit_code(*studies)


def sensitivity_shown(frame: pd.DataFrame, scenario: str, text: Text) -> list[Table]:
    """Per stage and metric a table of indices, and one of their convergence."""
    return [
        table
        for _, rows in frame.groupby(["stage", "metric", "kind"], sort=False)
        for table in (_indices(records(rows), scenario, text), _convergence(records(rows), text))
    ]


def _measure(row: Mapping[str, Any], text: Text) -> str:
    name = "job_years" if row["kind"] == "job_years" else str(row["metric"])
    plain_kind = row["kind"] in ("ratio", "job_years")
    kind = "" if plain_kind else text.get(f"kinds.{row['kind']}", "")
    return text.listed(part for part in (text.get(f"metrics.{name}.label", name), kind) if part)


def _scale(rows: Sequence[Mapping[str, Any]], text: Text) -> Scale:
    first = rows[0]
    if first["method"] != "morris":
        return Scale(1.0, "", 2)
    name = "job_years" if first["kind"] == "job_years" else str(first["metric"])
    values = [float(row["value"]) for row in rows if row["final"]]
    return text.scale(name, values, effect=True).finer(values)


def _indices(rows: Sequence[dict[str, Any]], scenario: str, text: Text) -> Table:
    """A row a parameter, the strongest first; a column an index with its interval beneath."""
    scale, first = _scale(rows, text), rows[0]
    method = str(first["method"])
    final = [row for row in rows if row["final"]]
    names = list(dict.fromkeys(str(row["index"]) for row in final))
    found = {(row["parameter"], row["index"]): row for row in final}
    order = _ordered(final, MAIN[method])
    called = value_names(order, text)
    unit = f" [{scale.unit}]" if scale.unit else ""
    headings = [
        text("sensitivity.parameter"), text("sensitivity.range"),
        *(text(f"sensitivity.{name}") + (unit if name != "sigma" else "") for name in names),
        text("sensitivity.luck"),
    ]  # fmt: skip
    body: list[list[Cell | str]] = []
    for parameter in order:
        main = found[parameter, MAIN[method]]
        luck = float(main["luck"])
        cells = [_cell(found[parameter, name], scale, text) for name in names]
        told = f"±{scale.number(luck)}" if math.isfinite(luck) else "–"
        body.append([f"{called[parameter]}\n{parameter}", _range(main, text), *cells, told])
    key = "sensitivity.title_morris" if method == "morris" else "sensitivity.title_indices"
    return Table(
        headings,
        body,
        title=text(key, scenario=scenario, measure=_measure(first, text), method=_method(method)),
        caption=text(f"sensitivity.caption_{method}", n=first["n"], samples=final[0]["samples"]),
        left=2,
        notes=tuple(_words(found, order, method, scale, text)),
    )


def _method(method: str) -> str:
    return {"morris": "Morris", "sobol": "Sobol", "pawn": "PAWN"}[method]


def _ordered(rows: Sequence[Mapping[str, Any]], index: str) -> list[str]:
    mine = [row for row in rows if row["index"] == index]
    return [str(row["parameter"]) for row in sorted(mine, key=lambda row: -float(row["value"]))]


def _range(row: Mapping[str, Any], text: Text) -> str:
    unit = said_unit(text, str(row["range_unit"]))
    return f"{row['range_low']:g} – {row['range_high']:g} {unit}".rstrip()


def _cell(row: Mapping[str, Any], scale: Scale, text: Text) -> Cell:
    signed = row["index"] == "mu"
    size = scale.number(row["value"], signed=signed)
    if not math.isfinite(row["low"]):
        return Cell(size)
    ends = text.interval(row["low"], row["high"], scale, signed=signed)
    return Cell(f"{size}\n[{ends}]", "" if row["low"] > 0 or row["high"] < 0 else "dim")


def _words(
    found: Mapping[tuple[str, str], Mapping[str, Any]],
    order: Sequence[str],
    method: str,
    scale: Scale,
    text: Text,
) -> Iterator[str]:
    """What the table says: what matters most, what acts together, and whether it is settled."""
    called = value_names(order, text)
    top, first = found[order[0], MAIN[method]], called[order[0]]
    if not top["value"] > 0:
        yield text("sensitivity.nothing")
        return
    inert = [name for name in order if found[name, MAIN[method]]["value"] == 0.0]
    if inert and method == "morris":
        yield text("sensitivity.inert", parameters=text.listed(called[name] for name in inert))
    if top["luck"] > LUCKY * top["value"]:
        yield text("sensitivity.lucky", parameter=first)
    if method == "morris":
        mu = found[order[0], "mu"]
        size = text.joined(scale.number(mu["value"], signed=True), scale.unit)
        yield text("sensitivity.most_morris", parameter=first, size=size)
        return
    share = plain(100 * top["value"])
    yield text(f"sensitivity.most_{method}", parameter=first, share=share)
    if method == "sobol":
        yield from _shares(found, order, text)
    half = max((row["high"] - row["low"]) / 2 for row in found.values())
    if half > UNSETTLED:
        yield text("sensitivity.unsettled", half=plain(half, 2))


def outside(values: Iterable[float]) -> list[float]:
    """Sobol indices that are no share, below 0 or above 1 by more than a hundredth: chance."""
    return [value for value in values if not -0.01 <= value <= 1.01]


def _shares(
    found: Mapping[tuple[str, str], Mapping[str, Any]], order: Sequence[str], text: Text
) -> Iterator[str]:
    """What acts together, as far as it can be told from what sums to less than the whole."""
    alone = sum(float(found[name, "first"]["value"]) for name in order)
    key = "together" if 0.0 <= alone <= 1.0 else "oversum" if alone > 1.0 else "undersum"
    sum_, rest = (plain(100 * share) for share in (alone, 1.0 - alone))
    yield text(f"sensitivity.{key}", sum=sum_, share=rest)
    if odd := outside(float(row["value"]) for row in found.values()):
        yield text(
            "sensitivity.outside", count=len(odd), values=text.listed(plain(v, 2) for v in odd)
        )


def _convergence(rows: Sequence[dict[str, Any]], text: Text) -> Table:
    """The main index at growing numbers of samples, with half its interval."""
    scale, first = _scale(rows, text), rows[0]
    method = str(first["method"])
    mine = [row for row in rows if row["index"] == MAIN[method]]
    counts = list(dict.fromkeys(int(row["samples"]) for row in mine))
    cells = {
        (row["parameter"], int(row["samples"])): (
            f"{scale.number(row['value'])} ± {scale.number((row['high'] - row['low']) / 2)}"
        )
        for row in mine
    }
    order = _ordered([row for row in mine if row["final"]], MAIN[method])
    called = value_names(order, text)
    head = "trajectories" if method == "morris" else "samples"
    return Table(
        [
            text("sensitivity.parameter"),
            *(text(f"sensitivity.{head}", count=count) for count in counts),
        ],
        [[called[key], *(cells.get((key, count), "–") for count in counts)] for key in order],
        title=text(
            "sensitivity.convergence", index=text(f"sensitivity.{MAIN[method]}"),
            measure=_measure(first, text),
        ),
    )  # fmt: skip
