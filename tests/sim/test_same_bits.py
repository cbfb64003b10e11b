"""Same world, same levers, same seed: the same numbers to the last bit, however they come about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from factories import (
    MICRO,
    after,
    changed,
    differing,
    district,
    fingerprint,
    lived,
    opened,
    package,
    state,
)

import sim.burnin
from sim.build import build
from sim.burnin import identity_of, opening
from sim.snapshot import Snapshot

QUARTERS = 8


def test_the_same_run_twice_gives_the_same_bytes():
    assert fingerprint(after(QUARTERS, package())) == fingerprint(after(QUARTERS, package()))


def test_another_seed_is_another_history():
    assert fingerprint(lived((), QUARTERS, 1)) != fingerprint(lived((), QUARTERS, 2))


def test_another_process_gives_the_same_bytes():
    """Another hash seed, other threads, its own imports and its own burn-in."""
    code = (
        "from factories import after, fingerprint, package;"
        f"print(fingerprint(after({QUARTERS}, package())))"
    )
    here = Path(__file__).resolve().parents[1]
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": f"{here}:{here.parent}", "PYTHONHASHSEED": "99",
             "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert ran.stdout.strip() == fingerprint(lived(package(), QUARTERS))


def test_who_is_followed_does_not_change_what_happens():
    """The audit sample and the checks of the books look on; they take no part."""
    assert not differing(state(after(4, sample=0)), state(after(4, sample=1)))
    unchecked = district()
    unchecked.checks = False
    unchecked.run(4)
    assert not differing(state(unchecked), state(after(4)))


def test_the_order_of_runs_in_one_process_does_not_matter():
    """A worker that has run the package first runs the baseline no differently."""
    first = fingerprint(after(4))
    after(4, package(), seed=99)
    assert fingerprint(after(4)) == first


# Warm and cold starts ----------------------------------------------------------------------------


def test_a_snapshot_is_written_and_read_back_to_the_last_bit(tmp_path):
    path = tmp_path / "deep" / "opening.npz"
    opened().save(path)
    read = Snapshot.read(path)
    assert read.quarter == opened().quarter == 0
    assert read.conditions == opened().conditions
    for table, columns in opened().tables.items():
        for name, values in columns.items():
            assert read.tables[table][name].tobytes() == values.tobytes()
            assert read.tables[table][name].dtype == values.dtype
    assert [p.name for p in path.parent.iterdir()] == ["opening.npz"]


def test_a_warm_start_equals_a_cold_one(tmp_path, monkeypatch):
    """First use computes and keeps the opening, the second reads it; a broken file is remade."""
    monkeypatch.setattr(sim.burnin, "cache_folder", lambda: tmp_path)
    fresh = opening.__wrapped__
    cold = fingerprint(district(package(), snapshot=fresh(MICRO, disk=True)))
    (path,) = (tmp_path / "openings").iterdir()
    assert path.stem == identity_of(MICRO)
    warm = fresh(MICRO, disk=True)
    assert fingerprint(after(4, package(), snapshot=warm)) == fingerprint(after(4, package()))
    path.write_bytes(path.read_bytes()[:1_000])
    assert fingerprint(district(package(), snapshot=fresh(MICRO, disk=True))) == cold


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(sim.burnin, "cache_folder", lambda: tmp_path / "file")
    snapshot = opening.__wrapped__(MICRO, disk=True)
    assert not differing(state(district(snapshot=snapshot)), state(district()))


def test_the_burn_in_and_the_run_are_one_story():
    """Running on from the burn-in with the run's own luck equals starting from its snapshot."""
    eco = build(MICRO)
    eco.run(MICRO.burn_in)
    assert not differing(state(eco), state(district()))


@pytest.mark.parametrize("pause", [4, 6], ids=["at a year's end", "within a year"])
@pytest.mark.parametrize("levers", [(), package()], ids=["baseline", "package"])
def test_a_run_that_is_paused_goes_on_as_if_it_had_not_been(levers, pause, tmp_path):
    """All state there is, budget lines and pools included, is in the snapshot."""
    whole = lived(levers, QUARTERS)
    first = after(pause, levers)
    Snapshot.take(first).save(tmp_path / "pause.npz")
    second = district(levers, snapshot=Snapshot.read(tmp_path / "pause.npz"))
    second.run(QUARTERS - pause)
    assert not differing(state(second), state(whole))


def test_a_district_does_not_write_into_the_snapshot_it_came_from():
    before = {name: values.copy() for name, values in opened().tables["firms"].items()}
    after(2, package())
    for name, values in opened().tables["firms"].items():
        assert np.array_equal(values, before[name]), name


def test_every_value_of_a_world_is_part_of_its_identity():
    shares = (0.2, 0.2, 0.05, 0.08, 0.1, 0.12, 0.1, 0.16)
    changes = {
        "scale": 0.03,
        "grants.audit": 0.11,
        "purse.cost_of_funds": 1.3,
        "sectors.firm_share": shares,
    }
    identities = {identity_of(changed(MICRO, {name: value})) for name, value in changes.items()}
    assert len(identities | {identity_of(MICRO)}) == 5
