"""Messages on fetched and parsed pages: failures, warnings, the summary, and a page in readable form."""

from __future__ import annotations

import os
import shlex
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import click

from ticker.cli import terminal
from ticker.cli.messages import ERROR, INFO, log_message
from ticker.cli.output import format_moment
from ticker.errors import TickerError
from ticker.fetch_state import HeadlineHistory, SourceState, next_headline_history
from ticker.pipeline import NO_MATCH, Outcome, fetch_result_of
from ticker.text import replace_controls, without_password

if TYPE_CHECKING:
    from ticker.models import Article, Headline, Page
    from ticker.pipeline import ParseReport

ASSUMED_ZONE = "timezone unknown, assuming UTC; set --timezone"
"""The warning for a page with local times, if neither the page nor its URL tells the timezone."""

_SHOWN_PARAGRAPHS = 2


def assumed_zone(name: str) -> str:
    """Return the same warning for a configured source."""
    return f"{ASSUMED_ZONE}: ticker sources set {shlex.quote(name)} --timezone ZONE"


@dataclass(slots=True)
class Tally:
    """Counts of the outcomes of a run."""

    pages: int = 0
    headlines: int = 0
    new_headlines: int = 0
    new_articles: int = 0
    reread_articles: int = 0
    unchanged: int = 0
    failed: int = 0
    sources: set[str] = field(default_factory=set)

    def count(self, outcome: Outcome) -> None:
        """Count one more outcome."""
        self.pages += 1
        self.sources.add(outcome.source or outcome.target.name)
        self.headlines += outcome.headlines
        self.unchanged += outcome.unchanged
        self.failed += outcome.error is not None
        if outcome.added:
            self.new_headlines += len(outcome.added.headlines)
            self.new_articles += outcome.added.article is not None and not outcome.added.is_reread
            self.reread_articles += outcome.added.is_reread

    def summary(self) -> str:
        """Return ``3 sources, 41 headlines, 12 new, 1 article new, 1 failed``; counts after "new" only if not 0."""
        sources = _number(len(self.sources), "source")
        parts = [
            sources if self.pages == len(self.sources) else f"{_number(self.pages, 'page')} of {sources}",
            _number(self.headlines, "headline"),
            f"{self.new_headlines} new",
            f"{_number(self.new_articles, 'article')} new" if self.new_articles else "",
            f"{_number(self.reread_articles, 'article')} re-read" if self.reread_articles else "",
            f"{self.unchanged} unchanged" if self.unchanged else "",
            f"{self.failed} failed" if self.failed else "",
        ]
        return ", ".join(filter(None, parts))

    def counts(self) -> dict[str, int]:
        """Return the counts of the summary by name, for the log."""
        return {
            "sources": len(self.sources),
            "headlines": self.headlines,
            "new": self.new_headlines,
            "new_articles": self.new_articles,
            "reread_articles": self.reread_articles,
            "unchanged": self.unchanged,
            "failed": self.failed,
        }

    def progress(self, targets: int, dry_run: bool) -> str:
        """Return the summary of an interrupted run: ``3 of 20 sources fetched, 12 headlines new, all stored``."""
        kept = "nothing stored (dry run)" if dry_run else "all stored"
        new = f"{_number(self.new_headlines, 'headline')} new, " if self.new_headlines else ""
        return f"{self.pages - self.failed} of {_number(targets, 'source')} fetched, {new}{kept}"


def failure_line(outcome: Outcome, verbose: int = 0) -> str:
    """Return the error line of a source, with its URL and the cause; a bug in this program is reported as such."""
    target, error = outcome.target, outcome.error
    address = without_password(target.url or "")
    place = target.label if address in str(error) else f"{target.label}: {address}"
    if isinstance(error, TickerError):
        return replace_controls(without_password(f"ticker: {place}: {error}"))
    lines = traceback.format_exception(error) if verbose else []
    hint = "" if verbose else "; run with -v and report the output"
    told = replace_controls(f"ticker: {place}: a bug in ticker: {type(error).__name__}: {error}{hint}")
    return without_password("".join([*lines, told]))


def outcome_warnings(
    outcome: Outcome,
    began: datetime,
    is_source: bool,
    state: SourceState | None,
    headline_history: HeadlineHistory | None,
) -> Iterator[tuple[str, str]]:
    """Yield the warnings about a fetched page: name of the event, and text.

    For a page that ``is_source``, ``state`` and ``headline_history`` are its state before the run, which ``began`` at
    that time (aware).
    """
    attempt = fetch_result_of(outcome, began)
    if attempt.error:
        return
    for selector in outcome.missed:
        yield "no_match", f"{outcome.target.label}: {NO_MATCH}{selector}"
    if not is_source:
        if outcome.has_assumed_zone and not outcome.target.saved and outcome.added and outcome.added.headlines:
            yield "assumed_zone", f"{outcome.target.label}: {ASSUMED_ZONE}"
        return
    now = next_headline_history(attempt, headline_history)
    if now.bare:
        from ticker.cli.health import no_headlines  # loads all that counts words

        yield "no_headlines", f"{attempt.source}: {no_headlines(now, attempt.source)}"
    is_first = state is None or state.url != attempt.url or state.succeeded is None
    if outcome.has_assumed_zone and is_first:
        yield (
            "assumed_zone",
            f"{attempt.source}: {assumed_zone(attempt.source)}; to correct stored times, import into a new archive: "
            f"ticker --archive NEW import OLD --retime {shlex.quote(attempt.source)}=ZONE",
        )


def log_outcome(outcome: Outcome) -> bool:
    """Log the outcome of a target; return whether to print a message on stderr as well."""
    target, error, added = outcome.target, outcome.error, outcome.added
    fields = {
        "source": outcome.source or target.name,
        "url": without_password(target.url or ""),
        "seconds": round(outcome.seconds, 3),
    }
    if error:
        cause = getattr(error, "cause", type(error).__name__)
        text = failure_line(outcome).removeprefix("ticker: ").removeprefix(f"{target.label}: ")
        return log_message(ERROR, "failed", text, **fields, error=cause)
    return log_message(
        INFO,
        "unchanged" if outcome.unchanged else "fetched",
        progress_line(outcome).removeprefix(f"{outcome.source}: "),
        **fields,
        headlines=outcome.headlines,
        new=len(added.headlines) if added else 0,
        new_articles=int(added is not None and added.article is not None and not added.is_reread),
        reread_articles=int(added is not None and added.is_reread),
    )


def progress_line(outcome: Outcome) -> str:
    """Return the line that ``--verbose`` prints for a fetched page."""
    if outcome.unchanged:
        return f"{outcome.source}: unchanged"
    added = outcome.added
    parts = [_number(outcome.headlines, "headline"), f"{len(added.headlines) if added else 0} new"]
    if added and added.article:
        what = "re-read" if added.is_reread else "changed" if added.article.revises else "new"
        parts.append(f"article {what}: {added.article.title}")
    return f"{outcome.source}: {', '.join(parts)}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def page_lines(page: Page, zone: tzinfo) -> Iterator[str]:
    """Yield lines that show the beginning of the page's article, then each headline with its time in ``zone``."""
    width = terminal.width() if sys.stdout.isatty() else None
    coloured = terminal.is_coloured(sys.stdout, os.environ)

    def heading(text: str) -> str:
        return click.style(text, bold=True) if coloured else text

    def fitted(text: str) -> str:
        text = terminal.replace_controls(text)
        return terminal.fit(text, width) if width else text

    article, headlines = page.article, page.headlines
    yield heading("Article") if article else heading("No article")
    if article:
        yield from map(fitted, _article_lines(article, zone))
    yield ""
    yield heading(f"{len(headlines)} headlines") if headlines else heading("No headlines")
    for headline in headlines:
        yield fitted(_headline_line(headline, zone))


def explanation_lines(examined: ParseReport) -> Iterator[str]:
    """Return the lines that explain how the parser chose the body and the lists."""
    return map(terminal.replace_controls, examined.explanation)


def _article_lines(article: Article, zone: tzinfo) -> Iterator[str]:
    paragraphs = article.paragraphs
    yield f"  title      {article.title}"
    yield f"  published  {format_moment(article.published, zone) if article.published else 'not known'}"
    if article.authors:
        yield f"  by         {', '.join(article.authors)}"
    if article.url:
        yield f"  link       {article.url}"
    yield f"  body       {len(paragraphs)} paragraphs, {len(article.body)} characters, beginning:"
    for paragraph in paragraphs[:_SHOWN_PARAGRAPHS]:
        yield f"    {paragraph}"


def _headline_line(headline: Headline, zone: tzinfo) -> str:
    time = format_moment(headline.time, zone) if headline.time else "time not known"
    return f"  {time:16}  {headline.time_text:12}  {headline.title}"
