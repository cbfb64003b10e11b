"""One firm in two runs: what is told is what was recorded, and one firm never proves anything."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.errors import BadInput
from experiments.figures import life as picture
from experiments.figures.study import Study
from experiments.figures.style import PAGE, SLIDE, Sheet
from experiments.story.choose import choose
from experiments.story.events import key, said
from experiments.story.life import life, sentences
from experiments.text import Text
from tests.experiments.conftest import Wotu
from tests.experiments.figures.conftest import check

WITH, WITHOUT = "only/credit_risk_compensation", "baseline"


@pytest.fixture
def events() -> pd.DataFrame:
    """Firm 7 gets its loan with the measure, and fails without it; firm 9 does nothing worth telling."""
    rows = [
        (WITH, 1, 7, "founded", 2.0),
        (WITHOUT, 1, 7, "founded", 2.0),
        (WITH, 3, 7, "invented", 0.1),
        (WITHOUT, 3, 7, "invented", 0.1),
        (WITH, 5, 7, "got a loan", 1.5),
        (WITHOUT, 5, 7, "was refused a loan", 1.5),
        (WITHOUT, 9, 7, "became insolvent", -0.1),
        (WITH, 11, 8, "founded", 1.0),
        (WITH, 12, 8, "was closed by its owner", 0.5),
        (WITH, 2, 9, "invented", 0.1),
    ]
    frame = pd.DataFrame(rows, columns=["design", "quarter", "uid", "event", "value"])
    return frame.assign(run_id="r", seed=3)


@pytest.fixture
def firms() -> pd.DataFrame:
    rows = [(WITH, quarter, 7, 1.0 + quarter, 10.0 + quarter, 0) for quarter in (3, 7, 11, 15)] + [
        (WITHOUT, quarter, 7, 1.0 + quarter / 2, 9.0, 0) for quarter in (3, 7)
    ]
    frame = pd.DataFrame(rows, columns=["design", "quarter", "uid", "revenue", "staff", "sector"])
    return frame.assign(seed=3, zone=0, origin=1)


def study(lang: str = "en", sheet: Sheet = SLIDE) -> Study:
    return Study(Text(lang), reference=WITHOUT, seeds="0 to 5", identity="0123abcd", sheet=sheet)


def test_events_of_both_runs_are_told_apart_from_those_of_one(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    frame = life(events, firms, 7)
    told = frame[frame["part"] == "event"].set_index("event")["shared"]
    assert told["founded"].all()
    assert not told["got a loan"]
    assert not told["was refused a loan"]


def test_the_story_says_what_became_of_it_and_where_the_runs_part(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    assert sentences(life(events, firms, 7), study(), WITH, 15) == [
        "Credit risk compensation: it lives on in 2018Q2, with 25 persons and 16.0 m CNY of revenue"
        " a quarter.",
        "Baseline: it became insolvent in 2016Q4.",
        "The two lives part in 2015Q4 (Baseline): it was refused a bank loan (1.50 m CNY).",
        "One firm is an example; it proves nothing.",
    ]


def test_a_firm_that_one_run_does_not_have_is_said_not_to_exist(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    lines = sentences(life(events, firms, 8), study("zh"), WITH, 15)
    assert lines[1] == "基准情景下，该企业不存在。"


def test_firms_are_chosen_by_what_became_of_them(events: pd.DataFrame, firms: pd.DataFrame) -> None:
    assert choose("gazelle", events, firms, WITH, WITHOUT) == 7
    assert choose("failure", events, firms, WITH, WITHOUT) == 8
    assert choose("7", events, firms, WITH, WITHOUT) == 7
    once = choose("random", events, firms, WITH, WITHOUT)
    assert once == choose("random", events, firms, WITH, WITHOUT) == 7


def test_an_unknown_firm_is_refused_with_those_that_are_known(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    with pytest.raises(BadInput, match="followed are 7, 8, 9"):
        choose("12", events, firms, WITH, WITHOUT)
    with pytest.raises(BadInput, match="expected a uid, random, gazelle, failure"):
        choose("unicorn", events, firms, WITH, WITHOUT)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("sheet", [SLIDE, PAGE], ids=["slide", "page"])
@pytest.mark.parametrize("uid", [7, 8, 9])
def test_no_text_of_the_picture_is_clipped_or_meets_another(
    events: pd.DataFrame, firms: pd.DataFrame, lang: str, sheet: Sheet, uid: int
) -> None:
    check(picture.life(life(events, firms, uid), "A firm", study(lang, sheet)))


def test_the_picture_draws_the_revenue_of_both_runs(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    figure = picture.life(life(events, firms, 7), "A firm", study())
    lines = {line.get_label(): line.get_ydata() for line in figure.axes[0].get_lines()}
    np.testing.assert_array_equal(lines[WITH], [4.0, 8.0, 12.0, 16.0])
    np.testing.assert_array_equal(lines[WITHOUT], [2.5, 4.5])


def test_a_grant_of_a_programme_is_named_by_its_lever() -> None:
    assert said(Text("en"), "won a grant of mission_rnd", 0.5).startswith("won a grant of “")
    assert said(Text("zh"), "got a loan", 1.5) == "获得银行贷款（150万元）"
    assert said(Text("en"), "did something new") == "did something new"


def test_every_event_that_a_run_records_has_words() -> None:
    root = Path(__file__).parents[3]
    sources = " ".join(path.read_text("utf-8") for path in (root / "sim").rglob("*.py"))
    written = set(re.findall(r'record\.event\("([^"]+)"', sources))
    assert len(written) > 20
    for lang in ("en", "zh"):
        assert [e for e in written if not Text(lang).get(f"events.{key(e)}", "")] == []


def test_the_verb_tells_a_story_and_draws_it(wotu: Wotu, finished: Path) -> None:
    told = wotu("story", str(finished / "mine"), "seed=0", "lang=zh", "--format", "json")
    assert told.code == 0, told.err
    assert '"story": [' in told.out
    assert len(list((finished / "mine" / "stories" / "zh").glob("*.png"))) == 1


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("nothing", "results={}"), "no run 'nothing'"),
        (("{}/mine", "seed=99"), "seed 99 has no followed firms"),
        (("{}/mine", "seed=x"), "seed=x is not a whole number"),
        (("{}/mine", "quarters=3"), "quarters changes nothing here"),
    ],
)
def test_bad_input_is_one_sentence(
    wotu: Wotu, finished: Path, words: tuple[str, ...], part: str
) -> None:
    told = wotu("story", *(word.format(finished) for word in words))
    assert (told.code, told.out) == (2, "")
    assert part in told.err
