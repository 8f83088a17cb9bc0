"""Extraction by configured CSS selectors, run by BeautifulSoup, for sites that the general parser gets wrong."""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from ticker.errors import SelectorError
from ticker.models import Headline, Precision
from ticker.parsing.article.body import Body
from ticker.parsing.outline import build_outline, parse_tree
from ticker.text import clean
from ticker.times.finder import find_times
from ticker.times.listing import resolve_list
from ticker.times.machine import read_machine_time
from ticker.urls import absolute

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from ticker.settings import Selectors
    from ticker.times.expressions import TimeExpression

_DEEPEST = 8
"""Maximum nesting of entries. Entries may be nested like lists; without a limit a malicious page would take quadratic
time."""


@dataclass(frozen=True, slots=True)
class Match:
    """The number of elements, or of ``entries`` if not None, in which a configured selector matches."""

    name: str
    selector: str
    found: int
    entries: int | None = None

    def __str__(self) -> str:
        where = f"in {self.found} of {self.entries} entries" if self.entries is not None else f"{self.found} elements"
        return f"{self.name} {self.selector!r}: {where}"


class SelectedPage:
    """A page parsed by BeautifulSoup, with the selectors of one source."""

    def __init__(self, source: bytes, selectors: Selectors) -> None:
        self._source = source
        self._selectors = selectors
        self._numbers: dict[str, Sequence[int]] = {}

    @cached_property
    def _soup(self) -> BeautifulSoup:
        # Parsed on first use: this is the slowest step, and most sources have no selectors.
        from bs4 import BeautifulSoup

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings about the page, such as a start like XML, do not help users
            return BeautifulSoup(self._source, "lxml", from_encoding="utf-8")

    def matches(self) -> Iterator[Match]:
        """Yield what each selector finds on the page. Raises SelectorError."""
        chosen = self._selectors
        if chosen.body:
            yield Match("body", chosen.body, len(self._found(chosen.body)))
        if chosen.entry:
            entries = self._entries
            yield Match("entry", chosen.entry, len(entries))
            for name, selector in (("time", chosen.time), ("title", chosen.title)):
                if selector:
                    found = sum(self._first(entry, selector, selector) is not None for entry in entries)
                    yield Match(name, selector, found, len(entries))

    def body(self) -> Body | None:
        """Return the lines in the matches of the body selector, or None if there is no selector or no match.

        Raises SelectorError.
        """
        if not self._selectors.body:
            return None
        paragraphs: list[str] = []
        found = self._found(self._selectors.body)
        for element in self._places.outermost(found, 1):  # a nested match is part of its outer match
            outline = build_outline(parse_tree(str(element).encode()))
            if outline.nodes:
                titles = {outline.text(node) for node in outline.nodes if node.tag == "h1"}  # not part of the body
                paragraphs += [line for line in outline.lines(outline.nodes[0]) if line not in titles]
        return Body(tuple(paragraphs)) if paragraphs else None

    def headlines(self, base: str | None, fetched_at: datetime, zone: tzinfo) -> tuple[Headline, ...] | None:
        """Return the headlines in the matches of the entry selector, or None if there is no such selector.

        An entry without a title is skipped; one without a time is kept. Raises SelectorError.
        """
        if not self._selectors.entry:
            return None
        headlines: list[Headline] = []
        expressions: list[TimeExpression | None] = []
        for entry in self._entries:
            title = self._first(entry, self._selectors.title, "h1, h2, h3, h4, h5, h6, a[href]")
            time = self._first(entry, self._selectors.time, "time")
            text = clean(title.get_text(" ")) if title else ""
            if not text:
                continue
            shown = clean((time or entry).get_text(" "))
            found = find_times(shown[:300])
            expressions.append(found[0] if found else None)
            if time is None:
                shown = found[0].text if found else ""
            moment, precision = _machine_time(time, zone) or (None, "minute")
            headlines.append(Headline(text, moment, shown, self._link(entry, title, base), precision, None))
        resolved = resolve_list(expressions, fetched_at, zone)
        return tuple(
            replace(each, time=shown.time, precision=shown.precision) if each.time is None and shown else each
            for each, shown in zip(headlines, resolved, strict=True)
        )

    @cached_property
    def _places(self) -> _Places:
        return _Places(self._soup)

    @cached_property
    def _entries(self) -> list[Tag]:
        return self._places.outermost(self._found(self._selectors.entry or ""), _DEEPEST)

    def _first(self, entry: Tag, selector: str | None, otherwise: str) -> Tag | None:
        """Return the first match of ``selector`` (else ``otherwise``) in an entry, or the entry if only it matches."""
        wanted = selector or otherwise
        if ":scope" in wanted:
            found = _select(entry, wanted, limit=1)
            return found[0] if found else None
        numbers = self._found(wanted)
        first = self._places.first_within(entry, numbers)
        if first is None and selector:
            own = self._places.number(entry)
            at = bisect_right(numbers, own)
            return entry if at and numbers[at - 1] == own else None
        return first

    def _found(self, selector: str) -> Sequence[int]:
        """Return the numbers of the elements on the page that match a selector; each selector runs once."""
        if selector not in self._numbers:
            self._numbers[selector] = list(map(self._places.number, _select(self._soup, selector)))
        return self._numbers[selector]

    def _link(self, entry: Tag, title: Tag | None, base: str | None) -> str | None:
        around = [title, self._places.link_around(title), self._first(title, None, "a")] if title else []
        for place in (*around, entry, self._first(entry, None, "a"), self._places.link_around(entry)):
            address = absolute(str(place.get("href") or ""), base) if place is not None else None
            if address:
                return address
        return None


class _Places:
    """The elements of a page in document order, numbered for fast tests of containment."""

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

    def number(self, element: Tag) -> int:
        """Return the number of an element in document order."""
        return self._numbers[id(element)]

    def outermost(self, numbers: Sequence[int], deepest: int) -> list[Tag]:
        """Return the elements with the sorted ``numbers`` that are nested in fewer than ``deepest`` others of these."""
        chosen: list[Tag] = []
        ends: list[int] = []
        for number in numbers:
            while ends and ends[-1] <= number:
                ends.pop()
            if len(ends) < deepest:
                chosen.append(self.elements[number])
                ends.append(self._ends[number])
        return chosen

    def first_within(self, element: Tag, numbers: Sequence[int]) -> Tag | None:
        """Return the first element inside ``element`` among those with the sorted ``numbers``, or None."""
        number = self._numbers[id(element)]
        at = bisect_right(numbers, number)
        return self.elements[numbers[at]] if at < len(numbers) and numbers[at] < self._ends[number] else None

    def link_around(self, element: Tag) -> Tag | None:
        """Return the innermost ``<a>`` that contains or is an element, or None."""
        return self._links[self._numbers[id(element)]]


def _select(place: BeautifulSoup | Tag, selector: str, limit: int = 0) -> list[Tag]:
    from soupsieve import SelectorSyntaxError

    try:
        return list(place.select(selector, limit=limit))
    except SelectorSyntaxError as error:
        raise SelectorError(f"{selector!r} is not a CSS selector: {str(error).splitlines()[0]}") from error


def _machine_time(element: Tag | None, zone: tzinfo) -> tuple[datetime, Precision] | None:
    names = ("datetime", "content", "title", "data-time", "data-timestamp") if element is not None else ()
    values = (str(value) for name in names if element is not None and (value := element.get(name)))
    return next((moment for value in values if (moment := read_machine_time(value, zone))), None)
