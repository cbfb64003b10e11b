"""三(三)2: 军民融合, defence R&D and orders for firms that qualify."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.columns import rows_where
from agents.declare import declared
from agents.schema import Flags, Ints
from scenarios.lever import Hook, Lever
from sim.mechanisms.defence import Qualification, qualified
from sim.mechanisms.programmes import Programme
from sim.phases.selling import Orders

if TYPE_CHECKING:
    from sim.model import Ecosystem

EVERYBODY = slice(None)


@dataclass(frozen=True)
class CivilMilitary(Lever):
    """Opens defence R&D to firms that qualify, and orders that buyers elsewhere never hear of.

    Qualifying takes size and rights, costs money and time, and pays for few where orders are few;
    what is secret is no reference.
    """

    id: ClassVar[str] = "civil_military"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)2"
    words: ClassVar[str] = "支持企业参与重大军工项目研发和产业化"
    phases: ClassVar[tuple[str, ...]] = ("granting", "selling")

    envelope: float = declared(15.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the cost of a defence project", low=0, high=0.95)
    cap: float = declared(2.0, "m yuan", "most for one project", low=0, high=50)
    volume: float = declared(
        200.0, "m yuan/year", "defence purchases open to the district's firms", low=0, high=100000
    )
    largest: float = declared(8.0, "m yuan", "largest order in a quarter", low=0.01, high=1000)
    premium: float = declared(
        0.02, "share", "of an order paid for matching and delivery", low=0, high=0.5
    )
    least_staff: float = declared(
        50.0, "persons", "smaller firms do not qualify", low=0, high=10000
    )

    qualification: float = declared(
        0.6, "m yuan", "what a firm's qualification costs", low=0, high=20
    )
    aid: float = declared(0.5, "share", "of the cost of qualifying", low=0, high=1)
    delay: float = declared(6.0, "quarters", "that qualifying takes", low=0, high=20)
    valid: float = declared(5.0, "years", "that a qualification is valid", low=0.25, high=20)

    def hooks(self) -> Mapping[str, Hook]:
        """Projects before granting, orders before selling."""
        return {"granting": self._hold, "selling": self._order}

    def able(self, eco: Ecosystem, rows: Ints | slice = EVERYBODY) -> Flags:
        """Which of the rows are certified firms of some size with rights of their own."""
        firms = eco.firms
        able = firms.certified[rows] & (firms.staff[rows] >= self.least_staff)
        return able & (firms.patents[rows] > 0.0) & self.targeting.eligible(eco)[rows]

    def _hold(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eligible = qualified(eco, self.valid)
        rows = rows_where(eligible)
        if rows.size:
            eligible[rows] = self.able(eco, rows)
            programme = Programme(self.id, "project", self.share, self.cap, eligible)
            eco.terms.granting.contribute(self.id, programmes=programme)

    def _order(self, eco: Ecosystem) -> None:
        if self.volume > 0.0 and self.funded(eco):
            nominal, able = eco.conditions.nominal, self.able(eco)
            volume = self.volume * eco.world.scale * nominal / 4.0
            orders = Orders(
                self.id, volume, self.largest * nominal, self.premium,
                qualified(eco, self.valid) & able, public=False,
            )  # fmt: skip
            offer = Qualification(
                self.id, self.qualification, self.aid, self.delay, self.valid,
                4.0 * orders.placed(eco), orders.largest, able,
            )  # fmt: skip
            eco.terms.selling.contribute(self.id, orders=orders, qualifications=offer)
