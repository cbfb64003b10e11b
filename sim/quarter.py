"""The quarter. Read this first: the order is written here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.phases import (
    founding,
    granting,
    hiring,
    hosting,
    investing,
    leaving,
    lending,
    opening,
    recording,
    researching,
    selling,
    settling,
    transferring,
)
from sim.terms import Terms

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Phase:
    """One line of the quarter: its name, its rule, the terms levers may write, what happens."""

    name: str
    run: Callable[[Ecosystem], None]
    terms: type[Terms]
    prose: str


PHASES = (
    Phase("opening", opening.run, opening.OpeningTerms,
          "News of schemes spreads, the outside world moves on (budget lines open just before)."),
    Phase("founding", founding.run, founding.FoundingTerms,
          "Founders weigh income against salary and entry cost; outsiders consider moving here."),
    Phase("hosting", hosting.run, hosting.HostingTerms,
          "Carriers admit, graduates and movers look for floor space, rents and building follow."),
    Phase("hiring", hiring.run, hiring.HiringTerms,
          "Firms recruit, wages clear, top people decide whether to come."),
    Phase("transferring", transferring.run, transferring.TransferringTerms,
          "Universities disclose, clear and license; mentors teach; knowledge spills over."),
    Phase("granting", granting.run, granting.GrantingTerms,
          "Projects come up; firms apply, reviewers rank, envelopes empty, auditors look."),
    Phase("investing", investing.run, investing.InvestingTerms,
          "Managers raise funds; funds meet firms, screen, price and invest in rounds."),
    Phase("lending", lending.run, lending.LendingTerms,
          "Firms ask, banks score through noise and ration."),
    Phase("researching", researching.run, researching.ResearchingTerms,
          "Firms spend on R&D; innovations, imitations, patents and prototypes come of it."),
    Phase("selling", selling.run, selling.SellingTerms,
          "Buyers choose by quality, price, reach and trust; government places its orders."),
    Phase("settling", settling.run, settling.SettlingTerms,
          "Wages, rent, taxes and interest are paid, loans fall due, losses are called."),
    Phase("leaving", leaving.run, leaving.LeavingTerms,
          "Firms fail, close, are sold, list or move away; stakes are realised."),
    Phase("recording", recording.run, recording.RecordingTerms,
          "Books are checked and the quarter is written down."),
)  # fmt: skip
