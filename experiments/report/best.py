"""Which point of a sweep is best for what, and whether it is clearly ahead of its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.report.axes import Sweep
from experiments.report.outcomes import Outcome, difference, effect, measured, told, valued
from experiments.report.point_names import point_names
from experiments.report.results import Results, once
from experiments.statistics import reading_of
from experiments.text import Text

NAMED = 2  # neighbours that a cell can name


@dataclass(frozen=True)
class Best:
    """The point with the highest mean effect on an outcome, beside its closest neighbour."""

    outcome: Outcome
    design: str
    effect: dict[str, float]
    closest: str
    gap: dict[str, float]
    behind: tuple[str, ...]
    level: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """True where it has a clear effect and every neighbour is clearly behind."""
        return reading_of(self.effect) == "up" and bool(self.behind) and not self.level


@once
def best(results: Results, sweep: Sweep) -> list[Best]:
    """The best point for every outcome of which more is better, and of gains at their worth."""
    found = []
    for outcome in [*measured(results), *valued(results)]:
        if outcome.wished and (one := _best(results, sweep, outcome)):
            found.append(one)
    return found


def _best(results: Results, sweep: Sweep, outcome: Outcome) -> Best | None:
    effects = {design: effect(results, outcome, [design]) for design in sweep.order}
    known = {name: found for name, found in effects.items() if found["n"]}
    if not known:
        return None
    top = max(known, key=lambda name: known[name]["mean"])
    near = [name for name in sweep.neighbours(top) if name in known]
    if not near:
        return None
    gaps = {name: difference(results, outcome, [top], [name]) for name in near}
    behind = tuple(name for name in near if reading_of(gaps[name]) == "up")
    closest = min(gaps, key=lambda name: gaps[name]["mean"])
    level = tuple(name for name in near if name not in behind)
    return Best(outcome, top, known[top], closest, gaps[closest], behind, level)


def table(text: Text, results: Results, sweep: Sweep) -> list[dict[str, Any]]:
    """Outcomes down: the best point, the effect there, the closest neighbour, what may be said."""
    names = point_names(text, results, sweep)
    return [_row(text, results, sweep, names, one) for one in best(results, sweep)]


def _row(
    text: Text, results: Results, sweep: Sweep, names: dict[str, str], one: Best
) -> dict[str, Any]:
    here = told(text, one.outcome, one.effect)
    gap = told(text, one.outcome, one.gap)
    worth = one.outcome.worth
    row = {
        "metric": one.outcome.label(text, results),
        "kind": "" if worth else text(f"kinds.{one.outcome.kind}"),
        "here": here, "gap": gap, "ahead": one.clear,
    }  # fmt: skip
    if one.gap["mean"] == 0.0 and not one.behind:  # the best is no better than another
        return row | {"point": text("swept.no_point"), "edge": "", "closest": "",
                      "reading": text("swept.alike")}  # fmt: skip
    return row | {
        "point": names[one.design],
        "edge": text("swept.edge") if sweep.on_edge(one.design) else "",
        "closest": names[one.closest],
        "reading": _reading(text, sweep, names, one),
    }


def _reading(text: Text, sweep: Sweep, names: dict[str, str], one: Best) -> str:
    """What may be said: ahead of all neighbours, of some, or without a clear effect of its own."""
    if reading_of(one.gap) == "single":
        return text("report.single")
    own = reading_of(one.effect)
    if own == "down":
        return text("swept.best_loss" if one.outcome.worth else "swept.best_down")
    if own != "up":
        return text("swept.best_even" if one.outcome.worth else "swept.best_no_effect")
    return _lead(text, sweep, names, one)


def _lead(text: Text, sweep: Sweep, names: dict[str, str], one: Best) -> str:
    total = len(one.behind) + len(one.level)
    if not sweep.lattice:
        return text("swept.ahead_of_some", count=len(one.behind), total=total)
    if not one.level:
        return text("swept.ahead_of_one" if total == 1 else "swept.ahead", point=names[one.closest])
    if len(one.level) > NAMED:
        return text("swept.not_ahead_of_some", count=len(one.level), total=total)
    return text("swept.not_ahead", points=text("swept.or").join(names[name] for name in one.level))


def sentences(text: Text, results: Results, sweep: Sweep) -> Iterator[str]:
    """Which points are clearly ahead for what, and for what none is."""
    if results.pairs < 2:
        return
    names, ahead = point_names(text, results, sweep), dict[str, list[str]]()
    open_: list[str] = []
    found = best(results, sweep)
    for one in found:
        if not one.outcome.worth:
            where = ahead.setdefault(one.design, []) if one.clear else open_
            where.append(one.outcome.inline(text))
    others = "neighbours" if sweep.lattice else "others"
    if sweep.of_worlds and not any(axis.numeric for axis in sweep.axes):
        others = "worlds"
    for design, metrics in ahead.items():
        yield text(f"swept.best_{others}", point=names[design], metrics=text.listed(metrics))
    if open_:
        yield text(f"swept.none_{others}", metrics=text.listed(open_))
    for one in found:
        if one.outcome.worth:
            yield _worth(text, results, sweep, one.outcome)


def _worth(text: Text, results: Results, sweep: Sweep, outcome: Outcome) -> str:
    """At how many points a gain is clearly worth its cost, and at how many clearly not."""
    said: Sequence[str] = [reading_of(effect(results, outcome, [design])) for design in sweep.order]
    more, less, total = said.count("up"), said.count("down"), len(said)
    words = {"measure": outcome.measure(text, results), "more": more, "less": less,
             "rest": total - more - less, "total": total}  # fmt: skip
    alike = {"all_more": more, "all_less": less, "all_open": words["rest"]}
    key = next((name for name, count in alike.items() if count == total), "points")
    return text(f"swept.worth_{key}", **words)
