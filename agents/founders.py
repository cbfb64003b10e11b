"""Would-be founders: the same people stand at the door in every scenario."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Floats, Ints, column


class Founder(Handle):
    """One would-be founder, as Mesa sees it."""


class Founders(Population):
    """Those who are thinking of founding (or of moving a firm here) this quarter."""

    handle = Founder

    origin: Ints = column("code", "ORIGINS", 1)
    sector: Ints = column("code", "sector of the idea", 0)
    university: Ints = column("row", "university of a researcher, -1 = none", -1)
    first_quarter: Ints = column("quarter", "when first at the door", 0)
    income: Floats = column("m yuan/year", "income expected, 2014 wages")
    outside_option: Floats = column("m yuan/year", "salary given up, 2014 wages")
    savings: Floats = column("m yuan", "own and family capital, 2014 money")
    quality: Floats = column("frontier = 1", "quality of the first product", 0.8)
    talent: Floats = column("s.d.", "talent of the founder")
    staff: Floats = column("persons", "staff that come along", 3.0)
