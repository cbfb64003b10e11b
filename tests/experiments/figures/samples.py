"""Frames of the charts that other verbs will feed: small, made up, and shaped as documented."""

from math import nan

import pandas as pd


def contributions() -> pd.DataFrame:
    """Four sections, what they leave over, and the whole, in job-years; two are not clear."""
    rows = [
        ("environment", "part", 9_000.0, 2_500.0),
        ("vitality", "part", 21_000.0, 4_000.0),
        ("capability", "part", -3_000.0, 5_000.0),
        ("industries", "part", -12_000.0, 6_000.0),
        ("rest", "rest", 1_500.0, 4_500.0),
        ("opinion_2014", "total", 16_500.0, 7_000.0),
    ]
    return pd.DataFrame(
        [
            {"part": p, "kind": k, "n": 20, "mean": m, "low": m - h, "high": m + h}
            for p, k, m, h in rows
        ]
    )


def mixes() -> pd.DataFrame:
    """Thirty mixes of measures; three of the front are named."""
    rows = []
    for step in range(30):
        cost = 200.0 + 60.0 * step
        gain = 40.0 * (cost / 100.0) ** 0.5 * (0.55 + 0.45 * ((step * 7) % 5 == 0))
        rows.append(
            {
                "design": f"mix {step}", "named": "", "n": 32, "cost": cost, "gain": gain,
                "cost_low": cost - 15, "cost_high": cost + 15,
                "gain_low": gain - 12, "gain_high": gain + 12,
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    frame.loc[[0, 10, 25], "named"] = ["Cheapest", "Best for the money", "Largest gain"]
    return frame


def ranges() -> pd.DataFrame:
    """Six uncertain numbers with the effect at both ends of their ranges, and Sobol's total index."""
    rows = [
        ("levers.rnd_subsidy.rate", 900.0, 3_100.0, 0.41),
        ("world.innovation.success", 1_500.0, 2_600.0, 0.22),
        ("world.labour.elasticity", 2_500.0, 1_700.0, 0.11),
        ("world.demand.growth", -300.0, 2_300.0, 0.35),
        ("levers.rnd_subsidy.envelope", 1_900.0, 2_200.0, 0.04),
        ("world.rent.path", 2_050.0, 1_950.0, 0.01),
    ]
    return pd.DataFrame(
        [
            {
                "parameter": p, "low_value": "", "high_value": "", "low_effect": a, "high_effect": b,
                "low": b - 400.0, "high": b + 400.0, "base": 2_000.0, "n": 16,
                "strength": abs(b - a), "luck": 90.0, "total": t, "total_low": 0.8 * t,
                "total_high": 1.2 * t,
            }
            for p, a, b, t in rows
        ]
    )  # fmt: skip


def cells() -> pd.DataFrame:
    """Three levers, of which one pair clearly does less together than the sum, and one was not tried."""
    rows = [
        ("rnd_subsidy", "rnd_subsidy", 2_500.0, 500.0),
        ("first_purchase", "first_purchase", 700.0, 300.0),
        ("guidance_fund", "guidance_fund", 100.0, 400.0),
        ("rnd_subsidy", "first_purchase", -900.0, 400.0),
        ("rnd_subsidy", "guidance_fund", 50.0, 300.0),
    ]
    return pd.DataFrame(
        [
            {"row": r, "column": c, "n": 20, "mean": m, "low": m - h, "high": m + h}
            for r, c, m, h in rows
        ]
    )


def points() -> pd.DataFrame:
    """Twelve points over two ranges: the effect rises with the share, and the cap says nothing."""
    shares = [0.1 + 0.04 * place for place in range(12)]
    return pd.DataFrame(
        {
            "title": "Support for growing R&D", "design": f"only/rnd_subsidy #{place:02d}", "n": 8,
            "parameter": f"levers.rnd_subsidy.{name}", "value": value, "unit": unit,
            "mean": 9_000 * share - 1_500, "low": 9_000 * share - 2_600, "high": 9_000 * share - 400,
        }
        for place, share in enumerate(shares)
        for name, value, unit in (
            ("share", share, "share"), ("cap", float(place * 7 % 12), "m yuan/year"),
        )
    )  # fmt: skip


def regrets() -> pd.DataFrame:
    """Three policies in three worlds; the second holds up, the third fails in one."""
    lost = {"nothing": (300.0, 500.0, 900.0), "pull": (0.0, 20.0, 0.0), "push": (80.0, 0.0, 410.0)}
    return pd.DataFrame(
        {
            "policy": policy, "title": f"Policy that is called {policy}", "world": world, "n": 20,
            "conditions": 1, "regret": value, "regret_low": 0.6 * value - 90.0,
            "regret_high": 1.4 * value + 90.0, "best": float(value == 0.0),
            "clear_best": float(value == 0.0 and world == "small"),
            "fails": float(policy == "push" and world == "hot_market"),
            "clear_fail": float(policy == "push" and world == "hot_market"),
            "largest": max(values), "largest_low": 0.7 * max(values),
            "largest_high": 1.3 * max(values), "holds_up": policy == "pull", "near": False,
            "least": 0.0,
        }
        for policy, values in lost.items()
        for world, value in zip(("small", "credit_squeeze", "hot_market"), values, strict=True)
    )  # fmt: skip


def failing() -> pd.DataFrame:
    """Two boxes: one of two ranges, one of worlds and a range that is closed on both sides."""
    first = {"policy": "push", "title": "Push", "box": 0, "density": 0.9, "coverage": 0.4}
    second = {"policy": "pull", "title": "Pull", "box": 0, "density": 0.8, "coverage": 0.7}
    named = [
        (first, "world.demand.growth_shock", nan, -0.2, ""),
        (first, "world.universities.search_relief", 0.3, nan, ""),
        (second, "world", nan, nan, "credit_squeeze,funding_winter"),
        (second, "world.equity.climate", 0.6, 0.8, ""),
    ]
    return pd.DataFrame(
        {
            **box, "parameter": key, "low": low, "high": high, "worlds": worlds, "range_low": -0.5,
            "range_high": 1.5, "unit": "1/year", "conditions": 64, "n": 8, "least": 300.0,
            "failures": 22, "clear_failures": 3,
        }
        for box, key, low, high, worlds in named
    )  # fmt: skip


def few_values() -> pd.DataFrame:
    """Three points of a list of values, whose ends clearly differ."""
    return pd.DataFrame(
        {
            "title": "Guidance fund", "design": f"only/guidance_fund envelope={value:g}", "n": 10,
            "parameter": "levers.guidance_fund.envelope", "value": value, "unit": "m yuan/year",
            "mean": mean, "low": mean - 80.0, "high": mean + 80.0, "gap": 212.0, "gap_low": 48.0,
            "gap_high": 377.0, "first": "100 m CNY a year", "last": "400 m CNY a year",
        }
        for value, mean in ((100.0, 5.0), (200.0, 74.0), (400.0, 217.0))
    )  # fmt: skip
