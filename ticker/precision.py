"""How much is known of a time."""

from __future__ import annotations

from typing import Literal, get_args

Precision = Literal["exact", "minute", "hour", "day"]
"""``exact``: to the second, from what machines read; else the smallest unit that the page tells."""

PRECISIONS: tuple[str, ...] = get_args(Precision)
"""The finest first."""
