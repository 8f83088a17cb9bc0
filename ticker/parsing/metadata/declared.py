"""The common format of what one source of metadata declares about a page's article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "live", "list", "video"]


@dataclass(frozen=True, slots=True)
class DeclaredAuthor:
    """An author from a source: one name if ``whole``, else a byline of one or several names."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """The values from one source, such as JSON-LD or the meta tags; empty or None where it declares nothing.

    ``titles``, ``published`` and ``modified`` are in order of trust. So are the groups of ``authors``, each of which
    lists all authors. Dates are text. ``is_news`` means that the source declares the type of a newsroom's article.
    """

    titles: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[tuple[DeclaredAuthor, ...], ...] = ()
    sites: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    description: str | None = None
    kind: Kind | None = None
    body: str | None = None
    is_news: bool = False
