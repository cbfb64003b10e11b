"""The search for mixes: Optuna's NSGA-II by ask and tell, kept in a journal beside the results.

A mix is a weight for every part; the search never runs anything itself. The sampler is seeded anew for
every mix by its number, so that a search that was killed goes on to the same mixes, also where it was
killed halfway through one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from agents.schema import Flags, Floats

if TYPE_CHECKING:
    import optuna

SEED = 2014
STEP = 0.05  # of a weight: close enough for a budget, and coarse enough to meet mixes again
JOURNAL = "journal.log"
Better = Literal["minimize", "maximize"]
Weights = Mapping[str, float]


class Search:
    """Mixes asked, and results told; opened again, it knows what it was told before."""

    def __init__(
        self, folder: Path, parts: Sequence[str], better: Sequence[Better], population: int
    ) -> None:
        """`better` is maximize or minimize, one an objective; the first mix has equal weights."""
        import optuna
        from optuna.storages import JournalStorage
        from optuna.storages.journal import JournalFileBackend

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.parts, self.population = list(parts), population
        storage = JournalStorage(JournalFileBackend(str(folder / JOURNAL)))
        self.study = optuna.create_study(
            storage=storage, study_name="mixes", directions=list(better), load_if_exists=True
        )
        if not self.study.get_trials(deepcopy=False):
            self.study.enqueue_trial(dict.fromkeys(self.parts, 1.0))

    def generation(self, number: int) -> dict[int, Weights]:
        """The mixes of a generation by their number, those asked before a kill included."""
        from optuna.trial import TrialState

        first, found = number * self.population, {}
        for place in range(first, first + self.population):
            trials = self.study.get_trials(deepcopy=False)
            if place >= len(trials) or trials[place].state == TrialState.WAITING:
                found[place] = self._ask(place)
            elif set(trials[place].params) == set(self.parts):
                found[place] = dict(trials[place].params)
            else:
                found[place] = self._ask_again(place, trials[place])
        return found

    def _ranges(self) -> dict[str, Any]:
        from optuna.distributions import FloatDistribution

        return {part: FloatDistribution(0.0, 1.0, step=STEP) for part in self.parts}

    def _sampler(self, number: int) -> optuna.samplers.NSGAIISampler:
        from optuna.samplers import NSGAIISampler

        return NSGAIISampler(population_size=self.population, seed=SEED + number)

    def _ask(self, number: int) -> Weights:
        self.study.sampler = self._sampler(number)
        trial = self.study.ask(self._ranges())
        return {part: float(trial.params[part]) for part in self.parts}

    def _ask_again(self, number: int, half: optuna.trial.FrozenTrial) -> Weights:
        """The rest of a mix that a kill left half asked, as it would have been asked.

        What was drawn before is drawn once more and left as it is, so that the dice go on from there.
        """
        from optuna.trial import Trial

        sampler = self._sampler(number)
        self.study.sampler = sampler
        trial = Trial(self.study, half._trial_id)
        drawn = "fixed_params" not in half.system_attrs  # the first mix is not drawn
        for part, limits in self._ranges().items():
            if drawn and part in half.params and part not in trial.relative_params:
                sampler.sample_independent(self.study, half, part, limits)
            trial.suggest_float(part, limits.low, limits.high, step=limits.step)
        return {part: float(trial.params[part]) for part in self.parts}

    def tell(self, number: int, values: Sequence[float] | None) -> None:
        """Say what a mix is worth, or None for a mix that failed; telling twice changes nothing."""
        from optuna.trial import TrialState

        state = TrialState.COMPLETE if values is not None else TrialState.FAIL
        self.study.tell(number, values, state=state, skip_if_finished=True)

    def told(self) -> list[optuna.trial.FrozenTrial]:
        """Every mix whose worth is known, in the order asked."""
        from optuna.trial import TrialState

        return self.study.get_trials(deepcopy=False, states=[TrialState.COMPLETE])


def undominated(worth: Floats) -> Flags:
    """The Pareto front of `worth`, shape (mixes, objectives), where more is better.

    A mix is on it unless another is at least as good on all objectives and better on one.
    """
    at_least = (worth[:, None, :] >= worth[None, :, :]).all(axis=2)
    better = (worth[:, None, :] > worth[None, :, :]).any(axis=2)
    return ~(at_least & better).any(axis=0)


def balanced(worth: Floats) -> int:
    """The mix nearest to the best of every objective, each on a scale from worst to best."""
    spread = np.ptp(worth, axis=0)
    short = (worth.max(axis=0) - worth) / np.where(spread > 0.0, spread, 1.0)
    return int(np.argmin((short**2).sum(axis=1)))


def spread_out(worth: Floats, most: int) -> list[int]:
    """At most so many mixes of a front: the best of each objective, the balanced, then the farthest.

    Always adds the mix that is farthest from those chosen, on a scale from worst to best.
    """
    spread = np.ptp(worth, axis=0)
    scaled = (worth - worth.min(axis=0)) / np.where(spread > 0.0, spread, 1.0)
    chosen = list(dict.fromkeys([*map(int, np.argmax(worth, axis=0)), balanced(worth)]))
    chosen = chosen[:most]
    while len(chosen) < min(most, len(worth)):
        apart = np.abs(scaled[:, None, :] - scaled[chosen][None, :, :]).sum(axis=2).min(axis=1)
        apart[chosen] = -1.0
        chosen.append(int(np.argmax(apart)))
    return chosen
