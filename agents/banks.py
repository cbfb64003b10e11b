"""Bank branches that lend to technology firms."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Flags, Floats, column


class Bank(Handle):
    """One branch, as Mesa sees it."""


class Banks(Population):
    """General and technology branches."""

    handle = Bank

    technology: Flags = column("flag", "technology branch 科技金融特色机构", False)
    need: Floats = column("share", "of a technology branch's cost it needs paid; 0 = is one anyway")
    limit: Floats = column("m yuan", "loans it may have out")
    lent: Floats = column("m yuan", "loans outstanding")
    cash: Floats = column("m yuan", "net position since the opening")
    losses: Floats = column("m yuan", "principal lost this quarter")
    caution: Floats = column("log odds", "lesson of past losses, taken off every score")
