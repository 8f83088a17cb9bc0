"""Compact set of millions of ids."""

from __future__ import annotations

from collections.abc import Iterable

from ticker.archive.ids import LENGTH

_TAIL = LENGTH // 2 - 2


class IdSet:
    """A set of ids that needs eight bytes for an id of this program; Python's set needs a hundred.

    The first two bytes of an id select one of 65,536 rows; the row holds the other six bytes. Among ten million ids a
    row has about 150, and a search takes less than a microsecond.
    """

    def __init__(self) -> None:
        self._tails = [bytearray() for _ in range(1 << 16)]
        self._others: set[str] = set()  # ids of other forms, from lines made by hand

    def add_all(self, ids: Iterable[str]) -> None:
        """Add ``ids``; an id that is added again takes its space again."""
        tails = self._tails
        for id in ids:
            packed = _packed(id)
            if packed:
                tails[packed[0] << 8 | packed[1]] += packed[2:]
            else:
                self._others.add(id)

    def __contains__(self, id: str) -> bool:
        packed = _packed(id)
        if not packed:
            return id in self._others
        row, tail = self._tails[packed[0] << 8 | packed[1]], packed[2:]
        at = row.find(tail)
        while at > 0 and at % _TAIL:  # a match across the boundary of two ids
            at = row.find(tail, at + 1)
        return at >= 0


def _packed(id: str) -> bytes | None:
    """Return the bytes of an id that has this program's form; None for any other."""
    try:
        packed = bytes.fromhex(id)
    except ValueError:
        return None
    return packed if len(packed) == LENGTH // 2 and packed.hex() == id else None
