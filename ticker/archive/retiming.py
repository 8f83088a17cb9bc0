"""Correction of headline times that were parsed in a wrong time zone, during an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timezone, tzinfo

from msgspec.structs import replace

from ticker.archive.dedup import to_second
from ticker.archive.ids import moment_id
from ticker.archive.importer import ImportedLine
from ticker.archive.records import StoredHeadline
from ticker.times.listing import ShownTime, retime_list


class Retiming:
    """Holds the headlines of the sources in ``zones`` until all are read, then gives them new times.

    Which day a clock belongs to depends on the other entries of its list. Headlines that were seen together are
    therefore resolved together. Ids derived from a time change with it. ``counts`` is the number of headlines held for
    each source; ``retimed`` holds the ids of those whose time changed.
    """

    def __init__(self, zones: Mapping[str, tzinfo]) -> None:
        self._zones = zones
        self._held: list[StoredHeadline] = []
        self._ids: dict[str, str] = {}
        self.retimed: set[str] = set()
        self.counts = dict.fromkeys(zones, 0)

    def source_of(self, line: ImportedLine) -> str:
        """Return the source of a headline; "" for an article."""
        return StoredHeadline.from_line(line.data).source if line.kind == "headlines" else ""

    def hold(self, line: ImportedLine) -> bool:
        """Hold a line if it is a headline of one of the sources; return whether it is held."""
        if line.kind != "headlines":
            return False
        headline = StoredHeadline.from_line(line.data)
        if headline.source not in self._zones:
            return False
        self.counts[headline.source] += 1
        self._held.append(headline)
        return True

    def lines(self) -> Iterator[ImportedLine]:
        """Yield the held lines with their new times, list by list."""
        lists: defaultdict[tuple[object, ...], list[StoredHeadline]] = defaultdict(list)
        for headline in self._held:
            lists[headline.source, headline.seen, headline.page, headline.section].append(headline)
        retimed = [each for entries in lists.values() for each in self._retimed(entries)]
        for headline in retimed:
            revises = self._ids.get(headline.revises or "", headline.revises)
            line = replace(headline, revises=revises)
            yield ImportedLine("headlines", line.id, line.moment.date().isoformat(), line.to_line().encode())

    def _retimed(self, entries: list[StoredHeadline]) -> Iterator[StoredHeadline]:
        # The archive stores the entries of a page in reverse; restore the order of the page.
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
