"""The command ``ticker fetch``."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from ticker.cli.context import Invocation
from ticker.cli.messages import INFO, WARNING, log_message, say
from ticker.cli.options import (
    allow_private_option,
    common_options,
    complete_what,
    hidden_index_option,
    ignore_robots_option,
    saved_page_options,
)
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.archive import AddResult
    from ticker.cli.output import Style

SOME_FAILED = 1


@click.command("fetch")
@click.argument("what", nargs=-1, shell_complete=complete_what)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Fetch from N hosts in parallel.  [default: 4]")
@click.option("--dry-run", is_flag=True, help="Show what would be new; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print new records as JSON Lines, as stored.")
@saved_page_options
@ignore_robots_option
@allow_private_option
@click.option("--no-cache", is_flag=True, help="Download unchanged pages, too.")
@hidden_index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    what: tuple[str, ...],
    jobs: int | None,
    dry_run: bool,
    as_json: bool,
    url: str | None,
    at: str | None,
    timezone: str | None,
    ignore_robots: bool,
    allow_private: bool,
    no_cache: bool,
) -> int:
    """Fetch pages and archive new headlines and articles.

    Each WHAT is the name of a configured source, a URL, a saved page (.html, .txt), or - for a page on standard
    input. Without WHAT, every configured source is fetched. A page of no configured source is archived under the name
    of its host.

    Pages of one host are fetched one after the other. A source that fails does not stop the others. Runs without WHAT
    then skip it: for 15 minutes at first, for up to a day after more failures, or for as long as the server asks. If a
    source had headlines before and now has none, each run prints a warning. The summary, warnings and errors go to
    stderr; --quiet suppresses the summary.

    SIGINT (Ctrl-C), SIGTERM and SIGHUP end the run after storing the pages already fetched. A second signal ends it at
    once.

    Exit status: 0 success, 1 some sources failed (the others are stored) or the archive could not be written (it is
    unchanged), 2 usage error, 130, 143 or 129 ended by a signal.

    \b
    Examples:
      ticker fetch
      ticker fetch gazette https://news.example/articles/1
      ticker fetch page.html --url https://news.example/articles/1 --at '2025-06-12 21:30'
      ticker fetch --dry-run
    """
    from ticker.cli.context import now, open_archive, user_zone
    from ticker.cli.fetch_inputs import find_targets, open_fetch_history, open_fetcher, read_context, split_due
    from ticker.cli.fetch_report import FetchReport
    from ticker.cli.output import style_for_stdout
    from ticker.cli.progress import progress
    from ticker.cli.signals import Interrupted, handling_signals
    from ticker.pipeline import Bookkeeper, Outcome, Target, run
    from ticker.settings.reader import selector_errors

    settings = invocation.settings()
    zone, began = user_zone(settings), now()
    targets = find_targets(what, settings, read_context(url, at, timezone, zone))
    if not what and not settings.sources:
        raise UsageError(f"{settings.path}: no source is configured; add one with 'ticker sources add URL'")
    invocation.start_logging()
    history = open_fetch_history(settings)
    states = history.states()
    # Backoff does not apply to sources given by name, or fetched with other permissions than before.
    with_failed = ignore_robots or allow_private
    due, skipped = split_due(() if what else settings.sources, states, began, zone, with_failed)
    targets += map(Target.of, due)
    style = style_for_stdout("json" if as_json else None, zone=lambda: zone) if as_json or dry_run else None
    has_bar = not (invocation.quiet or invocation.verbose or invocation.is_log_on_stderr)
    with (
        handling_signals() as stop,
        open_fetcher(invocation, settings, targets, ignore_robots, allow_private, not dry_run, no_cache) as fetcher,
        closing(history),
        closing(Bookkeeper(history, settings.sources, began, keep=not dry_run)) as books,
        progress(len(targets), wanted=has_bar and not (style and sys.stdout.isatty())) as bar,
    ):
        report = FetchReport(invocation, settings.sources, began, states, history.headline_histories(), dry_run, bar)

        def tell(outcome: Outcome) -> None:
            books.record(outcome)
            report.add(outcome)
            if outcome.added and style:
                _print_new(outcome.added, style)
            bar.advance(outcome.target.label)

        archive = open_archive(invocation, settings, show_progress=False, must_exist=False)
        for line in skipped.lines():
            if log_message(INFO, "skipped", line) and invocation.verbose:
                bar.say(line)
        if not dry_run:
            history.skip(skipped.until)
        wrong = selector_errors(settings)
        for target in targets:
            if target.name in wrong:
                tell(Outcome(target, error=wrong[target.name]))
        sound = [target for target in targets if target.name not in wrong]
        stop.hold()
        run(sound, archive, fetcher, tell, jobs or settings.jobs, dry_run, should_stop=stop.is_requested)
        if stop.number is not None:
            raise Interrupted(stop.number, report.tally.progress(len(targets), dry_run))
    if complaint := report.clocks.find_warning(began, states.values()):
        say(complaint, WARNING, "clock")
    parts = [report.tally.summary() if targets else "", skipped.summary()]
    summary = ", ".join(filter(None, parts)) + (" (a dry run: nothing was stored)" if dry_run else "")
    invocation.note(summary, **report.tally.counts(), skipped=len(skipped.until) + len(skipped.resting))
    return SOME_FAILED if report.tally.failed else 0


def _print_new(added: AddResult, style: Style) -> None:
    from ticker.cli.output import write_records

    write_records(added.headlines, style)
    write_records([added.article] if added.article else [], style, articles=True)
    sys.stdout.flush()  # readers of a pipe get each page at once
