"""The command ``ticker show``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, tzinfo
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.options import common_options, index_option
from ticker.cli.output import format_moment, short_id, shown_time
from ticker.textdiff import is_replaced

if TYPE_CHECKING:
    from ticker.archive import History, StoredArticle, StoredHeadline

_MOST_CELLS = 88  # longer lines are hard to read
_LABEL_CELLS = 11
_FEWEST_CELLS = 8  # beside a label


@click.command("show")
@click.argument("what", metavar="ID|URL")
@click.option("--json", "as_json", is_flag=True, help="Print all versions as JSON Lines, as stored, oldest first.")
@index_option
@common_options
@click.pass_obj
def command(invocation: Invocation, what: str, as_json: bool) -> None:
    """Show one headline or article with its history.

    ID is an id shown by --long or --json, or at least its first six characters. URL is the URL of the article, or of
    the page on which it was found. On a terminal, the body is wrapped to the width; in a pipe, each paragraph is one
    line.

    Exit status: 0 found, 1 not found, 2 error.

    \b
    Examples:
      ticker show https://news.example/articles/night-ferry/48213
      ticker show 5f0c2a91
    """
    from ticker.cli.context import open_archive, user_zone

    settings = invocation.settings()
    story = open_archive(invocation, settings).find(what)
    if as_json:
        lines: Iterator[str] = map(terminal.escape_for(sys.stdout), (version.to_line() for version in story.versions))
    else:
        lines = _Sheet(terminal.layout(_MOST_CELLS), user_zone(settings)).story(story)
    for line in lines:
        sys.stdout.write(line + "\n")


class _Sheet(NamedTuple):
    """A story as lines, with times in ``zone``."""

    layout: terminal.Layout
    zone: tzinfo

    def story(self, story: History) -> Iterator[str]:
        """Yield the lines of the article and of the headline, each with its history."""
        if story.articles:
            yield from self._article(story.articles[-1])
            yield from self._history(story.articles)
        if story.articles and story.headlines:
            yield ""
        if story.headlines:
            yield from self._headline(story.headlines[-1], titled=not story.articles)
            yield from self._history(story.headlines)

    def _article(self, article: StoredArticle) -> Iterator[str]:
        yield from self.layout.wrap(article.title, bold=True)
        yield from self._field("source", article.source)
        if article.published:
            yield from self._field("published", self._clock(article.published))
        if article.modified and article.modified != article.published:
            yield from self._field("modified", self._clock(article.modified))
        if article.authors:
            yield from self._field("by", ", ".join(article.authors))
        yield from self._common(article)
        for paragraph in article.body.split("\n"):
            yield ""
            yield from self.layout.wrap(paragraph)

    def _headline(self, headline: StoredHeadline, titled: bool) -> Iterator[str]:
        if titled:
            yield from self.layout.wrap(headline.title, bold=True)
        else:
            yield from self._field("headline", headline.title)
        yield from self._field("source", headline.source)
        said = f"  (“{headline.time_text}” on the page)" if headline.time_text else ""
        yield from self._field("time", shown_time(headline, self.zone) + said)
        if headline.section:
            yield from self._field("section", headline.section)
        yield from self._common(headline)

    def _common(self, version: StoredHeadline | StoredArticle) -> Iterator[str]:
        if version.url:
            yield from self._field("link", version.url, whole=True)
        if version.page and version.page != version.url:
            yield from self._field("page", version.page, whole=True)
        yield from self._field("seen", self._clock(version.seen))
        yield from self._id_field(version.id)

    def _history(self, versions: tuple[StoredHeadline, ...] | tuple[StoredArticle, ...]) -> Iterator[str]:
        if len(versions) < 2:
            return
        yield ""
        yield self._dim(f"{len(versions)} versions, oldest first:")
        before: StoredHeadline | StoredArticle | None = None
        for version in versions:
            title = "" if before and before.title == version.title else version.title
            what = "  ".join(filter(None, (title, _change(before, version))))
            id = terminal.replace_controls(self._id(version.id))
            yield from self._hanging(f"  {self._clock(version.seen)}  {id}  ", what)
            before = version

    def _field(self, label: str, value: str, whole: bool = False) -> Iterator[str]:
        return self._hanging(f"{label:{_LABEL_CELLS}}", value, whole)

    def _id_field(self, id: str) -> Iterator[str]:
        """Yield the id on one line, uncut if there is room; a wrapped id cannot be copied."""
        width = self.layout.width
        has_room = not width or _LABEL_CELLS + len(id) <= width or not id.isalnum()
        yield from self._field("id", id) if has_room else [self._dim("id ") + self._id(id)]

    def _hanging(self, label: str, text: str, whole: bool = False) -> Iterator[str]:
        layout = self.layout
        if layout.width and layout.width - len(label) < _FEWEST_CELLS:
            yield from layout.wrap(label, dim=True)
            label = "  "
        indent = " " * len(label)
        first, *rest = [indent + terminal.replace_controls(text)] if whole else layout.wrap(text, indent)
        yield self._dim(label) + first.removeprefix(indent)
        yield from rest

    def _dim(self, text: str) -> str:
        return self.layout.style(text, dim=True)

    def _id(self, id: str) -> str:
        return short_id(id) if self.layout.width else id

    def _clock(self, moment: datetime) -> str:
        return format_moment(moment, self.zone)


def _change(before: StoredHeadline | StoredArticle | None, version: StoredHeadline | StoredArticle) -> str:
    """Describe the change: the number of changed paragraphs of an article, or "replaced" for an unrelated title."""
    from ticker.archive import is_reread

    if before and is_replaced(before.title, version.title):
        return "(replaced)"
    old, new = getattr(before, "body", None), getattr(version, "body", None)
    if before is None or old is None or new is None:
        return ""
    kept = sum(block.size for block in SequenceMatcher(None, old.split("\n"), new.split("\n")).get_matching_blocks())
    gone, come = old.count("\n") + 1 - kept, new.count("\n") + 1 - kept
    return f"({'re-read; ' if is_reread(version, before) else ''}paragraphs: {come} new, {gone} gone)"
