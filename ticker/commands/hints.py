"""Hints on stderr for a search that found nothing."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ticker.commands.invocation import Invocation

if TYPE_CHECKING:
    from ticker.commands.selection import Selection

_MOST_NAMES = 3


def tell_why_empty(
    invocation: Invocation,
    selection: Selection,
    pattern: Sequence[str] = (),
    mode: str | None = None,
    ignore_case: str | None = None,
) -> None:
    """Print which selected sources have no records; on a terminal, also print suggestions."""
    reasons = list(_absent_sources(selection))
    for reason in reasons:
        invocation.note(f"ticker: {reason}")
    is_seen = sys.stderr.isatty() and not invocation.quiet and not invocation.is_log_on_stderr
    if is_seen and pattern and mode in (None, "words") and not reasons:
        for hint in _suggestions(selection, " ".join(pattern), ignore_case != "no", not invocation.no_index):
            invocation.note(f"ticker: {hint}")


def known_sources(selection: Selection) -> list[str]:
    """Return the names of configured sources, and of those in a sample of the archive's lines."""
    configured = (source.name for source in selection.settings.sources)
    return list(dict.fromkeys([*configured, *selection.archive.sources()]))


def _absent_sources(selection: Selection) -> Iterator[str]:
    from ticker.archive import Query

    for name in sorted(selection.query.sources):
        of_source = selection._replace(query=Query(sources=frozenset([name]), limit=1))
        if not any(of_source.records()):
            like = _like(name, known_sources(selection))[:1]
            hint = f"did you mean {like[0]}?" if like else "'ticker sources list' shows the configured ones"
            yield f"{selection.settings.archive} has no {selection.kind} of the source {name!r}; {hint}"


def _suggestions(selection: Selection, pattern: str, ignore_case: bool, is_fast: bool) -> Iterator[str]:
    from ticker.archive.matching import words
    from ticker.archive.queries import source_names, whole_words, widened

    asked = whole_words(pattern)
    wider = widened(pattern)
    if asked and is_fast:
        query = replace(selection.query, matcher=words(wider, ignore_case), limit=1)
        if any(selection._replace(query=query).records()):
            yield f"only whole words match; to match longer words, too: ticker search {shlex.quote(wider)}"
    names = source_names(pattern)
    known = known_sources(selection) if names or len(asked) == 1 else []
    for name in [name for name in names if name not in known] or asked[:1]:
        like = _like(name, known)[:_MOST_NAMES]
        if like:
            told = f"is a source {like[0]}" if len(like) == 1 else f"are sources {', '.join(like)}"
            yield f"there {told}; to list its headlines: ticker list --source {shlex.quote(like[0])}"


def _like(name: str, known: Sequence[str]) -> list[str]:
    """Return the names that contain ``name``, or else the one spelled most like it."""
    from difflib import get_close_matches

    others = [each for each in known if each != name]
    within = [each for each in others if name.lower() in each.lower()] if len(name) > 1 else []
    return within or get_close_matches(name, others, n=1)
