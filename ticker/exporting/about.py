"""What is said of an export as a whole. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from uuid import NAMESPACE_URL, uuid5


@dataclass(frozen=True, slots=True)
class About:
    """What an export is of.

    ``kind`` is ``headlines`` or ``articles``; ``zone`` the one whose days and clocks are shown where an export is
    for the eye. For feeds: ``identity`` tells this feed from all others, for good;
    ``address`` is where the feed will be found, ``site`` the page that it stands for, ``language`` a BCP 47 tag.
    For CSV: ``has_mark`` says that a byte order mark comes first.
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
    """The same URN for the same feed: told by its address, else by what it is asked for."""
    told = address or "ticker:" + "\0".join("\1".join(part) for part in parts)
    return uuid5(NAMESPACE_URL, told).urn
