"""What is known of one source: where its page is, and how that page is to be read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from ticker.addresses import without_credentials
from ticker.errors import SettingsError
from ticker.settings.requests import RequestOptions


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors for a page that the general way gets wrong; what is None is found the general way.

    ``body`` selects the article's body, ``entry`` each entry of the list of headlines, ``time`` and ``title`` the
    time and the title within an entry. Raises SettingsError for these without ``entry``.
    """

    body: str | None = None
    entry: str | None = None
    time: str | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if (self.time or self.title) and not self.entry:
            raise SettingsError("selectors for time and title say where these are in an entry; add one for entry")

    def to_dict(self) -> dict[str, str]:
        """The selectors that are set, by name."""
        return {name: value for name in SELECTOR_NAMES if (value := getattr(self, name)) is not None}


SELECTOR_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Selectors))


@dataclass(frozen=True, slots=True)
class Source:
    """A page that is fetched again and again.

    ``name`` is what it is archived under; ``timezone`` is the IANA name of the clock that its page shows, None
    where the page itself says. With ``allow_private`` its name and its redirects may lead to private addresses.
    ``request`` is how its page is asked for; ``charset`` is the one to read it in where the server names a wrong one;
    ``interval`` are the seconds for which runs that fetch all sources leave it alone after each fetch.
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
        """Its address without user name and password."""
        return without_credentials(self.url)

    def to_dict(self) -> dict[str, Any]:
        """Its fields by name, in plain data, to be shown."""
        return {
            "name": self.name,
            "url": self.shown,
            "timezone": self.timezone,
            "allow_private": self.allow_private,
            "selectors": self.selectors.to_dict(),
        }
