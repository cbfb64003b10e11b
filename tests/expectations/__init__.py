"""What each lever is expected to move, and at what strength a micro-district feels it, by section."""

from __future__ import annotations

from typing import Any

from expectations import beyond, capability, environment, industries, safeguards, vitality
from expectations.measured import Cause

_SECTIONS = (environment, vitality, capability, industries, safeguards, beyond)

STRONG: dict[str, dict[str, Any]] = {
    name: values for section in _SECTIONS for name, values in section.STRONG.items()
}
CAUSES: dict[str, list[Cause]] = {
    name: causes for section in _SECTIONS for name, causes in section.CAUSES.items()
}
