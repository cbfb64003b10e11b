"""Numbers of two small runs, written down: they change only on record (see update.py)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from update import numbers, rolls

FOLDER = Path(__file__).parent


def test_series_of_a_small_run_are_what_they_were():
    """To 1e-9, so that the same golden numbers serve every processor."""
    golden = json.loads((FOLDER / "numbers.json").read_text())
    now = numbers()
    for run, columns in golden.items():
        assert sorted(columns) == sorted(now[run]), f"{run}: other metrics than those written down"
        for metric, values in columns.items():
            assert now[run][metric] == pytest.approx(values, rel=1e-9, abs=1e-12), (run, metric)


def test_the_dice_fall_as_they_fell():
    """Integer hashes: the same bits everywhere, or every result ever published has moved."""
    golden = json.loads((FOLDER / "rolls.json").read_text())
    assert rolls() == golden
