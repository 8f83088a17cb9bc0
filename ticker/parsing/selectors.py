"""People's own CSS selectors, for a site that the general way gets wrong; BeautifulSoup runs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ticker.addresses import absolute
from ticker.errors import SelectorError
from ticker.parsing.body import Body
from ticker.parsing.outline import build_outline, parse_tree
from ticker.records import Headline
from ticker.text import clean
from ticker.times import find_times, read_machine_time, resolve_list

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from ticker.settings import Selectors
    from ticker.times.expressions import TimeExpression


@dataclass(frozen=True, slots=True)
class Match:
    """What one of people's selectors found: so many elements, of ``entries`` where it is asked within each of these."""

    name: str
    selector: str
    found: int
    entries: int | None = None

    def __str__(self) -> str:
        where = f"in {self.found} of {self.entries} entries" if self.entries is not None else f"{self.found} elements"
        return f"{self.name} {self.selector!r}: {where}"


class SelectedPage:
    """A page as BeautifulSoup reads it, for the selectors of one source."""

    def __init__(self, source: bytes, selectors: Selectors) -> None:
        self._source = source
        self._selectors = selectors

    @cached_property
    def _soup(self) -> BeautifulSoup:
        # Made when it is needed: it takes longer than all the rest, and most sources have no selectors.
        from bs4 import BeautifulSoup

        return BeautifulSoup(self._source, "lxml", from_encoding="utf-8")

    def matches(self) -> Iterator[Match]:
        """What each of the selectors finds on the page. Raises SelectorError."""
        chosen = self._selectors
        if chosen.body:
            yield Match("body", chosen.body, len(_select(self._soup, chosen.body)))
        if chosen.entry:
            entries = _select(self._soup, chosen.entry)
            yield Match("entry", chosen.entry, len(entries))
            for name, selector in (("time", chosen.time), ("title", chosen.title)):
                if selector:
                    found = sum(_first(entry, selector, selector) is not None for entry in entries)
                    yield Match(name, selector, found, len(entries))

    def body(self) -> Body | None:
        """The lines of what the body's selector finds; None where there is no such selector or nothing is found.

        Raises SelectorError.
        """
        if not self._selectors.body:
            return None
        paragraphs: list[str] = []
        for element in _select(self._soup, self._selectors.body):
            outline = build_outline(parse_tree(str(element).encode()))
            if outline.nodes:
                titles = {outline.text(node) for node in outline.nodes if node.tag == "h1"}  # none of the body
                paragraphs += [line for line in outline.lines(outline.nodes[0]) if line not in titles]
        return Body(paragraphs=tuple(paragraphs), node=None, source="page") if paragraphs else None

    def headlines(self, base: str | None, fetched_at: datetime, zone: tzinfo) -> tuple[Headline, ...] | None:
        """The headlines in what the entries' selector finds; None where there is no such selector.

        An entry without a title is left out; one without a time is kept. Raises SelectorError.
        """
        if not self._selectors.entry:
            return None
        rows: list[tuple[str, str | None, str, Any]] = []
        expressions: list[TimeExpression | None] = []
        for entry in _select(self._soup, self._selectors.entry):
            title = _first(entry, self._selectors.title, "h1, h2, h3, h4, h5, h6, a[href]")
            time = _first(entry, self._selectors.time, "time")
            text = clean(title.get_text(" ")) if title else ""
            if not text:
                continue
            shown = clean((time or entry).get_text(" "))
            found = find_times(shown[:300])
            if time is None:
                shown = found[0].text if found else ""
            rows.append((text, _link(entry, title, base), shown, _machine_time(time, zone)))
            expressions.append(found[0] if found else None)
        headlines = []
        for (text, url, shown, machine), moment in zip(rows, resolve_list(expressions, fetched_at, zone), strict=True):
            known = machine or ((moment.time, moment.precision) if moment else None)
            headlines.append(
                Headline(text, known[0] if known else None, shown, url, known[1] if known else "minute", None)
            )
        return tuple(headlines)


def _select(place: BeautifulSoup | Tag, selector: str) -> list[Tag]:
    from soupsieve import SelectorSyntaxError

    try:
        return list(place.select(selector))
    except SelectorSyntaxError as error:
        raise SelectorError(f"{selector!r} is no CSS selector: {str(error).splitlines()[0]}") from error


def _first(entry: Tag, selector: str | None, otherwise: str) -> Tag | None:
    found = _select(entry, selector or otherwise)
    if not found and selector and entry in entry.parent.select(selector) if entry.parent else False:
        return entry
    return found[0] if found else None


def _link(entry: Tag, title: Tag | None, base: str | None) -> str | None:
    around = [title, title.find_parent("a"), title.find("a")] if title else []
    places = [*around, entry, entry.find("a"), entry.find_parent("a")]
    for place in places:
        address = absolute(str(place.get("href") or ""), base) if place is not None and hasattr(place, "get") else None
        if address:
            return address
    return None


def _machine_time(element: Tag | None, zone: tzinfo) -> Any:
    for name in ("datetime", "content", "title", "data-time", "data-timestamp"):
        value = element.get(name) if element is not None else None
        moment = read_machine_time(str(value), zone) if value else None
        if moment is not None:
            return moment
    return None
