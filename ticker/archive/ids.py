"""What a line is called: short names that follow from what the line says, so that merged archives agree.

Every id is the 64-bit BLAKE2b digest (RFC 7693) of the parts named below, as 16 hexadecimal digits. Among ten
million lines the chance that any two share one by accident is 3 in a million.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ticker.addresses import canonical
from ticker.text import squeeze

if TYPE_CHECKING:
    from hashlib import blake2b

LENGTH = 16


def story_id(source: str, address: str, title: str) -> str:
    """The id of a headline that its address identifies: of the source, the canonical address and the title."""
    return _digest("headline", source, f"at {canonical(address)}", squeeze(title))


def moment_id(source: str, title: str, time: datetime | None) -> str:
    """The id of a headline that no address identifies: of the source, the minute in UTC and the title."""
    # Not `astimezone`, which overflows for times near the years 1 and 9999.
    minute = "" if time is None else (time - _EPOCH) // timedelta(minutes=1)
    return _digest("headline", source, f"in {minute}", squeeze(title))


def article_id(source: str, key: str, title: str, body: str, revises: str | None) -> str:
    """The id of an article's version; ``revises`` is given only where the same words stood there before."""
    return _digest("article", source, key, squeeze(title), squeeze(body), revises or "")


def content_digest(title: str, body: str) -> bytes:
    """What tells whether two versions of an article say the same: their words, whatever the white space."""
    return _hash((squeeze(title), squeeze(body)), 16).digest()


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _digest(*parts: str) -> str:
    return _hash(parts, LENGTH // 2).hexdigest()


def _hash(parts: Iterable[str], size: int) -> blake2b:
    from hashlib import blake2b  # a search of lines that have their ids does not wait for it

    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=size)
