"""A measure that the Opinion does not hold: vouchers for the rent of young firms in carriers."""

from dataclasses import dataclass, field

from agents.declare import declared
from scenarios.lever import Lever, Targeting


@dataclass(frozen=True)
class RentVoucher(Lever):
    """Vouchers pay part of the rent that young firms owe to incubators and other carriers."""

    id = "rent_voucher"
    phases = ("settling",)
    zero = {"share": 0.0}
    title = {"en": "Rent vouchers for young firms", "zh": "初创企业房租券"}
    mechanism = {
        "en": "Vouchers pay part of the rent that young firms owe to incubators and carriers.",
        "zh": "向入驻孵化器等载体的初创企业发放房租券，抵付部分房租，减轻起步阶段的现金压力。",
    }
    disappoint = {
        "en": "Firms that would have paid take the voucher; the line empties before the year ends.",
        "zh": "原本付得起房租的企业同样领取；预算在年内提前用完。",
    }

    envelope: float = declared(20.0, "m yuan/year", "yearly budget line", low=0, high=1_000)
    share: float = declared(0.5, "share", "of a young tenant's rent", low=0, high=0.9)
    targeting: Targeting = field(default_factory=lambda: Targeting(max_age=3.0))

    def hooks(self):
        """Vouchers are handed out before rents fall due."""
        return {"settling": self._hand_out}

    def _hand_out(self, eco):
        if self.share > 0.0 and eco.treasury.available(self.id) > 0.0:
            eco.terms.settling.contribute(
                self.id, tenant_rent=self.share * self.targeting.eligible(eco)
            )
