"""三(一)5: 企业信用信息服务平台, banks, funds and offices read one register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.markets.files import register

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class CreditInformation(Lever):
    """Keeps a register of firms that takes noise off everybody's view of them.

    Its errors are everybody's: a firm that the file shows in a bad light finds no other reader, and
    the weak are seen to be weak.
    """

    id: ClassVar[str] = "credit_information"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)5"
    words: ClassVar[str] = "加快企业信用信息服务平台建设"
    phases: ClassVar[tuple[str, ...]] = ("granting", "investing", "lending")
    zero: ClassVar[Mapping[str, Any]] = {"noise_cut": 0.0, "envelope": 0.0}

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    coverage: float = declared(0.6, "share", "of firms in the register", low=0, high=1)
    noise_cut: float = declared(0.25, "share", "of readers' noise taken off", low=0, high=0.9)
    price: float = declared(0.0012, "m yuan/year", "keeping one firm's file", low=1e-06, high=1)

    def hooks(self) -> Mapping[str, Hook]:
        """The register before granting, investing and lending."""
        return {"granting": self._keep, "investing": self._tell_funds, "lending": self._tell_banks}

    def reach(self, eco: Ecosystem) -> float:
        """Share of firms in the register: as many as it is paid to keep."""
        price = self.price * eco.conditions.nominal * max(len(eco.firms), 1)
        return min(self.coverage, eco.treasury.yearly(self.id) / price)

    def _factor(self, eco: Ecosystem) -> Any:
        """The register as it stands this quarter: reviewers, funds and banks read the same."""
        return dict(eco.terms.granting.parts.get("signal_noise", ())).get(self.id, 1.0)

    def _works(self, eco: Ecosystem) -> bool:
        return self.noise_cut > 0.0 and eco.treasury.yearly(self.id) > 0.0

    def _keep(self, eco: Ecosystem) -> None:
        """Pay for the register, and let reviewers read it."""
        if self._works(eco):
            factor, kept = register(eco.firms.uid, self.reach(eco), self.noise_cut)
            cost = self.price * eco.conditions.nominal / 4.0 * kept
            eco.treasury.spend(self.id, "outside", "register of firms", cost)
            eco.terms.granting.contribute(self.id, signal_noise=factor)

    def _tell_funds(self, eco: Ecosystem) -> None:
        if self._works(eco):
            eco.terms.investing.contribute(self.id, signal_noise=self._factor(eco))

    def _tell_banks(self, eco: Ecosystem) -> None:
        if self._works(eco):
            eco.terms.lending.contribute(self.id, signal_noise=self._factor(eco))
