"""Says how a page was read: which block is the body and why, which lists were found, which were turned down and why.

For people whose site is read wrong: what it prints is what they write their selectors from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticker.models import Headline
from ticker.parsing.outline import Node
from ticker.parsing.page import Reading

# So many rivals of the chosen body tell enough, and so many entries of a list.
_MOST_CANDIDATES = 5
_MOST_ENTRIES = 3
# The innermost elements of a path are those that a selector is written from.
_PATH_STEPS = 4


def explain(reading: Reading) -> Iterator[str]:
    """The lines of the explanation, without line ends."""
    page, metadata = reading.page, reading.metadata
    guess = ", a guess: the page shows clocks and names no zone" if page.has_assumed_zone else ""
    yield f"clock: {reading.zone}{guess}"
    if page.interstitial:
        yield f"a {page.interstitial} in place of the content"
    for match in reading.matches():
        yield f"your selector for {match}"
        if match.name == "entry" and match.found:
            yield f"  {_told_of_entries(match.found, page.headlines)}"
    if page.article:
        yield f"title: {page.article.title}"
        yield f"published: {page.article.published}   modified: {page.article.modified}"
    elif metadata:
        yield f"no article on this page ({metadata.kind or 'it does not say what it is'}); title: {metadata.title}"
    search = reading.search
    if search:
        body = search.body
        where = selector_of(body.node) if body and body.node else "the page's own JSON-LD" if body else "nowhere"
        yield f"body: {len(body.paragraphs) if body else 0} paragraphs, from {where}: {search.reason}"
        for candidate in search.candidates[:_MOST_CANDIDATES]:
            mark = "*" if body and candidate.node is body.node else " "
            yield f"  {mark} {candidate.weight:8.0f}  {selector_of(candidate.node)}  ({candidate.reason})"
    yield f"lists of entries with times: {len(reading.lists)}"
    for found in reading.lists:
        under = f"  under {found.section!r}" if found.section else ""
        verdict = f"turned down: {found.refused}" if found.refused else "headlines"
        yield f"  {len(found.headlines)} x {selector_of(found.nodes[0])}{under}: {verdict}"
        yield f"      {found.verdict.points:+6.1f}  in all"
        for finding in found.verdict.findings:
            yield f"      {finding.points:+6.1f}  {finding.reason}"
        for headline in found.headlines[:_MOST_ENTRIES]:
            time = headline.time.isoformat(timespec="minutes") if headline.time else "no time"
            yield f"      {headline.time_text!r} → {time} ({headline.precision})  {headline.title}"


def _told_of_entries(count: int, headlines: Sequence[Headline]) -> str:
    """Return what the entries of people's own selector lack: ``3 entries, a title in all, no time in any``."""
    titled, timed = len(headlines), sum(headline.time is not None for headline in headlines)
    told = [f"{count} {'entry' if count == 1 else 'entries'}"]
    for what, found in (("title", titled), ("time", timed)):
        told.append(f"no {what} in any" if not found else f"a {what} in {'all' if found == count else found}")
    return ", ".join(told[:2] if not titled else told) + ("; so none gives a headline" if not titled else "")


def selector_of(node: Node) -> str:
    """A CSS selector that finds an element: its innermost steps, with their classes."""
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
    """Whether a class name can stand in a selector as it is."""
    return name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit()
