"""The output of ``ticker sources check`` and ``--explain``: a parsed page for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

import click

from ticker.commands import terminal
from ticker.commands.output import clock

if TYPE_CHECKING:
    from ticker.pipeline import Examined
    from ticker.records import Article, Headline, Page

_SHOWN_PARAGRAPHS = 2


def page_lines(page: Page, zone: tzinfo) -> Iterator[str]:
    """Yield lines that show the beginning of the page's article, then each headline with its time in ``zone``."""
    width = terminal.width() if sys.stdout.isatty() else None
    coloured = terminal.is_coloured(sys.stdout, os.environ)

    def heading(text: str) -> str:
        return click.style(text, bold=True) if coloured else text

    def fitted(text: str) -> str:
        text = terminal.harmless(text)
        return terminal.fit(text, width) if width else text

    article, headlines = page.article, page.headlines
    yield heading("Article") if article else heading("No article")
    if article:
        yield from map(fitted, _article_lines(article, zone))
    yield ""
    yield heading(f"{len(headlines)} headlines") if headlines else heading("No headlines")
    for headline in headlines:
        yield fitted(_headline_line(headline, zone))


def explanation_lines(examined: Examined) -> Iterator[str]:
    """Return the lines that explain how the parser chose the body and the lists."""
    return map(terminal.harmless, examined.explanation)


def _article_lines(article: Article, zone: tzinfo) -> Iterator[str]:
    paragraphs = article.paragraphs
    yield f"  title      {article.title}"
    yield f"  published  {clock(article.published, zone) if article.published else 'not known'}"
    if article.authors:
        yield f"  by         {', '.join(article.authors)}"
    if article.url:
        yield f"  link       {article.url}"
    yield f"  body       {len(paragraphs)} paragraphs, {len(article.body)} characters, beginning:"
    for paragraph in paragraphs[:_SHOWN_PARAGRAPHS]:
        yield f"    {paragraph}"


def _headline_line(headline: Headline, zone: tzinfo) -> str:
    time = clock(headline.time, zone) if headline.time else "time not known"
    return f"  {time:16}  {headline.time_text:12}  {headline.title}"
