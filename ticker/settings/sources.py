"""The settings of one source: its page, and how to parse it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from ticker.addresses import without_credentials
from ticker.errors import SettingsError
from ticker.settings.requests import RequestOptions


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors for a page that automatic detection gets wrong; None means automatic detection.

    ``body`` selects the article's body, ``entry`` each entry of the list of headlines, ``time`` and ``title`` the
    time and the title within an entry. Raises SettingsError for ``time`` or ``title`` without ``entry``.
    """

    body: str | None = None
    entry: str | None = None
    time: str | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if (self.time or self.title) and not self.entry:
            raise SettingsError("selectors time and title apply within an entry; add a selector for entry")

    def to_dict(self) -> dict[str, str]:
        """Return the selectors that are set, by name."""
        return {name: value for name in SELECTOR_NAMES if (value := getattr(self, name)) is not None}


SELECTOR_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Selectors))


@dataclass(frozen=True, slots=True)
class Source:
    """A page that is fetched regularly.

    ``name`` is its name in the archive. ``timezone`` is the IANA name of the zone of the page's times, None if the page
    states it. With ``allow_private`` its host and redirects may lead to private IP addresses. ``request`` holds its
    request options. ``charset`` overrides a wrong one from the server. ``interval`` is the minimum in seconds between
    fetches by runs that fetch all sources.
    """

    name: str
    url: str
    timezone: str | None = None
    selectors: Selectors = field(default_factory=Selectors)
    allow_private: bool = False
    request: RequestOptions = field(default_factory=RequestOptions)
    charset: str | None = None
    interval: float = 0.0

    @property
    def shown(self) -> str:
        """Return the URL without user name and password."""
        return without_credentials(self.url)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields for display, as JSON-compatible data."""
        return {
            "name": self.name,
            "url": self.shown,
            "timezone": self.timezone,
            "allow_private": self.allow_private,
            "selectors": self.selectors.to_dict(),
        }
