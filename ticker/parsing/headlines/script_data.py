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
from itertools import islice
from typing import Any

from ticker.parsing.headlines.lists import FEWEST_ENTRIES
from ticker.parsing.headlines.titles import length_of
from ticker.parsing.outline import LONGEST_TITLE
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.data import INNER, KIND_FIELDS, PARTS, Role, flat_name, role_of
from ticker.text import clean, replace_controls

# Deeper values and more objects are not searched. Values of a payload may contain each other.
_DEEPEST = 64
_MOST_CONTAINERS = 200_000
_SHORTEST_TITLE = 10
# A longer title is not the heading of the list within its object.
_LONGEST_SECTION = 50
# The heading of a list is at most this many fields and indexes above it.
_SECTION_LEVELS = 3
# The text of a post is shortened to this many characters.
_LONGEST_TEXT = 1000
_INDEX = "*"
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
    the names of its fields and the words of its type.
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
    """Return the items that have title and time in the fields in which most have them."""
    shape = Counter(item.shape for item in items).most_common(1)[0][0]
    return [item for item in items if item.shape == shape]


def _find_items(root: Any) -> list[DataItem]:
    items: list[DataItem] = []
    # Value, its path, the innermost array, the item around it, and the heading above it with the length of its path.
    waiting: list[tuple[Any, Path, int, int | None, tuple[str, int] | None]] = [(root, (), 0, None, None)]
    used: set[int] = set()
    below: Iterator[tuple[Path, Any]]
    for _ in range(_MOST_CONTAINERS):
        if not waiting:
            break
        value, path, holder, parent, section = waiting.pop()
        if id(value) in used or len(path) > _DEEPEST:
            continue
        if isinstance(value, dict):
            parts = _read_parts(value)
            if _is_whole(parts, path):
                heading = section[0] if section and len(path) - section[1] <= _SECTION_LEVELS else None
                items.append(_item(value, parts, path, holder, len(items), parent, heading))
                used |= parts.used
                parent, section = len(items) - 1, None
            elif parts.heading:
                section = parts.heading, len(path)
            below = (((*path, field), each) for field, each in value.items() if type(each) in (dict, list))
        else:
            holder = id(value)
            indexed = (*path, _INDEX)
            below = ((indexed, each) for each in value if type(each) in (dict, list))
        inner = [(each, at, holder, parent, section) for at, each in islice(below, _MOST_CONTAINERS)]
        waiting += reversed(inner)
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


def _item(
    value: dict[str, Any],
    parts: _Parts,
    path: Path,
    holder: int,
    number: int,
    parent: int | None,
    section: str | None,
) -> DataItem:
    kinds = (kind for field in KIND_FIELDS for kind in _listed(value.get(field)) if isinstance(kind, str))
    return DataItem(
        title=parts.title,
        time=parts.time,
        is_utc=flat_name(parts.time_field).endswith(("gmt", "utc")),
        links=parts.links,
        text=parts.text,
        shape=(parts.title_field, parts.time_field),
        path=path,
        holder=holder,
        number=number,
        parent=parent,
        section=section,
        fields=frozenset(map(flat_name, value)),
        kinds=frozenset(word for kind in kinds for word in (*split_words(kind), kind.lower())),
    )


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _read_parts(value: dict[str, Any]) -> _Parts:
    """Return the parts of an entry in an object, with those that it lacks from objects that hold its own fields."""
    parts = _own_parts(value)
    missing = [role for role in ("title", "time", "links") if not getattr(parts, role)]
    if not missing or len(missing) == 3:
        return parts
    for field, inner in value.items():
        if type(inner) is not dict or flat_name(field) not in PARTS:
            continue
        other = _own_parts(inner)
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


def _own_parts(value: dict[str, Any]) -> _Parts:
    """Return the parts of an entry in the fields of an object."""
    found: dict[Role, list[tuple[int, str]]] = {"title": [], "time": [], "link": [], "text": []}
    for field, held in value.items():
        if held and (role := role_of(field)) is not None and type(held) is not bool:
            found[role[0]].append((role[1], field))
    parts = _Parts()
    for _, field in sorted(found["title"]):
        title = _text_in(value[field], "title")
        parts.heading = parts.heading or (title if len(title) <= _LONGEST_SECTION else "")
        if length_of(title) >= _SHORTEST_TITLE and len(title) <= LONGEST_TITLE:
            parts.title, parts.title_field = title, field
            break
    for _, field in sorted(found["time"]):
        if moment := _moment_in(value[field]):
            parts.time, parts.time_field = moment, field
            break
    parts.links = tuple(link for _, field in sorted(found["link"]) if (link := _text_in(value[field], "link")))
    if found["text"] and parts.time:
        parts.text = next((text for _, field in sorted(found["text"]) if (text := _text_in(value[field], "text"))), "")
    return parts


def _text_in(value: Any, role: Role) -> str:
    """Return the text of a value, or of the first inner field of an object that has one, or ""."""
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
