"""What a comparison prints: headline effects with their intervals, then the run's own levels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.metrics import HEADLINE, Metric
from experiments.statistics import reading_of
from experiments.store import Store
from experiments.tables import Cell, Table
from experiments.text import Scale, Text, design_name

if TYPE_CHECKING:
    import pandas as pd

WORDS = {
    "en": {
        "effects": "Paired effects on headline metrics, against {against}",
        "caption": "Mean of {n} pairs (one seed under both) with its 95 % interval beneath; "
        "dim where no effect is clear. Money in prices of the day.",
        "single": "One pair only (one seed under both), hence no interval, and nothing can be said "
        "of effects: run more seeds. Money in prices of the day.",
        "equal": "Where an interval has no width, as in [60, 60], all pairs differ by the same amount; "
        "fewer than six such pairs prove nothing.",
        "equal_for_money": "Where all pairs differ by the same amount and are fewer than six (the table "
        "above), effects for money prove nothing either.",
        "planned": "planned outlay\na year", "realised": "realised outlay\na year",
        "per_100m": "Effects per 100 m CNY of realised outlay, against {against}",
        "per_100m_caption": "Mean effect over mean additional outlay with its 95 % interval; "
        "empty where a scenario does not clearly spend more than {against}.",
        "levels": "The run's own levels, quarters 20–{last} of {design}, against published targets",
        "near": "NEAR: outside the band by at most a quarter of its nearer end. "
        "Grades: A primary text, B secondary or ratio, C not looked up, U placeholder.",
        "scenario": "scenario",
        "target": "target", "value": "value", "interval": "95 % interval", "band": "band",
        "grade": "grade", "verdict": "verdict", "note": "note",
    },
    "zh": {
        "effects": "各情景相对{against}的配对效应（主要指标）",
        "caption": "{n}对运行（同一随机种子）的均值，下方为95%区间；效应不明确者变灰。金额为现价。",
        "single": "仅有一对运行（同一随机种子），没有区间，无法判断效应。请增加随机种子数。金额为现价。",
        "equal": "区间没有宽度（如[60, 60]）：各对差异完全相同，不足六对时无法判断。",
        "equal_for_money": "上表中各对差异完全相同且不足六对者，其每亿元支出的效应同样无法判断。",
        "planned": "计划支出\n每年", "realised": "实际支出\n每年",
        "per_100m": "每亿元实际支出的效应（相对{against}）",
        "per_100m_caption": "平均效应与平均新增支出之比，下方为95%区间；"
        "支出未明确高于{against}的情景不予计算。",
        "levels": "{design}第20–{last}季度的自身水平与公开目标对照",
        "near": "“接近”指超出区间不到较近端点的四分之一。"
        "等级：A 原文，B 二手或比值，C 未核对，U 假设。",
        "scenario": "情景",
        "target": "目标", "value": "数值", "interval": "95%区间", "band": "目标区间",
        "grade": "等级", "verdict": "判定", "note": "说明",
    },
}  # fmt: skip
SHOWN = {metric.name: metric for metric in HEADLINE}


def effect_tables(store: Store, effects: pd.DataFrame, lang: str) -> list[Table]:
    """The headline table, one a reference: a row a scenario, a column a metric."""
    words, text, tables = WORDS[lang], Text(lang), []
    effects = effects.assign(said=_readings(effects))
    designs = store.manifest["designs"]
    for reference in dict.fromkeys(d["reference"] for d in designs if d["reference"]):
        names = [d["design"] for d in designs if d["reference"] == reference]
        columns = [
            *_outlays(effects, names, words, text),
            *(_column(effects, names, metric, text) for metric in HEADLINE),
        ]
        mine = effects[effects["design"].isin(names)]
        tables.append(
            Table(
                [words["scenario"], *(heading for heading, _ in columns)],
                _rows(names, columns),
                title=words["effects"].format(against=design_name(reference, text)),
                caption=_caption(mine["n"], words),
                notes=_equal(mine, words["equal"]),
            )
        )
        tables += _for_money(effects, names, reference, words, text)
    return tables


Column = tuple[str, list[Cell]]


def _caption(pairs: pd.Series, words: Mapping[str, str]) -> str:
    """What a number of the table rests on."""
    few, many = (int(pairs.min()), int(pairs.max())) if len(pairs) else (0, 0)
    if many == 1:
        return words["single"]
    return words["caption"].format(n=many if few == many else f"{few}–{many}")


def _readings(effects: pd.DataFrame) -> list[str]:
    """What may be said of each effect; of the same effect for money, no more."""
    return [reading_of(row) for row in effects[["mean", "low", "high", "n"]].to_dict("records")]


def _equal(effects: pd.DataFrame, words: str) -> list[str]:
    """A note, where the table shows an interval that has no width and proves nothing."""
    shown = effects[effects["headline"].astype(bool)]
    return [words] if (shown["said"] == "equal").any() else []


def _rows(names: Sequence[str], columns: Sequence[Column]) -> list[list[Cell | str]]:
    return [[name, *(cells[place] for _, cells in columns)] for place, name in enumerate(names)]


def _outlays(
    effects: pd.DataFrame, designs: Sequence[str], words: Mapping[str, str], text: Text
) -> list[Column]:
    """What each design plans to spend a year and what it spent, on one scale."""
    known = effects.drop_duplicates("design").set_index("design")
    both = ("planned_outlay", "realised_outlay")
    values = {key: [float(known[key].get(name, math.nan)) for name in designs] for key in both}
    scale = text.scale("outlay", [value for column in values.values() for value in column])
    return [
        (
            f"{words[heading]}\n{scale.unit}",
            [Cell(scale.number(value) if math.isfinite(value) else "–") for value in values[key]],
        )
        for heading, key in zip(("planned", "realised"), both, strict=True)
    ]


def _for_money(
    effects: pd.DataFrame,
    names: Sequence[str],
    reference: str,
    words: Mapping[str, str],
    text: Text,
) -> list[Table]:
    """Effects per 100 m yuan of realised outlay, for the designs that spend."""
    spending = [
        name for name in names if effects.loc[effects["design"] == name, "per_100m"].notna().any()
    ]
    if not spending:
        return []
    given = effects.drop(columns=["mean", "low", "high"]).rename(
        columns={"per_100m": "mean", "per_100m_low": "low", "per_100m_high": "high"}
    )
    against = design_name(reference, text)
    metrics = [metric for metric in HEADLINE if metric.name not in ("net_cost", "cost_per_job")]
    columns = [
        *_outlays(effects, spending, words, text),
        *(_column(given, spending, metric, text) for metric in metrics),
    ]
    return [
        Table(
            [words["scenario"], *(heading for heading, _ in columns)],
            _rows(spending, columns),
            title=words["per_100m"].format(against=against),
            caption=words["per_100m_caption"].format(against=against),
            notes=_equal(effects[effects["design"].isin(spending)], words["equal_for_money"]),
        )
    ]


def _column(
    effects: pd.DataFrame, designs: Sequence[str], metric: Metric, text: Text
) -> tuple[str, list[Cell]]:
    """A metric's heading with its unit, and its effect for each design, all on one scale."""
    rows = effects[(effects["metric"] == metric.name) & (effects["kind"] == metric.kind)]
    rows = rows[rows["design"].isin(designs)].set_index("design")
    name = "job_years" if metric.kind == "job_years" else metric.name
    scale = text.scale(name, rows["mean"].abs(), effect=True)
    label = text.get(f"metrics.{name}.label", name)
    plain = metric.kind in ("ratio", "job_years")
    kind = "" if plain else text.get(f"kinds.{metric.kind}", metric.kind)
    heading = "\n".join(part for part in (label, kind, scale.unit) if part)
    return heading, [_cell(rows, name, metric, text, scale) for name in designs]


def _cell(rows: pd.DataFrame, design: str, metric: Metric, text: Text, scale: Scale) -> Cell:
    if design not in rows.index:
        return Cell("–")
    mean, low, high = map(float, rows.loc[design, ["mean", "low", "high"]].to_numpy(float))
    if not math.isfinite(mean):
        return Cell(text("number.undefined"), "dim")
    size = scale.number(mean, signed=metric.name != "cost_per_job")
    if not math.isfinite(low):
        return Cell(size)
    ends = f"[{scale.number(low)}, {scale.number(high)}]"
    clear = rows.loc[design, "said"] in ("up", "down")
    return Cell(f"{size}\n{ends}", "" if clear else "dim")


def level_tables(levels: pd.DataFrame, quarters: int, lang: str) -> list[Table]:
    """The nine targets beside what the reference runs themselves show."""
    words, text = WORDS[lang], Text(lang)
    colours = {"PASS": "green", "NEAR": "yellow", "FAIL": "red"}
    tables = []
    for design, mine in levels.groupby("design", sort=False):
        rows: list[Sequence[Cell | str]] = [
            [
                row["id"], text.get(f"levels.{row['id']}", row["target"]),
                _share(row["value"]),
                text("number.interval", low=_share(row["low"]), high=_share(row["high"])),
                f"{row['band'][0]:g}–{row['band'][1]:g}", row["grade"],
                Cell(text.get(f"verdicts.{row['verdict']}", row["verdict"]), colours[row["verdict"]]),
                text.get(f"level_notes.{row['id']}", row["note"]),
            ]
            for _, row in mine.iterrows()
        ]  # fmt: skip
        keys = ("target", "value", "interval", "band", "grade", "verdict", "note")
        tables.append(
            Table(
                ["#", *(words[key] for key in keys)],
                rows,
                title=words["levels"].format(design=design_name(str(design), text), last=quarters),
                caption=words["near"],
                left=2,
                tail=2,
            )
        )
    return tables


def _share(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame as rows for JSON."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
