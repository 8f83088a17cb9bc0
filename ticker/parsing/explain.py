"""Explanation of how a page was parsed: the body, the accepted and the rejected lists, and the reasons.

It prints CSS selectors, from which users write their own for a site that is parsed wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticker.models import Headline
from ticker.parsing.headlines.finder import HeadlineList
from ticker.parsing.outline import Node
from ticker.parsing.page import ParseTrace

# Maximum number of body candidates, and of entries of each list, to show.
_MOST_CANDIDATES = 5
_MOST_ENTRIES = 3
# Maximum number of elements in a selector, from the innermost up.
_PATH_STEPS = 4


def explain(trace: ParseTrace) -> Iterator[str]:
    """Yield the lines of the explanation, without line ends."""
    page, metadata = trace.page, trace.metadata
    guess = " (assumed: the page shows clock times without a time zone)" if page.has_assumed_zone else ""
    yield f"timezone: {trace.zone}{guess}"
    if page.interstitial:
        yield f"a {page.interstitial} instead of the content"
    for match in trace.matches():
        yield f"your selector for {match}"
        if match.name == "entry" and match.found:
            yield f"  {_describe_entries(match.found, page.headlines)}"
    if page.article:
        yield f"title: {page.article.title}"
        yield f"published: {page.article.published or 'unknown'}   modified: {page.article.modified or 'unknown'}"
    elif metadata:
        yield f"no article on this page ({metadata.kind or 'no type declared'}); title: {metadata.title}"
    if metadata is None:
        paragraphs = page.article.body.count("\n") + 1 if page.article else 0
        yield f"plain text: {paragraphs} paragraphs of body, {len(page.headlines)} lines with a time"
        return
    search = trace.search
    if search:
        body = search.body
        where = selector_of(body.node) if body and body.node else "JSON-LD" if body else "no element"
        yield f"body: {len(body.paragraphs) if body else 0} paragraphs, from {where}: {search.reason}"
        for candidate in search.candidates[:_MOST_CANDIDATES]:
            mark = "*" if body and candidate.node is body.node else " "
            yield f"  {mark} {candidate.weight:8.0f}  {selector_of(candidate.node)}  ({candidate.reason})"
    if trace.lists or not page.headlines:  # selected headlines may replace the search for lists
        yield f"lists of timestamped entries: {len(trace.lists)}"
    yield from _describe_lists(trace.lists)
    if trace.data_lists:
        yield f"lists in the data of scripts: {len(trace.data_lists)}"
        yield from _describe_lists(trace.data_lists)


def _describe_lists(lists: Sequence[HeadlineList]) -> Iterator[str]:
    for found in lists:
        under = f"  under {found.section!r}" if found.section else ""
        verdict = f"rejected: {found.rejection_reason}" if found.rejection_reason else "headlines"
        yield f"  {len(found.headlines)} x {found.origin or selector_of(found.nodes[0])}{under}: {verdict}"
        yield f"      {found.verdict.points:+6.1f}  total"
        for finding in found.verdict.findings:
            yield f"      {finding.points:+6.1f}  {finding.reason}"
        for headline in found.headlines[:_MOST_ENTRIES]:
            time = headline.time.isoformat(timespec="minutes") if headline.time else "no time"
            yield f"      {headline.time_text!r} → {time} ({headline.precision})  {headline.title}"


def _describe_entries(count: int, headlines: Sequence[Headline]) -> str:
    """Return how many entries of a user's selector have parts: ``3 entries, all with a title, none with a time``."""
    titled, timed = len(headlines), sum(headline.time is not None for headline in headlines)
    told = [f"{count} {'entry' if count == 1 else 'entries'}"]
    for what, found in (("title", titled), ("time", timed)):
        told.append(f"none with a {what}" if not found else f"{'all' if found == count else found} with a {what}")
    return ", ".join(told[:2] if not titled else told) + ("; entries without a title are ignored" if not titled else "")


def selector_of(node: Node) -> str:
    """Return a CSS selector for an element, built from the innermost elements of its path and their classes."""
    steps: list[str] = []
    at: Node | None = node
    while at is not None and len(steps) < _PATH_STEPS and at.tag not in ("body", "html"):
        identifier = at.get("id")
        if identifier and identifier.isidentifier():
            steps.append(f"#{identifier}")
            break
        steps.append(at.tag + "".join(f".{name}" for name in (at.get("class") or "").split() if _is_plain(name))[:60])
        at = at.parent
    return " > ".join(reversed(steps)) or node.tag


def _is_plain(name: str) -> bool:
    """Return whether a class name needs no escaping in a selector."""
    return name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit()
