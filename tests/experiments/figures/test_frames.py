"""The numbers behind charts: spread between runs, and differences between pairs."""

import numpy as np
import pandas as pd

from experiments.figures.frames import bands, differences, years


def test_the_median_and_bands_are_quantiles_over_runs(runs: pd.DataFrame) -> None:
    frame = bands(runs, "employment")
    row = frame[(frame["design"] == "baseline") & (frame["quarter"] == 3)].iloc[0]
    values = runs[(runs["design"] == "baseline") & (runs["quarter"] == 3)]["employment"]
    assert row["n"] == 6
    assert row["median"] == np.median(values)
    assert row["low50"] == np.quantile(values, 0.25)
    assert row["low"] <= row["low50"] <= row["median"] <= row["high50"] <= row["high"]


def test_the_outer_band_holds_all_of_few_runs_and_nine_of_ten_of_many() -> None:
    """Two runs had been said to lie in a range "in nine of ten runs"."""
    for n, ends in ((2, (0.0, 1.0)), (19, (0.0, 18.0)), (41, (2.0, 38.0))):
        runs = pd.DataFrame({"seed": range(n), "employment": np.arange(n, dtype=float)})
        row = bands(runs.assign(design="baseline", quarter=0), "employment").iloc[0]
        assert (row["low"], row["high"]) == ends


def test_differences_are_taken_within_pairs(runs: pd.DataFrame) -> None:
    frame = differences(runs, "employment", "opinion_2014")
    # Luck differs between seeds by thousands, yet the pairs differ by 2,000 to 2,500 only.
    np.testing.assert_allclose(frame["mean"], 2_250.0)
    half = 2.5706 * np.std([0, 100, 200, 300, 400, 500], ddof=1) / np.sqrt(6)
    np.testing.assert_allclose(frame["high"] - frame["mean"], half, rtol=1e-4)


def test_seeds_that_only_one_side_has_are_left_out(runs: pd.DataFrame) -> None:
    short = runs[(runs["design"] == "baseline") | (runs["seed"] < 2)]
    assert set(differences(short, "employment", "opinion_2014")["n"]) == {2}


def test_one_pair_has_no_interval(runs: pd.DataFrame) -> None:
    frame = differences(runs[runs["seed"] == 0], "employment", "opinion_2014")
    assert frame["mean"].tolist() == [2_000.0] * 12
    assert frame["low"].isna().all()


def test_quarter_0_lies_in_the_second_half_of_2014() -> None:
    assert years(pd.Series([0, 2])).tolist() == [2014.625, 2015.125]
