"""The common type of all sources of metadata: JSON-LD, meta tags, elements of the head, visible text, the URL."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ticker.text import clean

Kind = Literal["article", "live", "video", "list"]


@dataclass(frozen=True, slots=True)
class Author:
    """An author from a source: one name if ``whole``, else a byline of one or several names."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """A date from a source; ``offset`` is its own UTC offset, ``daily`` means that it has no time of day."""

    moment: datetime
    offset: timedelta | None
    daily: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says about a page's article, each field in order of trust; () where it says nothing.

    A date is a text until the page's timezone is known. Each group of ``authors`` lists all authors. ``is_news`` means
    that the source declares the type of a newsroom's article.
    """

    titles: tuple[str, ...] = ()
    published: tuple[str | Date, ...] = ()
    modified: tuple[str | Date, ...] = ()
    authors: tuple[tuple[Author, ...], ...] = ()
    sites: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    bodies: tuple[str, ...] = ()
    is_news: bool = False


def unescape(value: str) -> str:
    """Resolve the entities in ``value``, including those escaped twice."""
    return html.unescape(html.unescape(value)) if "&" in value else value


def plain(value: str) -> str:
    """Return a declared text on one line, with its entities resolved."""
    return clean(unescape(value))
