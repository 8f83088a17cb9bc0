"""People's own CSS selectors, for a site that the general way gets wrong; BeautifulSoup runs them."""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ticker.errors import SelectorError
from ticker.models import Headline
from ticker.parsing.body import Body
from ticker.parsing.outline import build_outline, parse_tree
from ticker.text import clean
from ticker.times import find_times, read_machine_time, resolve_list
from ticker.urls import absolute

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from ticker.settings import Selectors
    from ticker.times.expressions import TimeExpression

_DEEPEST = 8
"""Entries may stand in one another, as lists do. No list does more often; on a page made to be slow each would be read
as often as there are others around it."""


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
        self._numbers: dict[str, Sequence[int]] = {}

    @cached_property
    def _soup(self) -> BeautifulSoup:
        # Made when it is needed: it takes longer than all the rest, and most sources have no selectors.
        from bs4 import BeautifulSoup

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it thinks of a page, as of one that begins as XML, helps no user
            return BeautifulSoup(self._source, "lxml", from_encoding="utf-8")

    def matches(self) -> Iterator[Match]:
        """What each of the selectors finds on the page. Raises SelectorError."""
        chosen = self._selectors
        if chosen.body:
            yield Match("body", chosen.body, len(_select(self._soup, chosen.body)))
        if chosen.entry:
            entries = self._entries()
            yield Match("entry", chosen.entry, len(entries))
            for name, selector in (("time", chosen.time), ("title", chosen.title)):
                if selector:
                    found = sum(self._first(entry, selector, selector) is not None for entry in entries)
                    yield Match(name, selector, found, len(entries))

    def body(self) -> Body | None:
        """The lines of what the body's selector finds; None where there is no such selector or nothing is found.

        Raises SelectorError.
        """
        if not self._selectors.body:
            return None
        paragraphs: list[str] = []
        found = _select(self._soup, self._selectors.body)
        for element in self._places.outermost(found, 1):  # what stands in another is read with that
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
        for entry in self._entries():
            title = self._first(entry, self._selectors.title, "h1, h2, h3, h4, h5, h6, a[href]")
            time = self._first(entry, self._selectors.time, "time")
            text = clean(title.get_text(" ")) if title else ""
            if not text:
                continue
            shown = clean((time or entry).get_text(" "))
            found = find_times(shown[:300])
            if time is None:
                shown = found[0].text if found else ""
            rows.append((text, self._link(entry, title, base), shown, _machine_time(time, zone)))
            expressions.append(found[0] if found else None)
        headlines = []
        for (text, url, shown, machine), moment in zip(rows, resolve_list(expressions, fetched_at, zone), strict=True):
            known = machine or ((moment.time, moment.precision) if moment else None)
            headlines.append(
                Headline(text, known[0] if known else None, shown, url, known[1] if known else "minute", None)
            )
        return tuple(headlines)

    @cached_property
    def _places(self) -> _Places:
        return _Places(self._soup)

    def _entries(self) -> list[Tag]:
        assert self._selectors.entry
        return self._places.outermost(_select(self._soup, self._selectors.entry), _DEEPEST)

    def _first(self, entry: Tag, selector: str | None, otherwise: str) -> Tag | None:
        """What ``selector``, else ``otherwise``, finds first in an entry; the entry, if the selector means that."""
        wanted = selector or otherwise
        if ":scope" in wanted:
            found = _select(entry, wanted, limit=1)
            return found[0] if found else None
        numbers = self._found(wanted)
        first = self._places.first_within(entry, numbers)
        if first is None and selector:
            own = self._places.numbers([entry])[0]
            at = bisect_right(numbers, own)
            return entry if at and numbers[at - 1] == own else None
        return first

    def _found(self, selector: str) -> Sequence[int]:
        """Where on the whole page a selector finds something: asked once, and not for each entry."""
        if selector not in self._numbers:
            self._numbers[selector] = self._places.numbers(_select(self._soup, selector))
        return self._numbers[selector]

    def _link(self, entry: Tag, title: Tag | None, base: str | None) -> str | None:
        around = [title, self._places.link_around(title), self._first(title, None, "a")] if title else []
        for place in (*around, entry, self._first(entry, None, "a"), self._places.link_around(entry)):
            address = absolute(str(place.get("href") or ""), base) if place is not None else None
            if address:
                return address
        return None


class _Places:
    """The elements of a page in their order: what stands in or around one is told without going through all of it."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.elements = soup.find_all(True)
        self._numbers = {id(element): number for number, element in enumerate(self.elements)}
        self._ends = [len(self.elements)] * len(self.elements)
        self._links: list[Tag | None] = []
        open_ones: list[int] = []
        for number, element in enumerate(self.elements):
            while open_ones and self.elements[open_ones[-1]] is not element.parent:
                self._ends[open_ones.pop()] = number
            around = self._links[open_ones[-1]] if open_ones else None
            self._links.append(element if element.name == "a" else around)
            open_ones.append(number)

    def outermost(self, found: Sequence[Tag], deepest: int) -> list[Tag]:
        """Those of ``found``, which are in the page's order, that stand in fewer than ``deepest`` others of them."""
        chosen: list[Tag] = []
        ends: list[int] = []
        for element in found:
            number = self._numbers[id(element)]
            while ends and ends[-1] <= number:
                ends.pop()
            if len(ends) < deepest:
                chosen.append(element)
                ends.append(self._ends[number])
        return chosen

    def numbers(self, found: Sequence[Tag]) -> list[int]:
        """Where elements stand in the order; in order themselves where ``found`` is."""
        return [self._numbers[id(element)] for element in found]

    def first_within(self, element: Tag, numbers: Sequence[int]) -> Tag | None:
        """The first of the elements with these numbers that stands in ``element``."""
        number = self._numbers[id(element)]
        at = bisect_right(numbers, number)
        return self.elements[numbers[at]] if at < len(numbers) and numbers[at] < self._ends[number] else None

    def link_around(self, element: Tag) -> Tag | None:
        """The innermost ``<a>`` around an element, itself included."""
        return self._links[self._numbers[id(element)]]


def _select(place: BeautifulSoup | Tag, selector: str, limit: int = 0) -> list[Tag]:
    from soupsieve import SelectorSyntaxError

    try:
        return list(place.select(selector, limit=limit))
    except SelectorSyntaxError as error:
        raise SelectorError(f"{selector!r} is no CSS selector: {str(error).splitlines()[0]}") from error


def _machine_time(element: Tag | None, zone: tzinfo) -> Any:
    for name in ("datetime", "content", "title", "data-time", "data-timestamp"):
        value = element.get(name) if element is not None else None
        moment = read_machine_time(str(value), zone) if value else None
        if moment is not None:
            return moment
    return None
