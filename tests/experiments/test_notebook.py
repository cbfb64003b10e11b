"""docs/library.ipynb: every cell runs, and what it shows is what its text says."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from agents.sources import ROOT

NOTEBOOK = json.loads((ROOT / "docs" / "library.ipynb").read_text(encoding="utf-8"))


def shown(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as Jupyter does; the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is None:
        return None
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_the_notebook_is_one_that_jupyter_opens() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    for cell in NOTEBOOK["cells"]:
        assert {"id", "cell_type", "metadata", "source"} <= cell.keys()
    assert not any(cell.get("outputs") for cell in NOTEBOOK["cells"])


def test_every_cell_of_the_notebook_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    found = [
        shown("".join(cell["source"]), names)
        for cell in NOTEBOOK["cells"]
        if cell["cell_type"] == "code"
    ]
    frames = [value for value in found if isinstance(value, pd.DataFrame)]
    assert len(frames) == 5
    assert all(len(frame) for frame in frames)
    assert frames[1]["best"].sum() == pytest.approx(1.0)
    assert frames[2]["share"].between(0.0, 0.9).all()
    assert "did you mean 'opinion_2014'" in capsys.readouterr().out
