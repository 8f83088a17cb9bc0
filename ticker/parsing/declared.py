"""What one source of metadata declares about a page's article, in the shape that all sources share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "live", "list", "video"]


@dataclass(frozen=True, slots=True)
class Credit:
    """An author as a source gives it: one name if ``whole``, else a byline of one or several names."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """The statements of one source, such as JSON-LD or the meta tags; empty or None where it states nothing.

    ``titles``, ``published`` and ``modified`` are in order of trust, and so are the groups of ``authors``, each of
    which names all authors. Dates are text. ``is_news`` tells that the source calls the article one of a newsroom.
    """

    titles: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[tuple[Credit, ...], ...] = ()
    sites: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    description: str | None = None
    kind: Kind | None = None
    body: str | None = None
    is_news: bool = False
