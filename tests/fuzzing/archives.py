"""Invariants for any file in an archive, any imported line and any search."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from struct import pack
from zlib import crc32

from tests.archive.builders import PAGE, SEEN, at, headline
from ticker.archive import (
    Archive,
    ImportedLine,
    Index,
    Problem,
    Query,
    Repair,
    StoredArticle,
    StoredHeadline,
    Verification,
    make_matcher,
    read_import,
    words,
)
from ticker.archive.codec import LineError
from ticker.archive.layout import day_files
from ticker.archive.scan import Screen
from ticker.archive.seekable import GZIP, ZSTD, DayEntry, Frame, Table, compress_frame, encode_table
from ticker.errors import ArchiveError, PatternError, TickerError, UsageError

DAY, MONTH = "2025-06-12", "2025-05"
_TITLES = (
    "Ferry late again",
    "Société: 中国 bridge “opens” \\ twice",
    "Ferry\tlate",
    "=1+1",
    "A ferry\x1b[2J\u202e of Ω",
)


def headline_lines(day: str = DAY) -> list[str]:
    """Return lines as this program writes them, and lines of other origin."""
    made = [
        StoredHeadline.from_dict(
            {"time": f"{day}T1{n}:00:00+01:00", "title": title, "url": f"https://news.example/{n}" if n % 2 else None,
             "source": "walaw" if n else 'q"x', "section": "Latest" if n else None, "more": n if n > 3 else None}
        )
        for n, title in enumerate(_TITLES)
    ]  # fmt: skip
    by_hand = f'{{"title":"By h\\u00e4nd \\ud83d\\ude00","time":"{day}T17:10Z","url":"HTTPS://A.example:443/%7Ex?b#c"}}'
    untimed = StoredHeadline(None, "daily", "Ferry untimed", PAGE, "0123456789abcdef", at("12 09:00"))
    return [*(line.to_line() for line in made), by_hand, untimed.to_line()]


def article_lines() -> list[str]:
    """Return two versions of an article, and one article written by hand."""
    first = StoredArticle.from_dict(
        {"time": f"{DAY}T09:00:00+01:00", "title": "Ferry", "body": "One ferry.\nTwo.", "url": PAGE}
    )
    second = StoredArticle.from_dict({**first.to_dict(), "id": None, "body": "One ferry.\nThree.", "revises": first.id})
    return [first.to_line(), second.to_line(), f'{{"title": "x", "body": "ferry", "published": "{DAY}T01:00Z"}}']


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _month(suffix: str) -> bytes:
    """Return a compressed month as this program writes it."""
    content = _text(headline_lines(f"{MONTH}-03"))
    days = {date.fromisoformat(f"{MONTH}-03"): DayEntry(len(content), crc32(content), len(content), crc32(content))}
    frame = compress_frame(content, suffix)
    return frame + encode_table(Table([Frame(len(frame), len(content))], days), suffix)


def _stated(text: bytes, suffix: str, content: bytes) -> bytes:
    """Return a compressed month with ``text`` as its table and valid checksums."""
    frame = compress_frame(content, suffix)
    if suffix == GZIP:
        text = text[:60_000]
        data = text + pack("<II", crc32(text), len(text))
        field = b"tk" + pack("<H", len(data)) + data
        return frame + b"\x1f\x8b\x08\x04" + bytes(5) + b"\xff" + pack("<H", len(field)) + field + b"\x03\0" + bytes(8)
    entries = pack("<IIII", len(frame), len(content), len(text) + 12, 0)
    about = pack("<II", 0x184D2A50, len(text) + 4) + text + pack("<I", crc32(text, crc32(entries)))
    return frame + about + pack("<II", 0x184D2A5E, 25) + entries + pack("<IBI", 2, 0, 0x8F92EAB1)


def _told(content: bytes, suffix: str) -> bytes:
    """Return a table, and the content that it describes."""
    size, packed = len(content), len(compress_frame(content, suffix))
    days = {f"{MONTH}-03": [size - 1, crc32(content[:-1]), 0, 0], f"{MONTH}-04": [1, 1, 0, 0]}
    return json.dumps({"days": days, "frames": [[packed, size]]}).encode() + b"\n" + content


_PLACES: tuple[Callable[[bytes], dict[str, bytes]], ...] = (
    lambda data: {f"headlines/2025/{DAY}.jsonl": data},
    lambda data: {f"articles/2025/{DAY}.jsonl": data},
    lambda data: {f"headlines/2025/{MONTH}.jsonl.zst": data},
    lambda data: {f"headlines/2025/{MONTH}.jsonl.gz": data},
    lambda data: {"marks/x.json": data},
    lambda data: {"format.json": data},
    lambda data: {".index/index.sqlite": data},
    lambda data: {f"headlines/2025/{MONTH}.jsonl.zst": _month(ZSTD), f"headlines/2025/{MONTH}-03.jsonl": data},
    lambda data: {f"headlines/2025/{MONTH}.jsonl.zst": _stated(*_halves(data, ZSTD))},
    lambda data: {f"headlines/2025/{MONTH}.jsonl.gz": _stated(*_halves(data, GZIP))},
    lambda data: {".index/headlines.grown": data},
)
ARCHIVE_WORDS = (
    b'{|}|"title": |"time": |"url": |"id": |"seen": |"source": |"page": |"revises": |"reader": |"extra": |"body": |'
    b'"authors": [|"precision": "exact"|null|true|[]|"2025-06-12T17:10:00+01:00"|"2025-06-12"|'
    b'"0001-01-01T00:00:00+23:59"|"9999-12-31T23:59:59-23:59"|"2025-06-12T17:10:00.123456789Z"|'
    b'"2025-06-12T24:00Z"|, |: |\\n|\\u0000|\\ud83d|\\u2028|\xef\xbb\xbf|1e400|-0|"days": {|"frames": [[|'
    b'"2025-05-03": [|"version": |"format": "ticker-archive"|"headlines": {|ferry'
).split(b"|")


def _halves(data: bytes, suffix: str) -> tuple[bytes, str, bytes]:
    text, _, content = data.partition(b"\n")
    return text, suffix, content


def archive_seeds() -> list[bytes]:
    """Return seeds: the first byte selects the file of the archive, and the rest is its content."""
    headlines = _text(headline_lines())
    month = _text(headline_lines(f"{MONTH}-03"))
    marks = json.dumps({"headlines": {DAY: [10, 1]}, "articles": {}}).encode()
    formats = b'{"format": "ticker-archive", "version": 1}\n'
    files = (headlines, _text(article_lines()), _month(ZSTD), _month(GZIP), marks, formats, _index(), month)
    return [
        *(bytes([place]) + file for place, file in enumerate(files)),
        *(bytes([place]) + _told(month, suffix) for place, suffix in ((8, ZSTD), (9, GZIP))),
        *(bytes([place]) + headlines[:-30] for place in (0, 7, 10)),
        b"\0" + _text([headline_lines()[0]] * 3) + b"\n \n{}\n[]\n\xff\n" + _text(headline_lines()),
    ]


def _index() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        _put(Path(folder), {f"headlines/2025/{DAY}.jsonl": _text(headline_lines())})
        list(Archive(Path(folder), index=Index(Path(folder), backlog=0)).headlines(Query(matcher=words("ferry"))))
        return (Path(folder) / ".index" / "index.sqlite").read_bytes()


def _put(root: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


QUERIES = (
    Query(),
    Query(reverse=True, limit=2),
    Query(matcher=words("ferry")),
    Query(matcher=make_matcher("err", "fixed"), reverse=True),
    Query(matcher=make_matcher("f.rry", "regex", True)),
    Query(sources=frozenset(["walaw"])),
    Query(now=datetime(2025, 5, 20, tzinfo=UTC), reverse=True),
    Query(now=datetime(2025, 5, 20, tzinfo=UTC), matcher=words("ferry")),
    Query(since=datetime(2025, 6, 12, 11, tzinfo=UTC), until=datetime(2025, 6, 13, tzinfo=UTC)),
)


def check_archive(data: bytes) -> None:
    """Check that only ArchiveError is raised, the index changes no result, and new records are stored."""
    place = data[0] % len(_PLACES) if data else 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if place > 1:
            _put(root, {f"headlines/2025/{DAY}.jsonl": _text(headline_lines())})
        _put(root, _PLACES[place](data[1:]))
        before = {name: path.read_bytes() for name, path in _files(root).items()}
        compare(root, QUERIES)
        _look_around(root, place)
        assert {name: path.read_bytes() for name, path in _files(root).items() if name in before} == before
        _add(root)
        _verify(root)


def _files(root: Path) -> dict[str, Path]:
    return {
        str(path.relative_to(root)): path for kind in ("headlines", "articles") for path in root.glob(f"{kind}/**/*.*")
    }


def compare(root: Path, queries: Iterable[Query]) -> None:
    """Check that the files and a complete index give the same results and the same problems."""
    for query in queries:
        for kind in ("headlines", "articles"):
            plain = _answer(lambda report, kind=kind, query=query: list(getattr(Archive(root, report), kind)(query)))
            asked = _answer(
                lambda report, kind=kind, query=query: list(
                    getattr(Archive(root, report, index=Index(root, backlog=0)), kind)(query)
                )
            )
            assert plain[0] == asked[0], (kind, query)
            if query.limit is None and (query.matcher is None or query.matcher.needs()):
                assert plain[1] == asked[1], (kind, query)
            for line in plain[0] if isinstance(plain[0], list) else ():
                text = line.to_line()
                assert text.isprintable() or not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", text), text
                assert (
                    type(line).from_line(text.encode()) == line == type(line).from_line(text.replace("{", "{ ", 1))
                ), text


def _answer(ask: Callable[[Callable[[Problem], object]], list]) -> tuple[list | str, list[str]]:
    told: list[Problem] = []
    try:
        found: list | str = ask(told.append)
    except ArchiveError as error:
        found = str(error)
        assert "\n" not in found
    return found, sorted(map(str, told))


def _look_around(root: Path, place: int) -> None:
    """Check that all other readers of an archive raise only the library's errors."""
    archive = Archive(root, lambda problem: None, lock_timeout=1)
    try:
        read = list(archive.headlines(Query(reverse=True)))
        seen = [(seen.moment, seen.source, seen.title) for seen in archive.unordered("headlines")]
        assert sorted(seen) == sorted((line.moment, line.source, line.title) for line in read)
        for line in read[:3]:
            assert line.id in {version.id for version in archive.find(line.url or line.id).versions} or len(line.id) < 6
    except (ArchiveError, UsageError):
        pass
    if place == 4:
        with archive.cursor("x") as cursor:
            for kind in ("headlines", "articles"):
                try:
                    growth = archive.delta(kind, cursor.checkpoints(kind))
                    list(getattr(archive, kind)(Query(matcher=words("ferry")), growth))
                    cursor.advance(kind, growth.checkpoints)
                    assert cursor.checkpoints(kind) == growth.checkpoints
                except ArchiveError as error:
                    assert "\n" not in str(error)


def _add(root: Path) -> None:
    """Check that new headlines are stored or rejected with an error, and no readable line is lost."""
    try:
        before = list(Archive(root, lambda problem: None).headlines())
        archive = Archive(root, lambda problem: None, index=Index(root, backlog=0))
        added = archive.add(
            "fuzz",
            PAGE,
            [headline("A pier nobody knew of", "12 10:00"), headline("May", at("1 00:01") - timedelta(days=29))],
            None,
            SEEN,
        )
    except ArchiveError:
        return
    assert len(added.headlines) == 2 or any("pier" in line.title or "May" in line.title for line in before)
    told: list[Problem] = []
    after = list(Archive(root, told.append).headlines())
    if any(MONTH in problem.path.name and not problem.line_number for problem in told):
        return  # the month cannot be read: its lines and its day files wait for a repair
    missing = [line for line in (*before, *added.headlines) if line not in after]
    assert not missing, missing
    assert not Archive(root, lambda problem: None).add(
        "fuzz", PAGE, [headline("A pier nobody knew of", "12 10:00")], None, SEEN
    )


def _verify(root: Path) -> None:
    """Check that verification finds all problems and changes no file, and that repair keeps all readable lines."""

    def lines() -> tuple[set[tuple[object, ...]], list[Problem]]:
        told: list[Problem] = []
        archive = Archive(root, told.append)
        read = (*archive.headlines(), *archive.articles())
        return {(line.time, line.seen, line.source, line.title, line.url) for line in read}, told  # repair changes ids

    try:
        before, told = lines()
        files = {name: path.read_bytes() for name, path in _files(root).items()}
        findings = list(Verification(root, SEEN).findings())
        assert {name: path.read_bytes() for name, path in _files(root).items()} == files
        assert all("\n" not in str(finding) for finding in findings)
        found = {(finding.path, finding.line_number) for finding in findings if finding.is_problem}
        assert {(problem.path, problem.line_number) for problem in told} <= found, (told, findings)
        for _ in range(5):
            repair = Repair(root, lambda text: None)
            findings = list(Verification(root, SEEN).findings())
            for finding in findings:
                repair.note(finding)
            if not repair.mend():
                break
    except ArchiveError as error:
        assert "\n" not in str(error)
        return
    assert not [finding for finding in findings if finding.is_problem and finding.mend], findings
    after, told = lines()
    assert before <= after, before - after
    assert not told, told


def import_seeds() -> list[bytes]:
    """Return lines of archives, plain and compressed."""
    text = _text([*headline_lines(), *article_lines()])
    return [
        text,
        compress_frame(text, ZSTD),
        compress_frame(text, GZIP),
        _month(ZSTD),
        _month(GZIP),
        text.decode().encode("utf-16"),
        text[:-9],
    ]


def check_import(data: bytes) -> None:
    """Check that an accepted line is canonical, is stored once and can be read again unchanged."""
    incoming: list[ImportedLine] = []
    try:
        for number, line in read_import(io.BufferedReader(io.BytesIO(data)), "x.jsonl"):
            assert number > 0
            if isinstance(line, LineError):
                assert str(line).isprintable() or "\n" not in str(line), line
                continue
            incoming.append(line)
            if len(incoming) > 2000:
                return
    except ArchiveError as error:
        assert "\n" not in str(error)
    for line in incoming:
        record = (StoredArticle if line.kind == "articles" else StoredHeadline).from_line(line.data)
        stated = (line.id, line.date, line.data.decode())
        assert (record.id, record.moment.date().isoformat(), record.to_line()) == stated, line
        slowly = read_import(io.BufferedReader(io.BytesIO(b" " + line.data)), "x")  # not in canonical form
        assert [other for _, other in slowly] == [line]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        archive = Archive(root, _fail, index=Index(root, backlog=0) if len(data) % 2 else None)
        new = archive.importer().add(incoming)
        assert {(line.kind, line.id) for line in new} == {(line.kind, line.id) for line in incoming}
        assert sorted(line.id for line in archive.headlines()) == sorted(
            line.id for line in new if line.kind == "headlines"
        )
        assert sorted(line.id for line in archive.articles()) == sorted(
            line.id for line in new if line.kind == "articles"
        )
        assert not Archive(root, _fail).importer().add(incoming)


def _fail(problem: Problem) -> None:
    raise AssertionError(f"a line that was just written: {problem}")


QUERY_WORDS = (
    b'"|(|)|[|]|[^|\\b|\\w|\\W|\\d|\\s|\\S|.*|.+|?|*|+|{2}|{,3}|{9}|*?|(?i)|(?s)|(?x)|(?a)|(?:|(?=|(?!|(?<=|'
    b"(?<!|(?>|(?P<a>|(?P=a)|\\1|^|$|\\A|\\Z||\n|ferry|Soci\xc3\xa9t\xc3\xa9|\xe4\xb8\xad\xe5\x9b\xbd|"
    b"\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2|\xea\xb0\x81|_|-|\xcc\x81|\xc4\xb0|\xc5\xbf|\xc7\xa3|\xc7\xbf|"
    b"\xca\xbc|\xc5\x89|\xe2\x80\x9c|\xe2\x80\x9d|\xe2\x80\x8b|\xc2\xa0|\xf0\x9d\x92\x82|\\u00e9|\\x|"
    b"\\N{DIGIT ONE}|(?(1)a|b)"
).split(b"|")
MODES = tuple((mode, case) for mode in ("words", "regex", "fixed") for case in (None, True, False))


def query_seeds() -> list[bytes]:
    """Return seeds: the first byte selects the mode, the first line is the pattern, the other lines are titles."""
    titles = "\n".join(
        ("Ferry late", "Société générale", "中国大桥 opens", "ไทยรัฐ 3", "각하 É", "a_b-c ſ ŉ ǽ", "x" * 60)
    ).encode()
    patterns = (
        "ferry",
        '"ferry late" é',
        "société",
        "中国",
        "f.rr(y|ies)+",
        r"\bÉ\w*",
        "[^a-z]{2,}$",
        "(?i)SOCI",
        "ǽ ŉ",
    )
    return [bytes([at % len(MODES)]) + pattern.encode() + b"\n" + titles for at, pattern in enumerate(patterns * 2)]


def check_query(data: bytes) -> None:
    """Check that the index, a scan and a match of each title give the same results, with valid spans."""
    mode, case = MODES[data[0] % len(MODES)] if data else MODES[0]
    pattern, *titles = data[1:].decode("utf-8", "replace").split("\n")[:12]
    try:
        matcher = make_matcher(pattern[:200], mode, case)  # type: ignore[arg-type]
    except PatternError as error:
        assert "\n" not in str(error), error
        return
    # Regular expressions of users can take exponential time; short titles limit it.
    titles = [title[:20] if mode == "regex" else title for title in titles]
    titles = [title for title in titles if title and not title.isspace()]
    for title in titles:
        spans = matcher.spans(title)
        assert all(0 <= start < end <= len(title) for start, end in spans), spans
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False)), spans
        assert matcher.matches(title, "s", "") or not spans or ":" in pattern
        assert mode != "fixed" or bool(spans) is matcher.matches(title)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lines = [StoredHeadline(at("12 09:00"), "s", title, None, f"{n:016x}", SEEN) for n, title in enumerate(titles)]
        _put(root, {f"headlines/2025/{DAY}.jsonl": _text(line.to_line() for line in lines)})
        query = Query(matcher=matcher, reverse=True)
        found = list(Archive(root, _fail).headlines(query))
        assert [line.id for line in found] == [line.id for line in lines if matcher.matches(line.title, "s", "")]
        assert list(Archive(root, _fail, index=Index(root, backlog=0)).headlines(query)) == found
        for day in day_files(root, "headlines"):
            if matcher.can_reject_lines:  # such a matcher is not screened
                continue
            screened = [StoredHeadline.from_line(line) for _, line in Screen(matcher)(day)]
            assert [line for line in screened if matcher.matches(line.title)] == found
        try:
            Archive(root, _fail).find(pattern)
        except TickerError as error:
            assert "\n" not in str(error), error
