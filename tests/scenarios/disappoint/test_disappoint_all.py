"""Every lever can disappoint, and a test shows how."""

from __future__ import annotations

from pathlib import Path

from scenarios.levers import LEVERS


def test_every_lever_has_a_way_to_disappoint_in_this_folder():
    """A new lever comes with its test here, named after it."""
    written = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in LEVERS if f"def test_{name}_" not in written] == []
