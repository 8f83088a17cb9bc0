"""A fetched page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched page, not yet parsed.

    ``url`` is the requested URL and ``final_url`` the URL after redirects, both without user name and password.
    ``body`` is decompressed but not decoded. ``charset`` is that of the Content-Type header, or None.
    ``content_type`` is the media type ("text/html"). ``fetched_at`` (aware) is when the response began, by the local
    clock; ``served_at`` is the same by the server's clock, None if unknown. ``not_modified`` is true if the page has
    not changed since it was remembered; then ``body`` is empty. ``etag`` and ``last_modified`` are the headers with
    these names. ``moved_to`` is the URL to which the leading permanent redirects (301, 308) led; None if the first
    redirect was not permanent.
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
