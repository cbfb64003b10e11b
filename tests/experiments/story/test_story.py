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
from experiments.story.events import ORDER, key, said
from experiments.story.life import life, sentences, told
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
        "The two lives part in 2015Q4 (Credit risk compensation): it got a bank loan (1.50 m CNY).",
        "One firm is an example; it proves nothing.",
    ]


def grown(events: pd.DataFrame, *rows: tuple[str, int, int, str, float]) -> pd.DataFrame:
    """The events with some more: (design, quarter, uid, event, value)."""
    more = pd.DataFrame(rows, columns=["design", "quarter", "uid", "event", "value"])
    return pd.concat([events, more.assign(run_id="r", seed=3)], ignore_index=True)


def test_two_events_of_one_kind_in_a_quarter_are_counted_and_summed(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    twice = grown(events, (WITH, 6, 7, "raised equity", 41.0), (WITH, 6, 7, "raised equity", 1.5))
    (row,) = life(twice, firms, 7).query("event == 'raised equity'").to_dict("records")
    assert told(Text("en"), row) == "raised equity ×2 (42.5 m CNY in all)"
    assert told(Text("zh"), row) == "获得股权融资2次（共4,250万元）"


def test_a_quarter_is_told_in_the_order_of_its_phases(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    full = grown(
        events,
        (WITH, 1, 7, "admitted", 0.0),
        (WITHOUT, 9, 7, "was refused a grant", 0.7),
        (WITHOUT, 9, 7, "defaulted on a loan", 1.0),
    )
    frame = life(full, firms, 7)
    here = frame[(frame["design"] == WITH) & (frame["quarter"] == 1)]
    assert list(here["event"]) == ["founded", "admitted"]
    there = frame[(frame["design"] == WITHOUT) & (frame["quarter"] == 9)]
    assert list(there["event"]) == [
        "was refused a grant", "defaulted on a loan", "became insolvent",
    ]  # fmt: skip


def test_the_same_events_with_another_amount_are_not_the_same_life(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    alike = events[(events["event"] == "founded") & (events["uid"] == 7)]
    first = grown(
        alike, (WITH, 5, 7, "raised equity", 41.5), (WITHOUT, 5, 7, "raised equity", 42.2)
    )
    assert sentences(life(first, firms, 7), study(), WITH, 15)[2] == (
        "The two lives part in 2015Q4, in the number or amount of what happens to it in both."
        " Credit risk compensation: it raised equity (41.5 m CNY). Baseline: it raised equity"
        " (42.2 m CNY)."
    )
    # What is told alike is alike: nobody sees the tenth digit.
    same = grown(alike, (WITH, 5, 7, "got a loan", 1.5), (WITHOUT, 5, 7, "got a loan", 1.5000001))
    assert sentences(life(same, firms, 7), study(), WITH, 15)[2] == (
        "The same things happen to it in both runs, with the same amounts."
    )


def test_the_picture_always_tells_how_a_life_began_and_ended(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    """A firm that closed in both runs looked rescued: its end was among the events left out."""
    busy = [(WITH, quarter, 7, "won a grant", 0.3) for quarter in range(2, 14)]
    end = "was closed by its owner"
    frame = life(
        grown(events, *busy, (WITH, 14, 7, end, 0.1), (WITHOUT, 14, 7, end, 0.1)), firms, 7
    )
    figure = picture.life(frame, "A firm", study())
    words = [line.get_text() for axes in figure.axes for line in axes.texts]
    column = words[: words.index("Baseline")]
    assert column[1] == "2014Q4 founded (2.00 m CNY)"
    assert column[-2:] == ["2018Q1 was closed by its owner", "and 8 more"]


def test_a_firm_by_chance_has_lived_for_some_years(
    events: pd.DataFrame, firms: pd.DataFrame
) -> None:
    young = [
        (WITH, 15, uid, event, 1.0) for uid in range(20, 60) for event in ("founded", "admitted")
    ]
    seen = pd.DataFrame([(WITH, 15, uid, 1.0, 2.0) for uid in range(20, 60)],
                        columns=["design", "quarter", "uid", "revenue", "staff"])  # fmt: skip
    firms = pd.concat([firms, seen], ignore_index=True)
    assert choose("random", grown(events, *young), firms, WITH, WITHOUT) == 7


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
    assert said(Text("en"), "won a grant of mission_rnd", 0.5).startswith('won a grant of "')
    assert said(Text("zh"), "got a loan", 1.5) == "获得银行贷款（150万元）"
    assert said(Text("en"), "did something new") == "did something new"


def test_every_event_that_a_run_records_has_words() -> None:
    root = Path(__file__).parents[3]
    sources = " ".join(path.read_text("utf-8") for path in (root / "sim").rglob("*.py"))
    written = set(re.findall(r'record\.event\("([^"]+)"', sources))
    assert len(written) > 20
    assert written <= set(ORDER)
    for lang in ("en", "zh"):
        assert [e for e in written if not Text(lang).get(f"events.{key(e)}", "")] == []


def test_the_verb_tells_a_story_and_draws_it(wotu: Wotu, finished: Path) -> None:
    found = wotu("story", str(finished / "mine"), "seed=0", "lang=zh", "--format", "json")
    assert found.code == 0, found.err
    assert '"story": [' in found.out
    assert len(list((finished / "mine" / "stories" / "zh").glob("*-seed0.png"))) == 1


def test_stories_of_other_seeds_and_scenarios_stand_beside_each_other(
    wotu: Wotu, finished: Path
) -> None:
    stories = finished / "mine" / "stories"
    for words in (["seed=0"], ["seed=1"], ["seed=0", "scenario=safeguards"]):
        assert wotu("story", str(finished / "mine"), *words).code == 0
    names = {path.relative_to(stories).as_posix() for path in stories.rglob("en/*.png")}
    seeds = [re.sub(r"\d+-seed", "seed", name) for name in names]
    assert sorted(seeds) == ["en/seed0.png", "en/seed1.png", "safeguards/en/seed0.png"]


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
