"""The precision of a timestamp."""

from __future__ import annotations

from typing import Literal, get_args

Precision = Literal["exact", "minute", "hour", "day"]
"""``exact``: to the second, from a machine-readable value; else the smallest unit that the page shows."""

PRECISIONS: tuple[str, ...] = get_args(Precision)
"""From finest to coarsest."""
