"""Import of lines from other archives or made by hand, in batches.

Only the id decides whether the archive has a line, whichever day file holds it. The ids of all days are checked: a
headline with a link keeps its id when its source changes its date, and two machines may date it differently.
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
    """A line to store: its kind, its id, the date of its day file, and its text without the newline."""

    kind: Kind
    id: str
    date: str
    text: str


def read_incoming(stream: BufferedReader, name: str) -> Iterator[tuple[int, Incoming | LineError]]:
    """Yield the number of each line of ``stream`` with the line to store, or the LineError of an invalid line.

    The stream may be compressed (see ``incoming_lines``); empty lines are skipped. Raises ArchiveError, with ``name``
    as the name of the stream, if reading fails.
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
    """Return the line to store for an input line. Raises LineError.

    An object with a ``body`` is an article, any other a headline. Only ``title`` and ``time`` are required. All other
    fields are kept, unknown ones too. User names and passwords are removed from URLs.
    """
    try:
        text = line.decode()
    except UnicodeDecodeError:
        pass  # the parser reports the position
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
    """Stores imported lines in the archive ``root``, each id once. Every method raises ArchiveError.

    Several processes may write at the same time: the lock is held while a batch is written. ``patience`` is how long
    to wait for it, in seconds.
    """

    def __init__(self, root: Path, report: Callable[[Problem], object], patience: float, index: Index | None) -> None:
        self._root = root
        self._report = report
        self._patience = patience
        check_format(root)
        self._known: dict[Kind, KnownIds] = {kind: KnownIds(root, RECORDS[kind], index) for kind in RECORDS}

    def add(self, lines: Sequence[Incoming], at_writing: Callable[[], object] = lambda: None) -> list[Incoming]:
        """Store the new ones of ``lines``, sync them to disk, and return them.

        ``at_writing`` is called after all waiting, just before the first write: callers can block interrupts then.
        """
        # Known ids stay known, so only lines that seem new are worth waiting for the lock.
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
        """Return what ``add`` would store, and count it as known from now on; store nothing."""
        self._catch_up(lines)
        new = self._missing(lines)
        for kind, known in self._known.items():
            known.note(line.id for line in new if line.kind == kind)
        return new

    def _catch_up(self, lines: Iterable[Incoming]) -> bool:
        """Read what other processes have stored of the kinds of ``lines``, and return whether there was anything."""
        kinds = {line.kind for line in lines}
        return any([self._known[kind].catch_up() for kind in kinds])  # noqa: C419 (every kind must catch up)

    def _missing(self, lines: Sequence[Incoming]) -> list[Incoming]:
        """Return the new ones of ``lines``; of several with the same id, the first."""
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
