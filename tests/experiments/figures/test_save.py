"""Files of a chart: complete, and the same bytes each time."""

import io
from pathlib import Path

import matplotlib
import pandas as pd

from experiments.figures.forest import alt, forest
from experiments.figures.save import rendered, save
from experiments.figures.study import Study
from experiments.figures.style import styled
from experiments.text import Text

STUDY = Study(Text("zh"), seeds="0至19", identity="0123abcd")


def write(effects: pd.DataFrame, folder: Path) -> dict[str, bytes]:
    figure = forest(effects, "rnd", STUDY)
    paths = save(figure, effects, alt(effects, "rnd", STUDY), folder, "rnd")
    return {path.name: path.read_bytes() for path in paths}


def test_the_same_chart_gives_the_same_bytes(effects: pd.DataFrame, tmp_path: Path) -> None:
    first = write(effects, tmp_path / "a")
    assert first == write(effects, tmp_path / "b")
    assert set(first) == {f"rnd.{ending}" for ending in ("png", "svg", "pdf", "csv", "txt")}


def test_svg_has_the_bytes_of_matplotlib_itself(effects: pd.DataFrame) -> None:
    figure, theirs = forest(effects, "rnd", STUDY), io.BytesIO()
    for words, kind in ((True, "none"), (False, "path")):
        theirs.seek(0)
        theirs.truncate()
        with styled(), matplotlib.rc_context({"svg.fonttype": kind}):
            figure.savefig(theirs, format="svg", metadata={"Date": None, "Creator": None})
        assert rendered(figure, "svg", words=words) == theirs.getvalue()


def test_the_csv_holds_the_frame_drawn(effects: pd.DataFrame, tmp_path: Path) -> None:
    write(effects, tmp_path)
    assert (tmp_path / "rnd.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "rnd.csv", encoding="utf-8-sig"), effects)


def test_a_slide_has_the_size_of_a_slide(effects: pd.DataFrame) -> None:
    png = rendered(forest(effects, "rnd", STUDY), "png")
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert (width, height) == (1919, 1080)


def test_drawing_leaves_the_settings_of_others_alone(effects: pd.DataFrame) -> None:
    def settings() -> dict[str, object]:
        return {
            key: matplotlib.rcParams[key] for key in matplotlib.rcParams if "backend" not in key
        }

    before = settings()
    rendered(forest(effects, "rnd", STUDY), "svg")
    assert settings() == before
