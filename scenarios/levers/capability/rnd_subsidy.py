"""三(三)1: 研发投入支持, part of the increase in R&D is refunded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from agents.columns import total_of
from agents.declare import declared
from agents.schema import Ints
from scenarios.lever import Hook, Lever
from sim.markets.projects import keeps_raising, on_course
from sim.phases.granting import REFUND_QUARTER, Refund, refunded_in

if TYPE_CHECKING:
    from sim.model import Ecosystem

SIZE_EDGES = np.array([5.0, 20.0, 100.0, 1_000.0])


@dataclass(frozen=True)
class RndSubsidy(Lever):
    """Refunds a share of last year's increment to firms whose reported R&D rose three years running.

    Firms that expect to qualify reckon a further yuan of R&D cheaper; those tempted report other
    cost as R&D.
    """

    id: ClassVar[str] = "rnd_subsidy"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)1"
    words: ClassVar[str] = (
        "鼓励企业加大研发投入，对研发投入持续增长、拥有自主知识产权成果并形成良好经济效益的企业给予支持"
    )
    rule: ClassVar[str] = "海行规发〔2014〕9号第5.1条: 30 % of the increment, up to 3 m [P9]"
    phases: ClassVar[tuple[str, ...]] = ("granting", "researching")
    zero: ClassVar[Mapping[str, Any]] = {"share": 0.0}

    envelope: float = declared(180.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(
        0.30, "share", "of last year's increment", low=0, high=0.9, grade="A", source="P9"
    )
    cap: float = declared(
        3.0, "m yuan/year", "most for one firm", low=0, high=100, grade="A", source="P9"
    )
    years: int = declared(3, "years", "rising R&D in a row", low=1, high=3, grade="A", source="P9")

    def hooks(self) -> Mapping[str, Hook]:
        """The refund before granting, its expectation before researching."""
        return {"granting": self._refund, "researching": self._expect}

    def _refund(self, eco: Ecosystem) -> None:
        due = eco.quarter % 4 == REFUND_QUARTER
        if due and self.share > 0.0 and eco.treasury.available(self.id) > 0.0:
            eligible = np.zeros(len(eco.firms), bool)
            eligible[self.qualified(eco)] = True
            refund = Refund(self.id, self.share, self.cap, eligible)
            eco.terms.granting.contribute(self.id, refunds=refund)

    def qualified(self, eco: Ecosystem) -> Ints:
        """Rows of those who meet the rule on last year's books: rising, above the mean of its size, own
        IP and economic result (拥有自主知识产权成果并形成良好经济效益).
        """
        firms = eco.firms
        return keeps_raising(
            self.targeting.eligible(eco),
            firms.rnd_year_1, firms.rnd_year_2, firms.rnd_year_3, firms.rnd_year_4, self.years,
            firms.revenue_year, firms.revenue_year_before, firms.patents, SIZE_EDGES,
        )  # fmt: skip

    def _expect(self, eco: Ecosystem) -> None:
        """Firms on course expect the share back next year, up to the cap, as far as the line holds.

        A further yuan also raises the base of the year after, and loses its refund there if the
        firm qualifies again: the marginal worth of an incremental scheme is far below its rate
        (Eisner, Albert & Sullivan 1984). Who would be refunded after the scheme's end expects nothing.
        """
        yearly = eco.treasury.yearly(self.id)
        if self.share <= 0.0 or yearly <= 0.0 or refunded_in(eco.quarter) >= self.end:
            return
        firms = eco.firms
        rows = self.qualified(eco)
        gaining, due, raising = on_course(
            rows, firms.rnd_target, firms.rnd_year_1, firms.aware, self.share, self.cap
        )
        paid = min(1.0, yearly / max(total_of(due), 1e-9))
        again = raising / max(rows.size, 1)
        worth = np.zeros(len(firms))
        worth[gaining] = self.share * paid * (1.0 - again / (1.0 + eco.world.research.hurdle))
        eco.terms.researching.contribute(self.id, relief=worth)
