"""Runs of a made-up district: employment grows, and the policy adds two thousand jobs."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from experiments.figures.style import LEGIBLE, SLIDE, SMALLEST, contrast

QUARTERS, SEEDS = 12, 6


@pytest.fixture(scope="session")
def runs() -> pd.DataFrame:
    parts = []
    for seed in range(SEEDS):
        luck = 1_000.0 * np.cos(np.arange(QUARTERS) * (seed + 1))
        level = 800_000.0 + 5_000.0 * np.arange(QUARTERS) + luck
        for design, gain in (("baseline", 0.0), ("opinion_2014", 2_000.0 + 100.0 * seed)):
            part = pd.DataFrame({"quarter": np.arange(QUARTERS), "employment": level + gain})
            parts.append(part.assign(design=design, seed=seed))
    return pd.concat(parts, ignore_index=True)


@pytest.fixture
def effects() -> pd.DataFrame:
    """Effects on R&D of the package and of levers with long and short names."""
    rows = [
        ("opinion_2014", 5_200.0, 1_500.0),
        ("only/guidance_fund", 1_400.0, 800.0),
        ("only/first_purchase", -900.0, 500.0),
        ("only/transfer_offices", -60.0, 90.0),
        ("only/policy_outreach", 30.0, 60.0),
    ]
    columns = {"kind": "cumulative", "n": 20}
    return pd.DataFrame(
        [
            {"design": d, "mean": m, "low": m - half, "high": m + half, **columns}
            for d, m, half in rows
        ]
    )


def written(figure: Figure) -> list[Text]:
    """Every text that is drawn."""
    figure.draw(FigureCanvasAgg(figure).get_renderer())
    drawn = list(figure.texts)
    for axes in figure.axes:
        drawn += axes.texts
        for axis, bounds in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            places = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True)
            drawn += [words for place, words in places if min(bounds) <= place <= max(bounds)]
    return [item for item in drawn if item.get_text()]


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with the box it fills [pixels]."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [(item.get_text(), item.get_window_extent(renderer)) for item in written(figure)]


def check(figure: Figure) -> None:
    found, sheet = boxes(figure), figure.bbox
    for item in written(figure):
        on_slide = figure.get_figwidth() == SLIDE.width
        assert item.get_fontsize() >= SMALLEST or not on_slide, item.get_text()
        # White stands on dark cells.
        ink = to_hex(item.get_color())
        assert ink == "#ffffff" or contrast(ink) >= LEGIBLE, item.get_text()
    clipped = [t for t, b in found if b.x0 < 0 or b.y0 < 0 or b.x1 > sheet.x1 or b.y1 > sheet.y1]
    assert clipped == []
    meeting = [
        (one, other)
        for place, (one, a) in enumerate(found)
        for other, b in found[place + 1 :]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert meeting == []


@pytest.fixture
def check_text() -> Callable[[Figure], None]:
    """Fails where a text is clipped, pale, or small on a slide, or where two texts meet."""
    return check
