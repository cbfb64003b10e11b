"""Chart 10 from the `flows` table: who paid whom in one year, public money and firms' finance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.figures import money
from experiments.figures.frames import paired_by, t_interval
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.results import Results, once

# (payer, reason) of money that is no programme's → source and target of its band.
FINANCE = {
    ("state", "standing grants"): ("standing", "firms"),
    ("outside", "private commitments"): ("investors", "funds"),
    ("funds", "equity"): ("funds", "firms"),
    ("banks", "loans"): ("banks", "firms"),
    ("households", "founders' capital"): ("founders", "firms"),
    ("outside", "listing"): ("market", "firms"),
    ("outside", "issues"): ("market", "firms"),
    ("outside", "quotation"): ("market", "firms"),
}
# Who is paid by a programme → the node at its end.
RECIPIENTS = {
    "firms": "firms", "funds": "funds", "households": "people", "incubators": "carriers",
    "agencies": "services", "alliances": "services", "universities": "services",
    "banks": "lenders", "outside": "suppliers",
}  # fmt: skip
PRIVATE = ("investors", "founders", "banks", "market")  # payers whose money is none of the public's


@once
def money_frame(results: Results, last: int | None = None) -> pd.DataFrame:
    """Bands of the four quarters that end with `last` (the run's last if none), m yuan a year.

    One row a band: part (band, or total: what private payers give to funds and firms), source, target,
    public, n, level, level_low, level_high (95% interval of the mean level), and the paired difference
    to the reference mean, low, high; quarter is the year's last.
    """
    design = str(results.focus["design"])
    last = results.quarters - 1 if last is None else last
    flows = results.table("flows", [results.reference, design])
    flows = flows[(flows["quarter"] > last - 4) & (flows["quarter"] <= last)]
    bands = _bands(flows)
    total = bands[bands["source"].isin(PRIVATE)]
    total = total.assign(part="total", source="private", target="all", public=False)
    bands = pd.concat([bands.assign(part="band"), total], ignore_index=True)
    keys = ["part", "source", "target", "public"]
    grouped = bands.groupby(["design", "seed", *keys], sort=False)
    runs = grouped["amount"].sum().reset_index()
    found = paired_by(runs, keys, "amount", design, results.reference)
    level = runs[runs["design"] == design].pivot_table(
        index=keys, columns="seed", values="amount", fill_value=0.0, aggfunc="sum"
    )
    _, low, high = t_interval(level.to_numpy(float))
    spread = pd.DataFrame({"level_low": low, "level_high": high}, index=level.index).reset_index()
    found = found.merge(spread, on=keys, how="left").assign(design=design, quarter=last)
    return found[found["level"] > 0.0].sort_values(keys, ignore_index=True)


def _bands(flows: pd.DataFrame) -> pd.DataFrame:
    """Source, target, public and amount of each payment that the picture shows."""
    from scenarios.levers import LEVERS

    public = flows[(flows["payer"] == "government") & (flows["line"] != "")]
    sections = [LEVERS[line].section if line in LEVERS else "beyond" for line in public["line"]]
    ends = np.where(
        public["reason"] == "administration", "administration", public["payee"].map(RECIPIENTS)
    )
    keys = ["design", "seed"]
    first = public[keys].assign(source="purse", target=sections, amount=public["amount"])
    second = public[keys].assign(source=sections, target=ends, amount=public["amount"])
    pairs = [
        FINANCE.get(pair, ("", "")) for pair in zip(flows["payer"], flows["reason"], strict=True)
    ]
    other = flows[keys].assign(
        source=[s for s, _ in pairs], target=[t for _, t in pairs], amount=flows["amount"]
    )
    other = other[other["source"] != ""]
    return pd.concat(
        [
            first.assign(public=True),
            second.assign(public=True),
            other.assign(public=other["source"] == "standing"),
        ],
        ignore_index=True,
    )


def trails(results: Results, study: Study) -> Iterator[Chart]:
    """One chart: the last year's money."""
    if "flows" in results.store and results.quarters >= 4:
        yield chart(money, money_frame(results), study, "")
