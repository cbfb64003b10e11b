"""四(一): 产业园区综合配套设施, facilities and services in the parks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.zones import split_by_zone

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ParkAmenities(Lever):
    """Builds facilities in the parks, which draw firms there and people to the district.

    Where firms come rents rise, for those who sat there too.
    """

    id: ClassVar[str] = "park_amenities"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(一)"
    words: ClassVar[str] = "加强产业园区综合配套设施建设，提升园区综合服务水平"
    phases: ClassVar[tuple[str, ...]] = ("hosting",)

    envelope: float = declared(15.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    split: tuple[float, ...] = declared(
        (0.10, 0.40, 0.30, 0.20), "share",
        "over Science City, northern area, specialised and town parks", low=0, high=1,
    )  # fmt: skip

    def hooks(self) -> Mapping[str, Hook]:
        """Facilities before hosting."""
        return {"hosting": self._build}

    def _build(self, eco: Ecosystem) -> None:
        money = eco.treasury.available(self.id)
        if money > 0.0:
            eco.terms.hosting.contribute(self.id, amenities=money * split_by_zone(self.split))
