"""The metadata of an export as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from uuid import NAMESPACE_URL, uuid5


@dataclass(frozen=True, slots=True)
class About:
    """The metadata of an export.

    ``kind`` is ``headlines`` or ``articles``. ``zone`` is the time zone of displayed days and times. For feeds,
    ``identity`` is a permanent unique URN, ``address`` the feed's own URL, ``site`` the URL of its website, and
    ``language`` a BCP 47 tag. For CSV, ``has_mark`` puts a byte order mark first.
    """

    kind: str
    title: str
    identity: str
    zone: tzinfo
    address: str | None = None
    site: str | None = None
    language: str | None = None
    has_mark: bool = False


def feed_identity(address: str | None, *parts: Iterable[str]) -> str:
    """Return a stable URN for a feed, derived from its URL, else from ``parts``, its query."""
    told = address or "ticker:" + "\0".join("\1".join(part) for part in parts)
    return uuid5(NAMESPACE_URL, told).urn
