"""What each lever moved: the stored terms of the focus, a row a lever and term, in numbers and words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.report.assumptions import written
from experiments.report.results import Results, once
from experiments.statistics import paired
from experiments.text import Text, plain
from sim.quarter import PHASES
from sim.terms import Combine, Term

# Amounts of the whole district, which a world at a smaller scale keeps at its own scale.
DISTRICT_WIDE = frozenset(
    {
        ("investing", "offers"), ("selling", "orders"), ("hiring", "quota"),
        ("hosting", "new_space"), ("hosting", "amenities"), ("transferring", "brokered_hours"),
        ("transferring", "listed_hours"),
    }
)  # fmt: skip
TERMS: dict[tuple[str, str], Term] = {
    (phase.name, name): term for phase in PHASES for name, term in phase.terms.declared.items()
}
ORDER = list(TERMS)
LEAST = 0.01  # per cent: the smallest share that two decimals can write
COLUMNS = ("lever", "phase", "term", "form", "n", "quarters", "mean", "low", "high", "touched")
Row = Mapping[str, Any]


@once
def moved(results: Results) -> pd.DataFrame:
    """What the levers of the focus contributed to terms, at the scale of the district.

    A row a lever and term, in the order of the quarter: form (there: a rule or an offer without a
    number; open: flags of who may have an offer; eligible: flags of firms; factor; share; amount),
    n (runs), quarters (mean number in which it was there), mean over those quarters and all rows
    with its 95% interval over runs (low, high; in the term's unit), touched (firms a quarter that
    were not zero, NaN for terms over others). Empty for a folder without terms.
    """
    if "terms" not in results.store:
        return pd.DataFrame(columns=list(COLUMNS))
    design = str(results.focus["data"]).replace("'", "''")
    runs = results.store.query(  # in one order: the last digits of a sum depend on it
        "SELECT seed, lever, phase, term, avg(mean ORDER BY mean) AS mean, "
        "avg(touched ORDER BY touched) AS touched, "
        f"count(DISTINCT quarter) AS quarters FROM terms WHERE design = '{design}' "
        "GROUP BY seed, lever, phase, term ORDER BY seed, lever, phase, term"
    )
    scale, rows = float(results.world().get("scale", 1.0)), []
    for key, found in runs.groupby(["phase", "term", "lever"], sort=False):
        phase, name, lever = map(str, key)
        if (phase, name) in TERMS:
            rows.append({"lever": lever, **_row(phase, name, found, scale)})
    rows.sort(key=lambda row: (ORDER.index((row["phase"], row["term"])), row["lever"]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(phase: str, name: str, runs: pd.DataFrame, scale: float) -> dict[str, Any]:
    term = TERMS[phase, name]
    shape = _form(term, float(runs["mean"].mean()), float(runs["touched"].mean()))
    divisor = scale if (phase, name) in DISTRICT_WIDE else 1.0
    found = paired(runs["mean"].to_numpy(float) / divisor)
    by_firm = shape in ("eligible", "open") or (term.over == "firms" and shape != "factor")
    return {
        "phase": phase, "term": name, "form": shape, "n": len(runs),
        "quarters": float(runs["quarters"].mean()),
        "mean": found.mean, "low": found.low, "high": found.high,
        "touched": float(runs["touched"].mean()) / scale if by_firm else math.nan,
    }  # fmt: skip


def _form(term: Term, mean: float, touched: float) -> str:
    """How the stored mean of a term is to be read.

    Offers and rules are stored as 1 where they carry no number, and as flags of firms where they
    say who may have them.
    """
    if term.combine is Combine.MULTIPLY:
        return "factor"
    if term.unit == "flag":
        return "eligible"
    if term.combine is Combine.COLLECT and touched > 1.0:
        return "open"
    if term.combine is Combine.ANY or (term.combine is Combine.COLLECT and mean == 1.0):
        return "there"
    return "share" if term.unit.partition(" ")[0] in ("share", "1/quarter") else "amount"


@once
def outlays(results: Results) -> dict[str, float]:
    """Lever of the focus → what it paid out over the run, mean of the runs [m yuan], most first.

    Where the folder holds no flows, the yearly envelope stands for it.
    """
    levers = results.focus["levers"]
    found = {name: float(values["envelope"]) for name, values in levers.items()}
    if "flows" in results.store:
        design = str(results.focus["data"]).replace("'", "''")
        paid = results.store.query(
            "SELECT line, fsum(amount ORDER BY amount) / (SELECT count(*) FROM runs "
            f"WHERE status = 'ok' AND design = '{design}') AS amount FROM flows "
            f"WHERE design = '{design}' AND payer = 'government' AND line <> '' GROUP BY line"
        )
        amounts = dict(zip(paid["line"], map(float, paid["amount"]), strict=True))
        found = {name: amounts.get(name, 0.0) for name in levers}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def sentence(text: Text, row: Row, quarters: int) -> str:
    """One term that a lever moved, as part of a sentence."""
    label = term_label(text, row)
    when = ""
    if round(row["quarters"]) < quarters:
        words = text("why.quarters", there=round(row["quarters"]), total=quarters)
        when = text("report.in_brackets", words=words)
    if row["form"] == "there":
        return text("why.there", label=label) + when
    if row["form"] in ("eligible", "open"):
        share, count = _share(text, row["mean"]), _firms(text, row)
        return text(f"why.{row['form']}", label=label, count=count, share=share) + when
    key = "factor" if row["form"] == "factor" else "mean"
    over = ""
    if math.isfinite(row["touched"]):
        over = text("why.over_firms", count=_firms(text, row))
    elif TERMS[row["phase"], row["term"]].over != "district":
        over = text(f"why.over_{TERMS[row['phase'], row['term']].over}")
    return text(f"why.{key}", label=label, value=value(text, row, row["mean"]), over=over) + when


def numbers(text: Text, row: Row) -> Iterator[tuple[str, str]]:
    """The cells of a term in a table: name → words."""
    yield "label", term_label(text, row)
    there = row["form"] == "there"
    yield "mean", text("why.in_force") if there else value(text, row, row["mean"])
    known = math.isfinite(row["low"]) and not there
    ends = {side: value(text, row, row[side]) for side in ("low", "high")} if known else {}
    yield "interval", text("number.interval", **ends) if known else ""
    yield "touched", _firms(text, row) if math.isfinite(row["touched"]) else ""
    yield "quarters", str(round(row["quarters"]))


def term_label(text: Text, row: Row) -> str:
    """What a term is called."""
    key = (row["phase"], row["term"])
    return text.get(f"terms.{key[0]}.{key[1]}", TERMS[key].meaning)


def value(text: Text, row: Row, number: float) -> str:
    """A term's number with its unit; shares in per cent."""
    if row["form"] == "factor":
        return plain(number, 2)
    if row["form"] in ("share", "eligible", "open"):
        return _share(text, number)
    unit = TERMS[row["phase"], row["term"]].unit
    if unit.startswith("m yuan"):
        money = text.money(number)
        return text("why.a_quarter", value=money) if unit.endswith("/quarter") else money
    digits = 0 if number >= 100 else 2
    shown, name = written(text, round(number, digits), unit)
    return text.joined(shown, name)


def _share(text: Text, number: float) -> str:
    """A share in per cent; what would be written as nought without being it is below the least."""
    if 0.0 < 100 * number < LEAST / 2:
        return text("why.below", value=text.per_cent(LEAST, signed=False))
    return text.per_cent(100 * number, signed=False)


def _firms(text: Text, row: Row) -> str:
    """A number of firms, without more digits than a sample of them can give."""
    return plain(round(row["touched"]), 0)
