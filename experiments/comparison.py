"""Running and comparing from Python: the same studies as the command line, as tidy frames."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.effects import effects
from experiments.errors import BadInput
from experiments.grammar import parse
from experiments.levels import levels
from experiments.schema import SWEEP_ONLY
from experiments.speech import speaking, worded
from experiments.store import Store
from experiments.study import Study, execute, prepare

if TYPE_CHECKING:
    import pandas as pd

# Ten main measures, at least one a section, and the whole Opinion: an answer within two minutes.
TEN = (
    "incubator_support", "credit_risk_compensation", "transfer_offices", "talent_awards",
    "guidance_fund", "first_purchase", "rnd_subsidy", "functional_zones",
    "third_party_evaluation", "policy_outreach",
)  # fmt: skip
MAIN_JOB = f"scenario={','.join(f'only/{lever}' for lever in TEN)},opinion_2014"
ONE = "scenario=opinion_2014"


@dataclass(frozen=True)
class Comparison:
    """What came out: the folder, and effects, own levels and failures as tidy frames.

    Further tables are read when they are asked for; docs/results.md lists their columns and units.
    """

    folder: Path
    effects: pd.DataFrame
    levels: pd.DataFrame
    failures: pd.DataFrame

    @property
    def designs(self) -> pd.DataFrame:
        """One row a design, with a column for each range of a sweep."""
        return Store(self.folder).designs()

    @property
    def series(self) -> pd.DataFrame:
        """One row a run and quarter, one column a recorded series."""
        return Store(self.folder).series()

    @property
    def variance(self) -> pd.DataFrame:
        """One row a scenario and metric: shares of luck, parameters and world."""
        from experiments.sweeps.variance import variance

        return variance(Store(self.folder))

    def sql(self, query: str) -> pd.DataFrame:
        """Answer SQL over the tables of docs/results.md; raises BadInput for bad SQL."""
        from experiments.sql import answer

        return answer(Store(self.folder), query)


def run(*overrides: str, **settings: Any) -> Comparison:
    """One scenario beside its reference, e.g. `run(scenario="opinion_2014", seeds=8)`.

    Settings are overrides too; what was run before is read. Raises BadInput before anything is run.
    """
    return _finish("run", overrides, settings)


def compare(*overrides: str, **settings: Any) -> Comparison:
    """Every combination beside its reference, e.g. `compare("world=small", seeds=8)`.

    Settings are overrides too; a list is several values. Raises BadInput before anything is run.
    """
    return _finish("compare", overrides, settings)


def sweep(*overrides: str, **settings: Any) -> Comparison:
    """A design over ranges, e.g. `sweep("levers.rnd_subsidy.share=bounds", design="lhs", n=50)`.

    Raises BadInput before anything is run.
    """
    return _finish("sweep", overrides, settings)


def _finish(verb: str, overrides: tuple[str, ...], settings: dict[str, Any]) -> Comparison:
    given = [*overrides, *(f"{key}={_typed(value)}" for key, value in settings.items())]
    with speaking(given):
        study = ask(verb, given)
        execute(study)
        return outcome(study.store)


def _typed(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(_typed(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def ask(verb: str, overrides: list[str]) -> Study:
    """Check a study; where no scenario is named, the main job's, or the baseline plus levers.

    `run` takes one configuration. `sweep` takes the baseline plus the levers that are switched on by
    hand, else the whole Opinion, in which every range of the document matters, and says so. Raises
    BadInput.
    """
    keys = [given.partition("=")[0] for given in overrides]
    stated = list(overrides)
    if verb != "sweep" and (given := [key for key in SWEEP_ONLY if key in keys]):
        raise BadInput(worded("sweeps.sweep_only", given=given[0], verb=verb))
    by_hand = (".enabled",) if verb == "sweep" else ("",)
    given_levers = [key for key in keys if key.startswith("levers.") and key.endswith(by_hand)]
    assumed = "scenario" not in keys and not given_levers
    if assumed:
        stated = [MAIN_JOB if verb == "compare" else ONE, *stated]
    if verb == "run":
        swept = [setting.key for setting in parse(stated) if setting.swept]
        if swept:
            raise BadInput(worded("values.run_one", key=swept[0]))
    study = prepare(verb, stated)
    notices = [*study.notices]
    if assumed and verb == "sweep":
        notices.insert(0, worded("notices.swept_opinion"))
    return Study(verb, tuple(overrides), study.plan, study.store, tuple(notices))


def outcome(store: Store) -> Comparison:
    """What a results folder holds so far."""
    with store.read_once():
        return Comparison(store.folder, effects(store), levels(store), store.failures())
