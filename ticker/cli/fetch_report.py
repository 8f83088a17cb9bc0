"""Messages on fetched and parsed pages: failures, warnings, the summary, and a page in readable form."""

from __future__ import annotations

import shlex
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from ticker.cli import terminal
from ticker.cli.messages import ERROR, INFO, WARNING, log_message, number_of
from ticker.cli.output import format_moment
from ticker.errors import TickerError
from ticker.fetch_state import HeadlineHistory, SourceState, next_headline_history
from ticker.pipeline import NO_MATCH, ClockCheck, Outcome, fetch_result_of
from ticker.text import replace_controls, without_password

if TYPE_CHECKING:
    from ticker.cli.context import Invocation
    from ticker.cli.progress import Bar
    from ticker.models import Article, Headline, Page
    from ticker.pipeline import ParseReport
    from ticker.settings import Source

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
        sources = number_of(len(self.sources), "source")
        parts = [
            sources if self.pages == len(self.sources) else f"{number_of(self.pages, 'page')} of {sources}",
            number_of(self.headlines, "headline"),
            f"{self.new_headlines:,} new",
            f"{number_of(self.new_articles, 'article')} new" if self.new_articles else "",
            f"{number_of(self.reread_articles, 'article')} re-read" if self.reread_articles else "",
            f"{self.unchanged:,} unchanged" if self.unchanged else "",
            f"{self.failed:,} failed" if self.failed else "",
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
        new = f"{number_of(self.new_headlines, 'headline')} new, " if self.new_headlines else ""
        return f"{self.pages - self.failed} of {number_of(targets, 'source')} fetched, {new}{kept}"


class FetchReport:
    """The messages about the outcomes of a run, on stderr and in the log.

    The run ``began`` at that time (aware). ``states`` and ``histories`` are those of the sources before the run.
    """

    def __init__(
        self,
        invocation: Invocation,
        sources: Sequence[Source],
        began: datetime,
        states: Mapping[str, SourceState],
        histories: Mapping[str, HeadlineHistory],
        dry_run: bool,
        bar: Bar,
    ) -> None:
        self.tally = Tally()
        self.clocks = ClockCheck()
        self._invocation = invocation
        self._sources = {(source.name, source.url) for source in sources}
        self._began = began
        self._states = states
        self._histories = histories
        self._dry_run = dry_run
        self._bar = bar
        self._guesses: set[str] = set()

    def add(self, outcome: Outcome) -> None:
        """Count an outcome, log it, and print its error and warnings."""
        self.tally.count(outcome)
        self.clocks.add(outcome)
        verbose = self._invocation.verbose
        if log_outcome(outcome) and (outcome.error or verbose):
            self._bar.say(failure_line(outcome, verbose) if outcome.error else progress_line(outcome))
        for event, text in self._warnings(outcome):
            if log_message(WARNING, event, text, source=outcome.target.name):
                self._bar.say(f"ticker: {replace_controls(text)}")

    def _warnings(self, outcome: Outcome) -> Iterator[tuple[str, str]]:
        """Yield the warnings about a page: name of the event, and text."""
        target, attempt = outcome.target, fetch_result_of(outcome, self._began)
        if attempt.error:
            return
        for selector in outcome.missed:
            yield "no_match", f"{target.label}: {NO_MATCH}{selector}"
        if target.saved or (target.name, target.url) not in self._sources:
            yield from self._guess(outcome)
            return
        headlines = next_headline_history(attempt, self._histories.get(target.name))
        if headlines.bare:
            from ticker.cli.health import no_headlines  # loads all that counts words

            yield "no_headlines", f"{target.name}: {no_headlines(headlines, target.name)}"
        state = self._states.get(target.name)
        is_first = state is None or state.url != attempt.url or state.succeeded is None
        if outcome.has_assumed_zone and is_first:
            yield (
                "assumed_zone",
                f"{target.name}: {assumed_zone(target.name)}; to correct stored times, import into a new archive: "
                f"ticker --archive NEW import OLD --retime {shlex.quote(target.name)}=ZONE",
            )

    def _guess(self, outcome: Outcome) -> Iterator[tuple[str, str]]:
        """Yield the warning about a guessed timezone of a page of no source, once for each file or host."""
        target = outcome.target
        text = f"{target.label}: {ASSUMED_ZONE}"
        if not outcome.has_assumed_zone or not outcome.added or not outcome.added.headlines:
            return
        # A dry run stores no wrong times. Of a saved page, this is only a note.
        if not self._dry_run and text not in self._guesses and not (target.saved and self._invocation.quiet):
            self._guesses.add(text)
            yield "assumed_zone", text


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
    parts = [number_of(outcome.headlines, "headline"), f"{len(added.headlines) if added else 0} new"]
    if added and added.article:
        what = "re-read" if added.is_reread else "changed" if added.article.revises else "new"
        parts.append(f"article {what}: {added.article.title}")
    return f"{outcome.source}: {', '.join(parts)}"


def page_lines(page: Page, zone: tzinfo) -> Iterator[str]:
    """Yield lines that show the beginning of the page's article, then each headline with its time in ``zone``."""
    layout, article, headlines = terminal.layout(), page.article, page.headlines
    yield layout.style("Article" if article else "No article", bold=True)
    if article:
        yield from map(layout.fit, _article_lines(article, zone))
    yield ""
    yield layout.style(f"{len(headlines)} headlines" if headlines else "No headlines", bold=True)
    for headline in headlines:
        yield layout.fit(_headline_line(headline, zone))


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
