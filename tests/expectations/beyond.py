"""Expectations of levers beyond the document."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause

STRONG: dict[str, dict[str, Any]] = {}

CAUSES: dict[str, list[Cause]] = {}
