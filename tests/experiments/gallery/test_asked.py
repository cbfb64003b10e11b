"""Charts of questions: from what the verbs store, with the numbers of the questions' own frames."""

import shutil
from pathlib import Path

import pytest

import experiments.verbs
from experiments.cli import main
from experiments.figures.pareto import on_front
from experiments.gallery import kinds
from experiments.gallery.asked import pareto_frame, tornado_frame
from experiments.gallery.attribution import attribution_frame
from experiments.gallery.shown import opened, slides_study
from experiments.questions.attribute import attribution
from experiments.questions.optimum import optimum
from experiments.questions.sensitivity import sensitivity_frame
from experiments.report.results import Results
from experiments.store import Store
from experiments.text import LANGUAGES, Text
from tests.experiments.conftest import SMALL, Wotu
from tests.experiments.figures.conftest import check

ASKED = {
    "sensitivity": (
        "scenario=only/incubator_support", "parameters=world.credit.squeeze",
        "levers.incubator_support.envelope=interval(50,400)", "within=0.5", "trajectories=2",
        "samples=2", "metrics=rnd",
    ),
    "optimise": (
        "scenario=[only/incubator_support,only/joint_rnd,only/policy_outreach]", "budget=100",
        "objectives=rnd,net_cost", "population=4", "generations=1", "fresh=2", "front=3",
    ),
    "attribute": ("scenario=[only/rnd_subsidy,only/policy_outreach]", "by=lever", "metrics=rnd"),
    "discover": ("world.scale=0.1", "world=small,hot_market", "scenario=only/joint_rnd", "metrics=rnd"),
    "interactions": ("first_purchase+rnd_subsidy",),
}  # fmt: skip
DRAWN = {
    "sensitivity": ("tornado", "screening"), "optimise": ("pareto", "front"),
    "attribute": ("waterfall", ""), "interactions": ("heatmap", ""),
    "discover": ("regret", "conditions"),
}  # fmt: skip


GIVEN: dict[str, list[str]] = {}  # each question's words as it was asked


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one question of each kind, two seeds and two quarters."""
    results = tmp_path_factory.mktemp("asked")
    small = [word for word in SMALL if not word.startswith("quarters")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiments.verbs, "_report", lambda *given: None)
        for verb, words in ASKED.items():
            own = {word.partition("=")[0] for word in words}
            shared = [word for word in small if word.partition("=")[0] not in own]
            given = [*shared, *words, "quarters=2", "seeds=2", f"name={verb}", f"results={results}"]
            GIVEN[verb] = given
            assert main([verb, *given]) == 0
    return results


@pytest.mark.parametrize("verb", DRAWN)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_question_has_its_chart_and_no_text_is_clipped(
    asked: Path, verb: str, lang: str
) -> None:
    kind, stage = DRAWN[verb]
    results = opened(str(asked / verb / stage))
    study = slides_study(results, lang)
    drawn = list(kinds.charts(results, study, [kind]))
    assert drawn
    for chart in drawn:
        check(chart.figure(study))


def test_the_ends_of_a_tornado_are_the_mean_change_apart(asked: Path) -> None:
    frame = sensitivity_frame(asked / "sensitivity")
    drawn = tornado_frame(frame, 10.0).set_index("parameter")
    mu = frame[frame["final"] & (frame["index"] == "mu")].set_index("parameter")["value"]
    for parameter, row in drawn.iterrows():
        assert row["high_effect"] - row["low_effect"] == pytest.approx(mu[parameter])
        assert (row["high_effect"] + row["low_effect"]) / 2 == pytest.approx(10.0)


def test_the_mixes_drawn_are_those_of_fresh_seeds(asked: Path) -> None:
    found = optimum(asked / "optimise")
    drawn = pareto_frame(found, ("rnd", "cumulative"), Text("en"))
    fresh = found.front[found.front["metric"] == "rnd"]
    assert list(drawn["gain"]) == pytest.approx(list(fresh["value"]))
    assert 1 <= (drawn["named"] != "").sum() <= 3
    assert list(on_front(drawn)) == list(fresh["holds"])
    assert slides_study(Results(asked / "optimise" / "front"), "en").seeds == "2 to 3"


def test_a_front_without_net_cost_is_drawn_between_its_objectives(asked: Path) -> None:
    found = optimum(asked / "optimise")
    rnd, cost = ("rnd", "cumulative"), ("net_cost", "cumulative")
    drawn = pareto_frame(found, cost, Text("en"), rnd)
    assert set(drawn["across"]) == {"rnd"}
    assert (drawn["cost_way"].iloc[0], drawn["gain_way"].iloc[0]) == (1, -1)
    assert list(on_front(drawn)) == list(on_front(pareto_frame(found, rnd, Text("en"))))


@pytest.mark.parametrize("verb", ["attribute", "discover", "sensitivity"])
def test_charts_draw_what_was_asked_last(
    asked: Path, tmp_path: Path, wotu: Wotu, verb: str
) -> None:
    """Asked again of other metrics, a question had named a command that drew the first ones."""
    shutil.copytree(asked / verb, tmp_path / verb)
    kept = [word for word in GIVEN[verb] if not word.startswith(("results=", "metrics="))]
    said = wotu(verb, *kept, f"results={tmp_path}", "metrics=revenue")
    assert said.code == 0, said.err
    kind, stage = DRAWN[verb]
    results = opened(str(tmp_path / verb / stage))
    drawn = kinds.charts(results, slides_study(results, "en"), [kind])
    assert [chart.name for chart in drawn] == [f"{kind}-revenue"]


def test_the_bars_of_an_attribution_add_up_to_the_whole(asked: Path) -> None:
    store = Store(asked / "attribute")
    drawn = attribution_frame(attribution(store), str(Results(store.folder).focus["design"]))
    parts, total = drawn[drawn["kind"] == "part"], drawn[drawn["kind"] == "total"]
    assert parts["mean"].sum() == pytest.approx(float(total["mean"].iloc[0]))


def test_the_smaller_parts_share_a_bar_and_the_sum_stays_exact(asked: Path) -> None:
    store = Store(asked / "attribute")
    (whole,) = attribution(store)["total"].unique()
    few = attribution(store, most=1)
    assert list(few["part"]) == ["others"]
    drawn = attribution_frame(few, str(Results(store.folder).focus["design"]))
    assert list(drawn["kind"]) == ["others", "total"]
    assert list(drawn["mean"]) == pytest.approx([whole, whole])


def test_a_run_of_less_than_a_year_has_its_sizes_drawn(asked: Path) -> None:
    results = opened(str(asked / "interactions"))
    (chart,) = kinds.charts(results, slides_study(results, "en"), ["sizes"])
    assert chart.frame["value"].dtype == float
    check(chart.figure(slides_study(results, "en")))


def test_an_attribution_draws_its_answer_and_not_every_coalition(wotu: Wotu, asked: Path) -> None:
    said = wotu("figures", str(asked / "attribute"))
    assert said.code == 0, said.err
    drawn = (asked / "attribute" / "figures" / "en").glob("*.png")
    assert [path.name for path in drawn] == ["waterfall-rnd.png"]


def test_figures_of_a_question_lie_in_its_own_folder(wotu: Wotu, asked: Path) -> None:
    said = wotu("figures", str(asked / "sensitivity"), "lang=zh")
    assert said.code == 0, said.err
    assert (asked / "sensitivity" / "figures" / "zh" / "tornado-rnd.png").exists()


def test_a_verb_ends_by_naming_the_command_of_its_charts(wotu: Wotu, asked: Path) -> None:
    given = [*(w for w in SMALL if not w.startswith("quarters")), *ASKED["attribute"]]
    said = wotu("attribute", *given, "quarters=2", "seeds=2", "name=attribute", f"results={asked}")
    assert said.err.rstrip().endswith(f"charts: wotu figures {asked / 'attribute'}")


@pytest.mark.parametrize("verb", ASKED)
@pytest.mark.parametrize("made", ["report", "slides"])
def test_a_report_or_deck_of_a_question_is_refused_and_its_charts_are_named(
    wotu: Wotu, asked: Path, made: str, verb: str
) -> None:
    for place in (asked / verb, asked / verb / DRAWN[verb][1]):
        found = wotu(made, str(place))
        assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
        assert f"answers `wotu {verb}`" in found.err
        assert found.err.endswith(f"wotu figures {asked / verb}\n")
    assert not list(asked.rglob("report.html"))


@pytest.mark.parametrize(
    ("kind", "verb", "said"),
    [
        ("fan", "sensitivity", "answers `wotu sensitivity`, which allows the chart tornado alone"),
        ("tornado", "attribute", "allows no tornado chart: that needs a finished screening"),
        ("pareto", "interactions", "allows no pareto chart: that needs a finished front"),
        ("fan", "discover", "allows the chart regret and boxes alone"),
        ("boxes", "discover", "allows no boxes chart: that needs a box of failing conditions"),
        ("waterfall", "interactions", "allows no waterfall chart: that needs the scenarios"),
    ],
)
def test_a_folder_that_cannot_answer_says_so_in_one_sentence(
    wotu: Wotu, asked: Path, kind: str, verb: str, said: str
) -> None:
    found = wotu("figure", kind, str(asked / verb))
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert said in found.err
