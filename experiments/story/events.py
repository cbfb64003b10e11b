"""What events are called, and which of them matter in a story."""

from __future__ import annotations

import math
import re

from experiments.text import Text, plain

ROUTINE = frozenset({"invented", "brought a product to market"})
FAILURES = ("became insolvent", "was closed by its owner")
ENDS = (*FAILURES, "was sold", "left the district")
# In the order of a quarter's phases; a firm's founding comes first and its end last.
ORDER = (
    "founded", "moved in", "moved its production to the region", "graduated", "admitted",
    "recruited a top person", "licensed an invention", "won a grant", "was refused a grant",
    "misused a grant", "was found out", "missed a milestone", "got an R&D refund", "raised equity",
    "got a loan", "was refused a loan", "invented", "brought a product to market",
    "sold a first product to government", "failed a first order", "defaulted on a loan",
    "was quoted over the counter", "listed", "issued bonds or shares", *ENDS,
)  # fmt: skip
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


def place(event: str) -> int:
    """Where in a quarter an event comes; one that is not known comes before the ends."""
    name = "won a grant" if event.startswith(PROGRAMME) else event
    return ORDER.index(name) if name in ORDER else ORDER.index(ENDS[0])


def is_amount(event: str) -> bool:
    """True where an event's value is money."""
    return event in AMOUNTS or event.startswith(PROGRAMME)


def said(text: Text, event: str, value: float = math.nan, count: int = 1) -> str:
    """An event in words, how often it happened, and its amount in all where it has one.

    An unknown event is told as the run wrote it.
    """
    if event.startswith(PROGRAMME):
        lever = event.removeprefix(PROGRAMME)
        title = text.get(f"levers.{lever}.title", lever)
        words = text("events.won_a_grant_of", programme=title)
    else:
        words = text.get(f"events.{key(event)}", event)
    if count > 1:
        words = text("story.times", event=words, count=plain(count))
    if is_amount(event) and math.isfinite(value) and value > 0:
        amount = text.money(value)
        amount = text("story.in_all", value=amount) if count > 1 else amount
        return words + text("report.in_brackets", words=amount)
    return words
