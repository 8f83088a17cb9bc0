"""Names of authors: parsing of bylines, and choice of the article's authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ticker.parsing.lines import comparison_key
from ticker.parsing.metadata.source import Author
from ticker.parsing.vocabulary.lists import TIME_FILLERS
from ticker.text import clean
from ticker.times.finder import find_times

# Words before a name in a byline, by language.
_BY = {
    "en": "by|author|written by|words by|words and photos by|story by|text by|report by|reported by|posted by|"
    "published by|analysis by|interview by|compiled by",
    "de": "ein (?:artikel|beitrag) von|text von|autor(?:in)?|redaktion",
    "fr": "par|écrit par|publié par|rédigé par|propos recueillis par|auteur|autrice|texte",
    "es": "por|escrito por|publicado por|autor(?:a|es)?|texto(?: de)?",
    "pt": "por|escrito por|publicado por|autor(?:a|es)?|texto(?: de)?",
    "it": "a cura di|scritto da|autore|testo di",
    "ca": "escrit per|autor(?:a)?",
    "nl": "door|geschreven door|auteur|tekst",
    "no": "av|skrevet av|tekst",
    "da": "af|skrevet af|tekst",
    "sv": "av|skriven av|text(?:: | )av|text",
    "is": "eftir|höfundur",
    "fi": "kirjoittanut|toimittaja|teksti",
    "et": "tekst|autor",
    "pl": "autor(?:ka|zy)?|tekst|opracowała?|oprac",
    "cs": "napsala?|autor(?:ka|ři)?",
    "sk": "napísala?|autor(?:ka|i)?",
    "hu": "írta|szerző",
    "ro": "scris de|autori?",
    "hr": "piše|napisao|napisala|autori?",
    "sl": "piše|avtor(?:ica)?",
    "sq": "nga|shkruan|autori?",
    "lt": "autorius",
    "lv": "autors",
    "ru": "от|автор(?:ы)?|текст",
    "uk": "пише|автори?|текст",
    "bg": "от|автор",
    "mk": "од|пишува|автор",
    "be": "аўтар",
    "sr": "аутор|од|piše|autor",
    "el": "από|του|της|γράφει(?: [οη])?|συντάκτης",
    "tr": "yazan|yazar|haber",
    "az": "müəllif",
    "id": "oleh|penulis|ditulis oleh",
    "vi": "tác giả|bởi",
    "th": "โดย|ผู้เขียน|เรื่องโดย",
    "ar": "بقلم|كتب|كتبت|الكاتب",
    "fa": "نوشته|نوشتهٔ|نوشته‌ی|نویسنده|به قلم|از",
    "ur": "تحریر|از",
    "he": "מאת",
    "hi": "लेखक|लेखिका|द्वारा",
    "bn": "লেখক|লিখেছেন",
    "ta": "எழுதியவர்",
    "ka": "ავტორი",
    "hy": "հեղինակ",
    "eu": "egilea",
    "sw": "mwandishi",
}
_SAME_WORDS = {"nb": "no", "nn": "no", "ms": "id", "bs": "hr", "fil": "tl"}
# By-words that are names, or parts of names, in other languages: used only on pages in their own language.
_BY_HOME = {"ca": "per", "cy": "gan", "de": "von", "ga": "le", "it": "di", "ro": "de", "sw": "na", "tl": "ni"}
# English by-words are used on pages in all languages and are names in none.
_EVERYWHERE = "en"
# Chinese, Japanese and Korean put a sign after the by-word, or nothing where no name can begin with that by-word.
_BY_DENSE = (
    "(?:文|取材|撮影|写真|執筆|글|사진)(?:[・·/／、と](?:文|写真|撮影|取材|글|사진))*[:：・･=＝/／\\s]+|"
    "(?:本[报報])?(?:记者|記者)[:：・/／\\s]*|(?:作者|撰文|撰稿|著者|筆者|執筆者|ライター|글쓴이|작성자|취재|기자)[:：・/／\\s]+"
)
# "Author: ", in any language: in an element for the author, text before a colon is a label.
_LABEL = re.compile(r"^[^\d:：]{1,30}[:：](?!//)\s*")
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s+)?(?:[,;|/／•·、]|\s[–—-]\s|\s(?:and|with|und|et|y|e|en|og|och|&|та|і|и|και|ve|dan|và|و)\s)\s*"
)
# Separators of several names in a value declared as one name.
_PARTED = re.compile(r"(?:(?<!\s)\s+)?[,;|]\s*")
# The publication after a name ("for ...").
_FOR = re.compile(r"\s(?:for|in|on|at|from|für|pour|voor)(?:\s.*)?$")
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|html?)\b")
_ROLE_AT_END = re.compile(
    r"(?:(?<!\s)\s+)?\([^()]*\)$|(?:(?<!\s)\s+)?(?:기자|특파원|논설위원|記者|记者|特派員|編集委員)$|^.*(?:報導|报道|報道)$"
)
# Roles, which are not names.
_ROLES = frozenset(
    "correspondent reporter writer editor journalist columnist contributor staff photographer producer anchor intern "
    "freelance freelancer specialist critic chief bureau desk newsroom team director manager founder ceo cto expert "
    "reviewer analyst consultant professor president officer coordinator editorial editors reporters writers "
    "redakteur redakteurin redaktor redaktorka redaktion korrespondent korrespondentin volontär volontärin reporterin "
    "journalistin kolumnist kolumnistin chefredakteur chefredakteurin journaliste rédacteur rédactrice rédaction "
    "correspondant correspondante chroniqueur chroniqueuse envoyé envoyée periodista redactor redactora redacción "
    "redacció corresponsal editora columnista repórter correspondente jornalista colunista redação redator redatora "
    "giornalista inviato inviata corrispondente redattore redattrice redazione verslaggever redacteur redactie "
    "correspondente journaliste toimittaja toimitus redaktör redaktør journalisten reporterka korespondent "
    "korespondentka dziennikarz dziennikarka redakcja redakce redakcia novinar novinarka redakcija журналист "
    "журналістка журналіст корреспондент кореспондент редактор редакция редакція обозреватель δημοσιογράφος "
    "συντάκτης muhabir muhabiri editör editörü redaksi wartawan jurnalis reporteri admin administrator".split()
)
# Publishers beside names: agencies, and words of their names.
_PUBLISHERS = frozenset(
    "ap reuters afp dpa apa efe ansa tass pti ani xinhua bloomberg pa kyodo yonhap ritzau ntb tt stt lusa belga anp "
    "agency agencies agence agencia agenzia agentur news press presse media magazine newspaper gazette".split()
)
# First words of an invitation to contact or follow an author.
_CONTACT = frozenset(
    "email mail send contact follow see view read learn share add print listen watch save subscribe more all reviewed "
    "updated edited fact photo photos kontakt kontaktieren folgen schreiben suivre contacter écrire contactar escribir "
    "seguir contatta scrivi segui contacteer volg".split()
)
# Suffixes belong to the name that they follow; degrees do not.
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_DEGREES = frozenset("phd md mba msc ma bsc ba esq rn jd dds".split())
_PARTICLES = frozenset(
    "della delle dello degli dalla dall zur zum vom van von der den del dos das bin ibn abu und and the".split()
)
_IN_NAMES = frozenset(" .,'’-‐‑&/·・、\u200c\u200d")
_DENSE_NAME = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}$")
# A line with more words is a sentence.
_MOST_WORDS = 7
_SHORT_WORD = 3


def choose_authors(groups: Iterable[Iterable[Author]], names: frozenset[str], by: ByWords) -> tuple[str, ...]:
    """Return the persons of the first group with any, without duplicates, or the site's own name if there is no other.

    ``names`` are the ``comparison_key`` of each name of the site.
    """
    house: tuple[str, ...] = ()
    for group in groups:
        found: dict[str, str] = {}
        for author in group:
            for name in (_whole if author.whole else _split)(author.text, by):
                if name and not _is_role(name):
                    found.setdefault(comparison_key(name), name)
        persons = [name for said, name in found.items() if said and said not in names]
        if persons:
            return (persons[0], *(name for name in persons[1:] if comparison_key(name.split()[0]) not in names))
        house = house or tuple(found.values())
    return house


@dataclass(frozen=True, slots=True)
class ByWords:
    """By-words before a name: those of the page's language, and those of any language."""

    own: re.Pattern[str]
    any: re.Pattern[str]

    def cut(self, text: str, *, whole: bool = False) -> str:
        """Return ``text`` without its leading by-word.

        By-words of other languages may be names ("Oleh", "Nga"). They are cut only where more than one word or a sign
        follows, and never from a ``whole`` name.
        """
        found = self.own.match(text)
        if not found and not whole:
            found = self.any.match(text)
            if found and len(text[found.end() :].split()) < 2 and text[found.end() - 1] not in ":：・/／":
                return text
        return text[found.end() :] if found else text


@lru_cache(maxsize=64)
def by_words(language: str) -> ByWords:
    """Return the by-words for a page in ``language``, "" if unknown."""
    home = _SAME_WORDS.get(language, language)
    own = [table[each] for each in dict.fromkeys((_EVERYWHERE, home)) for table in (_BY, _BY_HOME) if each in table]
    every = [*_BY.values(), *(() if language else _BY_HOME.values())]
    return ByWords(_pattern("|".join(own)), _pattern("|".join(every)))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{words})(?:\s*[:：]\s*|\s+)|{_BY_DENSE})(?=\S)", re.I)


def without_label(text: str) -> str:
    """Return the text of an element for the author without a label such as "Author:"."""
    return _LABEL.sub("", text)


def names_in_bylines(texts: Iterable[str], by: ByWords, *, introduced: bool = False) -> list[Author]:
    """Return the names in the texts of a byline; ``introduced`` accepts a single word after a by-word as a name."""
    names: list[str] = []
    for text in texts:
        cut = by.cut(without_label(_without_times(text)))
        said = (_FOR.sub("", name) for name in _split(cut, by))
        names += [name for name in said if _is_name(name, introduced=introduced and cut != text)]
    names = [name for at, name in enumerate(names) if not _is_role_of(name, beside=at > 0)]
    return [Author(name, whole=True) for name in dict.fromkeys(names)]


def _without_times(text: str) -> str:
    """Replace each time in ``text``, with words before it such as "Updated on", by a bar."""
    for found in reversed(find_times(text)):
        words = text[: found.start].split()
        while words and comparison_key(words[-1]) in TIME_FILLERS:
            words.pop()
        text = f"{' '.join(words)}|{text[found.end :]}"
    return text


def _is_name(text: str, *, introduced: bool) -> bool:
    """Return whether ``text`` is only a name; a single word is one only if a by-word ``introduced`` it."""
    if not text or not all(
        letter in _IN_NAMES or letter.isalpha() or unicodedata.category(letter)[0] == "M" for letter in text
    ):
        return False
    words = text.split()
    lower = [word for word in words if word[0].islower() and len(word) > _SHORT_WORD and word not in _PARTICLES]
    if lower and not (introduced and len(lower) == len(words)):
        return False
    return introduced or len(words) > 1 or _DENSE_NAME.match(text) is not None


def _is_role(text: str) -> bool:
    """Return whether a text consists of roles and publishers, with at least one role."""
    words = [comparison_key(word) for word in text.split()]
    return all(word in _ROLES or word in _PUBLISHERS for word in words) and not _ROLES.isdisjoint(words)


def _is_role_of(text: str, *, beside: bool) -> bool:
    """Return whether a part of a byline is a role; ``beside`` means that it follows a name."""
    words = [comparison_key(word) for word in text.split()]
    return words[-1] in _ROLES or (beside and _is_beside_a_name(words))


def _whole(text: str, by: ByWords) -> Iterator[str]:
    """Yield the one name in a text, without by-word, role and degrees; several names if commas separate full names."""
    if _ADDRESS.search(text):
        return
    first, *others = (
        _ROLE_AT_END.sub("", part.strip(" .-–")) for part in _PARTED.split(by.cut(clean(text), whole=True))
    )
    names = [first]
    for part in others:
        words = [comparison_key(word) for word in part.split()]
        if len(words) == 1 and words[0] in _SUFFIXES:
            names[-1] += f", {part}"
        elif len(words) > 1 and not _is_beside_a_name(words):
            names.append(part)
    if len(names) > 1 and all(" " in name for name in names):
        yield from (name for part in names for name in (_split(part, by) if part is names[-1] else (part,)))
    elif len(names) > 1:
        yield ", ".join(names)
    else:
        yield names[0]


def _split(text: str, by: ByWords) -> Iterator[str]:
    """Yield the names in a text, without the roles, publishers and dates between them."""
    names: list[str] = []
    for part in () if "://" in text else _BETWEEN.split(by.cut(clean(text))):
        if _ADDRESS.search(part):
            continue
        name = _ROLE_AT_END.sub("", by.cut(part).strip(" .,-–"))
        words = [comparison_key(word) for word in name.split()]
        if not any(words) or len(words) > _MOST_WORDS or any(map(str.isdigit, words)):
            continue
        if names and len(words) == 1 and words[0] in _SUFFIXES:
            names[-1] += f", {name}"
        elif words[0] in _CONTACT or not by.cut(f"{name} x").strip(" x") or (names and _is_beside_a_name(words)):
            continue
        elif not all(word in TIME_FILLERS for word in words):
            names.append(name)
    yield from names


def _is_beside_a_name(words: list[str]) -> bool:
    """Return whether the words after a name are a role, a degree or a publisher."""
    return words[0] in _DEGREES or words[0] == "the" or any(word in _ROLES or word in _PUBLISHERS for word in words)
