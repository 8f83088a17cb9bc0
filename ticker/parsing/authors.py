"""The names of an article's authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ticker.parsing import jsonld
from ticker.parsing.lines import flat
from ticker.parsing.metatags import MetaTags
from ticker.parsing.outline import Node, Outline
from ticker.parsing.boilerplate import COMMENT, verdict
from ticker.parsing.words import words_of
from ticker.text import clean

# What stands before a name in a byline.
_BY = (
    "by|written by|words by|words and photos by|story by|text by|reported by|posted by|"
    "ein (?:artikel|beitrag) von|text von|autor(?:in)?|par|écrit par|publié par|rédigé par|propos recueillis par|"
    "auteur|autrice|por|escrito por|publicado por|autor(?:a|es)?|texto(?: de)?|a cura di|scritto da|autore|testo di|"
    "escrit per|door|geschreven door|av|skrevet a[fv]|skriven av|text(?:: | )av|af|eftir|kirjoittanut|toimittaja|"
    "teksti?|tekst|texte?|redaktion|opracowała?|oprac|napsala?|napísala?|írta|szerző|scris de|autori?|autors|autorius|"
    "piše|napisala?|avtor|nga|shkruan|от|пише|автор|автори|од|пишува|аўтар|аутор|текст|από|του|της|γράφει(?: [οη])?|"
    "συντάκτης|yazan|yazar|haber|müəllif|oleh|penulis|ditulis oleh|tác giả|bởi|โดย|ผู้เขียน|เรื่องโดย|"
    "بقلم|كتب|كتبت|الكاتب|نوشته|نوشتهٔ|نوشته‌ی|نویسنده|به قلم|تحریر|از|מאת|लेखक|लेखिका|द्वारा|লেখক|লিখেছেন|"
    "எழுதியவர்|ავტორი|հեղինակ|egilea|mwandishi"
)
# By-words that are names, or parts of names, in other languages.
_BY_HOME = {"ca": "per", "cy": "gan", "de": "von", "ga": "le", "it": "di", "ro": "de", "sw": "na", "tl": "ni"}
# Chinese, Japanese and Korean set a sign between, or, after what cannot begin a name, nothing.
_BY_DENSE = (
    "(?:文|取材|撮影|写真|執筆|글|사진)(?:[・·/／、と](?:文|写真|撮影|取材|글|사진))*[:：・･=＝/／\\s]+|"
    "(?:本[报報])?(?:记者|記者)[:：・/／\\s]*|(?:作者|撰文|撰稿|著者|筆者|執筆者|ライター|글쓴이|작성자|취재|기자)[:：・/／\\s]+"
)
# "Author: ", in any language; in a place that is the author's, what stands before a colon is no name.
_LABEL = re.compile(r"^[^\d:：]{1,30}[:：](?!//)\s*")
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:[,;|/•·、]|\s(?:and|und|et|y|e|en|og|och|&|та|і|и|και|ve|dan|và|و)\s)\s*")
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|html?)\b")
_NAMES = (
    "author",
    "article:author",
    "parselyauthor",
    "sailthruauthor",
    "dccreator",
    "cxenseparse:author",
    "byl",
    "twitter:creator",
)
_ROLE = re.compile(r"(?:(?<!\s)\s+)?\([^()]*\)$|(?:(?<!\s)\s+)?(?:기자|특파원|논설위원|記者|记者|特派員|編集委員)$")
_BYLINES = frozenset(
    "byline bylines author authors autor autora autoren autores autorka autori autorzy auteur auteurs autore autrice "
    "firma verfasser forfatter szerzo yazar penulis avtor writer username".split()
)
# A byline names a few authors; what is longer tells about them.
_LONGEST_BYLINE = 80
_MOST_AUTHORS = 5
# A byline stands a few elements from the headline; it is names, and neither a form's label nor a date.
_NEAR = 80
_IN_NAMES = frozenset(" .,'’-‐‑&/·・、\u200c\u200d")
_DENSE_NAME = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}$")
# Names have no more words than this; a line with more is a sentence.
_MOST_WORDS = 7


def read_authors(
    outline: Outline, tags: MetaTags, article: jsonld.Thing | None, site: str | None, language: str | None
) -> tuple[str, ...]:
    """The authors' names in the page's order, each once; the site's own name where it names no other.

    ``language`` is the page's, as a tag: in some a by-word is what is a name in others.
    """
    by = _by_words((language or "").partition("-")[0])
    house: tuple[str, ...] = ()
    for said in _sources(outline, tags, article, by):
        names: dict[str, str] = {}
        for text in said:
            for name in _split(text, by):
                names.setdefault(flat(name), name)
        if names.keys() - {flat(site or "")}:
            names.pop(flat(site or ""), None)
            return tuple(names.values())
        house = house or tuple(names.values())
    return house


@lru_cache(maxsize=64)
def _by_words(language: str) -> re.Pattern[str]:
    """Matches what stands before a name, in any language and in ``language``; where that is "", all at once."""
    home = _BY_HOME.get(language, "") if language else "|".join(_BY_HOME.values())
    words = f"{_BY}|{home}" if home else _BY
    return re.compile(rf"(?:(?:{words})(?:\s*[:：]\s*|\s+)|{_BY_DENSE})(?=\S)", re.I)


def _sources(
    outline: Outline, tags: MetaTags, article: jsonld.Thing | None, by: re.Pattern[str]
) -> Iterator[list[str]]:
    yield list(_from_data(article))
    for name in _NAMES:
        yield tags.all(name)
    yield _from_markup(outline, by)


def _from_data(article: jsonld.Thing | None) -> Iterator[str]:
    for value in _listed((article or {}).get("author") or (article or {}).get("creator")):
        name = jsonld.text(value)
        if name:
            yield name


def _listed(value: Any) -> Iterator[Any]:
    """The authors in a value: lists of people, and people whose name is a list, are both met with."""
    if isinstance(value, list):
        for item in value:
            yield from _listed(item)
    elif isinstance(value, dict) and isinstance(value.get("name"), list):
        yield from value["name"]
    else:
        yield value


def _from_markup(outline: Outline, by: re.Pattern[str]) -> list[str]:
    """What elements marked as the author's say; else the first that a class name calls a byline, near the headline."""
    marked: list[str] = []
    named: list[str] = []
    headline = next((node.index for node in outline.nodes if node.tag == "h1" and node.chars), None)
    for node in outline.nodes:
        if not 0 < node.chars <= _LONGEST_BYLINE:
            continue
        near = headline is not None and abs(node.index - headline) < _NEAR
        if _is_marked(node) or (near and _is_person(node)):
            if not any(verdict(one.names) & COMMENT for one in node.ancestors()):
                marked.append(_LABEL.sub("", outline.text(node)))
        elif near and not named and node.names and words_of(node.names) & _BYLINES:
            text = outline.text(node)
            name = _cut(_LABEL.sub("", text), by)
            if _is_name(name, introduced=name != text):
                named.append(name)
    return marked[:_MOST_AUTHORS] or named


def _is_marked(node: Node) -> bool:
    return "author" in (node.get("rel") or "").split() or "author" in (node.get("itemprop") or "")


def _is_person(node: Node) -> bool:
    """Whether RDFa calls an element a person's name, as Drupal does with that of the author."""
    kind, says = node.get("typeof") or "", node.get("property") or ""
    return kind.endswith(("Person", "UserAccount")) and says.endswith("name")


def _is_name(text: str, *, introduced: bool) -> bool:
    """Whether ``text`` is names and nothing else; one word is a name where a by-word has ``introduced`` it."""
    if not text or not all(
        letter in _IN_NAMES or letter.isalpha() or unicodedata.category(letter)[0] == "M" for letter in text
    ):
        return False
    return introduced or len(text.split()) > 1 or _DENSE_NAME.match(text) is not None


def _split(text: str, by: re.Pattern[str]) -> Iterator[str]:
    if _ADDRESS.search(text):
        return
    for part in _BETWEEN.split(_cut(clean(text), by)):
        name = _ROLE.sub("", _cut(part, by).strip(" .,-–"))
        if name and len(name.split()) <= _MOST_WORDS and not name.isdigit():
            yield name


def _cut(text: str, by: re.Pattern[str]) -> str:
    """``text`` without the by-word that it may begin with."""
    found = by.match(text)
    return text[found.end() :] if found else text
