"""An article's dates of publication and modification, from all places where a page states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from ticker.parsing.metadata.declared import Declared
from ticker.parsing.metadata.vicinity import HeadlineContext
from ticker.parsing.outline import Node, Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.lists import TIME_NAMES
from ticker.text import clean
from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times
from ticker.times.machine import read_machine_time
from ticker.times.resolve import LARGEST_ZONE_GAP, resolve

# An element with a date holds little other text.
_LONGEST_DATE = 120
# Times are at least this share of a text, unless the element is named for a date.
_LEAST_SHARE = 0.25
_MOST_TIMES = 20
_SENTENCE_ENDS = (".", "!", "?", "。")
_DIGIT = re.compile(r"\d")
_OFFSET = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$")
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?$")
# Formats of dates in attributes that other data does not use.
_MACHINE = re.compile(r"\s*(?:\d{10}|\d{13}|\d{4}-\d\d-\d\dT\d\d:\d\d.*)\s*$", re.S)
# "03/09/2026", whose order depends on the page's country.
_NUMERIC = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
# "2025-03-04"
_LONGEST_DAY = 10
# The web began in 1991; earlier dates are placeholders.
_EARLIEST = 1991
_URL_DATE = re.compile(r"[/_-](20\d\d|19[89]\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")
# Codes of countries that write the month first.
MONTH_FIRST = frozenset(("US", "PH", "FM", "PW", "MH"))

Role = Literal["published", "modified"]
# Beginnings of words in a date's label, in lower case.
_MODIFIED_LABEL = (
    "updat|modif|edited|revised|changed|corrected|stand:|stand vom|aktualis|geändert|bearbeitet|mis à jour|"
    "mise à jour|maj |actualiz|actualis|atualiz|aggiorn|bijgewerkt|gewijzigd|oppdater|opdater|uppdater|ändrad|endret|"
    "redigert|ændret|"
    "päivit|muokattu|aktualiz|zaktualiz|zmieniono|upraveno|upravené|frissít|módos|ažurir|izmenjeno|posodobljen|uuendatud|"
    "atnaujin|atjaunin|përditës|обновл|оновл|измен|змінен|ажурир|абноўл|ενημ|ενημέρ|τροποπ|güncelle|düzenle|yenilən|"
    "diperbarui|diperbaharui|cập nhật|imesasishwa|更新|修改|修订|修訂|수정|업데이트|최종|แก้ไข|อัปเดต|"
    "อัพเดท|ปรับปรุง|تحديث|تعديل|به‌روز|بروزرسانی|ویرایش|עודכן|עדכון|अपडेट|अद्यतन|আপডেট|হালনাগাদ|புதுப்பி|განახლ|թարմաց|eguneratu|diweddar"
)
_PUBLISHED_LABEL = (
    "publi|posted|created|veröffentlicht|erschienen|erstellt|paru|posté|mis en ligne|creado|criado|postado|"
    "pubblic|gepubliceerd|geplaatst|publisert|julkaist|publicer|udgivet|opublik|dodan|zveřejn|vydáno|közzé|megjelen|"
    "objavl|avaldatud|paskelbt|publicēt|botuar|опубл|публик|створено|δημοσ|yayın|eklenme|oluştur|diterbitkan|"
    "dipublikasikan|diterbitkan|đăng|imechapishwa|公開|掲載|配信|発表|发布|發布|发表|發表|입력|등록|게시|승인|เผยแพร่|نشر|منتشر|"
    "انتشار|פורסם|प्रकाशित|প্রকাশ|வெளியி|გამოქვ|argitaratu|cyhoedd"
)
_LABEL = re.compile(f"({_MODIFIED_LABEL})|(?:{_PUBLISHED_LABEL})")
# The longest label before a date, and the longest on a line of its own.
_LONGEST_LABEL = 60
_LONGEST_LONE_LABEL = 25
_MODIFIED_NAMES = frozenset(
    "updated modified update lastupdate lastupdated lastmodified datemodified modification edited revised changed "
    "aktualisiert actualizado actualizacion atualizado aggiornato maj misajour uppdaterad oppdatert bijgewerkt".split()
)
_PUBLISHED_NAMES = frozenset(
    "published publish publication publishdate pubdate datepublished datecreated posted created publicado publie "
    "veroeffentlicht pubblicato".split()
)


@dataclass(frozen=True, slots=True)
class Dates:
    """The aware dates of publication and modification of an article; None where unknown."""

    published: datetime | None
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class DateSettings:
    """Settings for parsing dates: ``now`` is the time of the fetch, ``zone`` applies to dates without an offset."""

    zone: tzinfo
    now: datetime | None = None
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class _ParsedDate:
    """A date from a source; ``offset`` is its own UTC offset, ``daily`` means that it has no time of day."""

    moment: datetime
    offset: timedelta | None
    daily: bool


@dataclass(frozen=True, slots=True)
class _PageDate:
    """A date in an element of the page: ``text`` is what it shows, ``rank`` how well it is marked, 0 being best."""

    role: Role
    said: _ParsedDate
    text: str
    rank: int
    is_carried: bool = False
    is_labelled: bool = False


def find_offset(sources: Iterable[Declared], vicinity: HeadlineContext) -> timedelta | None:
    """Return the first nonzero UTC offset in a page's declared dates and its ``<time>`` elements, or None."""
    reader = DateSettings(UTC)
    sources = list(sources)
    texts = [text for source in sources for text in source.published]
    texts += [text for source in sources for text in source.modified]
    for said in _read_all(texts, reader):
        if said.offset:
            return said.offset
    for node in vicinity.nodes:
        if node.tag == "time" and (said_there := _read(node.get("datetime") or "", reader)) and said_there.offset:
            return said_there.offset
    return None


def read_dates(sources: Iterable[Declared], vicinity: HeadlineContext, url: str | None, reader: DateSettings) -> Dates:
    """Return the dates of the article at ``url``, whose headline has the surroundings ``vicinity``.

    Order of trust: declared dates, dates in elements near the headline, the date in the URL. Dates more than 26 hours
    after ``reader.now`` are ignored.
    """
    sources = list(sources)
    published = list(_read_all((text for source in sources for text in source.published), reader))
    modified = list(_read_all((text for source in sources for text in source.modified), reader))
    if not published or published[0].daily or published[0].offset is None or not modified:
        stated = _from_page(vicinity, reader)
        published += [each.said for each in stated if each.role == "published" and each.is_carried]
        if url and (found := _URL_DATE.search(url)):
            published += _read_all(["-".join(found.groups())], reader)
        published += [each.said for each in stated if each.role == "published" and not each.is_carried]
        first = _best(published)
        # A modification before publication is of something else: a version, an event.
        changes = sorted((each for each in stated if each.role == "modified"), key=lambda each: not each.is_carried)
        modified += [each.said for each in changes if first is None or _is_later(each.said, first)]
    return Dates(_best(published), _best(modified))


def _is_later(said: _ParsedDate, published: datetime) -> bool:
    return said.moment >= published or (said.daily and said.moment.date() == published.date())


def _read_all(texts: Iterable[str], reader: DateSettings) -> Iterator[_ParsedDate]:
    return (said for text in texts if (said := _read(text, reader)))


def _from_page(vicinity: HeadlineContext, reader: DateSettings) -> list[_PageDate]:
    """Return the dates of elements near the headline and of elements marked as dates, the most trusted first."""
    near = {node.index for node in vicinity.nodes}
    marked = (node for node in vicinity.marked if _is_marked(node) and node.index not in near)
    found: list[_PageDate] = []
    for node in (*vicinity.nodes, *marked):
        if node.chars <= _LONGEST_DATE and (node.chars or node.attributes):
            found.extend(_statements(node, vicinity, reader))
            if len(found) > _MOST_TIMES:
                break
    # An element around a date of modification shows the same date without its label.
    changes = {each.text for each in found if each.role == "modified" and each.text}
    kept = (each for each in found if each.role == "modified" or each.is_labelled or each.text not in changes)
    return sorted(kept, key=lambda each: each.rank)


def _statements(node: Node, vicinity: HeadlineContext, reader: DateSettings) -> Iterator[_PageDate]:
    """Yield the machine-readable and the visible dates of an element that belong to the article."""
    marked = _is_marked(node)
    named = marked or node.tag == "time" or not TIME_NAMES.isdisjoint(split_words(node.names))
    carries = _carried_by(node, named=named)
    text = _text_of(node, vicinity)
    times = _times_in(text, reader, named=named)
    if not (carries or times) or vicinity.is_beside(node) or vicinity.holds_what_is_beside(node):
        return
    role, before, label = _role_of(node), _label_of(_before(vicinity.outline, node)), _label_of(text)
    if not (before or label) and vicinity.is_in_card(node):
        return
    if carries and (said := _read(carries, reader)):
        # A text with two dates has two labels; an element carries one machine-readable date.
        stated = (role if marked else None) or (label if len(times) < 2 else None) or before or role
        rank = 0 if marked else 1 if stated else 2
        shown = times[0].text if len(times) == 1 else ""
        yield _PageDate(stated or "published", said, shown, rank, is_carried=True, is_labelled=bool(stated))
    for at, (label, each) in enumerate(_labelled(text, times)):
        stated = label or (before if at == 0 else None) or (role if len(times) == 1 else None)
        if (understood := _understand(each, reader)) is not None:
            rank = 0 if stated else 1 if named else 2
            yield _PageDate(stated or "published", understood, each.text, rank, is_labelled=bool(stated))


def _text_of(node: Node, vicinity: HeadlineContext) -> str:
    """Return an element's text: only its direct text if it is around the headline, none of the headline itself."""
    outline, headline = vicinity.outline, vicinity.headline
    if headline is None or not (node.holds(headline) or headline.holds(node)):
        return outline.text(node)
    if node is headline or (headline.holds(node) and node.tag != "time"):
        return ""
    own = (outline.texts[at] for at in range(node.first, node.last) if outline.owners[at] is node)
    return clean(" ".join(own))


def _carried_by(node: Node, *, named: bool) -> str | None:
    """Return the machine-readable date in an element's attributes; ``named`` means that the element is for a date."""
    if node.get("datetime"):
        return node.get("datetime")
    if _is_marked(node) and node.get("content"):
        return node.get("content")
    if not named:
        return None
    values = (value for name, value in node.attributes.items() if name.startswith("data-") or name == "title")
    return next((value for value in values if _MACHINE.match(value)), None)


def _is_marked(node: Node) -> bool:
    """Return whether an element's markup says that it holds a date of the article."""
    if node.attributes.get("pubdate") is not None:
        return True
    said = node.attributes.get("itemprop") or node.attributes.get("property")
    return said is not None and said.endswith(("datePublished", "dateModified", "dateCreated", "_time"))


def _role_of(node: Node) -> Role | None:
    """Return the role of an element's date by the markup and class names of it and its parents, or None."""
    for each in (node, *(_small_parents(node))):
        said = f"{each.get('itemprop') or ''} {each.get('property') or ''}"
        if "dateModified" in said or "modified_time" in said:
            return "modified"
        if "datePublished" in said or "published_time" in said or each.get("pubdate") is not None:
            return "published"
        words = split_words(each.names)
        if words & _PUBLISHED_NAMES:
            return "published"
        if words & _MODIFIED_NAMES:
            return "modified"
    return None


def _small_parents(node: Node) -> Iterator[Node]:
    for parent, _ in zip(node.ancestors(), range(2), strict=False):
        if parent.chars > node.chars + _LONGEST_LONE_LABEL:
            return
        yield parent


def _before(outline: Outline, node: Node) -> str:
    """Return the text before an element that may be its label: on the same line, else a short line above."""
    pieces: list[str] = []
    crossed = False
    for at in range(node.first - 1, max(-1, node.first - 8), -1):
        piece = outline.texts[at]
        if piece != "\n":
            pieces.append(piece)
        elif any(not each.isspace() for each in pieces):
            break
        else:
            crossed = True
    text = "".join(reversed(pieces)).strip()[-_LONGEST_LABEL:]
    return "" if crossed and len(text) > _LONGEST_LONE_LABEL else _after_digits(text)


def _after_digits(text: str) -> str:
    """Return the text after the last digit: a label before that belongs to another date."""
    for at in range(len(text) - 1, -1, -1):
        if text[at].isdigit():
            return text[at + 1 :]
    return text


def _label_of(text: str) -> Role | None:
    """Return the role that a label names, the last of several, or None."""
    label: Role | None = None
    for found in _LABEL.finditer(text.lower()):
        label = "modified" if found[1] else "published"
    return label


def _times_in(text: str, reader: DateSettings, *, named: bool) -> tuple[TimeExpression, ...]:
    """Return the times in a text that is about a date; ``named`` means that its element is for a date."""
    times = tuple(
        each
        for each in find_times(text, reader.month_first)
        if not each.bare and (each.form != "clock" or (named and reader.now is not None))
    )
    if not times or named:
        return times
    if text.endswith(_SENTENCE_ENDS) and any(map(str.isalpha, text[times[-1].end :])):
        return ()  # the sentence continues after the time
    share = sum(each.end - each.start for each in times) / len(text)
    return times if share >= _LEAST_SHARE or _label_of(text) else ()


def _labelled(text: str, times: tuple[TimeExpression, ...]) -> Iterator[tuple[Role | None, TimeExpression]]:
    """Return the times of a text, each with the label before it, or after it if none precedes the first."""
    ends = [0, *(each.end for each in times)]
    starts = [*(each.start for each in times), len(text)]
    gaps = [_label_of(text[a:b]) for a, b in zip(ends, starts, strict=True)]
    labels = gaps[1:] if times and not gaps[0] and gaps[-1] else gaps[:-1]
    return zip(labels, times, strict=True)


def _understand(shown: TimeExpression, reader: DateSettings) -> _ParsedDate | None:
    """Return the date of a visible time: as written if complete, else resolved against the time of the fetch."""
    if shown.year and shown.month and shown.day:
        zone = timezone(shown.utc_offset) if shown.utc_offset is not None else reader.zone
        clock = time(shown.hour or 0, shown.minute or 0, shown.second or 0)
        orders = [(shown.month, shown.day)] + ([(shown.day, shown.month)] if shown.is_ambiguous else [])
        for month, day in orders:
            try:
                moment = datetime.combine(date(shown.year, month, day), clock, tzinfo=zone)
            except ValueError:
                continue
            if _is_plausible(moment, reader):
                return _ParsedDate(moment, shown.utc_offset, daily=shown.hour is None)
    if reader.now is None:
        return None
    resolved = resolve(shown, reader.now, reader.zone)
    if resolved is None or not _is_plausible(resolved.time, reader):
        return None
    return _ParsedDate(resolved.time, shown.utc_offset, daily=resolved.precision == "day")


def _read(text: str, reader: DateSettings) -> _ParsedDate | None:
    """Parse a machine-readable date; return None if there is none or it is implausible."""
    text = text.strip()
    if not _DIGIT.search(text):
        return None
    if _NUMERIC.match(text):
        return next((_understand(each, reader) for each in find_times(text[:_LONGEST_DATE], reader.month_first)), None)
    said = _read_iso(text, reader.zone) or _read_other(text, reader.zone)
    return said if said is not None and _is_plausible(said.moment, reader) else None


def _read_iso(text: str, zone: tzinfo) -> _ParsedDate | None:
    """Parse a date in ISO 8601, the format of nearly all pages, by the fast path."""
    if _EPOCH.match(text):  # `fromisoformat` parses some epoch seconds as dates
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = moment.utcoffset()
    return _ParsedDate(moment if offset is not None else moment.replace(tzinfo=zone), offset, len(text) <= _LONGEST_DAY)


def _read_other(text: str, zone: tzinfo) -> _ParsedDate | None:
    found = read_machine_time(text, zone)
    if found is None:
        return None
    moment, precision = found
    carries_none = moment.tzinfo is zone and not _OFFSET.search(text) and not _EPOCH.match(text)
    return _ParsedDate(moment, None if carries_none else moment.utcoffset(), daily=precision == "day")


def _is_plausible(moment: datetime, reader: DateSettings) -> bool:
    return moment.year >= _EARLIEST and (reader.now is None or moment <= reader.now + LARGEST_ZONE_GAP)


def _best(said: list[_ParsedDate]) -> datetime | None:
    """Return the first date, refined by later ones with the same day or the same clock time, or None."""
    if not said:
        return None
    first = said[0]
    for other in said[1:]:
        if first.daily and not other.daily and first.moment.date() == other.moment.date():
            first = other
        if not first.offset and other.offset and not other.daily and _clock(first) == _clock(other):
            first = other  # the same clock time with an offset: the first has none or wrongly says UTC
    return first.moment


def _clock(said: _ParsedDate) -> datetime:
    return said.moment.replace(tzinfo=None, second=0, microsecond=0)
