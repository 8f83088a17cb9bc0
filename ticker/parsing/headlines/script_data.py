"""Detection of lists of headlines in the data of scripts: objects of one shape in one place.

Each object has a title, a time and a link, in fields named as in content management systems. Objects in one array form
a list; so do objects at the same path of fields in different arrays, and sibling fields of one object.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from ticker.parsing.headlines.lists import FEWEST_ENTRIES
from ticker.parsing.headlines.titles import length_of
from ticker.parsing.outline import LONGEST_TITLE
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.data import INNER, KIND_FIELDS, PARTS, Role, flat_name, role_of
from ticker.text import clean, replace_controls

# Deeper values and more objects are not searched. Values of a payload may contain each other.
_DEEPEST = 64
_MOST_CONTAINERS = 200_000
_MOST_ITEMS = 5_000
# An object with more fields is not an entry.
_MOST_FIELDS = 200
_SHORTEST_TITLE = 10
# A longer title is not the heading of the list within its object.
_LONGEST_SECTION = 50
# The heading of a list is at most this many fields and indexes above it.
_SECTION_LEVELS = 3
# The text of a post is shortened to this many characters.
_LONGEST_TEXT = 1000
_INDEX = "*"
_CONTAINERS = (dict, list)
_TAG = re.compile(r"<[^<>]{1,400}>")
_MOMENT = re.compile(r"\d{4}|\d\d? [A-Z][a-z]{2}")
_EPOCHS = (range(788_918_400, 4_102_444_800), range(788_918_400_000, 4_102_444_800_000))  # 1995 to 2100

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataItem:
    """An object in script data with the parts of an entry, as text.

    ``time`` is the text of a time or a number of seconds or milliseconds since 1970; with ``is_utc`` it is in UTC if it
    states no offset. ``links`` are URLs, paths or slugs, the most trusted first. ``text`` is the beginning of its own
    text. ``shape`` names the fields of title and time. ``path`` leads to it from the script's value, with "*" for an
    index; ``holder`` identifies the innermost array around it. ``number`` counts the items of a value, and ``parent``
    is the number of the item around it. ``section`` is the title of an object around it. ``fields`` and ``kinds`` are
    the names of its fields that have a value, and the words of its type.
    """

    title: str
    time: str
    is_utc: bool
    links: tuple[str, ...]
    text: str
    shape: tuple[str, str]
    path: Path
    holder: int
    number: int
    parent: int | None
    section: str | None
    fields: frozenset[str]
    kinds: frozenset[str]

    @property
    def is_post(self) -> bool:
        """Return whether the item is in a list whose name says that it is a live blog's."""
        return is_live(self.path)


def is_live(path: Path) -> bool:
    """Return whether the last fields of a path name a live blog: ``liveBlogUpdate``."""
    return any("live" in split_words(field) for field in fields_of(path)[-2:])


def fields_of(path: Path) -> Path:
    """Return a path without indexes."""
    return tuple(field for field in path if field != _INDEX)


def find_item_lists(value: Any) -> list[list[DataItem]]:
    """Return the lists of items in a JSON value, each of at least three, in document order."""
    items = _find_items(value)
    lists: list[list[int]] = []
    loose = list(range(len(items)))
    for key in (_in_array, _at_path, _beside):
        groups: dict[Any, list[int]] = {}
        for number in loose:
            groups.setdefault(key(items[number]), []).append(number)
        lists += [group for group in groups.values() if len(group) >= FEWEST_ENTRIES]
        loose = [number for group in groups.values() if len(group) < FEWEST_ENTRIES for number in group]
    found = [_of_one_shape([items[number] for number in group]) for group in sorted(lists)]
    return [group for group in found if len(group) >= FEWEST_ENTRIES]


def _in_array(item: DataItem) -> Any:
    """Return a key that items in one array share."""
    at = len(item.path) - 1 - item.path[::-1].index(_INDEX) if _INDEX in item.path else 0
    return item.holder, item.path[at:]


def _at_path(item: DataItem) -> Any:
    return item.path


def _beside(item: DataItem) -> Any:
    return item.path[:-1]


def _of_one_shape(items: Sequence[DataItem]) -> list[DataItem]:
    """Return the items that have title and time in the fields in which most have them; posts may have no title."""
    shape = Counter(item.shape for item in items).most_common(1)[0][0]
    return [item for item in items if item.shape == shape or (item.is_post and item.shape[1] == shape[1])]


class _Place(NamedTuple):
    """What is around a value: the innermost array, the number of an item, and a heading with the length of its path."""

    holder: int = 0
    parent: int | None = None
    heading: str = ""
    level: int = 0


def _find_items(root: Any) -> list[DataItem]:
    """Return the items in a JSON value in document order."""
    items: list[DataItem] = []
    used: set[int] = set()
    waiting: list[tuple[Any, Path, _Place]] = [(root, (), _Place())]
    for _ in range(_MOST_CONTAINERS):
        if not waiting or len(items) == _MOST_ITEMS:
            break
        value, path, place = waiting.pop()
        if len(path) > _DEEPEST or len(value) > _MOST_CONTAINERS or id(value) in used:
            continue
        # The last is pushed first, and so visited last.
        if type(value) is list:
            place = _Place(id(value), *place[1:])
            indexed = (*path, _INDEX)
            waiting += [(each, indexed, place) for each in reversed(value) if each and type(each) in _CONTAINERS]
            continue
        parts = _read_parts(value)
        if parts is not None and _is_whole(parts, path):
            items.append(_item(value, parts, path, place, len(items)))
            used |= parts.used
            place = _Place(place.holder, len(items) - 1)
        elif parts is not None and parts.heading:
            place = _Place(place.holder, place.parent, parts.heading, len(path))
        waiting += [
            (held, (*path, key), place) for key, held in reversed(value.items()) if held and type(held) in _CONTAINERS
        ]
    return items


@dataclass(slots=True)
class _Parts:
    """The parts of an entry that an object holds; ``used`` are the objects within it that hold some of them."""

    title: str = ""
    title_field: str = ""
    time: str = ""
    time_field: str = ""
    links: tuple[str, ...] = ()
    text: str = ""
    heading: str = ""
    used: frozenset[int] = frozenset()


def _is_whole(parts: _Parts, path: Path) -> bool:
    """Return whether an object has title, time and link; a post of a live blog may have only time and text."""
    if not parts.time:
        return False
    return bool(parts.title and parts.links) or (bool(parts.title or parts.text) and is_live(path))


def _item(value: dict[str, Any], parts: _Parts, path: Path, place: _Place, number: int) -> DataItem:
    kinds = (kind for field in KIND_FIELDS for kind in _listed(value.get(field)) if isinstance(kind, str))
    return DataItem(
        title=parts.title,
        time=parts.time,
        is_utc=_is_utc(parts.time_field),
        links=parts.links,
        text=parts.text,
        shape=(parts.title_field, parts.time_field),
        path=path,
        holder=place.holder,
        number=number,
        parent=place.parent,
        section=place.heading if place.heading and len(path) - place.level <= _SECTION_LEVELS else None,
        fields=frozenset(flat_name(field) for field, held in value.items() if held),
        kinds=frozenset(word for kind in kinds for word in (*split_words(kind), kind.lower())),
    )


def _is_utc(field: str) -> bool:
    return flat_name(field).endswith(("gmt", "utc"))


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of an object by their role, the most trusted first; ``inner`` may hold objects with further parts."""

    titles: Sequence[str]
    times: Sequence[str]
    links: Sequence[str]
    texts: Sequence[str]
    inner: Sequence[str]

    @property
    def may_be_entry(self) -> bool:
        """Return whether an object with these fields may hold an entry with its time and title."""
        return bool(self.titles or self.times) or len(self.inner) > 1


@lru_cache(maxsize=4096)  # most objects have the fields of another one
def _shape_of(fields: tuple[str, ...]) -> _Shape:
    ranked: dict[Role, list[tuple[int, bool, str]]] = {"title": [], "time": [], "link": [], "text": []}
    for field in fields:
        if (role := role_of(field)) is not None:
            # Of a time in UTC and a local time, the one in UTC is unambiguous.
            ranked[role[0]].append((role[1], not _is_utc(field), field))
    titles, times, links, texts = ([field for *_, field in sorted(each)] for each in ranked.values())
    return _Shape(titles, times, links, texts, [field for field in fields if flat_name(field) in PARTS])


def _read_parts(value: dict[str, Any]) -> _Parts | None:
    """Return the parts of an entry in an object, with those that it lacks from objects that hold its own fields.

    Return None if it has no fields for them.
    """
    if len(value) > _MOST_FIELDS:
        return None
    shape = _shape_of(tuple(value))
    if not shape.may_be_entry:
        return None
    parts = _own_parts(value, shape)
    missing = [role for role in ("title", "time", "links") if not getattr(parts, role)]
    for field in shape.inner if missing else ():
        inner = value[field]
        if type(inner) is not dict or len(inner) > _MOST_FIELDS:
            continue
        other = _own_parts(inner, _shape_of(tuple(inner)))
        if other.title and other.time and other.links:
            continue  # an entry itself
        for role in [role for role in missing if getattr(other, role)]:
            missing.remove(role)
            setattr(parts, role, getattr(other, role))
            if role != "links":
                setattr(parts, f"{role}_field", f"{field}.{getattr(other, f'{role}_field')}")
            parts.used |= {id(inner)}
        parts.text = parts.text or other.text
    return parts


def _own_parts(value: dict[str, Any], shape: _Shape) -> _Parts:
    """Return the parts of an entry in the fields of an object."""
    parts = _Parts()
    for field in shape.titles:
        title = _text_in(value[field], "title")
        parts.heading = parts.heading or (title if len(title) <= _LONGEST_SECTION else "")
        if length_of(title) >= _SHORTEST_TITLE and len(title) <= LONGEST_TITLE:
            parts.title, parts.title_field = title, field
            break
    for field in shape.times:
        if moment := _moment_in(value[field]):
            parts.time, parts.time_field = moment, field
            break
    parts.links = tuple(link for field in shape.links if (link := _text_in(value[field], "link")))
    if parts.time:
        parts.text = next((text for field in shape.texts if (text := _text_in(value[field], "text"))), "")
    return parts


def _text_in(value: Any, role: Role) -> str:
    """Return the text of a value, or of the first inner field of an object that has one, or ""."""
    if type(value) is str:
        return plain_text(value[:_LONGEST_TEXT])
    for inner in _inner(value, role):
        if isinstance(inner, str) and inner:
            return plain_text(inner[:_LONGEST_TEXT])
    return ""


def plain_text(value: str) -> str:
    """Return a text of script data on one line, without tags, entities and characters that no page can show."""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = _TAG.sub(" ", value)
    if not value.isascii():
        value = value.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair
    return clean(replace_controls(value))


def _moment_in(value: Any) -> str:
    """Return the text of a value that may be a time, or ""."""
    for inner in _inner(value, "time"):
        if type(inner) in (int, float):
            whole = int(inner) if abs(inner) < 1e15 else 0
            if any(whole in epochs for epochs in _EPOCHS):
                return str(whole)
        elif isinstance(inner, str) and 8 <= len(inner) <= 80 and _MOMENT.search(inner):
            return plain_text(inner.removeprefix("$D"))  # the mark of a date in React's rows
    return ""


def _inner(value: Any, role: Role) -> Iterator[Any]:
    """Yield a value, or the inner fields of an object that may hold its text, the most trusted first."""
    if isinstance(value, dict):
        yield from (value[field] for field in INNER[role] if field in value)
    else:
        yield value
