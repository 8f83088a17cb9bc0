"""CSV as RFC 4180 has it, but for line feeds at the ends of rows, which every reader takes, and so do grep and sort.

A cell that a spreadsheet would take for a formula begins with an apostrophe, as OWASP advises
(https://owasp.org/www-community/attacks/CSV_Injection): whoever can put a headline on a page could else run a
formula on the reader's machine. What steers a terminal, or turns round the text that follows, is a space, as where rows
are shown; tabs and line feeds stay, since a cell in quotes may hold them. All as it is stored is in JSON.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ticker.exporting.columns import COLUMNS, fields_of
from ticker.text import STEERING, UNSEEN

if TYPE_CHECKING:
    from ticker.exporting.about import About
    from ticker.exporting.formats import Record

# Excel with the settings of East Asia takes the wide forms too; what is not seen before it may be trimmed.
_FORMULA = re.compile(f"[\t\r\n]|[\\s{UNSEEN}]*[=+\\-@＝＋－＠﹦﹢﹣﹫]")
_STEERING = re.compile(f"(?![\t\n])[{STEERING}]")


def lines(records: Iterable[Record], about: About) -> Iterator[str]:
    """A line of the columns' names, and one for each record, in which a text may hold line ends."""
    return table(records, about.kind, about.has_mark)


def table(records: Iterable[Record], kind: str, with_mark: bool = False) -> Iterator[str]:
    """Yield the lines for records of a kind, with a byte order mark, by which Excel knows UTF-8, if ``with_mark``."""
    columns = [name for name, type in COLUMNS[kind] if type != "seconds" and name != "extra"]
    yield ("\ufeff" if with_mark else "") + ",".join([*columns, "time_utc"])
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")  # which is what is put in quotes, too
    for record in records:
        fields = fields_of(record)
        writer.writerow([*(_cell(fields.get(column)) for column in columns), _utc(record.time)])
        yield buffer.getvalue().removesuffix("\n")
        buffer.seek(0)
        buffer.truncate()


def _utc(moment: datetime | None) -> str:
    """Return a moment in UTC as every spreadsheet and database reads it."""
    if moment is None:
        return ""
    try:
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except OverflowError:  # in the first or the last hours that there are
        return ""


def _cell(value: Any) -> str | None:
    text = "; ".join(value) if isinstance(value, list) else str(value) if isinstance(value, int) else value
    if not text or ("!" < text[0] < "\x7f" and text[0].isalnum() and text.isprintable()):
        return text  # most cells, told at once
    harmless = text if text.isprintable() else _STEERING.sub(" ", text)
    return f"'{harmless}" if _FORMULA.match(text) or _FORMULA.match(harmless) else harmless
