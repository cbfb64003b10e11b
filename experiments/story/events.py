"""What events are called, and which of them matter in a story."""

from __future__ import annotations

import math
import re

from experiments.text import Text

ROUTINE = frozenset({"invented", "brought a product to market"})
FAILURES = ("became insolvent", "was closed by its owner")
ENDS = (*FAILURES, "was sold", "left the district")
# Events whose value is an amount [m yuan].
AMOUNTS = frozenset(
    {
        "founded", "won a grant", "was refused a grant", "misused a grant", "was found out",
        "got an R&D refund", "sold a first product to government", "failed a first order", "listed",
        "licensed an invention", "got a loan", "was refused a loan", "raised equity",
        "defaulted on a loan", "was quoted over the counter", "issued bonds or shares",
        "missed a milestone",
    }
)  # fmt: skip
PROGRAMME = "won a grant of "


def key(event: str) -> str:
    """The catalogue's key of an event, e.g. got_an_r_d_refund."""
    return re.sub(r"[^a-z0-9]+", "_", event.lower()).strip("_")


def said(text: Text, event: str, value: float = math.nan) -> str:
    """An event in words, with its amount where it has one; an unknown one as the run wrote it."""
    if event.startswith(PROGRAMME):
        lever = event.removeprefix(PROGRAMME)
        title = text.get(f"levers.{lever}.title", lever)
        words = text("events.won_a_grant_of", programme=title)
    else:
        words = text.get(f"events.{key(event)}", event)
    amount = event in AMOUNTS or event.startswith(PROGRAMME)
    if amount and math.isfinite(value) and value > 0:
        return words + text("report.in_brackets", words=text.money(value))
    return words
