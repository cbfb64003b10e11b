"""A small finished study, made up: employment rises clearly, patents do not, rents get worse."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.runs import encode_rows
from experiments.store import SCHEMA, Store
from sim.dice import Dice

LEVELS = {
    "firms": 9_500, "births": 350, "survivors_5y": 180, "births_5y_ago": 320,
    "employment": 800_000, "revenue": 350_000, "rnd": 15_000, "patents": 4_300,
    "vc_amount": 5_000, "loans_small": 2_500, "net_cost": 0, "rent": 130, "wage_st": 0.2,
}  # fmt: skip
# What a lever moves each quarter: the mean of the difference, and its spread between seeds.
MOVES = {
    "employment": (2_000, 500), "rnd": (90, 60), "patents": (1, 20), "rent": (1.5, 0.4),
    "net_cost": (250, 10), "vc_amount": (120, 30), "births": (4, 3), "loans_small": (-9, 4),
    "revenue": (300, 400), "wage_st": (0.001, 0.0004),
}  # fmt: skip


def series_of(design: str, strength: float, seed: int, quarters: int) -> pd.DataFrame:
    """One run: the luck follows the seed alone, so that two designs make a pair."""
    dice = Dice(seed)
    quarter = np.arange(quarters)
    columns: dict[str, Any] = {
        "run_id": f"{design}-{seed:03d}",
        "design": design,
        "seed": seed,
        "quarter": quarter,
    }
    for name, level in LEVELS.items():
        luck = dice.roll(name, quarter) - 0.5
        mean, spread = MOVES.get(name, (0.0, 0.0))
        move = strength * (mean + 3 * spread * (dice.roll(f"move of {name}", quarter[:1]) - 0.5))
        columns[name] = level * (1 + 0.01 * quarter + 0.02 * np.cumsum(luck)) + move
    return pd.DataFrame(columns)


def group_of(design: str, strength: float, seed: int) -> pd.DataFrame:
    """Large firms gain 3,000 staff for sure; what micro firms gain depends on the seed alone."""
    luck = 400.0 * (-1) ** seed
    rows = [("large", 10_000.0 + 3_000.0 * strength), ("micro", 5_000.0 + luck * strength)]
    return pd.DataFrame(
        [
            {
                "run_id": f"{design}-{seed:03d}", "design": design, "seed": seed, "quarter": 3,
                "dimension": "size", "group": group, "firms": 10.0, "staff": staff,
                "revenue": staff / 10, "rnd": 1.0, "profit": 1.0,
            }
            for group, staff in rows
        ]
    )  # fmt: skip


def described(design: str, levers: Sequence[str], reference: str) -> dict[str, Any]:
    """A design as the manifest describes it."""
    values = {name: {"start": 0, "end": 400, "envelope": 120.0} for name in levers}
    return {
        "design": design, "scenario": design, "title": {"en": "", "zh": ""},
        "world": "haidian_2014", "levers": values, "extra_budget": 0.0, "budget_source": "",
        "planned_outlay": 120.0 * len(values), "identity": f"id-{design}", "overrides": [],
        "reference": reference, "data": design, "config": "config/world.yaml",
    }  # fmt: skip


def make_study(
    folder: Path, strengths: Mapping[str, float], *, seeds: int, quarters: int = 24
) -> Path:
    """Write a study's folder: `strengths` maps a design to how much of MOVES it does."""
    designs = []
    for name in strengths:
        levers = [name.removeprefix("only/")] if name.startswith("only/") else []
        levers = ["guidance_fund", "rnd_subsidy"] if name == "opinion_2014" else levers
        designs.append(described(name, levers, "" if name == "baseline" else "baseline"))
    runs = [
        {"run_id": f"{name}-{seed:03d}", "design": name, "seed": seed, "status": "ok", "error": ""}
        for name in strengths
        for seed in range(seeds)
    ]
    manifest = {
        "schema": SCHEMA, "verb": "compare", "command": "wotu compare scenario=opinion_2014",
        "overrides": [], "design_hash": "0123456789abcdef", "code_hash": "fedcba9876543210",
        "seeds": seeds, "quarters": quarters, "sample": 64, "against": "baseline",
        "designs": designs, "git": {"revision": "1234567890abcdef", "dirty": True},
        "chunks": {"0000": [[run["run_id"], run["design"], run["seed"]] for run in runs]},
        "lock_hash": "", "python": "3.13.0", "machine": "any", "packages": {"numpy": "2.5.5"},
    }  # fmt: skip
    store = Store(folder)
    store.create(manifest, {"world.yaml": "world: {name: haidian_2014, scale: 0.5}\n"})
    frames = [
        series_of(n, s, seed, quarters) for n, s in strengths.items() for seed in range(seeds)
    ]
    (folder / "groups").mkdir()
    groups = [group_of(n, s, seed) for n, s in strengths.items() for seed in range(seeds)]
    pd.concat(groups).to_parquet(store.part("groups", "0000"), index=False)
    (folder / "series").mkdir()
    (folder / "runs").mkdir()
    pd.concat(frames).to_parquet(store.part("series", "0000"), index=False)
    store.part("runs", "0000").write_bytes(encode_rows(runs))
    return folder


@pytest.fixture
def study_maker() -> Callable[..., Path]:
    """`study_maker(folder, {"baseline": 0.0, "only/guidance_fund": 1.0}, seeds=4)`."""
    return make_study


@pytest.fixture(scope="session")
def study_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenarios and a baseline, eight pairs each."""
    strengths = {"baseline": 0.0, "opinion_2014": 1.0, "only/guidance_fund": 0.3}
    return make_study(tmp_path_factory.mktemp("study") / "compare", strengths, seeds=8)


Given = Mapping[str, float | str]


def make_sweep(
    folder: Path, points: Mapping[str, tuple[float, Given]], *, seeds: int = 8, quarters: int = 24
) -> Path:
    """A study of one scenario, only/guidance_fund, at several points: strength, and what was given."""
    make_study(
        folder,
        {"baseline": 0.0, **{name: strength for name, (strength, _) in points.items()}},
        seeds=seeds, quarters=quarters,
    )  # fmt: skip
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    for design in manifest["designs"]:
        if design["design"] in points:
            given = points[design["design"]][1]
            lever = {"start": 0, "end": 400, "envelope": 120.0, "share": 0.3}
            lever |= {key.rsplit(".", 1)[-1]: value for key, value in given.items()
                      if key.startswith("levers.")}  # fmt: skip
            design |= {
                "scenario": "only/guidance_fund", "levers": {"guidance_fund": lever},
                "overrides": [f"{key}={value}" for key, value in given.items()],
                "world": given.get("world", design["world"]),
            }  # fmt: skip
    path.write_text(json.dumps(manifest), "utf-8")
    return folder


@pytest.fixture
def sweep_maker() -> Callable[..., Path]:
    """`sweep_maker(folder, {"a": (0.5, {"levers.guidance_fund.envelope": 100.0})})`."""
    return make_sweep
