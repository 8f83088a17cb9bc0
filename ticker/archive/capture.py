"""What goes into an archive in one call, and what comes back: a page, and its new lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ticker.archive.records import StoredArticle, StoredHeadline

if TYPE_CHECKING:
    from ticker.models import Article, Headline


@dataclass(frozen=True, slots=True)
class PageCapture:
    """A page to store under ``source``: its content when it was ``seen`` (aware) at ``url``.

    ``reader`` is the revision of the parser that read it, or None if unknown.
    """

    source: str
    url: str | None
    headlines: Sequence[Headline]
    article: Article | None
    seen: datetime
    reader: int | None = None

    def __post_init__(self) -> None:
        if self.seen.utcoffset() is None:
            raise ValueError(f"{self.seen!r} has no time zone")


@dataclass(frozen=True, slots=True)
class AddResult:
    """The new lines of a page, in the page's order.

    ``is_reread`` is set if another parser revision read the version that ``article`` revises.
    """

    headlines: tuple[StoredHeadline, ...] = ()
    article: StoredArticle | None = None
    is_reread: bool = False

    def __bool__(self) -> bool:
        return bool(self.headlines or self.article)


def days_of(capture: PageCapture, added: AddResult) -> set[str]:
    """Return the days that hold the lines of a page once it was ``added``, such as "headlines/2025-06-12".

    The page does not reveal the day of a known line without a time, so such days are missing.
    """
    headlines = [*(headline.time for headline in capture.headlines), *(line.moment for line in added.headlines)]
    articles = [capture.article.published if capture.article else None, added.article.moment if added.article else None]
    times = [("headlines", time) for time in headlines] + [("articles", time) for time in articles]
    return {f"{kind}/{time.date()}" for kind, time in times if time}
