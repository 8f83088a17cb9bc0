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
    return table(records, about.kind)


def table(records: Iterable[Record], kind: str) -> Iterator[str]:
    """The same, for who knows of nothing but the kind of the records."""
    columns = [name for name, type in COLUMNS[kind] if type != "seconds" and name != "extra"]
    yield ",".join(columns)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")  # which is what is put in quotes, too
    for record in records:
        fields = fields_of(record)
        writer.writerow([_cell(fields.get(column)) for column in columns])
        yield buffer.getvalue().removesuffix("\n")
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any) -> str | None:
    text = "; ".join(value) if isinstance(value, list) else str(value) if isinstance(value, int) else value
    if not text or ("!" < text[0] < "\x7f" and text[0].isalnum() and text.isprintable()):
        return text  # most cells, told at once
    harmless = text if text.isprintable() else _STEERING.sub(" ", text)
    return f"'{harmless}" if _FORMULA.match(text) or _FORMULA.match(harmless) else harmless
