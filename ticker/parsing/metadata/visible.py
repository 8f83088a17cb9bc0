"""Sources of metadata that readers see: dates and authors near the headline, or in elements marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Literal

from ticker.parsing.metadata.authors import ByWords, names_in_bylines, without_label
from ticker.parsing.metadata.dates import DateSettings, read_date, resolve_shown
from ticker.parsing.metadata.source import Author, Date, Source
from ticker.parsing.metadata.vicinity import HeadlineContext
from ticker.parsing.outline import Node, Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.lists import TIME_NAMES
from ticker.text import clean
from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times

# An element with a date holds little other text.
_LONGEST_DATE = 120
# Times are at least this share of a text, unless the element is named for a date.
_LEAST_SHARE = 0.25
_MOST_TIMES = 20
_SENTENCE_ENDS = (".", "!", "?", "。")
_DIGIT = re.compile(r"\d")
# Formats of dates in attributes that other data does not use.
_MACHINE = re.compile(r"\s*(?:\d{10}|\d{13}|\d{4}-\d\d-\d\dT\d\d:\d\d.*)\s*$", re.S)

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
_BYLINES = frozenset(
    "byline bylines author authors autor autora autoren autores autorka autori autorzy auteur auteurs autore autrice "
    "firma verfasser forfatter szerzo yazar penulis avtor writer username authorname "
    "autorname autorenname nombreautor".split()
)
# A byline names a few authors; longer text is about them.
_LONGEST_BYLINE = 120
_MOST_AUTHORS = 5
_MOST_BYLINES = 40
# Within this many elements below the headline, a by-word alone makes a line a byline.
_CLOSE = 12


@dataclass(frozen=True, slots=True)
class _Statement:
    """A date in an element of the page: ``text`` is what it shows, ``rank`` how well it is marked, 0 being best."""

    role: Role
    date: Date
    text: str
    rank: int
    is_attribute: bool
    is_labelled: bool


def read_visible_dates(near: HeadlineContext, settings: DateSettings) -> dict[str, Source]:
    """Return the dates of elements near the headline or marked as dates: in ``attributes``, and in their ``text``."""
    known = {node.index for node in near.nodes}
    marked = (node for node in near.marked if _is_date(node) and node.index not in known)
    found: list[_Statement] = []
    for node in (*near.nodes, *marked):
        if node.chars <= _LONGEST_DATE and (node.chars or node.attributes):
            found.extend(_statements(node, near, settings))
            if len(found) > _MOST_TIMES:
                break
    # An element around a date of modification shows the same date without its label.
    changes = {each.text for each in found if each.role == "modified" and each.text}
    kept = [each for each in found if each.role == "modified" or each.is_labelled or each.text not in changes]
    kept.sort(key=lambda each: each.rank)
    return {
        "attributes": _source_of([each for each in kept if each.is_attribute]),
        "text": _source_of([each for each in kept if not each.is_attribute]),
    }


def _source_of(stated: Sequence[_Statement]) -> Source:
    return Source(
        published=tuple(each.date for each in stated if each.role == "published"),
        modified=tuple(each.date for each in stated if each.role == "modified"),
    )


def _statements(node: Node, near: HeadlineContext, settings: DateSettings) -> Iterator[_Statement]:
    """Yield the machine-readable and the visible dates of an element that belong to the article."""
    marked = _is_date(node)
    named = marked or node.tag == "time" or not TIME_NAMES.isdisjoint(split_words(node.names))
    carries = _carried_by(node, named=named)
    text = _text_of(node, near)
    times = _times_in(text, settings, named=named)
    if not (carries or times) or near.is_beside(node) or near.holds_what_is_beside(node):
        return
    role, before, label = _role_of(node), _label_of(_before(near.outline, node)), _label_of(text)
    if not (before or label) and near.is_in_card(node):
        return
    if carries and (date := read_date(carries, settings)):
        # A text with two dates has two labels; an element carries one machine-readable date.
        stated = (role if marked else None) or (label if len(times) < 2 else None) or before or role
        rank = 0 if marked else 1 if stated else 2
        shown = times[0].text if len(times) == 1 else ""
        yield _Statement(stated or "published", date, shown, rank, True, bool(stated))
    for at, (label, each) in enumerate(_labelled(text, times)):
        stated = label or (before if at == 0 else None) or (role if len(times) == 1 else None)
        if date := resolve_shown(each, settings):
            rank = 0 if stated else 1 if named else 2
            yield _Statement(stated or "published", date, each.text, rank, False, bool(stated))


def _text_of(node: Node, near: HeadlineContext) -> str:
    """Return an element's text: only its direct text if it is around the headline, none of the headline itself."""
    outline, headline = near.outline, near.headline
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
    if _is_date(node) and node.get("content"):
        return node.get("content")
    if not named:
        return None
    values = (value for name, value in node.attributes.items() if name.startswith("data-") or name == "title")
    return next((value for value in values if _MACHINE.match(value)), None)


def _is_date(node: Node) -> bool:
    """Return whether an element's markup says that it holds a date of the article."""
    if node.attributes.get("pubdate") is not None:
        return True
    said = node.attributes.get("itemprop") or node.attributes.get("property")
    return said is not None and said.endswith(("datePublished", "dateModified", "dateCreated", "_time"))


def _role_of(node: Node) -> Role | None:
    """Return the role of an element's date by the markup and class names of it and its parents, or None."""
    small = takewhile(lambda one: one.chars <= node.chars + _LONGEST_LONE_LABEL, islice(node.ancestors(), 2))
    for each in (node, *small):
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
    if crossed and len(text) > _LONGEST_LONE_LABEL:
        return ""
    return _DIGIT.split(text)[-1]  # a label before a digit belongs to another date


def _label_of(text: str) -> Role | None:
    """Return the role that a label names, the last of several, or None."""
    label: Role | None = None
    for found in _LABEL.finditer(text.lower()):
        label = "modified" if found[1] else "published"
    return label


def _times_in(text: str, settings: DateSettings, *, named: bool) -> tuple[TimeExpression, ...]:
    """Return the times in a text that is about a date; ``named`` means that its element is for a date."""
    times = tuple(
        each
        for each in find_times(text, settings.month_first)
        if not each.bare and (each.form != "clock" or (named and settings.now is not None))
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


def read_bylines(near: HeadlineContext, by: ByWords) -> Source:
    """Return the names of the nearest byline, else of marked elements farther away, else of an unmarked line."""
    names = _marked_bylines(near, by) or _bare_byline(near, by)
    return Source(authors=(tuple(names[:_MOST_AUTHORS]),) if names else ())


def _marked_bylines(near: HeadlineContext, by: ByWords) -> list[Author]:
    looked = 0
    for nodes in (near.nodes, near.marked):
        is_near = nodes is near.nodes
        marked: list[Author] = []
        for node in nodes:
            if not 0 < node.chars <= _LONGEST_BYLINE or looked == _MOST_BYLINES:
                continue
            is_marked = _is_author(node) or (is_near and _is_person(node))
            if not is_marked and not (is_near and node.names and not _BYLINES.isdisjoint(split_words(node.names))):
                continue
            looked += 1
            if near.is_beside(node) or near.is_in_card(node) or near.is_of_row(node):
                continue
            if is_marked:
                marked.append(Author(without_label(near.outline.text(node))))
            elif names := _byline(near.outline, node, by):
                return marked or names
        if marked:
            return marked
    return []


def _bare_byline(near: HeadlineContext, by: ByWords) -> list[Author]:
    """Return the names in a line just below the headline that begins with a by-word, in an element of any name."""
    end = near.headline.end if near.headline is not None else len(near.outline.nodes)
    for node in near.outline.nodes[end : end + _CLOSE]:
        if 0 < node.chars <= _LONGEST_BYLINE and by.own.match(near.outline.text(node)):
            names = _byline(near.outline, node, by)
            if names and not (near.is_beside(node) or near.is_in_card(node)):
                return [name for name in names if " " in name.text]
    return []


def _byline(outline: Outline, node: Node, by: ByWords) -> list[Author]:
    """Return the names in a byline element: those of its links and parts, else those of its text."""
    named = [
        each
        for each in outline.below(node, _MOST_BYLINES)[1:]
        if (each.is_link and "mailto:" not in (each.get("href") or "")) or split_words(each.names) & _BYLINES
    ]
    parts = [each for each, after in pairwise((*named, None)) if each and not (after and each.holds(after))]
    pieces = [by.cut(piece) for piece in outline.texts[node.first : node.last]]
    return (
        names_in_bylines(map(outline.text, parts), by)
        or names_in_bylines(["|".join(pieces)], by)
        or names_in_bylines([outline.text(node)], by, introduced=True)
    )


def _is_author(node: Node) -> bool:
    says = node.attributes
    return "author" in says.get("rel", "").split() or "author" in says.get("itemprop", "").split()


def _is_person(node: Node) -> bool:
    """Return whether RDFa marks an element as a person's name, as Drupal marks the author's."""
    kind = node.attributes.get("typeof")
    return (
        kind is not None and kind.endswith(("Person", "UserAccount")) and (node.get("property") or "").endswith("name")
    )
