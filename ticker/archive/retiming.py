"""Headlines that were read in a wrong zone are given the times of the right one, on their way into another archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timezone, tzinfo

from ticker.archive.identity import to_second
from ticker.archive.ids import moment_id
from ticker.archive.importing import Incoming
from ticker.archive.lines import StoredHeadline
from ticker.times import ShownTime, retime_list


class Retiming:
    """Holds the headlines of the sources that ``zones`` names, until all of them are there, and gives them new times.

    The entries of a list tell of one another what day a clock is of, so those are resolved together that were seen at
    once. Ids that follow from a time change with it. ``counts`` is how many headlines of each source were held,
    ``retimed`` has the ids of those that have another time.
    """

    def __init__(self, zones: Mapping[str, tzinfo]) -> None:
        self._zones = zones
        self._held: list[StoredHeadline] = []
        self._ids: dict[str, str] = {}
        self.retimed: set[str] = set()
        self.counts = dict.fromkeys(zones, 0)

    def source_of(self, line: Incoming) -> str:
        """Return the source of a headline; "" for an article."""
        return StoredHeadline.from_line(line.text).source if line.kind == "headlines" else ""

    def hold(self, line: Incoming) -> bool:
        """Take a line in; return whether it is held."""
        if line.kind != "headlines":
            return False
        headline = StoredHeadline.from_line(line.text)
        if headline.source not in self._zones:
            return False
        self.counts[headline.source] += 1
        self._held.append(headline)
        return True

    def lines(self) -> Iterator[Incoming]:
        """Yield the lines that were held, with their new times, list by list."""
        lists: defaultdict[tuple[object, ...], list[StoredHeadline]] = defaultdict(list)
        for headline in self._held:
            lists[headline.source, headline.seen, headline.page, headline.section].append(headline)
        retimed = [each for entries in lists.values() for each in self._retimed(entries)]
        for headline in retimed:
            revises = self._ids.get(headline.revises or "", headline.revises)
            line = replace(headline, revises=revises)
            yield Incoming("headlines", line.id, line.moment.date().isoformat(), line.to_line())

    def _retimed(self, entries: list[StoredHeadline]) -> Iterator[StoredHeadline]:
        # As the page shows them: an archive has the entries of a page in the opposite order.
        entries = sorted(entries, key=lambda each: each.moment)[::-1]
        zone = self._zones[entries[0].source]
        offsets = (each.time.utcoffset() for each in entries if each.time)
        old = next((timezone(offset) for offset in offsets if offset is not None), zone)
        shown = [ShownTime(each.time_text, each.time, each.precision) for each in entries]
        for each, found in zip(entries, retime_list(shown, entries[0].seen, old, zone), strict=True):
            if found is None:
                yield each
                continue
            time = to_second(found.time)
            id = each.id
            if id == moment_id(each.source, each.title, each.time):
                id = self._ids[id] = moment_id(each.source, each.title, time)
            if time != each.time:
                self.retimed.add(id)
            yield replace(each, time=time, precision=found.precision, id=id)
