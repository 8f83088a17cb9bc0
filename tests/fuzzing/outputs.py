"""Invariants of display and export for untrusted lines."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from datetime import UTC, timedelta, timezone, tzinfo
from itertools import pairwise
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

from lxml import etree
from markdown_it import MarkdownIt

from tests.archive.builders import SEEN
from tests.fuzzing.archives import article_lines, headline_lines
from ticker.archive import StoredArticle, StoredHeadline, make_matcher
from ticker.archive.codec import LineError
from ticker.cli.output import Style, record_lines
from ticker.export import FORMATS, ExportMetadata, feed_identity
from ticker.stats import Windows, summarize
from ticker.stats.rising import LENGTHS
from ticker.textdiff import diff_paragraphs, diff_words

ZONES: tuple[tzinfo, ...] = (
    UTC,
    ZoneInfo("Pacific/Kiritimati"),
    ZoneInfo("America/St_Johns"),
    timezone(-timedelta(hours=23)),
)
# Characters that move a terminal's cursor, end a line, or change the direction of the text after them.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
WORDS = (
    b"=1+1|+1|-1|@SUM(1)|\\t=|\\n|\\r|\\u001b[2J|\\u0085|\\u2028|\\u202e|\\u2066|\\u0000|\\ufffe|\\ud800|]]>|"
    b'<script>|&amp;|`|*_[x](y)|"time": "0001-01-01T00:00:00+23:59"|"time": "9999-12-31T23:59:59-23:59"|'
    b'"authors": ["=1", "\\u0000"]|"url": "javascript:1"|"url": "http://[::1"|"title": "|"source": "|'
    b'"precision": "day"|"section": "|"language": "|\xe4\xb8\xad|\xf0\x9f\x98\x80|\xcc\x81'
).split(b"|")


def seeds() -> list[bytes]:
    """Return day files."""
    return [
        "\n".join(headline_lines()).encode(),
        "\n".join(article_lines()).encode(),
        "\n".join(line for day in range(10, 28) for line in headline_lines(f"2025-05-{day}")[:2]).encode(),
    ]


def check(data: bytes) -> None:
    """Check that output is well-formed and safe for a terminal, a spreadsheet and a browser."""
    kind, parse = (
        ("articles", StoredArticle.from_line) if b'"body"' in data else ("headlines", StoredHeadline.from_line)
    )
    records = []
    for line in data.split(b"\n")[:60]:
        try:
            records.append(parse(line))
        except LineError as error:
            assert "\n" not in str(error)
    zone = ZONES[crc32(data) % len(ZONES)]
    _check_exports(records, kind, zone)
    for width in (None, 25, 80):
        for long in (False, True):
            style = Style(long=long, width=width, zone=zone, spans=make_matcher("ferry").spans)
            for shown in record_lines(records, style):
                assert not _STEERING.search(shown) and "\n" not in shown, shown
    _check_statistics(records, kind, zone)
    for old, new in pairwise(records):
        pieces = diff_words(old.title, new.title)
        for gone, text in (("come", old.title), ("gone", new.title)):
            told = "".join(piece[1] for piece in pieces if piece[0] != gone)
            assert "".join(told.split()) == "".join(text.split()), pieces
        if kind == "articles":
            diff_paragraphs(old.body, new.body)


def _check_exports(records: list, kind: str, zone: tzinfo) -> None:
    about = ExportMetadata(kind, "All", feed_identity(None, [kind]), zone)
    made = {
        name: "".join(f"{line}\n" for line in form.lines(records, about))
        for name, form in FORMATS.items()
        if not form.is_binary
    }
    for text in made.values():
        text.encode()
    rows = list(csv.reader(io.StringIO(made["csv"], newline="")))
    assert len(rows) == len(records) + 1 and len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@")) and not _STEERING.search(cell), cell
    assert len(json.loads(made["json"])) == len(records)
    assert [json.loads(line) for line in made["jsonl"].splitlines()] == [record.to_dict() for record in records]
    for name in ("rss", "atom"):
        tree = etree.fromstring(made[name].encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
        links = [*tree.xpath("//*[local-name()='link']/@href"), *tree.xpath("//*[local-name()='link']/text()")]
        assert all(link.strip().lower().startswith(("http://", "https://", "urn:uuid:")) for link in links), links
    assert not _STEERING.search(made["markdown"])
    rendered = MarkdownIt("commonmark").render(made["markdown"])
    tags = {*re.findall(r"</?(\w+)", rendered)}
    assert tags <= {*"h1 h2 h3 ul li p a".split()}, tags
    assert all(re.match('(?i)https?://[^"]*">', link) for link in rendered.split('<a href="')[1:]), rendered
    with tempfile.TemporaryDirectory() as folder:
        FORMATS["sqlite"].write(records, about, Path(folder) / "x.sqlite")


def _check_statistics(records: list, kind: str, zone: tzinfo) -> None:
    windows = Windows.up_to(min(max(record.moment for record in records), SEEN), LENGTHS["week"]) if records else None
    summary = summarize(records, kind, SEEN, windows, zone, with_gaps=True)
    assert json.loads(json.dumps(summary.to_dict()))[kind] == len(records)
