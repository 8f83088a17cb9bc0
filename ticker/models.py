"""The frozen records that pass between the packages: ``Page``, ``Article`` and ``Headline``.

``to_dict`` returns JSON-compatible data, with times as ISO 8601 including the offset; ``from_dict`` is its inverse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

Precision = Literal["exact", "minute", "hour", "day"]
"""``exact``: to the second, from a machine-readable value; else the smallest unit that the page shows."""

PRECISIONS: tuple[str, ...] = get_args(Precision)
"""From finest to coarsest."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One entry of a list of timestamped headlines.

    ``title`` is the headline alone. ``time`` is aware, or None if unknown; ``time_text`` is the time as the page shows
    it. ``precision`` is ``exact`` (to the second, from a machine-readable attribute), ``minute``, ``hour`` ("3 hours
    ago") or ``day``. ``url`` is absolute. ``section`` is the heading above the list.
    """

    title: str
    time: datetime | None = None
    time_text: str = ""
    url: str | None = None
    precision: Precision = "minute"
    section: str | None = None

    def __post_init__(self) -> None:
        _demand_aware(self.time)
        if self.precision not in PRECISIONS:
            raise ValueError(f"invalid precision {self.precision!r}: must be one of {', '.join(PRECISIONS)}")

    def to_dict(self) -> dict[str, Any]:
        """Return the headline as JSON-compatible data."""
        return {
            "title": self.title,
            "time": _to_text(self.time),
            "time_text": self.time_text,
            "url": self.url,
            "precision": self.precision,
            "section": self.section,
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Headline:
        """Return the headline from the result of ``to_dict``; raises ValueError or KeyError if it is malformed."""
        return cls(
            title=fields["title"],
            time=_to_time(fields.get("time")),
            time_text=fields.get("time_text") or "",
            url=fields.get("url"),
            precision=fields.get("precision") or "minute",
            section=fields.get("section"),
        )


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a page.

    ``body`` holds the paragraphs joined by newlines. ``published`` and ``modified`` are aware or None. ``url`` is the
    canonical URL. ``language`` is a BCP 47 tag such as ``en`` or ``pt-BR``.
    """

    title: str
    body: str
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None
    url: str | None = None
    site: str | None = None

    def __post_init__(self) -> None:
        _demand_aware(self.published)
        _demand_aware(self.modified)

    @property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the body, in order."""
        return self.body.split("\n") if self.body else []

    def to_dict(self) -> dict[str, Any]:
        """Return the article as JSON-compatible data."""
        return {
            "title": self.title,
            "published": _to_text(self.published),
            "modified": _to_text(self.modified),
            "authors": list(self.authors),
            "language": self.language,
            "description": self.description,
            "url": self.url,
            "site": self.site,
            "body": self.body,
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Article:
        """Return the article from the result of ``to_dict``; raises ValueError or KeyError if it is malformed."""
        return cls(
            title=fields["title"],
            body=fields.get("body") or "",
            published=_to_time(fields.get("published")),
            modified=_to_time(fields.get("modified")),
            authors=tuple(fields.get("authors") or ()),
            language=fields.get("language"),
            description=fields.get("description"),
            url=fields.get("url"),
            site=fields.get("site"),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """The article of one page, if it has one, and its headlines, in the page's order.

    The other fields are not in the JSON. ``reader`` is the revision of the parser and ``unmatched`` the source's
    selectors that match nothing; both are set when the page is parsed for the archive. ``interstitial`` names what the
    page shows in place of its content, such as "consent page", or is "". ``has_assumed_zone`` means that the page
    shows clock times without a time zone, which were read as UTC. Comparisons ignore all of these but ``reader``.
    """

    article: Article | None = None
    headlines: tuple[Headline, ...] = ()
    reader: int | None = None
    interstitial: str = field(default="", compare=False)
    has_assumed_zone: bool = field(default=False, compare=False)
    unmatched: tuple[str, ...] = field(default=(), compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the page as JSON-compatible data."""
        return {
            "article": self.article.to_dict() if self.article else None,
            "headlines": [headline.to_dict() for headline in self.headlines],
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Page:
        """Return the page from the result of ``to_dict``; raises ValueError or KeyError if it is malformed."""
        article = fields.get("article")
        return cls(
            article=Article.from_dict(article) if article else None,
            headlines=tuple(Headline.from_dict(headline) for headline in fields.get("headlines") or ()),
        )


def _demand_aware(time: datetime | None) -> None:
    if time is not None and time.utcoffset() is None:
        raise ValueError(f"{time!r} has no time zone")


def _to_text(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _to_time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
