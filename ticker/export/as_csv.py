"""CSV (RFC 4180), with line feeds at the ends of rows, which all CSV readers, grep and sort accept.

A cell that a spreadsheet could take for a formula gets a leading apostrophe, as OWASP advises
(https://owasp.org/www-community/attacks/CSV_Injection), because headlines are untrusted input. Characters that control
a terminal or the text direction become spaces, as in displayed rows. Tabs and line feeds stay, because a quoted cell
may contain them. The JSON formats export the values unchanged.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ticker.export.columns import COLUMNS, fields_of
from ticker.text import CONTROL_CHARS, INVISIBLE_CHARS

if TYPE_CHECKING:
    from ticker.export.formats import ExportMetadata, Record

# Excel in East Asian locales also accepts the full-width signs, and may trim invisible characters before a sign.
_FORMULA = re.compile(f"[\t\r\n]|[\\s{INVISIBLE_CHARS}]*[=+\\-@＝＋－＠﹦﹢﹣﹫]")
_STEERING = re.compile(f"(?![\t\n])[{CONTROL_CHARS}]")


def lines(records: Iterable[Record], about: ExportMetadata) -> Iterator[str]:
    """Yield a header line and one row for each record; a quoted cell may contain line ends."""
    return table(records, about.kind, about.has_mark)


def table(records: Iterable[Record], kind: str, with_mark: bool = False) -> Iterator[str]:
    """Yield the lines for records of a kind, with a byte order mark for Excel if ``with_mark``."""
    columns = [name for name, type in COLUMNS[kind] if type != "seconds" and name != "extra"]
    yield ("\ufeff" if with_mark else "") + ",".join([*columns, "time_utc"])
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")  # also makes the writer quote cells with line feeds
    for record in records:
        fields = fields_of(record)
        writer.writerow([*(_cell(fields.get(column)) for column in columns), _utc(record.time)])
        yield buffer.getvalue().removesuffix("\n")
        buffer.seek(0)
        buffer.truncate()


def _utc(moment: datetime | None) -> str:
    """Return a time in UTC in a form that spreadsheets and databases parse."""
    if moment is None:
        return ""
    try:
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except OverflowError:  # at the limits of datetime
        return ""


def _cell(value: Any) -> str | None:
    text = "; ".join(value) if isinstance(value, list) else str(value) if isinstance(value, int) else value
    if not text or ("!" < text[0] < "\x7f" and text[0].isalnum() and text.isprintable()):
        return text  # fast path for most cells
    harmless = text if text.isprintable() else _STEERING.sub(" ", text)
    return f"'{harmless}" if _FORMULA.match(text) or _FORMULA.match(harmless) else harmless
