"""Files of a chart: complete, and the same bytes each time."""

from pathlib import Path

import matplotlib
import pandas as pd

from experiments.figures.forest import alt, forest
from experiments.figures.save import rendered, save
from experiments.figures.study import Study
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
