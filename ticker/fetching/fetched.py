"""``Fetched``: a page as it came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came in, before anything is read from it.

    ``url`` is what was asked for, ``final_url`` where the redirects ended, both without user name and password.
    ``body`` is unpacked (gzip) and not decoded; ``charset`` is what the Content-Type header names, None where it names
    none. ``content_type`` is the media type alone ("text/html"). ``fetched_at`` is aware: the moment at which the
    answer began. ``not_modified`` says that the page is as it was when it was last remembered; its body is empty then.
    ``etag`` and ``last_modified`` are the headers of these names. ``served_at`` is the same moment by the server's
    clock, None where it does not tell it. ``moved_to`` is where permanent redirects (301, 308) led from ``url``, before
    any other; None where the first was none.
    """

    url: str
    final_url: str
    status: int
    body: bytes
    charset: str | None
    content_type: str
    fetched_at: datetime
    not_modified: bool = False
    etag: str | None = None
    last_modified: str | None = None
    served_at: datetime | None = None
    moved_to: str | None = None
