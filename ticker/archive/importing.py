"""Lines from elsewhere are stored: from another archive, or made by hand. ``Importer`` does it batch by batch.

What the archive has is told by the id alone. Which day's file holds an id does not follow from it: a headline with a
link keeps its id when its source dates it anew, and two machines may date it differently. So all ids count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import Any, NamedTuple

from ticker.addresses import without_credentials
from ticker.archive.appending import Appender
from ticker.archive.identity import to_second
from ticker.archive.incoming import incoming_lines
from ticker.archive.index import Index
from ticker.archive.knownids import KnownIds
from ticker.archive.layout import DayFile, Kind, check_format, day_file
from ticker.archive.lines import LineError, Problem, Stored, StoredArticle, StoredHeadline, fields_of
from ticker.archive.locking import exclusive
from ticker.archive.reading import ARTICLES, HEADLINES, Records
from ticker.archive.spelling import as_written
from ticker.archive.writing import make_folder, write_format

RECORDS: Mapping[Kind, Records[Any]] = {HEADLINES.kind: HEADLINES, ARTICLES.kind: ARTICLES}


_ADDRESSES = ("url", "page")
_CREDENTIALS = re.compile(r'"(?:url|page)": "[a-zA-Z]+://[^/?#"]*@')


class Incoming(NamedTuple):
    """A line to be stored: its kind, its id, the date of its file, and its text without end."""

    kind: Kind
    id: str
    date: str
    text: str


def read_incoming(stream: BufferedReader, name: str) -> Iterator[tuple[int, Incoming | LineError]]:
    """The lines that are to be stored for those of ``stream``, with their numbers; for a bad one what is wrong with it.

    The stream may be compressed (see ``incoming_lines``); empty lines are passed over. Raises ArchiveError, which names
    the stream by ``name``, where it cannot be read on.
    """
    for number, line in incoming_lines(stream, name):
        if isinstance(line, LineError):
            yield number, line
        elif line and not line.isspace():
            try:
                incoming = _incoming(line)
            except LineError as error:
                yield number, error
            else:
                yield number, incoming


def _incoming(line: bytes) -> Incoming:
    """The line that is to be stored for one from elsewhere; raises LineError.

    What has a ``body`` is an article, everything else a headline. ``title`` and ``time`` are enough; what else is known
    is kept, and fields that are not known, too; but no user name and password in an address.
    """
    try:
        text = line.decode()
    except UnicodeDecodeError:
        pass  # the parser says where
    else:
        spelt = as_written(text)
        if spelt and not ("@" in text and _CREDENTIALS.search(text)):
            return Incoming(spelt.kind, spelt.id, spelt.date, text)
    fields = fields_of(line)
    for name in _ADDRESSES:
        if isinstance(fields.get(name), str):
            fields[name] = without_credentials(fields[name])
    record: Stored
    if "body" in fields:
        article = StoredArticle.from_dict(fields)
        published, modified = (to_second(time) if time else None for time in (article.published, article.modified))
        record = replace(
            article, time=to_second(article.time), seen=to_second(article.seen), published=published, modified=modified
        )
        kind = ARTICLES.kind
    else:
        headline = StoredHeadline.from_dict(fields)
        time = to_second(headline.time) if headline.time else None
        record = replace(headline, time=time, seen=to_second(headline.seen))
        kind = HEADLINES.kind
    return Incoming(kind, record.id, record.moment.date().isoformat(), record.to_line())


class Importer:
    """Stores lines from elsewhere in the archive ``root``, each id once. Every method raises ArchiveError.

    Any number of processes may write at the same time; the lock is held while a batch is written.
    """

    def __init__(self, root: Path, report: Callable[[Problem], object], patience: float, index: Index | None) -> None:
        self._root = root
        self._report = report
        self._patience = patience
        check_format(root)
        self._known: dict[Kind, KnownIds] = {kind: KnownIds(root, RECORDS[kind], index) for kind in RECORDS}

    def add(self, lines: Sequence[Incoming], at_writing: Callable[[], object] = lambda: None) -> list[Incoming]:
        """Stores those of ``lines`` that are new, and returns them. They are on disk, whatever happens next.

        ``at_writing`` is called when all waiting is over and the first is written: for who may not be interrupted then.
        """
        # What is known stays known: only what seems new is worth waiting for the lock.
        self._catch_up(lines)
        new = self._missing(lines)
        if not new:
            return []
        make_folder(self._root)
        with exclusive(self._root, self._patience):
            if not check_format(self._root):
                write_format(self._root)
            if self._catch_up(new):
                new = self._missing(new)
            days = list(self._by_day(new))
            at_writing()
            with Appender(self._root) as out:
                for day, batch in days:
                    cut = out.append(day.path, [line.text for line in batch], RECORDS[batch[0].kind].parse)
                    if cut:
                        self._report(cut)
                out.sync()
            for day, batch in days:
                size = sum(len(line.text.encode()) + 1 for line in batch)
                self._known[batch[0].kind].note_written(day, size, [line.id for line in batch])
        return new

    def pretend(self, lines: Sequence[Incoming], at_writing: Callable[[], object] = lambda: None) -> list[Incoming]:
        """What ``add`` would store; stores nothing, and counts it as known from then on."""
        self._catch_up(lines)
        new = self._missing(lines)
        for kind, known in self._known.items():
            known.note(line.id for line in new if line.kind == kind)
        return new

    def _catch_up(self, lines: Iterable[Incoming]) -> bool:
        """Learns what other processes have stored of the kinds of ``lines``; whether they have."""
        kinds = {line.kind for line in lines}
        return any([self._known[kind].catch_up() for kind in kinds])  # noqa: C419 (each must)

    def _missing(self, lines: Sequence[Incoming]) -> list[Incoming]:
        """Those of ``lines`` that are new; of several with the same id the first."""
        ids: dict[Kind, dict[str, Incoming]] = {kind: {} for kind in RECORDS}
        for line in lines:
            ids[line.kind].setdefault(line.id, line)
        for kind, known in self._known.items():
            for id in known.known(ids[kind]):
                del ids[kind][id]
        return [line for by_id in ids.values() for line in by_id.values()]

    def _by_day(self, lines: Iterable[Incoming]) -> Iterator[tuple[DayFile, list[Incoming]]]:
        batches: defaultdict[tuple[Kind, str], list[Incoming]] = defaultdict(list)
        for line in lines:
            batches[line.kind, line.date].append(line)
        for (kind, day), batch in sorted(batches.items()):
            yield day_file(self._root, kind, date.fromisoformat(day)), batch
