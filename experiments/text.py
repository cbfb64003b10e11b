"""The words a person reads, in Chinese and English, and how numbers are written in them.

Words come from the files of conf/text/<language>/; money, counts and intervals are converted here and
nowhere else: 万元, 亿元, 万亿元 and 万 in Chinese, m, bn and trn CNY in English.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "zh")
FOLDER = Path(__file__).parents[1] / "conf" / "text"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one is ten times as fast
OPENING = (2014, 3)  # quarter 0 is the third quarter of 2014
MINUS = "\N{MINUS SIGN}"
PURE = "–"  # the unit of a number without one

# Columns in m yuan; the others are counts, shares or indices.
MONEY = frozenset(
    str.split(
        "wage_st revenue revenue_without_anchors value_added profit tax rnd rnd_reported "
        "rnd_without_anchors new_product_revenue vc_amount funds_raised funds_target fund_dry "
        "loans_small loans_outstanding defaults pool_balance grants misuse misuse_found outlay "
        "returned net_cost appropriated unspent assets district_tax all_tax applicant_effort "
        "cost_per_job licence_fees vc_public private_commitments public_commitments loans_new "
        "defaults_small bank_losses pool_called orders stakes_proceeds sales_value "
        "cost_of_public_funds envelopes_moved royalties orders_declined issued"
    )
)
SHARES = frozenset(
    str.split("survival occupancy equity_return grant_chance funded_young district_share")
)
INDICES = frozenset(
    str.split("nominal_index rent demand_index rent_path quality quality_of_sales output_per_m2")
)
# Stocks are measured at the end of a quarter; every other column is a flow of the quarter.
STOCKS = frozenset(
    str.split(
        "firms survivors_5y births_5y_ago firms_100m unicorns employment "
        "employment_without_anchors st_staff top_talent wage_st fund_dry loans_outstanding "
        "pool_balance occupancy rent places places_used assets nominal_index firms_100m_2014 "
        "firms_young gazelles patent_stock listed aware_firms funds fund_backed firms_below_20m "
        "borrowers_below_20m firms_below_100m borrowers_below_100m floor_space "
        "inventions_cleared unspent rent_path quality quality_of_sales demand_index "
        "equity_return grant_chance funded_young district_share quoted employment_region "
        "agency_hours technology_branches output_per_m2"
    )
)

# From which size, in m yuan or pieces, a number is multiplied by what and named how.
MONEY_STEPS = {
    "en": (
        (0.0, 1e6, "money"),
        (0.01, 1e3, "money_tiny"),
        (1.0, 1.0, "money_small"),
        (1e3, 1e-3, "money_large"),
        (1e6, 1e-6, "money_huge"),
    ),
    "zh": (
        (0.0, 1e6, "money"),
        (0.01, 1e2, "money_small"),
        (1e2, 1e-2, "money_large"),
        (1e6, 1e-6, "money_huge"),
    ),
}
COUNT_STEPS = {
    "en": ((0.0, 1.0, ""), (1e6, 1e-6, "million ")),
    "zh": ((0.0, 1.0, ""), (1e4, 1e-4, "万")),
}


@dataclass(frozen=True)
class Scale:
    """How a set of numbers that belong together is written: factor, unit and decimals."""

    factor: float
    unit: str
    decimals: int

    def number(self, value: float, *, signed: bool = False) -> str:
        """`value` (in the store's unit) as written, without its unit."""
        shown = round(value * self.factor, self.decimals)
        return plain(shown, max(self.decimals, 0), signed=signed)

    def finer(self, values: Iterable[float]) -> Scale:
        """The same unit, with decimals enough for small numbers to show two digits."""
        largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
        return replace(self, decimals=max(self.decimals, decimals(largest * self.factor, 2)))

    def beyond_zero(self, value: float) -> Scale:
        """The same unit, with decimals enough for `value`, which is not zero, not to be written so."""
        if round(value * self.factor, self.decimals):
            return self
        return replace(self, decimals=math.ceil(-math.log10(abs(value * self.factor))))


def plain(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """A number with thousands separators and a real minus sign; never "-0"."""
    text = f"{abs(value):,.{decimals}f}"
    if not any(digit in "123456789" for digit in text):
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


@cache
def catalogue(lang: str) -> dict[str, Any]:
    """The parsed text catalogue of one language. Raises KeyError for an unknown language."""
    if lang not in LANGUAGES:
        raise KeyError(f"language {lang!r} is not one of {', '.join(LANGUAGES)}")
    words: dict[str, Any] = {}
    for path in sorted((FOLDER / lang).rglob("*.yaml")):
        _merge(words, yaml.load(path.read_text("utf-8"), Loader=LOADER), str(path))
    return words


def _merge(words: dict[str, Any], more: dict[str, Any], where: str) -> None:
    """Add one file's words; raises KeyError for a text that another file has already given."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(words.get(key, {}), dict):
            _merge(words.setdefault(key, {}), value, where)
        elif key in words:
            raise KeyError(f"{where} gives {key!r} a second time")
        else:
            words[key] = value


@dataclass(frozen=True)
class Text:
    """Speaks one language: `Text("zh")("metrics.firms.label")`."""

    lang: str

    def __post_init__(self) -> None:
        """Refuse an unknown language at once rather than at the first word."""
        catalogue(self.lang)

    def __call__(self, key: str, /, **values: Any) -> str:
        """The text at a dotted key, its braces filled. Raises KeyError naming a missing key."""
        node: Any = catalogue(self.lang)
        for part in key.split("."):
            if not isinstance(node, dict) or part not in node:
                raise KeyError(f"no text {key!r} in conf/text/{self.lang}")
            node = node[part]
        if not isinstance(node, str):
            raise KeyError(f"{key!r} is a group of texts in conf/text/{self.lang}, not a text")
        return node.format(**values) if values else node

    def inline(self, metric: str) -> str:
        """A metric's label inside a sentence: no capital in English, save in names such as R&D."""
        label = self(f"metrics.{metric}.label")
        return label if label[1:2].isupper() or label[1:2] == "&" else label[:1].lower() + label[1:]

    def measured(self, metric: str, unit: str) -> str:
        """A metric's label with its unit, which is left out where the label ends in it: job-years."""
        label = self(f"metrics.{metric}.label")
        if label.lower().endswith(unit.lower()):
            return label
        return self("number.measured", metric=label, unit=unit)

    def get(self, key: str, default: str) -> str:
        """The text at a key, or `default` for names that only a user's own files know."""
        try:
            return self(key)
        except KeyError:
            return default

    def scale(
        self, metric: str, values: Iterable[float], *, effect: bool = False, digits: int = 3
    ) -> Scale:
        """One scale for numbers of `metric` that stand together; `effect` means differences.

        The largest is written with so many significant digits.
        """
        finite = [abs(value) for value in values if math.isfinite(value)]
        # As it will be written: 99.99 m is 100 m, and so a tenth of a bn.
        largest = float(f"{max(finite, default=0.0):.{digits}g}")
        factor, unit = 1.0, self.get(f"metrics.{metric}.unit", "")
        if metric in MONEY:
            factor, unit = self._money_step(largest, unit)
        elif metric in SHARES:
            factor, unit = 100.0, self("units.points" if effect else "units.percent")
        elif metric not in INDICES:
            step = [s for s in COUNT_STEPS[self.lang] if largest >= s[0]][-1]
            factor, unit = step[1], step[2] + unit
        places = decimals(largest * factor, digits)
        counted = metric not in MONEY | SHARES | INDICES and factor == 1.0
        most = 0 if largest * factor >= (10 if counted else 1000) else places
        return Scale(factor, unit, min(places, most))

    def _money_step(self, largest: float, unit: str) -> tuple[float, str]:
        steps = [s for s in MONEY_STEPS[self.lang] if largest >= s[0]]
        _, factor, name = steps[-1] if largest > 0 else MONEY_STEPS[self.lang][-3]
        money = self("units.money")
        return factor, (unit or money).replace(money, self(f"units.{name}"))

    def quantity(
        self, metric: str, value: float, *, effect: bool = False, signed: bool = False
    ) -> str:
        """A number of `metric` with its unit, or the words for a missing one."""
        if not math.isfinite(value):
            return self("number.undefined" if metric == "cost_per_job" else "number.missing")
        scale = self.scale(metric, [value], effect=effect)
        return self.joined(scale.number(value, signed=signed), scale.unit)

    def joined(self, value: str, unit: str) -> str:
        """A written number and its unit; per cent stands close to its number."""
        if unit in ("", "%"):
            return value + unit
        return self("number.with_unit", value=value, unit=unit)

    def money(self, m_yuan: float) -> str:
        """An amount given in m yuan."""
        return self.quantity("net_cost", m_yuan)

    def count(self, value: float, unit: str = "") -> str:
        """A whole number of things."""
        return self.joined(plain(round(value)), unit)

    def per_cent(self, value: float, *, signed: bool = True) -> str:
        """A percentage given in per cent, two significant digits."""
        if not math.isfinite(value):
            return self("number.missing")
        return plain(value, min(max(decimals(value, digits=2), 0), 2), signed=signed) + "%"

    def interval(self, low: float, high: float, scale: Scale, *, signed: bool = True) -> str:
        """The two ends of an interval, without unit.

        Where it leaves out zero, neither end is written as zero: a reader looks there for that.
        """
        if not (math.isfinite(low) and math.isfinite(high)):
            return self("number.missing")
        clear = low > 0.0 or high < 0.0
        scales = (scale.beyond_zero(end) if clear else scale for end in (low, high))
        ends = (s.number(end, signed=signed) for s, end in zip(scales, (low, high), strict=True))
        return self("number.interval", **dict(zip(("low", "high"), ends, strict=True)))

    def date(self, quarter: int) -> str:
        """The calendar quarter of a model quarter."""
        year, part = divmod(OPENING[0] * 4 + OPENING[1] - 1 + int(quarter), 4)
        return f"{year}年第{part + 1}季度" if self.lang == "zh" else f"{year}Q{part + 1}"

    def span(self, quarters: int) -> str:
        """A length of time: years where they are whole, else quarters."""
        years, rest = divmod(quarters, 4)
        if rest:
            return self("units.quarters", count=quarters)
        return self("units.year") if years == 1 else self("units.years", count=years)

    def listed(self, items: Iterable[str]) -> str:
        """Names in a row."""
        return ("、" if self.lang == "zh" else ", ").join(items)


def lever_text(text: Text, kind: Any, part: str) -> str:
    """A lever's title, mechanism or way to disappoint.

    A user's own lever says it itself: a string, or one a language; its docstring is its mechanism.
    """
    given = getattr(kind, part, "")
    if isinstance(given, Mapping):
        given = given.get(text.lang) or next(iter(given.values()), "")
    said = " ".join((kind.__doc__ or "").split("\n\n")[0].split()) if part == "mechanism" else ""
    spare = {"title": kind.id, "mechanism": said}.get(part, "")
    return text.get(f"levers.{kind.id}.{part}", str(given) or spare)


def design_name(design: str, text: Text) -> str:
    """A design inside a Chinese sentence, by its scenario's name; in English by what a user types."""
    scenario, space, values = design.partition(" ")
    named = text.get(f"scenarios.{scenario}", scenario) if text.lang == "zh" else scenario
    return named + space + values


def said_unit(text: Text, unit: str) -> str:
    """A unit as a user types in it, m yuan/year, 百万元/年; a pure number has none."""
    if unit == PURE:
        return ""
    if text.lang == "en":
        return unit
    # Units such as "s.d." have dots of their own, so that no dotted key can name them.
    known, parts = (catalogue(text.lang)[key] for key in ("value_units", "catalogue"))
    parts = parts["units"]
    if unit in known and unit not in parts:
        return str(known[unit])
    return "/".join(str(parts.get(part, known.get(part, part))) for part in unit.split("/"))


def decimals(value: float, digits: int = 3) -> int:
    """Decimals that show `value` with so many significant digits, at most four.

    They are below zero where even whole numbers would say more than is known.
    """
    if not math.isfinite(value) or value == 0:
        return 0
    return min(digits - 1 - math.floor(math.log10(abs(value))), 4)
